"""A library that goes bad under an open reader: one sentence, and reading goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.paths import places
from tests.tui.conftest import Opening
from tests.tui.pilot import headline, main_screen, press, screen

pytestmark = pytest.mark.anyio

PAGE = 8192


def spoil(library: Path, pilot: Pilot[None]) -> None:
    """Overwrite every page but the first, and have SQLite forget those it has in memory."""
    size = library.stat().st_size
    with library.open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xa5" * (size - PAGE))
    main_screen(pilot).library.connection.sql.execute("PRAGMA shrink_memory")


LIST = ["G", "pagedown", "enter", "v", "m", "A", "u", "x", "K"]
DIALOGS = ["S", "escape", "a", "escape", "E", "escape", "P", "e", "escape", "W", "escape", "ctrl+p", "escape"]
READING = ["n", "t", "D", "H", "f", "1", "space", "slash", *"ferry", "enter", "escape", "F"]


@pytest.mark.parametrize("keys", [LIST, DIALOGS, READING], ids=["list", "dialogs", "reading"])
async def test_a_library_damaged_under_an_open_reader_is_told_and_does_not_end_it(
    home: Path, opened: Opening, keys: list[str]
) -> None:
    async with opened(100, 24, at=home) as pilot:
        first = headline(pilot)
        spoil(places(home).library, pilot)
        await press(pilot, *keys, "escape", "escape")
        assert pilot.app.is_running
        assert first.split()[0] in screen(pilot), "what was on screen stays"
        await press(pilot, "r")
        assert "doctor --repair" in main_screen(pilot).status.notice
        await press(pilot, "q")
        assert pilot.app.return_code == 0
