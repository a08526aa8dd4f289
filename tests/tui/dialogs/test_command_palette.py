"""All there is to do, found by name."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening
from tests.tui.newsroom import edition
from tests.tui.pilot import headline, main_screen, press, screen
from tui.dialogs.command_palette import CommandPalette, commands
from tui.dialogs.contents import Contents
from tui.dialogs.picker import says
from tui.keymap import Keymap
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_the_palette_finds_what_there_is_to_do_by_name(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p")
        assert "Follow the story" in screen(pilot)
        await press(pilot, *"mark read", "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).read


async def test_over_the_page_of_sources_its_acts_come_first_and_others_close_it(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "G", "ctrl+p")
        shown = screen(pilot)
        assert shown.index("On this page") < shown.index("Have the source rest")
        await press(pilot, *"pause", "enter")
        assert isinstance(pilot.app.screen, Contents)
        assert "paused" in screen(pilot)
        await press(pilot, "ctrl+p", "escape")
        assert isinstance(pilot.app.screen, Contents)
        await press(pilot, "ctrl+p", *"next view", *["backspace"] * 9, *"all read", "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert main_screen(pilot).library.status().unread == 0


async def test_every_command_of_the_palette_is_one_of_the_main_screen(opened: Opening) -> None:
    async with opened() as pilot:
        for command in commands(Keymap()):
            assert isinstance(command.act, str)
            name = command.act.partition("(")[0]
            assert hasattr(main_screen(pilot), f"action_{name}"), command
            assert command.choice.label


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("n-tv", "n-tv"),
        ("L’Équipe", "l’éq"),
        ("24.hu", "24.h"),
        ("a https://news.example.com/f", "news.example.com"),
        ("C++ weekly", "c++"),
        ("हिन्दी समाचार", "हिन्दी"),
        ('"quoted"', '"quo'),
        ("{main.quit|q}", "{main"),
        ("R & D", "&"),
    ],
)
def test_a_name_is_found_as_it_is_written(name: str, typed: str) -> None:
    assert says(name, typed.split())
    assert not says("Other paper", typed.split())


async def test_a_theme_is_chosen_in_the_palette(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p", *"theme day", "enter")
        assert pilot.app.theme == "day"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("epub", "Write to a file"),
        ("subscribe", "Add"),
        ("unsubscribe", "Sections"),
        ("star", "Save"),
        ("catch up", "All read"),
        ("preferences", "Settings"),
        ("fullscreen", "Reader only"),
        ("dark", "Theme: night"),
        ("find page", "Find"),
        ("footnote", "Footnote"),
    ],
)
def test_an_action_is_found_by_all_its_names(typed: str, found: str) -> None:
    labels = [command.choice.label for command in commands(Keymap()) if says(command.choice.names, typed.split())]
    assert found in labels


async def test_sources_searches_and_sections_are_gone_to(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await main.library.keep_search("Night news", "pilots")
        for typed, query in (("night news", "pilots"), ("single", "source:0"), ("unread", "is:unread")):
            await press(pilot, "ctrl+p", *typed, "enter")
            assert main.listing.section.query == query, typed
        await press(pilot, "ctrl+p", *"observer", "enter")
        assert main.listing.section.title == "Orla Observer"
        assert main.focused is main.article_list


async def test_articles_opened_before_are_gone_back_to(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "n", "n", "n", "ctrl+p", *"refloated", "enter")
        assert headline(pilot) == edition()[2].headline


async def test_what_is_called_nothing_is_said(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p", *"qqq")
        assert "Nothing here is called “qqq”" in screen(pilot)
        await press(pilot, "enter", "backspace", "backspace", "backspace")
        assert "Nothing here" not in screen(pilot)


async def test_arrows_move_the_highlight_while_the_line_has_the_keys(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p", "down", "down", "down", "up")
        palette = pilot.app.screen
        assert isinstance(palette, CommandPalette)
        assert palette.choices.index == 2
        await press(pilot, "pagedown", "pageup", *"theme", "down", "left", "x", "backspace")
        assert (palette.typing.value, palette.choices.index) == ("theme", 0)
