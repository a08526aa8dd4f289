"""Why no pictures are shown, where that is so: the setting, the terminal, Pillow."""

from __future__ import annotations

import os
from typing import Any

from textual.app import App

from tui.config import table
from tui.screen.context import ScreenContext
from tui.typeset import wording
from tui.typeset.marks import ascii_chosen, ascii_wanted
from tui.typeset.theme import PLAIN_THEME

_OFF = "No pictures are fetched or shown: {main.settings|comma} has screen.pictures, which is off."
_PLAIN = "This terminal shows no pictures: it has few colours, or is to have none."
_ASCII = "Pictures want more letters than ASCII has, which screen.marks or the terminal leave it to."


def why_none(context: ScreenContext, app: App[Any]) -> str:
    """The sentence that says why no pictures are shown, "" where they are; loads Pillow where nothing else is why."""
    if context.setting(table.PICTURES) == "off":
        return context.keyed(_OFF)
    if app.theme == PLAIN_THEME:
        return _PLAIN
    if ascii_chosen(context.setting(table.DRAWN_IN), ascii_wanted(os.environ)):
        return _ASCII
    from fetch.picture import can_decode, is_installed

    return "" if can_decode() else wording.no_pillow(installed=is_installed())
