"""Syncing while somebody reads: beside each refresh, told in the status line, and never kept waiting for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from cache.library import open_library
from cache.paths import places
from cache.sync.server import accounts_of, set_up, sync_account
from cache.sync.standing import standings
from fetch.secret import Secret
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, subscribe
from tests.newsroom import headline as harbour
from tests.reading_server import ReadingServer
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press, screen
from tui.typeset.sync_standing import SyncFigures, sync_line

pytestmark = pytest.mark.anyio


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/feed", feed(running.url(""), ["mole"]), kind=RSS)
        for slug in ("mole", "quay"):
            running.put(f"/news/{slug}", page(slug))
        yield running


@pytest.fixture
def server(site: Loopback) -> Iterator[ReadingServer]:
    with ReadingServer() as opened:
        opened.item(opened.feed(site.url("/there"), "There"), site.url("/news/quay"), harbour("quay"))
        yield opened


@pytest.fixture
async def synced(home: Path, site: Loopback, server: ReadingServer) -> Path:
    subscribe(places(home).library, site.url("/feed"))
    async with open_library(home) as library:
        await set_up(library, server.base, "pat", Secret("harbour"))
    return home


def listed(pilot: Pilot[None]) -> list[str]:
    return [entry.headline for entry in main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (SyncFigures(NOW - timedelta(minutes=2), 3), "synced 2 min ago · 3 to send"),
        (SyncFigures(NOW - timedelta(hours=1)), "synced 1 h ago"),
        (SyncFigures(None, 1_200), "never synced · 1,200 to send"),
        (SyncFigures(NOW, 3, "password"), "not synced: wrong password · 3 to send"),
        (SyncFigures(NOW, 0, "timed out"), "not synced: timed out"),
        (SyncFigures(NOW, 2, "password", under_way=True), "syncing · 2 to send"),
    ],
)
def test_how_it_stands_in_words(figures: SyncFigures, said: str) -> None:
    assert sync_line(figures, NOW) == said


async def test_the_status_line_counts_what_waits_and_says_when_it_was_sent(
    synced: Path, server: ReadingServer, opened: Opening
) -> None:
    async with open_library(synced) as library:
        await sync_account(library, (await accounts_of(library))[0])
    async with opened(at=synced) as pilot:
        status = main_screen(pilot).status
        await until(pilot, lambda: status.sync is not None)
        assert "to send" not in screen(pilot)
        [entry] = [each for each in main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)
                   if each.headline == harbour("quay")]  # fmt: skip
        await main_screen(pilot).library.mark_read([entry.id], True)
        main_screen(pilot).look()
        await until(pilot, lambda: bool(status.sync and status.sync.waiting == 1))
        assert standings(main_screen(pilot).library)[0].waiting == 1, "the same figures"
        await pilot.press("r")
        await until(pilot, lambda: bool(status.sync and not status.sync.waiting and not status.sync.under_way))
        assert next(iter(server.items.values())).read


async def test_what_is_done_before_the_key_goes_along(synced: Path, server: ReadingServer, opened: Opening) -> None:
    async with open_library(synced) as library:
        await sync_account(library, (await accounts_of(library))[0])
    async with opened(at=synced) as pilot:
        library, later = main_screen(pilot).library, main_screen(pilot).later
        [quay] = [each for each in library.entries(library.ids()) if each.headline == harbour("quay")]
        on_disk = asyncio.Event()

        async def marked() -> int:
            await on_disk.wait()
            return await library.mark_read([quay.id], True)

        main_screen(pilot).writing.write(marked, [quay.id])
        before = len(server.seen)
        later.syncing.begin()
        await pilot.pause(0.2)
        assert (later.syncing.under_way, len(server.seen)) == (True, before)
        on_disk.set()
        await until(pilot, lambda: not later.syncing.under_way)
        assert next(iter(server.items.values())).read


async def test_a_server_that_hangs_keeps_no_news_and_no_key_waiting(
    synced: Path, server: ReadingServer, opened: Opening
) -> None:
    server.held["subscription/list"] = Event()
    async with opened(at=synced) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: harbour("mole") in listed(pilot))
        await until(pilot, lambda: not main_screen(pilot).later.refreshing.under_way)
        assert main_screen(pilot).later.syncing.under_way
        assert harbour("quay") not in listed(pilot)
        server.held.pop("subscription/list").set()
        await until(pilot, lambda: harbour("quay") in listed(pilot))
        await settled(pilot)
        [entry] = [each for each in main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)
                   if each.headline == harbour("quay")]  # fmt: skip
        assert entry.offline == "full", "what it brought is fetched in full at once"


async def test_a_failure_is_told_in_words_and_stays_in_the_status_line(
    synced: Path, server: ReadingServer, opened: Opening
) -> None:
    server.password = "another"
    server.expire()
    async with opened(at=synced) as pilot:
        await press(pilot, "r")
        status = main_screen(pilot).status
        await until(pilot, lambda: bool(status.sync and status.sync.reason))
        assert status.sync
        assert "wrong password" in sync_line(status.sync, NOW)
        before = len(server.seen)
        await press(pilot, "r")
        assert len(server.seen) == before, "the next refreshes leave it alone"
        assert main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)


async def test_a_failure_is_to_be_seen_on_a_narrow_screen(synced: Path, server: ReadingServer, opened: Opening) -> None:
    server.password = "another"
    server.expire()
    async with opened(60, 20, at=synced) as pilot:
        await press(pilot, "r")
        status = main_screen(pilot).status
        await until(pilot, lambda: bool(status.sync and status.sync.reason))
        status.say("")
        await until(pilot, lambda: "not synced: wrong password" in screen(pilot))


async def test_leaving_amid_a_sync_waits_for_no_server(synced: Path, server: ReadingServer, opened: Opening) -> None:
    server.held["subscription/list"] = Event()
    async with opened(at=synced) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: main_screen(pilot).later.syncing.under_way)
        await main_screen(pilot).put_away()
        assert not main_screen(pilot).later.syncing.under_way
        assert not server.held["subscription/list"].is_set()
        server.held["subscription/list"].set()


async def test_a_library_that_is_synced_with_nothing_says_nothing_of_it(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "r")
        assert main_screen(pilot).status.sync is None
        assert "synced" not in screen(pilot)
