"""What all dialogs share."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Static

from tests.tui.conftest import Opening, settled
from tests.tui.pilot import press, screen
from tui.dialogs.contents import Contents
from tui.dialogs.dialog import Dialog
from tui.dialogs.help import Help
from tui.dialogs.picker import Picker
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("key", ["S", "ctrl+p", "question_mark", "E"])
async def test_a_dialog_left_twice_is_left_once(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        await press(pilot, key)
        dialog = pilot.app.screen
        assert isinstance(dialog, Dialog | Contents)
        if isinstance(dialog, Contents):
            dialog.choices.action_choose()
            dialog.choices.action_choose()
        dialog.action_give_up()
        dialog.action_give_up()
        await settled(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


@pytest.mark.parametrize("key", ["S", "ctrl+p", "E", "comma", "a"])
async def test_a_dialog_that_is_left_below_another_takes_nothing_away(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        await press(pilot, key)
        below = pilot.app.screen
        assert isinstance(below, Dialog | Contents)
        await pilot.app.push_screen(Help())
        below.leave()
        assert isinstance(pilot.app.screen, Help)
        await press(pilot, "escape")
        assert pilot.app.screen is below
        below.leave()
        await settled(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_press_on_what_has_just_been_taken_away_is_nothing(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "comma")
        box = next(each for each in pilot.app.screen.query(Static) if each.region)
        x, y = box.region.offset
        parent = box.parent
        assert parent is not None
        box._detach()  # as its removal does, some time before the place is drawn anew
        where = {"button": 1, "shift": False, "meta": False, "ctrl": False, "screen_x": x, "screen_y": y}
        await pilot.app.on_event(events.MouseDown(None, x, y, 0, 0, **where))
        box._attach(parent)
        assert pilot.app.is_running


@pytest.mark.parametrize("key", ["S", "ctrl+p", "a"])
async def test_a_click_on_choices_that_are_others_by_now_takes_none(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        await press(pilot, key)
        dialog = pilot.app.screen
        assert isinstance(dialog, Picker | Contents)
        choices = dialog.choices
        clicked = choices.Chosen(choices, 3)
        choices.offer([*choices.choices[4:]])
        choices.post_message(clicked)
        await settled(pilot)
        assert pilot.app.screen is dialog


async def test_a_click_beyond_a_screen_that_has_become_smaller_is_nothing(opened: Opening) -> None:
    async with opened(60, 20) as pilot:
        await press(pilot, "question_mark")
        x, y = 99, 30
        pilot.app.screen.post_message(events.Click(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settled(pilot)
        assert pilot.app.is_running
        assert isinstance(pilot.app.screen, Help)
        x, y = 0, 0
        pilot.app.screen.post_message(events.Click(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settled(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_click_on_the_key_that_chooses_is_nothing_where_nothing_has_the_keys(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S")
        page = pilot.app.screen
        assert isinstance(page, Contents)
        at = screen(pilot).splitlines()[page.status.region.y].index("enter")
        page.set_focus(None)
        await pilot.click(page.status, offset=(at, 0))
        await settled(pilot)
        assert pilot.app.screen is page
        page.set_focus(page.choices)
        await pilot.click(page.status, offset=(at, 0))
        await settled(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_click_on_the_key_that_chooses_is_not_for_what_has_come_over_it(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S")
        page = pilot.app.screen
        assert isinstance(page, Contents)
        x, y = screen(pilot).splitlines()[page.status.region.y].index("enter"), page.status.region.y
        await pilot.app.push_screen(Help())
        pilot.app.screen.set_focus(None)
        clicked = events.Click(page.status, x, 0, 0, 0, 1, False, False, False, x, y)
        clicked._set_forwarded()  # as one is that the app has sent there
        page.status.post_message(clicked)
        await settled(pilot)
        assert isinstance(pilot.app.screen, Help)
