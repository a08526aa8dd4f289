"""The order of a list: under one key, remembered for each section."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import Opening
from tests.tui.newsroom import edition
from tests.tui.pilot import main_screen, press, screen

pytestmark = pytest.mark.anyio

HEADLINES = [article.headline for article in edition()]


def listed(pilot: Pilot[None]) -> list[str]:
    main = main_screen(pilot)
    found = {entry.id: entry.headline for entry in main.library.entries(main.article_list.ids)}
    return [found[entry_id] for entry_id in main.article_list.ids]


async def test_the_oldest_first_then_by_source_then_by_reports_and_around(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "j", "j")
        highlighted = main.article_list.highlighted
        await press(pilot, "O")
        assert listed(pilot) == HEADLINES[::-1]
        assert "All stories · oldest first" in screen(pilot)
        assert main.article_list.highlighted == highlighted
        await press(pilot, "O")
        sources = [entry.source for entry in main.library.entries(main.article_list.ids)]
        named = {entry.id: entry.source for entry in main.library.entries(main.article_list.ids)}
        in_order = [named[entry_id] for entry_id in main.article_list.ids]
        assert in_order == sorted(sources, key=str.casefold)
        await press(pilot, "O", "O")
        assert listed(pilot) == HEADLINES


async def test_keys_in_a_burst_each_count(opened: Opening) -> None:
    async with opened() as pilot:
        await pilot.press(*"OOOOO")
        await press(pilot)
        assert listed(pilot) == HEADLINES[::-1]


async def test_it_is_remembered_for_each_section_and_for_the_next_time(home: Path, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await press(pilot, "v", "O")
        assert main_screen(pilot).article_list.border_title
        assert listed(pilot) == HEADLINES[::-1]
        await press(pilot, "v", "v", "v")
        assert listed(pilot) == HEADLINES
    async with opened(at=home) as pilot:
        assert listed(pilot) == HEADLINES
        await press(pilot, "v")
        assert listed(pilot) == HEADLINES[::-1]


async def test_a_list_that_begins_in_another_order_opens_its_first_story(home: Path, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await press(pilot, "O")
    async with opened(at=home) as pilot:
        main = main_screen(pilot)
        assert listed(pilot) == HEADLINES[::-1]
        assert main.articles.entry
        assert main.articles.entry.headline == HEADLINES[-1]


async def test_what_a_search_found_is_best_first_unless_asked_for_in_another_order(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"night", "enter")
        best = listed(pilot)
        await press(pilot, "O")
        newest = [headline for headline in HEADLINES if headline in best]
        assert listed(pilot) == newest
        await press(pilot, "O", "O", "O", "O")
        assert listed(pilot) == best
