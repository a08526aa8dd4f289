"""All there is to do, found by name."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.command_palette import commands
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_the_palette_finds_what_there_is_to_do_by_name(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p")
        assert "Follow the story" in screen(pilot)
        await press(pilot, *"mark read", "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).read


async def test_every_command_of_the_palette_is_one_of_the_main_screen(opened: Opening) -> None:
    async with opened() as pilot:
        for command in commands():
            name = command.action.partition("(")[0]
            assert hasattr(main_screen(pilot), f"action_{name}"), command
            assert command.choice.label


async def test_a_theme_is_chosen_in_the_palette(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p", *"theme day", "enter")
        assert pilot.app.theme == "day"
