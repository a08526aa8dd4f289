"""A story set in lines: what each report adds, and where they differ."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich.cells import cell_len

from cache.entry import Entry
from cache.related.timeline import Dispute, Report, Timeline
from tests.tui.newsroom import NOW
from tui.typeset.article import as_text
from tui.typeset.story import lay_out_story

FIRST = Entry(1, "https://courier.example/1", "Freighter aground", source="The Island Courier", published=NOW)
SECOND = Entry(
    2, "https://gazette.example/2", "Freighter refloated", source="The Gazette", published=NOW + timedelta(days=1)
)
COPY = Entry(3, "https://observer.example/3", "Freighter refloated", source="Orla Observer")
STORY = Timeline(
    (
        Report(FIRST, adds=("A freighter ran aground in the narrows.",)),
        Report(SECOND, adds=("Two tugs pulled her free at high water, after nine days on the sandbank.",)),
        Report(COPY, copy_of=2),
    ),
    (Dispute("crew members on board", (("12", 1), ("15", 2))),),
)


@pytest.mark.parametrize("width", [24, 50, 70])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert all(cell_len(line.text) <= width for line in lay_out_story(STORY, width, now=NOW))


def test_each_report_says_what_it_adds_and_a_copy_that_it_is_one() -> None:
    text = as_text(lay_out_story(STORY, 60, now=NOW))
    assert "3 reports from 3 sources" in text
    assert "22 November, 08:30 · The Island Courier\nFreighter aground [1]\n+ A freighter ran aground" in text
    assert "The same text as in The Gazette." in text


def test_figures_that_differ_stand_side_by_side_with_their_source() -> None:
    text = as_text(lay_out_story(STORY, 60, now=NOW))
    assert "crew members on board\n• 12 — The Island Courier" in text
    assert "• 15 — The Gazette" in text


def test_a_headline_leads_to_its_report() -> None:
    hrefs = {run.href for line in lay_out_story(STORY, 60, now=NOW) for run in line.runs if run.href}
    assert hrefs == {FIRST.url, SECOND.url, COPY.url}
