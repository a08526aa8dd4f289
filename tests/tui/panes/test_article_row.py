"""A headline as a row of the list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from cache.entry import CLOSES, OPENS, Entry
from tests.tui.newsroom import NOW
from tui.panes.article_row import RowState, set_row
from tui.typeset.line import Line

PILOTS = Entry(
    1,
    "https://courier.example/1",
    "Harbour pilots of three islands agree on one rule for the night passage",
    source="The Island Courier",
    summary="The rule begins in spring.",
    published=NOW,
    offline="full",
)
WIDE = replace(
    PILOTS, headline="三島の水先人、夜間航行の統一規則で合意 来年三月から適用へ", source="海峡新報", saved=True
)
DEEP = f"{'A long way into the text, and further still, '}{OPENS}pilots{CLOSES} and {OPENS}lamps{CLOSES} come up."


def marked(lines: tuple[Line, ...]) -> list[str]:
    return [run.text for line in lines for run in line.runs if run.role == "match"]


@pytest.mark.parametrize("entry", [PILOTS, WIDE])
@pytest.mark.parametrize(("width", "height"), [(27, 3), (28, 4), (32, 5), (90, 3)])
@pytest.mark.parametrize("found", [None, DEEP, "", f"{OPENS}水先人{CLOSES}は夜間"])
def test_a_row_has_its_lines_and_none_is_too_wide(entry: Entry, width: int, height: int, found: str | None) -> None:
    lines = set_row(entry, width, height, now=NOW, state=RowState(found))
    assert len(lines) == height
    assert all(cell_len(line.text) <= width for line in lines)


@pytest.mark.parametrize("width", [24, 33, 80])
def test_the_place_that_was_found_is_shown_with_its_match(width: int) -> None:
    assert "pilots" in marked(set_row(PILOTS, width, 4, now=NOW, state=RowState(DEEP)))


def test_a_row_that_was_not_searched_for_shows_its_summary() -> None:
    lines = set_row(PILOTS, 80, 4, now=NOW)
    assert any("begins in spring" in line.text for line in lines)
    assert marked(lines) == []
