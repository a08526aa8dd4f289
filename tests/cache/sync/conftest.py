"""A server of the Google Reader API, and libraries that are synced with it over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from cache.library import Library, open_library
from cache.sync.outcome import Synced
from cache.sync.server import accounts_of, set_up, sync_account
from fetch.fetcher import Fetcher
from fetch.secret import Secret
from tests.reading_server import ReadingServer

Syncing = Callable[[Library, ReadingServer], Awaitable[Synced]]


@pytest.fixture
def server() -> Iterator[ReadingServer]:
    with ReadingServer() as opened:
        yield opened


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with Fetcher() as fetcher, open_library(tmp_path / "home", fetcher=fetcher) as opened:
        yield opened


@pytest.fixture
def synced() -> Syncing:
    """Syncs a library with a server, set up first where it is not."""

    async def sync(library: Library, server: ReadingServer) -> Synced:
        if not await accounts_of(library):
            await set_up(library, server.origin + server.path, "pat", Secret("harbour"))
        return await sync_account(library, (await accounts_of(library))[0])

    return sync
