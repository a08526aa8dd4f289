"""A headline as a row of the list."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cache.entry import CLOSES, OPENS, Entry
from tests.tui.newsroom import NOW
from tui.panes.article_row import RowState, row_height, set_row
from tui.settings import Density
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
WIDE = PILOTS._replace(
    headline="三島の水先人、夜間航行の統一規則で合意 来年三月から適用へ", source="海峡新報", saved=True
)
MARKED = PILOTS._replace(tags=("harbour", "night", "水先人"), saved=True, changed=True, reports=12)
OLD = PILOTS._replace(published=NOW.replace(year=2019), source="", headline="", reason="paywall", offline="part")
HEBREW = PILOTS._replace(headline="נתבי הנמל הסכימו על כלל אחד")
DEEP = f"{'A long way into the text, and further still, '}{OPENS}pilots{CLOSES} and {OPENS}lamps{CLOSES} come up."


def marked(lines: tuple[Line, ...]) -> list[str]:
    return [run.text for line in lines for run in line.runs if run.role == "match"]


@pytest.mark.parametrize("entry", [PILOTS, WIDE, MARKED, OLD, HEBREW])
@pytest.mark.parametrize("width", [27, 33, 64, 90])
@pytest.mark.parametrize("density", [1, 2, 4])
@pytest.mark.parametrize("found", [None, DEEP, "", f"{OPENS}水先人{CLOSES}は夜間"])
def test_a_row_has_its_lines_and_none_is_too_wide(
    entry: Entry, width: int, density: Density, found: str | None
) -> None:
    lines = set_row(entry, width, density, now=NOW, state=RowState(found))
    assert len(lines) == row_height(density, found=found is not None)
    assert all(cell_len(line.text) <= width for line in lines)


@pytest.mark.parametrize("width", [24, 33, 80])
@pytest.mark.parametrize("density", [1, 2, 4])
def test_the_place_that_was_found_is_shown_with_its_match(width: int, density: Density) -> None:
    assert "pilots" in marked(set_row(PILOTS, width, density, now=NOW, state=RowState(DEEP)))


def test_a_row_that_was_not_searched_for_shows_its_summary() -> None:
    lines = set_row(PILOTS, 80, 4, now=NOW)
    assert any("begins in spring" in line.text for line in lines)
    assert marked(lines) == []


@pytest.mark.parametrize("density", [1, 2, 4])
def test_every_row_has_headline_age_and_marks_and_where_it_has_room_the_source(density: Density) -> None:
    row = "\n".join(line.text for line in set_row(MARKED, 90, density, now=NOW))
    assert [
        part for part in ("Harbour pilots", "The Island Courier", "now", "+11", "★", "≡", "#") if part not in row
    ] == []


def test_in_rows_of_one_line_ages_and_marks_stand_in_columns() -> None:
    texts = [set_row(entry, 90, 1, now=NOW)[0].text for entry in (PILOTS, MARKED, HEBREW)]
    assert len({text.index(PILOTS.source) for text in texts}) == 1
    assert len({text.index(" now ") for text in texts}) == 1
    assert {len(text) for text in texts} == {89}


@pytest.mark.parametrize("density", [1, 2, 4])
def test_a_page_that_names_no_paper_has_its_site(density: Density) -> None:
    page = PILOTS._replace(source="", url="https://www.gazette.example/elsewhere/1")
    assert "gazette.example" in "\n".join(line.text for line in set_row(page, 90, density, now=NOW))
