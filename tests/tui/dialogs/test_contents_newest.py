"""The newest of what is highlighted beside the tree of sources, and what is told below both."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening, settled, until
from tests.tui.dialogs.tree_seen import contents_dialog, highlighted, tree
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.help import Help

pytestmark = pytest.mark.anyio


async def test_beside_the_tree_stands_the_newest_of_what_is_highlighted(opened: Opening) -> None:
    async with opened(150, 40) as pilot:
        library, listed = main_screen(pilot).library, main_screen(pilot).listing.section
        await press(pilot, "S", *"/signal", "escape")
        ids = library.ids('source:"Signal & Noise"')
        await until(pilot, lambda: contents_dialog(pilot).newest.ids == ids)
        assert library.entries(ids)[0].headline[:20] in screen(pilot)
        await press(pilot, "escape")
        assert main_screen(pilot).listing.section == listed
    async with opened() as pilot:
        await press(pilot, "S")
        assert not contents_dialog(pilot).newest.display
        await press(pilot, "tab", "right")
        assert contents_dialog(pilot).focused is contents_dialog(pilot).choices


async def test_an_article_beside_the_tree_is_opened_in_its_section_and_escape_gives_the_keys_back(
    opened: Opening,
) -> None:
    async with opened(150, 40) as pilot:
        main = main_screen(pilot)
        ids = main.library.ids('source:"Signal & Noise"')
        await press(pilot, "S", *"/signal", "escape")
        await until(pilot, lambda: contents_dialog(pilot).newest.ids == ids)
        await press(pilot, "right", "j", "escape")
        page = contents_dialog(pilot)
        assert page.focused is page.choices
        assert highlighted(pilot) == "Signal & Noise"
        sources = main.library.sources()
        await press(pilot, "tab", *"gdpDKVr", "space", "u", "g", "2", "j", "k")
        assert page.focused is page.newest, "keys of sources do nothing to articles, nor to what is behind them"
        assert main.library.sources() == sources
        await press(pilot, "enter")
        assert main_screen(pilot).listing.section.title == "Signal & Noise"
        assert main.articles.entry
        assert main.articles.entry.id == ids[1]
        assert main.article_list.highlighted == ids[1]
        assert main.focused is main.reader


async def test_a_screen_that_becomes_narrow_takes_the_keys_to_the_tree(opened: Opening) -> None:
    async with opened(150, 40) as pilot:
        await press(pilot, "S", *"/signal", "escape")
        await until(pilot, lambda: bool(contents_dialog(pilot).newest.ids))
        await press(pilot, "tab")
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        page = contents_dialog(pilot)
        assert page.focused is page.choices
        assert not page.newest.display
        await press(pilot, "G", "escape")
        assert main_screen(pilot)


async def test_a_screen_that_becomes_small_keeps_the_highlight_in_view(opened: Opening) -> None:
    async with opened(80, 40) as pilot:
        await press(pilot, "S", "G")
        for size in ((60, 20), (40, 10), (40, 7)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert highlighted(pilot) in tree(pilot)


async def test_what_happens_behind_the_page_is_told_on_it(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "S")
        main.context.say("47 new · 3 sources failed")
        await settled(pilot)
        assert "47 new · 3 sources failed" in screen(pilot)
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, Help)
        await press(pilot, "escape")
        assert contents_dialog(pilot)
