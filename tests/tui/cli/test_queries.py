"""What is asked of `search` and `list` is what is answered, and what is not understood is said."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli


@pytest.mark.parametrize("verb", ["search", "list"])
@pytest.mark.parametrize("query", ["((((", "is:funny", "since:yore", '"', "source:"])
def test_nothing_to_look_for_finds_nothing_and_says_so(cli: Cli, verb: str, query: str) -> None:
    for form in ([], ["--json"]):
        code, out, err = cli(verb, query, *form)
        assert (code, out) == (0, "")
        assert err.startswith("broadsheet: ")
        assert err.count("\n") == 1


@pytest.mark.parametrize("verb", ["search", "list"])
def test_a_filter_that_is_none_is_said_and_searched_as_it_stands(cli: Cli, verb: str) -> None:
    code, out, err = cli(verb, "sinse:7d handbook")
    assert code == 0
    assert "There is no filter “sinse:” (did you mean “since:”?), so “sinse 7d” is searched" in err
    assert "Ask the archive" in out, "the page that has these very words"
    assert len([line for line in out.splitlines() if line[:6].strip()]) == 1
    assert cli(verb, "sinse:8d handbook")[1] == ""


@pytest.mark.parametrize(
    "command", [("export", "jsonl", "--query"), ("searches", "--keep", "Handbook")], ids=lambda command: command[0]
)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sinse:7d handbook", "no filter “sinse:”"),
        ("is:saveed handbook", "“is:saveed” is not"),
        ("((", "nothing is fo"),
    ],
)
def test_whatever_takes_a_query_says_what_it_does_not_understand(
    cli: Cli, command: tuple[str, ...], query: str, said: str
) -> None:
    code, _, err = cli(*command, query)
    assert code == 0
    assert said in err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("opml", "--query", "tag:work"),
            "--query and --since choose articles; the export of sources holds all of them.",
        ),
        (("urls", "--since", "7d"), "--query and --since choose articles; the export of sources holds all of them."),
        (("jsonl", "--max-bytes", "1k"), "Only a pack stops at --max-bytes; this export holds all that was asked for."),
    ],
)
def test_what_an_export_does_not_go_by_is_said(cli: Cli, asked: tuple[str, ...], said: str) -> None:
    code, _, err = cli("export", *asked)
    assert code == 0
    assert f"broadsheet: {said}\n" in err
    assert said not in cli("export", "pack", "--query", "library", "--max-bytes", "1M", "--output", "-")[2]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_search_without_a_hit_says_so_once(cli: Cli, form: list[str]) -> None:
    code, out, err = cli("search", "xyzzyplugh", *form)
    assert (code, out, err) == (0, "", "broadsheet: Nothing found for “xyzzyplugh”.\n")
