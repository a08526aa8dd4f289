"""Searching as one types, and back."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.strip import Strip

from tests.tui.conftest import Opening
from tests.tui.newsroom import edition, shelve
from tests.tui.pilot import main_screen, press, screen
from tests.tui.screen.conftest import Harness, ListStandIn
from tui import sections
from tui.screen.listing import SectionList
from tui.screen.searching import Searching

pytestmark = pytest.mark.anyio


@pytest.fixture
def revealed() -> list[str]:
    return []


@pytest.fixture
def listing(harness: Harness, article_list: ListStandIn) -> SectionList:
    return SectionList(harness.context, article_list, harness.watch, harness.writing, lambda: None)


@pytest.fixture
def searching(harness: Harness, article_list: ListStandIn, listing: SectionList, revealed: list[str]) -> Searching:
    return Searching(harness.context, article_list, listing, harness.writing, lambda: revealed.append("list"))


async def test_what_is_typed_is_found_and_escape_goes_back(
    harness: Harness, article_list: ListStandIn, listing: SectionList, searching: Searching
) -> None:
    harness.library.ids("lightho", typing=True)  # what is searched with is loaded, within no time
    article_list.index = 4
    held = article_list.highlighted
    searching.ask()
    harness.question.typed("lightho")
    assert listing.section.typed
    assert len(article_list.ids) == 1
    harness.question.left("lightho")
    await harness.done()
    assert listing.section == sections.ALL
    assert article_list.highlighted == held


async def test_enter_stays_with_what_was_found(
    harness: Harness, listing: SectionList, searching: Searching, revealed: list[str]
) -> None:
    searching.ask()
    harness.question.answered("lighthouse")
    assert (listing.section, revealed) == (sections.found("lighthouse", begun=True), ["list"])


async def test_nothing_typed_is_the_section_from_before(
    harness: Harness, listing: SectionList, searching: Searching
) -> None:
    listing.enter(sections.UNREAD)
    searching.ask()
    harness.question.typed("buoy")
    harness.question.typed("")
    assert listing.section == sections.UNREAD


async def test_a_search_is_kept_as_a_section(harness: Harness, searching: Searching) -> None:
    searching.ask()
    harness.question.kept("")
    harness.question.kept("freighter")
    await harness.done()
    assert [kept.name for kept in harness.library.searches()] == ["freighter"]


async def test_what_is_not_understood_is_said(harness: Harness, searching: Searching) -> None:
    searching.ask()
    harness.question.typed("since:never")
    assert "never" in harness.said[-1]


@pytest.mark.parametrize("words", ["((((", "is:funny"])
async def test_what_holds_nothing_to_look_for_finds_nothing(
    harness: Harness, article_list: ListStandIn, searching: Searching, words: str
) -> None:
    searching.ask()
    harness.question.answered(words)
    assert len(article_list.ids) == 0
    assert words in harness.said[-1]


async def test_a_filter_half_typed_is_no_mistake(
    harness: Harness, article_list: ListStandIn, searching: Searching
) -> None:
    searching.ask()
    harness.question.typed("is:")
    assert len(article_list.ids) > 1
    assert harness.said[-1] == ""


async def test_what_was_searched_for_and_what_fails_name_no_keys(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"{main.undo|u} {main.save|s}", "enter")
        assert "Nothing found for “{main.undo|u} {main.save|s}”" in main_screen(pilot).article_list.empty
        main_screen(pilot).context.say("No answer from {main.quit|ctrl+q}.")
        await pilot.pause()
        assert "No answer from {main.quit|ctrl+q}." in screen(pilot)


async def test_a_key_does_not_wait_for_garbage(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash")
        before = gc.get_stats()[0]["collections"]
        await press(pilot, *"lighthouse")
        assert gc.get_stats()[0]["collections"] - before < 10


async def test_a_letter_arranges_nothing_anew_and_has_no_pane_beside_the_list_drawn(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", "l")
        main, arranged, drawn = main_screen(pilot), list[object](), list[int]()
        main.screen_layout_refresh_signal.subscribe(main.status, arranged.append)
        for pane in (main.reader, main.related):
            pane.line_at = _noting(pane.line_at, drawn)  # type: ignore[method-assign]
        before = main.article_list.border_title
        await press(pilot, "i")
        assert (main.article_list.border_title != before, arranged, drawn) == (True, [], [])
        main.reader.refresh()
        await press(pilot)
        assert drawn


def _noting(line_at: Callable[[int, str], Strip], drawn: list[int]) -> Callable[[int, str], Strip]:
    def noted(at: int, rail: str) -> Strip:
        drawn.append(at)
        return line_at(at, rail)

    return noted


async def test_the_heading_counts_what_is_found_and_says_where_that_is_not_all(opened: Opening, home: Path) -> None:
    told = edition()[1]
    shelve(home, [replace(told, url=f"https://gazette.example/{at}", headline=f"Zebra {at}") for at in range(230)])
    async with opened() as pilot:
        main = main_screen(pilot)
        main.listing.enter(sections.found("zebra", typed=True))
        assert "Search: zebra · 200+" in str(main.article_list.border_title)
        main.listing.enter(sections.found("lightho", typed=True))
        assert "Search: lightho · 1 " in str(main.article_list.border_title)
        main.listing.enter(sections.found("zebra"))
        await press(pilot)
        assert "Search: zebra · 230" in screen(pilot)
