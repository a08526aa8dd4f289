"""The handbook's reference of the command line, and the manual page: options, fields and exit codes as they are."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.bench.command_reference import PAGE, actions, called, verb_parsers
from tests.bench.shell_files import MANUAL
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tui.cli.main import VERBS

TEXT = PAGE.read_text(encoding="utf-8")
IN_A_LIST, ADDS, ADDING = "An article in a list", "What a report adds", "What adding says beside it"
HIGHLIGHT, OF_ARTICLE = "A highlight", "What a highlight is of"
PRINTED = (
    (("add", "{paper}", "--dry-run"), ("A source that could be added", ADDING)),
    (("add", "{paper}/feed.xml"), ("A source", ADDING)),
    (("sources",), ("A source",)),
    (("list", "--limit", "3"), (IN_A_LIST,)),
    (("mark", "1", "--read"), (IN_A_LIST,)),
    (("search", "harbour"), (IN_A_LIST, "What a search adds")),
    (("searches", "--keep", "Harbour", "harbour"), ("A kept search",)),
    (("searches",), ("A kept search",)),
    (("searches", "--drop", "Harbour"), ("A kept search",)),
    (("show", "1"), (IN_A_LIST, "What an article adds")),
    (("show", "1", "--story"), ("A story",)),
    (("front", "--since", "2026-01-01"), ("A story of the front page",)),
    (("front", "--since", "2026-01-01", "--dossiers"), ("A dossier",)),
    (("brief", "--since", "2026-01-01"), ("A brief",)),
    (("cite", "1"), ("A citation",)),
    (("highlight", "1", "--paragraph", "1"), (HIGHLIGHT, OF_ARTICLE)),
    (("highlight", "1"), (HIGHLIGHT, OF_ARTICLE)),
    (("related", "1"), ("A related story",)),
    (("passages", "paper.example", "--leave-out", "Read more:"), ("A rule of passages",)),
    (("passages",), ("A rule of passages",)),
    (("passages", "paper.example", "--forget", "Read more:"), ("A rule of passages",)),
    (("export", "jsonl", "--output", "{folder}/out.jsonl"), ("What was written",)),
    (("export", "opml", "--output", "{folder}/out.opml"), ("What was written",)),
    (("add", "{folder}/out.opml"), ("A file that was added",)),
    (("import", "{folder}/out.jsonl"), ("What was taken in", "What became of the articles of a file")),
    (("backup", "{folder}/copy.db"), ("A copy of the library",)),
    (("config", "--init"), ("A new settings file",)),
    (("config",), ("A setting",)),
    (("config", "--keys"), ("A key",)),
    (("doctor",), ("A finding",)),
    (("remove", "2"), ("A source", "What removing says beside it")),
)
"""Commands, in order, and the tables of fields that what they print as JSON is held to."""
ELSEWHERE = {"refresh": "its summary", "watch": "test_watch.py", "extract": "what is missing", "sync": "test_sync.py"}


def table(heading: str) -> set[str]:
    """The fields that the page lists under a heading."""
    rows = re.findall(rf"<h3>{heading}</h3>.*?<tbody>(.*?)</tbody>", TEXT, re.DOTALL)[0]
    return {
        name for first in re.findall(r"<tr><td>(.*?)</td>", rows) for name in re.findall("<code>(.*?)</code>", first)
    }


def fields(*headings: str) -> set[str]:
    return set().union(*map(table, headings))


def test_every_verb_and_option_is_listed_with_what_it_says() -> None:
    listed = TEXT[TEXT.index("<h2>All options</h2>") : TEXT.index("<h2>All fields</h2>")]
    for word, parser in verb_parsers().items():
        rows = re.findall(rf"<h3>{word}</h3>\n(.*?)(?=<h3>|<!--)", listed, re.DOTALL)[0]
        cells = [tuple(map(unescape, row)) for row in re.findall("<tr><td><code>(.*?)</code></td><td>(.*?)</td>", rows)]
        assert cells == [(called(each), each.help) for each in actions(parser) if each.help]


def test_every_verb_that_prints_json_prints_the_fields_that_are_listed(cli: Cli, paper: str, tmp_path: Path) -> None:
    with_json = {word for word, parser in verb_parsers().items() if "--json" in parser._option_string_actions}
    assert {command[0] for command, _ in PRINTED} == with_json - set(ELSEWHERE)
    done(cli("list"))
    for command, headings in PRINTED:
        words = [part.format(paper=paper, folder=tmp_path) for part in command]
        for record in records(done(cli(*words, "--json"))):
            assert set(record) == fields(*headings), command


def test_a_refresh_prints_the_fields_of_sources_and_of_its_summary(cli: Cli, paper: str) -> None:
    done(cli("add", f"{paper}/feed.xml"))
    *sources, last = records(done(cli("refresh", "--json")))
    assert [set(record) for record in sources] == [fields("A source that was refreshed")] * len(sources) != []
    assert set(last) == {"summary"}
    assert set(last["summary"]) == fields("The summary of a refresh")


def test_a_page_that_is_not_kept_has_all_fields_but_those_that_are_named(cli: Cli, paper: str) -> None:
    (record,) = records(done(cli("extract", f"{paper}/story/bridge", "--json")))
    left_out = re.findall("<code>extract</code> has no (.*?), as the page", TEXT)[0]
    missing = set(re.findall("<code>(.*?)</code>", left_out))
    assert len(missing) == 5
    assert set(record) == fields(IN_A_LIST, "What an article adds") - missing


def test_what_stands_in_a_field_is_listed_too(cli: Cli) -> None:
    done(cli("list"))
    shown = [records(done(cli("show", str(number), "--json")))[0] for number in range(1, 18)]
    named = [story for article in shown for story in article["related"]]
    assert {frozenset(story) for story in named} == {frozenset(fields("A story that a page names"))}


def test_exit_codes_are_those_of_their_examples(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    part = TEXT[TEXT.index("<h2>Exit codes</h2>") : TEXT.index("<h2>Environment</h2>")]
    rows = re.findall(r"<tr><td>(\d)</td><td>.*?</td><td><code>broadsheet (.*?)</code></td></tr>", part)
    assert {code for code, _ in rows} == {"0", "1", "2"}
    for code, example in rows:
        wrong = "nonsense = 1\n" if example in ("config", "doctor") else ""
        (tmp_path / "home" / "config.toml").write_text(wrong, encoding="utf-8")
        if "|" not in example and "refresh" not in example:  # those have tests of their own
            ended, out, err = cli(*shlex.split(unescape(example)))
            assert (ended, bool(out or err)) == (int(code), example != "list --saved"), example


def test_the_manual_has_every_verb_option_and_field() -> None:
    text = MANUAL.read_text(encoding="utf-8").replace(r"\-", "-")
    for word, parser in verb_parsers().items():
        assert f".SS broadsheet {word}" in text
        assert all(rf"\fB{called(each).replace('…', '...')}\fR" in text for each in actions(parser) if each.help)
    assert all(rf"\fB{name}\fR" in text for name in fields(IN_A_LIST, "A source", "The summary of a refresh"))
    assert [part for part in ("NAME", "SYNOPSIS", "EXIT STATUS", "ENVIRONMENT") if f".SH {part}\n" not in text] == []
    assert len(VERBS) == len(re.findall("^.SS broadsheet ", text, re.MULTILINE))


def test_man_sets_the_manual_without_a_complaint() -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    command = ["groff", "-man", "-ww", "-Tutf8", "-rLL=78n", MANUAL]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "--max-bytes" in re.sub("\x1b\\[[\\d;]*m", "", ran.stdout).replace("‐", "-").replace("−", "-")
