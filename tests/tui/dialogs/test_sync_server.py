"""Setting up a server to sync with, in the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from cache.sync.accounts import accounts_in
from tests.reading_server import ReadingServer
from tests.tui.conftest import Opening, settled, until
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.sync_server import SyncServer
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


@pytest.fixture
def server() -> Iterator[ReadingServer]:
    with ReadingServer() as opened:
        opened.item(opened.feed("http://127.0.0.1:9/feed", "Harbour"), "http://127.0.0.1:9/pier", "Pier opens")
        yield opened


async def test_a_burst_of_keys_sets_a_server_up_once_its_file_was_agreed_to(
    home: Path, server: ReadingServer, opened: Opening
) -> None:
    async with opened(at=home) as pilot:
        await pilot.press("at", *server.origin, "enter", *"pat", "enter", *"harbour", "enter")
        await settled(pilot)
        await until(pilot, lambda: "enter once more keeps the password" in screen(pilot).replace("\n", " "))
        assert server.seen == [], "nobody is asked before"
        assert not (home / "secrets.json").exists()
        assert "harbour" not in screen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
        [account] = accounts_in(main_screen(pilot).library.connection)
        assert (account.url, account.user, account.server) == (server.base, "pat", "FreshRSS")
        assert (home / "secrets.json").stat().st_mode & 0o077 == 0
        await until(pilot, lambda: bool(main_screen(pilot).library.ids('"Pier opens"')))
        await until(pilot, lambda: bool(main_screen(pilot).status.sync and main_screen(pilot).status.sync.at))
        await press(pilot, "at")
        assert "as pat: synced" in screen(pilot)


async def test_what_failed_is_said_and_what_was_typed_stays(home: Path, server: ReadingServer, opened: Opening) -> None:
    async with opened(40, 12, at=home) as pilot:
        await pilot.press("at", *server.origin, "enter", *"pat", "enter", *"wrong", "enter")
        await settled(pilot)
        await pilot.press("enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, SyncServer)
        await until(pilot, lambda: "does not know pat" in str(dialog.trouble.visual))
        assert (dialog.place.value, dialog.user.value) == (server.origin, "pat")
        await until(pilot, lambda: "does not know" in " ".join(screen(pilot).split()))
        assert accounts_in(dialog._library.connection) == []
        await pilot.press(*["backspace"] * 5, *"harbour", "enter")
        await settled(pilot)
        assert "enter once more" in str(dialog.trouble.visual), "other words are agreed to anew"
        await press(pilot, "escape")
        assert accounts_in(main_screen(pilot).library.connection) == []


async def test_escape_leaves_while_a_server_keeps_silent(home: Path, server: ReadingServer, opened: Opening) -> None:
    server.held["ClientLogin"] = Event()
    async with opened(at=home) as pilot:
        await pilot.press("at", *server.origin, "enter", *"pat", "enter", *"harbour", "enter")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Looking for a server" in screen(pilot))
        await pilot.press("enter", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
        server.held.pop("ClientLogin").set()
        assert accounts_in(main_screen(pilot).library.connection) == []


async def test_what_is_missing_is_asked_for(home: Path, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await press(pilot, "at", "enter")
        assert "is wanted here" in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
