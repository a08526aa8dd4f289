"""What the README and the handbook tell people to type must work, and the picture must be there."""

from __future__ import annotations

import argparse
import pkgutil
import re
import shlex
import subprocess
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding

import tui.dialogs
import tui.panes
import tui.screen
from cache.search.query import parse
from tui import bindings
from tui.cli.main import VERBS
from tui.config.key_words import USUAL
from tui.linear.commands import OF_LINEAR
from tui.panes.article_list import ArticleList
from tui.panes.reader import ReaderPane
from tui.panes.related import RelatedStories

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXTUAL = {"↓": "down", "↑": "up", "←": "left", "→": "right", "/": "slash", "?": "question_mark"}
TEXTUAL |= {"^": "circumflex_accent", ",": "comma", "+": "plus", "-": "minus", "@": "at"}
TEXTUAL |= {"!": "exclamation_mark", "#": "number_sign", "<": "less_than_sign", ">": "greater_than_sign"}
TEXTUAL |= {
    "}": "right_curly_bracket",
    "{": "left_curly_bracket",
    "]": "right_square_bracket",
    "[": "left_square_bracket",
    "\\": "backslash",
}
READ_LINE = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/broadsheet"
TEST_LINE = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest"


def commands() -> list[str]:
    """Every broadsheet command that README and handbook show."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fetch/handbook").glob("*.html"))]
    blocks = [unescape(code) for page in pages for code in re.findall(r'language-sh">(.*?)</code>', page, re.DOTALL)]
    lines = [line for text in (README, *blocks) for line in text.splitlines()]
    return sorted(
        {match[0] for line in lines if (match := re.search(r"\bbroadsheet (?!--home)[a-z]+( [^|>#]+)?", line))}
    )


COMMANDS = [command for command in commands() if command.split()[1] in VERBS]


def test_the_two_lines_stand_as_scripts_expect_them() -> None:
    assert READ_LINE in README.splitlines()
    assert TEST_LINE in README.splitlines()


def test_the_readme_is_short_and_its_picture_is_a_tested_snapshot() -> None:
    assert len(README.splitlines()) < 120
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all(picture.startswith("tests/tui/screen/snapshots/") and (ROOT / picture).is_file() for picture in pictures)


def test_continuous_integration_runs_the_readme_line() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    picked = re.search(r"line=\$\((sed .*?README\.md \| head -n 1)\)", script)
    assert picked
    line = subprocess.run(
        ["bash", "-c", picked[1]], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert line == TEST_LINE


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_shown_to_people_is_understood(command: str) -> None:
    _, verb, *rest = shlex.split(command)
    parser = argparse.ArgumentParser(exit_on_error=False)
    import_module(f"tui.cli.{VERBS[verb].module}").options(parser)
    _, unknown = parser.parse_known_intermixed_args(rest)
    assert unknown == []


def keys_shown() -> set[str]:
    """The keys that the tables of the handbook's page on keys and of the README name, as Textual calls them."""
    page = (ROOT / "fetch/handbook/keys.html").read_text(encoding="utf-8")
    in_handbook = [cell for row in re.findall(r"<tr><td>(.*?)</td>", page) for cell in re.findall(r"<code>(.+?)<", row)]
    in_readme = [
        key for cell in re.findall(r"\| ((?:`[^`|]+`[ –]*)+)(?= \|)", README) for key in re.findall(r"`([^`]+)`", cell)
    ]
    return {TEXTUAL.get(unescape(key), unescape(key)) for key in (*in_handbook, *in_readme)}


def test_every_key_shown_is_bound() -> None:
    panes = [*bindings.BINDINGS, *ArticleList.BINDINGS, *ReaderPane.BINDINGS, *RelatedStories.BINDINGS]
    bound = {key for binding in panes for key in str(getattr(binding, "key", binding)).split(",")}
    assert len(keys_shown()) > 25
    assert keys_shown() <= bound


def test_every_key_of_the_desk_is_shown() -> None:
    in_prose = "related focus_pane zoom toggle_list toggle_related leave palette help".split()
    for binding in bindings.BINDINGS:
        if binding.action.partition("(")[0] not in in_prose:
            assert keys_shown() & set(binding.key.split(",")), binding.description


def keys_by_id() -> dict[str, str]:
    """The keys of all bindings there are, by their ids."""
    found = {}
    for package in (tui.screen, tui.panes, tui.dialogs):
        for module in pkgutil.iter_modules(package.__path__):
            for held in vars(import_module(f"{package.__name__}.{module.name}")).values():
                for binding in held.__dict__.get("BINDINGS", ()) if isinstance(held, type) else ():
                    if isinstance(held, type) and held.__module__.startswith("tui."):
                        assert isinstance(binding, Binding)
                        assert binding.id, binding
                        found[binding.id] = binding.key
    return found | OF_LINEAR


def test_every_key_can_be_another_by_its_id() -> None:
    assert keys_by_id() == USUAL


def queries() -> list[str]:
    """Every query that the handbook shows, as code or in a block."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fetch/handbook").glob("*.html"))]
    codes = [unescape(code) for page in pages for code in re.findall(r"<code[^>]*>(.*?)</code>", page, re.DOTALL)]
    return sorted({code for code in codes if re.match(r"[\w -]*\b(is|since|before|source|author|lang|tag):\w", code)})


@pytest.mark.parametrize("query", queries())
def test_a_query_shown_to_people_is_understood(query: str) -> None:
    assert parse(query).errors == ()


def test_enough_commands_are_shown_to_make_this_worth_while() -> None:
    assert {"add", "refresh", "list", "show", "search", "export", "doctor"} <= {line.split()[1] for line in COMMANDS}
