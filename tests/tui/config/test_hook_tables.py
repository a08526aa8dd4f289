"""Hooks in a settings file: what is right stands, what is wrong is told by its line and left out."""

from __future__ import annotations

import pytest

from tui.config.config import read_config
from tui.config.hook_tables import MOST_HOOKS
from tui.config.template import template
from tui.hooks import Hook

GOOD = '[[hook]]\nquery = "harbour  is:full"\ncommand = ["notify-send", "News"]\nseconds = 5\n'


def test_each_table_is_a_hook() -> None:
    config = read_config(f'[list]\nfold = false\n{GOOD}[[hook]]\nquery = ""\ncommand = ["cat"]\n', "config.toml")
    assert config.problems == ()
    assert config.hooks == (Hook("harbour is:full", ("notify-send", "News"), 5), Hook("", ("cat",), 30))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[hook]]\nquery = "a"\n', "line 5: command of a hook must be a list of words such as"),
        ('[[hook]]\nquery = "a"\ncommand = "rm -r x"\n', "line 7: command of a hook must be a list of words such as"),
        ('[[hook]]\nquery = "a"\ncommand = [""]\n', "line 7: command of a hook must be a list of words such as"),
        ('[[hook]]\nquery = "a"\ncommand = ["a", 1]\n', "line 7: command of a hook must be a list of words such as"),
        (
            '[[hook]]\nquery = "a"\ncommand = ["a\\u0000"]\n',
            "line 7: command of a hook must be a list of words such as",
        ),
        ('[[hook]]\nquery = 1\ncommand = ["a"]\n', "line 6: query of a hook must be what `broadsheet search` takes"),
        (
            '[[hook]]\nquery = "a"\ncommand = ["a"]\nseconds = 0\n',
            "line 8: seconds of a hook must be a number from 1 to 3600, how long",
        ),
        ('[[hook]]\nquery = "a"\ncommand = ["a"]\nshell = true\n', "line 8: A hook has no 'shell', so it is left out;"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_others_hold(text: str, sentence: str) -> None:
    config = read_config(GOOD + text, "config.toml")
    assert config.hooks == (Hook("harbour is:full", ("notify-send", "News"), 5),)
    (problem,) = config.problems
    assert problem.startswith(f"config.toml, {sentence}")


@pytest.mark.parametrize("text", ["hook = 1\n", "[hook]\nquery = 'a'\n", "hook = [1]\n"])
def test_what_is_no_table_of_hooks_is_told(text: str) -> None:
    config = read_config(text, "config.toml")
    assert config.hooks == ()
    assert [problem.endswith("in brackets twice: [[hook]].") for problem in config.problems] == [True]


def test_there_are_so_many_and_no_more() -> None:
    config = read_config(GOOD * (MOST_HOOKS + 2), "config.toml")
    assert len(config.hooks) == MOST_HOOKS
    assert config.problems == ("config.toml, line 201: A file may have 50 hooks; those from here on are left out.",)


def test_a_new_file_shows_one_that_would_hold() -> None:
    bare = template().split("# [[hook]]")[1].replace("#", "")
    config = read_config(f"[[hook]]{bare}", "config.toml")
    assert config.problems == ()
    assert config.hooks == (Hook("harbour is:full", ("notify-send", "News of the harbour"), 30),)
