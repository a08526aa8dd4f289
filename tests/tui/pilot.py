"""What tests of the screen do and see: keys in, the text on screen out."""

from __future__ import annotations

import re

from textual.pilot import Pilot

from tests.tui.conftest import settled
from tui.screen.main import MainScreen

_KEY_BY_ID = re.compile(r"\{[a-z]+\.[a-z_]+\|")
"""A key that a sentence names by its id, which is for `Keymap.said` to put there."""


def main_screen(pilot: Pilot[None]) -> MainScreen:
    screen = pilot.app.screen
    assert isinstance(screen, MainScreen)
    return screen


def screen(pilot: Pilot[None]) -> str:
    """What stands on the screen, as text."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def headline(pilot: Pilot[None]) -> str:
    opened = main_screen(pilot).articles.entry
    return opened.headline if opened else ""


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Type these keys; whatever is told then, keys stand in it as they are on the keyboard."""
    await pilot.press(*keys)
    await settled(pilot)
    told = screen(pilot).splitlines()[-1]
    assert not _KEY_BY_ID.search(told), told
