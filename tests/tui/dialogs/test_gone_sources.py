"""Deciding, in the reader, of sources that a server has no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.library import open_library
from cache.sync.gone import gone_sources
from cache.sync.server import set_up, sync_account
from fetch.secret import Secret
from tests.reading_server import ReadingServer
from tests.tui.conftest import Opening, settled, until
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.gone_sources import GoneSources
from tui.dialogs.sync_server import SyncServer
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio
FEED = "http://127.0.0.1:9/feed"


@pytest.fixture
def server() -> Iterator[ReadingServer]:
    with ReadingServer() as opened:
        yield opened


@pytest.fixture
async def gone(home: Path, server: ReadingServer) -> Path:
    harbour = server.feed(FEED, "Harbour")
    server.item(harbour, "http://127.0.0.1:9/pier", "Pier opens", starred=True)
    async with open_library(home) as library:
        account = await set_up(library, server.base, "pat", Secret("harbour"))
        await sync_account(library, account)
        del server.feeds[harbour.number]
        server.items.clear()
        await sync_account(library, account)
    return home


async def test_it_is_told_and_nothing_opens_by_itself(gone: Path, opened: Opening) -> None:
    async with opened(at=gone) as pilot:
        await until(pilot, lambda: "@ decides of it here" in " ".join(screen(pilot).split()))
        await until(pilot, lambda: "1 gone there" in screen(pilot))
        assert isinstance(pilot.app.screen, MainScreen)
        assert main_screen(pilot).article_list.has_focus


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (40, 12)])
async def test_one_is_kept_by_two_keys_and_told_no_more(
    gone: Path, opened: Opening, size: tuple[int, int], server: ReadingServer
) -> None:
    async with opened(*size, at=gone) as pilot:
        await pilot.press("at")
        await until(pilot, lambda: isinstance(pilot.app.screen, GoneSources))
        assert "Keep Harbour" in screen(pilot)
        await press(pilot, "enter")
        library = main_screen(pilot).library
        await until(pilot, lambda: gone_sources(library.connection) == [])
        await until(pilot, lambda: bool(main_screen(pilot).status.sync and not main_screen(pilot).status.sync.gone))
        assert library.source(FEED).title == "Harbour"
        await press(pilot, "at")
        assert isinstance(pilot.app.screen, SyncServer), "nothing is left to decide"


async def test_one_is_removed_what_is_kept_stays_and_undo_brings_it_back(gone: Path, opened: Opening) -> None:
    async with opened(at=gone) as pilot:
        await pilot.press("at")
        await until(pilot, lambda: isinstance(pilot.app.screen, GoneSources))
        assert "1 story you keep stays" in screen(pilot), screen(pilot)
        await pilot.press("down", "enter")
        library = main_screen(pilot).library
        await until(pilot, lambda: FEED not in {each.url for each in library.sources()})
        await settled(pilot)
        assert library.entry("http://127.0.0.1:9/pier").saved
        assert library.ids('"Pier opens"')
        await press(pilot, "u")
        await until(pilot, lambda: FEED in {each.url for each in library.sources()})


async def test_an_address_typed_behind_the_key_decides_nothing(gone: Path, opened: Opening) -> None:
    async with opened(at=gone) as pilot:
        await pilot.press("at", *"reader.example.com/freshrss", "enter", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
        assert len(gone_sources(main_screen(pilot).library.connection)) == 1


async def test_a_server_can_be_set_up_as_well(gone: Path, opened: Opening) -> None:
    async with opened(at=gone) as pilot:
        await pilot.press("at", *"set up", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SyncServer))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
