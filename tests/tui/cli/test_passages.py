"""What is no part of a site's stories, said on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records

PROMPT = "Sign up for our weekly letter."


def test_a_rule_is_kept_listed_and_forgotten(cli: Cli) -> None:
    assert "Left out on paper.example" in done(cli("passages", "https://www.paper.example/a/b", "--leave-out", PROMPT))
    assert "Part of the stories" in done(cli("passages", "other.example", "--keep", "Read more:", "--begins"))
    assert done(cli("passages")).splitlines() == [
        "other.example  kept  all that begin “Read more:”",
        f"paper.example  left out  “{PROMPT}”",
    ]
    assert done(cli("passages", "paper.example")).count("\n") == 1
    assert "no such rule" in fails(
        cli("passages", "paper.example", "--forget", "Sign up for our weekly letter", "--begins")
    )
    assert "Forgotten for paper.example" in done(
        cli("passages", "paper.example", "--forget", "sign up for our weekly LETTER")
    )
    assert done(cli("passages", "paper.example")) == ""


def test_rules_that_were_printed_are_taken_in_elsewhere(cli: Cli, tmp_path: Path) -> None:
    done(cli("passages", "paper.example", "--leave-out", PROMPT))
    done(cli("passages", "paper.example", "--leave-out", "Read more:", "--begins"))
    file = tmp_path / "rules.jsonl"
    file.write_text(printed := done(cli("passages", "--json")), "utf-8")
    assert [rule["begins"] for rule in records(printed)] == [True, False]
    elsewhere = ("--home", str(tmp_path / "elsewhere"))
    assert "2 rules taken in; 0 known" in done(cli(*elsewhere, "passages", "--import", str(file)))
    assert "0 rules taken in; 2 known" in done(cli(*elsewhere, "passages", "--import", str(file)))
    assert done(cli(*elsewhere, "passages", "--json")) == printed


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"site": "", "text": "Sign up", "begins": false, "kept": false}',
        b'{"site": "paper.example", "text": "...", "begins": false, "kept": false}',
        b'{"site": "paper.example", "text": "Sign up", "begins": 1, "kept": false}',
        b"null",
    ],
)
def test_a_file_of_anything_else_is_one_sentence_and_changes_nothing(cli: Cli, tmp_path: Path, line: bytes) -> None:
    file = tmp_path / "rules.jsonl"
    file.write_bytes(b'{"site": "paper.example", "text": "Sign up now", "begins": false, "kept": false}\n' + line)
    code, out, said = cli("passages", "--import", str(file))
    assert (code, out, said.count("\n")) == (2, "", 1)
    assert str(file) in said
    assert done(cli("passages")) == ""


def test_a_file_of_more_rules_than_are_taken_is_refused_whole(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rules.jsonl"
    file.write_bytes(b'{"site": "paper.example", "text": "Sign up now", "begins": false, "kept": false}\n' * 10_001)
    assert "more than 10,000 rules" in cli("passages", "--import", str(file))[2]
    assert done(cli("passages")) == ""


def test_what_a_rule_lacks_is_said(cli: Cli) -> None:
    assert "Say which site is meant" in cli("passages", "--leave-out", PROMPT)[2]
    for site in ("two words", "..", "ftp://paper.example", "[::1"):
        assert "Say which site is meant" in cli("passages", site, "--leave-out", PROMPT)[2]
    assert "no letter" in cli("passages", "paper.example", "--leave-out", "…")[2]
    assert cli("passages", "--import", "/nowhere/at/all")[0] == 2


def test_nothing_of_a_rule_obeys_the_terminal(cli: Cli) -> None:
    done(cli("passages", "paper.example", "--leave-out", "Sign\x1b[31m up\u202e now"))
    assert not {"\x1b", "\u202e"} & set(done(cli("passages")) + done(cli("passages", "--json")))


PAGE = """<!doctype html><html lang=en><title>Mole vote</title><article><h1>Mole vote in the harbour</h1>{}
<div class='comments note-7'><p>The first caisson weighs 900 tonnes.</p></div></article>"""


def test_what_is_missing_is_listed_kept_by_its_place_and_read_so(cli: Cli, tmp_path: Path) -> None:
    told = "".join(f"<p>Paragraph {n} tells how the council of the town voted in the evening.</p>" for n in "abcd")
    with Loopback() as site:
        site.put("/news/mole-vote", PAGE.format(told))
        address = site.url("/news/mole-vote")
        assert "caisson" not in done(cli("show", address))
        assert records(done(cli("passages", "--missing", address, "--json"))) == [
            {"text": "The first caisson weighs 900 tonnes.", "place": "div.comments.note-0"}
        ]
        assert "[div.comments.note-0]" in done(cli("passages", "--missing", address))
        place = ("--keep", "div.comments.note-0", "--place")
        assert "Part of the stories" in done(cli("passages", "127.0.0.1", *place))
        site.put("/news/other-vote", PAGE.format(told))
        assert "caisson" in done(cli("show", site.url("/news/other-vote")))
    listed = done(cli("passages"))
    assert listed == "127.0.0.1  kept  all that stand in “div.comments.note-0”\n"
    file = tmp_path / "rules.jsonl"
    file.write_text(printed := done(cli("passages", "--json")), "utf-8")
    elsewhere = ("--home", str(tmp_path / "elsewhere"))
    assert "1 rule taken in" in done(cli(*elsewhere, "passages", "--import", str(file)))
    assert done(cli(*elsewhere, "passages", "--json")) == printed
    assert "Forgotten" in done(cli("passages", "127.0.0.1", "--forget", "div.comments.note-0", "--place"))
    assert "place can only be kept" in cli("passages", "127.0.0.1", "--leave-out", "div.x", "--place")[2]


@pytest.mark.parametrize("more", ['"place": 1', '"place": true, "kept": false', '"place": true, "begins": true'])
def test_a_place_is_kept_or_it_is_no_rule(cli: Cli, tmp_path: Path, more: str) -> None:
    file = tmp_path / "rules.jsonl"
    file.write_text('{"site": "paper.example", "text": "div.x", "begins": false, "kept": true, ' + more + "}", "utf-8")
    assert cli("passages", "--import", str(file))[0] == 2
