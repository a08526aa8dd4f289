"""What is set in bold is bold on a real terminal, and plain where there is none or colour is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tests.tui.cli.terminal import ROOT, on_terminal

STYLING = {
    "article": ("show", "1"),
    "related": ("related", "1"),
    "show_story": ("show", "1", "--story"),
    "search": ("search", "receipt"),
    "brief": ("brief",),
}


def test_every_verb_that_styles_is_tried_here() -> None:
    modules = (ROOT / "tui/cli").glob("*.py")
    styling = {path.stem for path in modules if "styled(" in path.read_text(encoding="utf-8")} - {"output", "front"}
    assert styling == set(STYLING), "front sets only headlines in bold, and there are none in a new library"


@pytest.mark.parametrize("command", STYLING.values(), ids=STYLING)
def test_a_style_reaches_a_terminal_whole(tmp_path: Path, command: tuple[str, ...]) -> None:
    code, written = on_terminal(tmp_path, *command)
    assert code == 0
    assert "\x1b[1m" in written
    begun, ended = len(re.findall(r"\[[13]m", written)), written.count("[0m")
    assert begun == len(re.findall(r"\x1b\[[13]m", written)) == written.count("\x1b[0m") == ended
    assert "[1m" not in on_terminal(tmp_path, *command, NO_COLOR="1")[1]


@pytest.mark.parametrize("command", STYLING.values(), ids=STYLING)
def test_no_style_goes_into_a_pipe(cli: Cli, command: tuple[str, ...]) -> None:
    assert "[1m" not in done(cli(*command))


@pytest.mark.parametrize(
    ("said", "widest"), [("40", 40), ("", 80), ("0", 80), ("wide", 80), ("7", 20), ("9999999", 80)]
)
def test_a_text_in_a_pipe_is_as_wide_as_columns_says(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, said: str, widest: int
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    lines = [line for line in done(cli("show", "1")).splitlines() if not re.match(r"\[\d+\] ", line)]
    assert widest - 12 < max(map(len, lines)) <= widest


def test_an_article_on_a_terminal_is_what_it_is_in_a_pipe_with_its_headings_in_bold(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    plain = done(cli("show", "1"))
    _, written = on_terminal(tmp_path / "home", "show", "1", COLUMNS="60")
    bold = re.findall("\x1b\\[1m(.*?)\x1b\\[0m", written)
    assert bold[0] in plain.splitlines()
    assert re.sub("\x1b\\[[013]m", "", written).replace("\r\n", "\n") == plain


def test_a_terminal_without_other_letters_has_ascii_and_a_pipe_does_not(cli: Cli, tmp_path: Path) -> None:
    piped = done(cli("list", "--limit", "3"))
    assert not piped.isascii()
    code, written = on_terminal(tmp_path / "home", "list", "--limit", "3", LC_ALL="C")
    assert (code, written.isascii()) == (0, True)
    assert "o+" in written
    _, told = on_terminal(tmp_path / "home", "list", "--limit", "3", "--json", LC_ALL="C")
    assert [json.loads(line)["summary"] for line in told.splitlines()] == [
        each["summary"] for each in records(done(cli("list", "--limit", "3", "--json")))
    ], "a record stays what it is"
    assert on_terminal(tmp_path / "home", "search", "--help", LC_ALL="C")[1].isascii()
    code, written = on_terminal(tmp_path / "home", "search", "since:never", LC_ALL="C")
    assert (written.isascii(), '"' in written) == (True, True), "nor is there another letter in what is said on stderr"
    _, shown = on_terminal(tmp_path / "home", "search", "receipt", "--limit", "3", TERM="linux", COLUMNS="300")
    assert "\x1b[1m" in shown
    assert not set("≡●…") & set(shown)
