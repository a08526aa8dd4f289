"""A drawn row is as wide as it should be, whatever a terminal takes the characters in it for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from rich.console import Console
from wcwidth import wcwidth

from tests.tui.test_widths import FORMS
from tui.panes.base import draw
from tui.typeset.cells import _most_cells, is_certain
from tui.typeset.line import Line, Run
from tui.typeset.theme import role_styles

WIDTH = 50
STYLES = role_styles("night")
PIECES = re.compile(r"\x1b(?:\[(\d*)D|\[[\d;]*m|\]8;[^\x1b]*\x1b\\|([78]))|(.)", re.DOTALL)


def row_of(written: str, counts: Callable[[str], int]) -> tuple[list[str], int]:
    """The cells of a terminal that counts so, and where its cursor ends."""
    row, at, kept = ["stale"] * 200, 0, 0
    for back, saved, character in PIECES.findall(written):
        if character:
            for place in range(at, at + counts(character)):
                row[place] = character
            at += counts(character)
        elif back:
            at -= int(back)
        elif saved == "7":
            kept = at
        elif saved == "8":
            at = kept
    return row, at


TERMINALS: dict[str, Callable[[str], int]] = {
    "the most": _most_cells,
    "one by one": lambda one: max(0, wcwidth(one)),
    "knows no late character": lambda one: min(1, max(0, wcwidth(one))) if not is_certain(one) else _most_cells(one),
}


@pytest.mark.parametrize("line", [Line(()), Line((Run("text", "text"),))])
@pytest.mark.parametrize("rail", ["", "rail"])
@pytest.mark.parametrize("margin", [0, 3])
def test_a_strip_has_the_cells_that_it_says_however_few(line: Line, rail: str, margin: int) -> None:
    for width in range(-3, 12):
        strip = draw(line, width, STYLES, margin=margin, rail=rail)
        assert strip.cell_length == sum(segment.cell_length for segment in strip) == max(0, width)


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("times", [1, 40])
def test_a_row_ends_where_it_should_and_nothing_stale_shines_through(terminal: str, form: str, times: int) -> None:
    line = Line((Run("before ", "text"), Run(FORMS[form] * times, "link", "https://x.example/"), Run(" after", "meta")))
    strip = draw(line, WIDTH, STYLES, rail="rail")
    assert strip.cell_length == sum(segment.cell_length for segment in strip) == WIDTH
    row, at = row_of(strip.render(Console(color_system="truecolor")), TERMINALS[terminal])
    assert at == WIDTH
    assert row[WIDTH - 1] == "▐"
    assert "stale" not in row[:WIDTH]
    assert row[WIDTH] == "stale"
