"""A section is listed: first rows, all rows, folded or not, the highlight where it was."""

from __future__ import annotations

import pytest

from tests.tui.screen.conftest import Harness, ListStandIn
from tui import sections
from tui.screen.listing import SectionList

pytestmark = pytest.mark.anyio


def listing_of(harness: Harness, article_list: ListStandIn) -> tuple[SectionList, list[str]]:
    listed: list[str] = []
    made = SectionList(
        harness.context, article_list, harness.watch, harness.writing, lambda: listed.append(article_list.title)
    )
    return made, listed


async def test_the_first_rows_come_at_once_and_the_others_later(harness: Harness) -> None:
    article_list = ListStandIn()
    listing, listed = listing_of(harness, article_list)
    listing.begin(3)
    assert (article_list.title, len(article_list.ids)) == ("All stories", 3)
    listing.list_all()
    await harness.done()
    assert article_list.ids == list(harness.library.ids())
    assert listed == ["All stories"]


async def test_another_section_keeps_the_highlight_on_its_article(harness: Harness, article_list: ListStandIn) -> None:
    listing, _ = listing_of(harness, article_list)
    await harness.library.save(article_list.ids[2:4])
    article_list.index = 3
    held = article_list.highlighted
    listing.enter(sections.SAVED)
    assert article_list.highlighted == held
    listing.enter(sections.ALL)
    await harness.done()
    assert article_list.highlighted == held


async def test_only_the_section_entered_last_is_listed(harness: Harness, article_list: ListStandIn) -> None:
    listing, listed = listing_of(harness, article_list)
    listing.enter(sections.UNREAD)
    listing.enter(sections.found("lighthouse"))
    await harness.done()
    assert listed == ["Search: lighthouse"]
    assert article_list.ids == list(harness.library.ids("lighthouse"))


async def test_the_views_come_in_turn(harness: Harness, article_list: ListStandIn) -> None:
    listing, _ = listing_of(harness, article_list)
    seen = []
    for _ in sections.VIEWS:
        listing.next_view()
        seen.append(listing.section)
    assert seen == [*sections.VIEWS[1:], sections.ALL]


async def test_folding_is_said_and_kept_for_the_next_time(harness: Harness, article_list: ListStandIn) -> None:
    listing, _ = listing_of(harness, article_list)
    listing.fold()
    await harness.done()
    assert harness.said == ["A row for each report."]
    again, _ = listing_of(harness, article_list)
    again.begin(10)
    assert again.folded is False
