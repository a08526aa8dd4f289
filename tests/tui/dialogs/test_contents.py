"""Sections, sources and saved searches to go to, and to remove."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening
from tests.tui.newsroom import edition
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.contents import Contents

pytestmark = pytest.mark.anyio


async def test_a_search_is_kept_as_a_section(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"freighter", "ctrl+s", "escape")
        assert len(main_screen(pilot).article_list.ids) == len(edition())
        await press(pilot, "S")
        assert isinstance(pilot.app.screen, Contents)
        assert "Searches" in screen(pilot)
        await press(pilot, "G", "enter")
        assert main_screen(pilot).listing.section.title == "freighter"
        assert main_screen(pilot).article_list.ids == main_screen(pilot).library.ids("freighter")


async def test_a_source_is_removed_and_comes_back(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "G", "d")
        assert "is removed" in screen(pilot)
        await press(pilot, "escape")
        left = main_screen(pilot).library.count()
        assert left < len(edition())
        await press(pilot, "u")
        assert main_screen(pilot).library.count() == len(edition())
