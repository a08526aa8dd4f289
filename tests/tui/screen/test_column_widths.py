"""Columns are made wider and narrower by key and by drag, each class of width has its own, and all is there again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from cache.paths import places
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import long_article, shelve
from tests.tui.pilot import headline, main_screen, press
from tui.config.key_names import key_name
from tui.settings import COLUMNS

pytestmark = pytest.mark.anyio


def widths(pilot: Pilot[None]) -> tuple[int, int, int]:
    main = main_screen(pilot)
    list_, reader, related = (pane.size.width if pane.display else 0 for pane in main.pane_layout.panes)
    return list_, reader, related


async def drag(pilot: Pilot[None], start: int, end: int) -> None:
    await pilot.mouse_down(offset=(start, 10))
    await pilot.hover(offset=((start + end) // 2, 10))
    await pilot.hover(offset=(end, 10))
    await pilot.mouse_up(offset=(end, 10))
    await settled(pilot)


async def test_the_column_that_has_the_keys_is_made_wider_and_stays_so(opened: Opening) -> None:
    async with opened() as pilot:
        before = widths(pilot)
        await press(pilot, "plus", "plus", "plus")
        assert widths(pilot) == (before[0] + 6, before[1] - 6, before[2])
        for key in "+++---":  # as fast as they come
            pilot.app.post_message(events.Key(key_name(key), key))
        await settled(pilot)
        assert widths(pilot)[0] == before[0] + 6
        await press(pilot, "tab", "plus")
        assert widths(pilot) == (before[0] + 4, before[1] - 4, before[2]), "the article takes from the list"
        await press(pilot, "tab", "minus")
        kept = widths(pilot)
        assert kept == (before[0] + 4, before[1] - 2, before[2] - 2)
    async with opened() as pilot:
        assert widths(pilot) == kept
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert widths(pilot)[0] == 32, "another class of width has widths of its own"
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert widths(pilot) == kept


async def test_the_edge_between_two_columns_is_dragged(opened: Opening) -> None:
    async with opened() as pilot:
        before = widths(pilot)
        await drag(pilot, before[0], 50)
        assert widths(pilot) == (50, before[1] + before[0] - 50, before[2])
        await drag(pilot, 119 - before[2], 85)
        assert widths(pilot) == (50, 34, 34)
        await drag(pilot, 50, 2)
        assert widths(pilot)[0] == 20, "no column goes away by being dragged"
        await drag(pilot, 20, 119)
        assert widths(pilot)[1] >= 34, "nor does the article"
        await drag(pilot, 5, 60)
        assert widths(pilot)[1] >= 34
        kept = widths(pilot)
    async with opened() as pilot:
        assert widths(pilot) == kept


async def test_one_column_has_no_edge(opened: Opening) -> None:
    async with opened(60, 20) as pilot:
        await press(pilot, "plus")
        assert "one column" in main_screen(pilot).status.notice
        assert widths(pilot)[0] == 60
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        await press(pilot, "plus")
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        assert widths(pilot)[0] == 60


@pytest.mark.parametrize("kept", [[], {"wide": "x"}, {"wide": [1]}, {"wide": [-5, 10**9]}, {"wide": [True, None]}])
async def test_widths_that_are_none_leave_the_screen_whole(opened: Opening, kept: object) -> None:
    async with opened() as pilot:
        await main_screen(pilot).library.set_setting(COLUMNS.name, kept)
    async with opened() as pilot:
        assert all(width >= 20 for width in widths(pilot))


async def test_what_was_open_and_hidden_is_there_again_at_its_place(opened: Opening, home: Path) -> None:
    shelve(home, [long_article()])
    async with opened() as pilot:
        await press(pilot, *"jj", "enter", "space", "space", "i")
        assert not main_screen(pilot).related.display
        opened_article, place = headline(pilot), main_screen(pilot).reader.text_offset
        await press(pilot, "q", "q")
    async with opened() as pilot:
        assert (headline(pilot), main_screen(pilot).reader.text_offset) == (opened_article, place)
        assert not main_screen(pilot).related.display
        assert main_screen(pilot).focused is main_screen(pilot).article_list
        await press(pilot, "i", "backslash", "ctrl+q")
    async with opened() as pilot:
        assert [pane.display for pane in main_screen(pilot).pane_layout.panes] == [False, True, True]
        assert main_screen(pilot).focused is main_screen(pilot).reader


async def test_what_merely_lay_there_makes_room_for_the_newest(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        first = headline(pilot)
        await press(pilot, "q")
    shelve(home, [long_article()])
    async with opened() as pilot:
        assert headline(pilot) != first


async def test_widths_are_those_of_the_settings_and_a_key_holds_for_now(home: Path, opened: Opening) -> None:
    file = places(home).config / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[screen]\nlist_width = 44\nrelated_width = 26\n", "utf-8")
    async with opened() as pilot:
        before = widths(pilot)
        assert (before[0], before[2]) == (44, 26)
        await press(pilot, "plus")
        assert widths(pilot)[0] == 46
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert widths(pilot)[0] == 44
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert widths(pilot)[0] == 46
        file.write_text("[screen]\nlist_width = 30\n", "utf-8")
        main_screen(pilot).configuring.look()
        await settled(pilot)
        assert widths(pilot)[0] == 30, "what was saved holds at once"
    file.write_text("[screen]\nlist_width = 50\n", "utf-8")
    async with opened() as pilot:
        assert widths(pilot)[0] == 50, "and before what a key chose another time"
