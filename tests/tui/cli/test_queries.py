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


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_search_without_a_hit_says_so_once(cli: Cli, form: list[str]) -> None:
    code, out, err = cli("search", "xyzzyplugh", *form)
    assert (code, out, err) == (0, "", "broadsheet: Nothing found for “xyzzyplugh”.\n")
