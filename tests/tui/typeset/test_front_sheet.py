"""The front page laid out: in one column, or as a newspaper's front; nothing is cut within a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cache.front_page import Front, FrontStory, SharedSentence
from tui.settings import Density
from tui.typeset.front_page import counted, quoted_by
from tui.typeset.front_rows import FrontRow, RowRoom, set_front_row
from tui.typeset.front_sheet import FrontSheet

AT = datetime(2031, 3, 3, tzinfo=UTC)
HEADLINE = "Dairy group Grosurt agrees takeover of Tilaist Foods after a night of negotiations in Brousourt"
QUOTE = "The dairy group Grosurt agreed on Saturday to buy Tilaist Foods for $44 million in cash and shares, both said."
FIGURE = "workers: 44 workers (Evening Herald, Northern Courier and 8 more); 47 workers (Coast Observer)"


def row_of(number: int, *, words: int = 12, quoted: bool = True, figures: int = 1, section: str = "") -> FrontRow:
    headline = " ".join(HEADLINE.split()[:words])
    story = FrontStory(number, headline, number, number, (number,), (number,), 9, 0, (), False, AT, AT, 1, section)
    quote, source = (QUOTE, "Northern Courier, as 11 of 12 reports say") if quoted else ("", "")
    differ = "44 workers, 47 workers, 52 workers" if figures else ""
    return FrontRow(number, story, "9 sources · day 12 · 9 events", quote, source, (FIGURE,) * figures, differ)


def rows_of(count: int, **row: object) -> list[FrontRow]:
    return [row_of(number, section=("World", "Local")[number % 2], **row) for number in range(1, count + 1)]  # type: ignore[arg-type]


def drawn(sheet: FrontSheet) -> list[str]:
    """Its lines as they are seen."""
    found = []
    for y in range(sheet.line_count):
        said = ""
        for place in sheet.pieces(y):
            lines = place.lines if place.row < 0 else sheet.lines(place.row, False, False)
            said = said.ljust(place.x) + "".join(run.text for run in lines[y - place.y].runs)
        found.append(said)
    return found


def test_a_line_of_facts_ends_between_two_of_them() -> None:
    row = row_of(1)._replace(counts="7 sources · 2 new since 29 Nov · grew · day 7 · 3 events")
    lines = ["".join(run.text for run in each.runs).strip() for each in set_front_row(row, 45, RowRoom(1, 2, 0, 0))]
    assert lines[1:3] == ["7 sources · 2 new since 29 Nov · grew", "day 7 · 3 events"]
    long = row._replace(counts=f"7 sources · since you muted it: {QUOTE}")
    lines = ["".join(run.text for run in each.runs).strip() for each in set_front_row(long, 45, RowRoom(1, 2, 0, 0))]
    assert lines[1].startswith("7 sources · since you muted it: The dairy")
    assert lines[2].endswith("…")


def test_a_copy_that_landed_is_counted_as_new_as_little_as_among_the_sources() -> None:
    story = replace(
        row_of(1).story, sources=4, reports=(*range(1, 8),), originals=(1, 2, 3, 5), new=(4, 5, 6, 7), grew=True
    )
    page = Front(AT, AT, AT)
    assert counted(story, page, AT).startswith("4 sources · 1 new since ")
    assert counted(replace(story, new=(4, 6, 7)), page, AT) == "4 sources"


@pytest.mark.parametrize("density", [1, 2, 4])
@pytest.mark.parametrize("width", [48, 60, 80, 84, 100, 121, 131, 152, 200])
def test_no_word_is_cut_at_any_width(width: int, density: Density) -> None:
    rows = rows_of(14, figures=2)
    sheet = FrontSheet(rows, (width, 40), density, broad=width >= 84)
    texts = [
        HEADLINE,
        QUOTE,
        FIGURE,
        "Reports differ: on — World Local ● 52",
        *(text for text in rows[0] if isinstance(text, str)),
    ]
    known = {word.strip(_SIGNS) for text in texts for word in text.split()}
    for at, place in enumerate(sheet.places):
        for line in sheet.lines(at, False, False):
            said = "".join(run.text for run in line.runs)
            assert len(said) <= place.width
            assert {word.strip(_SIGNS) for word in said.split()} <= known | {""}, said


_SIGNS = "“”…,;:.()"


@pytest.mark.parametrize("width", [84, 121, 131, 152, 200])
@pytest.mark.parametrize("figures", [0, 1, 3])
def test_under_a_short_lead_stands_another_so_that_no_column_is_left_half_empty(width: int, figures: int) -> None:
    rows = [row_of(1, words=4, figures=figures), *rows_of(20)[1:]]
    sheet = FrontSheet(rows, (width, 40), 2, broad=True)
    seconds = [place for place in sheet.places if place.x and place.y < sheet.places[0].height]
    right = [place for place in sheet.places if place.x == seconds[0].x and place.width == seconds[0].width]
    left = [place for place in sheet.places[: sheet.places.index(right[0])] if place.x == 0]
    assert len(right) >= 2
    bottoms = [max(place.y + place.height for place in column) for column in (left, right)]
    assert abs(bottoms[0] - bottoms[1]) <= min(place.height for place in right), bottoms


def test_keys_go_down_each_column_by_rank() -> None:
    sheet = FrontSheet(rows_of(20), (152, 45), 2, broad=True)
    lead, *others = sheet.places
    beside = next(at for at, place in enumerate(sheet.places) if place.x)
    assert [row.id for row in sheet.rows[: beside + 3]] == [*range(1, beside + 4)]
    assert all(place.y > lead.y for place in others[: beside - 1]), (
        "what stands under the lead comes before the seconds"
    )


@pytest.mark.parametrize("width", [84, 121, 152])
def test_the_rules_between_columns_meet_the_one_across(width: int) -> None:
    lines = drawn(FrontSheet(rows_of(20), (width, 40), 2, broad=True))
    at, across = next((y, text) for y, text in enumerate(lines) if "─" in text)
    assert len(across) == width
    assert set(across) <= set("─┬┴┼")
    for x, sign in enumerate(across):
        above, below = lines[at - 1].ljust(width)[x] == "│", lines[at + 1].ljust(width)[x] == "│"
        assert sign == {(True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─"}[above, below]


def test_figures_for_which_there_is_no_room_are_left_out_whole() -> None:
    (row,) = rows_of(1)
    text = "\n".join(drawn(FrontSheet([row], (48, 40), 2, broad=False)))
    assert "Reports differ: 44 workers, 47 workers …" in text


def test_where_not_all_reports_were_compared_the_sentence_says_so() -> None:
    quote = SharedSentence("The ferry sank.", 1, "Courier", 11, 12)
    assert quoted_by(quote) == "Courier, as 11 of 12 reports say"
    assert quoted_by(replace(quote, of_all=False)) == "Courier, as 11 of 12 compared reports say"


def test_a_section_that_goes_on_in_the_next_column_says_so_there() -> None:
    rows = [row_of(number, section="World") for number in range(1, 16)]
    sheet = FrontSheet(rows, (160, 40), 2, broad=True)
    headings = [text for text in drawn(sheet) if "World" in text and "continued" in text]
    assert len(headings) == 1
    begun, *others = headings[0].replace("│", " ").split("   ")
    assert begun.strip() == "World"
    assert {each.strip() for each in others if each.strip()} == {"World, continued"}
