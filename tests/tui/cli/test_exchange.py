"""Files that are handed from library to library on the command line: what is missing, whose marks, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records

LINE = json.dumps({"url": "https://paper.example/1", "headline": "Tide", "text": "It came.", "saved": True})


def test_a_damaged_file_gives_what_is_whole_and_ends_with_one(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{LINE}\nrubbish\n")
    code, out, err = cli("import", str(tmp_path / "in.jsonl"))
    assert (code, err) == (1, "")
    assert out == "1 article taken in.\n1 article is missing.\nLine 2 is no article.\n"
    code, out, _ = cli("import", str(tmp_path / "in.jsonl"), "--json")
    (told,) = records(out)
    counts = {name: told[name] for name in ("count", "new", "known", "missing")}
    assert (code, counts) == (1, {"count": 0, "new": 0, "known": 1, "missing": 1})


def test_marks_are_taken_or_left_as_one_says(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(LINE)
    done(cli("import", str(tmp_path / "in.jsonl"), "--no-marks"))
    assert "Tide" not in done(cli("list", "--saved"))
    done(cli("import", str(tmp_path / "in.jsonl"), "--marks-only"))
    assert "Tide" in done(cli("list", "--saved"))


@pytest.mark.parametrize("verb", [("export", "markdown"), ("export", "opml"), ("brief", "--html"), ("brief", "--epub")])
def test_an_empty_name_is_not_the_folder_one_stands_in(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, str]
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert fails(cli(*verb, "--output", "")).strip() == "broadsheet: The name of the file is empty."
    assert not list(here.iterdir())


def test_what_an_article_said_before_goes_along_where_one_says_so(cli: Cli, tmp_path: Path) -> None:
    for hour, words in ((10, "It came."), (12, "It went.")):
        row = {**json.loads(LINE), "text": words, "modified": f"2026-01-02T{hour}:00:00Z", "offline": "full"}
        (tmp_path / "in.jsonl").write_text(json.dumps(row | {"fetched": f"2026-01-02T{hour}:30:00Z"}))
        done(cli("import", str(tmp_path / "in.jsonl")))
    asked = ("export", "jsonl", "--query", "tide")
    (plain,), (whole,) = records(done(cli(*asked))), records(done(cli(*asked, "--revisions")))
    (before,) = whole.pop("revisions")
    assert whole == plain
    assert (before["headline"], before["body"], before["fetched"]) == (
        "Tide",
        ["It came."],
        "2026-01-02T10:30:00+00:00",
    )
    code, out, err = cli("export", "markdown", "--query", "tide", "--revisions", "--output", str(tmp_path / "x.md"))
    assert (code, out.startswith("1 article written")) == (0, True)
    assert "Only packs and JSON Lines hold what articles said before" in err


def test_markdown_goes_to_standard_output_as_any_text_does(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(LINE)
    done(cli("import", str(tmp_path / "in.jsonl")))
    for asked in ((), ("--output", "-")):
        text = done(cli("export", "markdown", "--query", "tide", *asked))
        assert text.startswith('---\ntitle: "Tide"\n')
        assert text.endswith("It came.\n")
