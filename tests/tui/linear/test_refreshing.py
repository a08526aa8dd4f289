"""Refreshes beside the linear reader: those of the settings, what follows one, and what is told of each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from cache.library import open_library
from cache.paths import places
from cache.progress import Progress
from cache.sync.server import set_up
from fetch.secret import Secret
from tests.loopback import Loopback
from tests.newsroom import publish, subscribe
from tests.reading_server import ReadingServer
from tests.tui.linear.keys_pressed import LinearReader, linear_reader
from tui.linear import refreshing

pytestmark = pytest.mark.anyio
ENDED = "Refreshed: 2 new. circumflex accent ^ goes to the newest."


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, site: Loopback) -> Path:
    publish(site, "mole", "quay")
    subscribe(places(tmp_path).library, site.url("/feed"))
    return tmp_path


@asynccontextmanager
async def reading(home: Path, settings: str = "") -> AsyncIterator[LinearReader]:
    async with linear_reader(home, settings) as reader:
        await reader.commands.refreshing.start()
        yield reader


async def test_one_begins_on_start_where_the_settings_say_so(home: Path) -> None:
    async with reading(home, "[refresh]\non_start_after = 1\n") as reader:
        await reader.hear(ENDED)
        assert "Refreshing …" not in reader.said


async def test_one_begins_by_itself_after_so_many_minutes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "_LOOK", 0.01)
    monkeypatch.setattr(refreshing, "_MINUTE", 0.01)
    async with reading(home, "[refresh]\nevery = 5\n") as reader:
        await reader.hear(ENDED)
        assert reader.said.count(ENDED) == 1
        assert not any("nothing" in each for each in reader.said), "what brings nothing is not told"


async def test_none_begins_without_that(home: Path) -> None:
    async with reading(home) as reader:
        assert not reader.commands.refreshing.under_way


async def test_once_its_end_is_told_none_is_under_way_whatever_quiet_work_follows(home: Path) -> None:
    async with reading(home) as reader:
        await reader.press("r")
        await reader.hear(ENDED)
        said = await reader.press("enter", "escape", "r")
        assert not any("under way" in each or "stopped" in each for each in said)


async def test_one_under_way_tells_how_far_it_is_and_is_stopped(home: Path, site: Loopback) -> None:
    site.hang("/feed")
    async with reading(home) as reader:
        begun, refresh = asyncio.Event(), reader.desk.library.refresh

        async def heard(*arguments: Any, **named: Any) -> AsyncIterator[Progress]:
            async for progress in refresh(*arguments, **named):
                yield progress
                begun.set()

        reader.desk.library.refresh = heard  # type: ignore[method-assign]
        assert await reader.press("r") == ["Refreshing …"]
        await asyncio.wait_for(begun.wait(), 30)
        assert await reader.press("r") == ["A refresh is under way, 0 of 1 done; escape stops it."]
        assert await reader.press("escape") == ["The refresh was stopped; the next one goes on from here."]
        assert not reader.commands.refreshing.under_way


async def test_what_a_server_has_comes_beside_a_refresh_and_a_failure_is_told(home: Path) -> None:
    with ReadingServer() as server:
        server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier", "Pier opens")
        async with open_library(home) as library:
            await set_up(library, server.base, "pat", Secret("harbour"))
        async with reading(home) as reader:
            await reader.commands.refreshing.refresh()
            await reader.hear_of(f"Synced with {server.base} as pat: 1 article came")
            server.odd.switched_off = True
            await reader.commands.refreshing.put_away()
            await reader.commands.refreshing.refresh()
            await reader.hear_of("HTTP 503")
