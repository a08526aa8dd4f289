"""What a refresh syncs with: what fails is left alone for a while, and of two programs one syncs at a time."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from cache.library import Library
from cache.rules.backoff import sync_after
from cache.sync import every
from cache.sync.every import Patience, sync_all
from cache.sync.remote import CannotSync
from cache.sync.server import accounts_of, set_up, sync_account
from cache.sync.standing import standings
from fetch.secret import Secret
from tests.cache.sync.conftest import Syncing
from tests.reading_server import ReadingServer


def test_what_only_its_reader_can_mend_is_asked_least() -> None:
    assert [sync_after("timed out", times) for times in (1, 2, 3, 99)] == [60, 120, 240, 900]
    assert [sync_after("password", times) for times in (1, 2, 99)] == [3600, 7200, 86_400]
    assert sync_after("HTTP 502", 1) == sync_after("slow", 1) == sync_after("switched off", 1) == 60


@pytest.mark.anyio
async def test_a_server_that_failed_is_left_alone_by_refreshes_until_it_is_asked_by_hand(
    library: Library, server: ReadingServer, synced: Syncing, monkeypatch: pytest.MonkeyPatch
) -> None:
    await synced(library, server)
    server.odd.switched_off = True
    done, failed = await sync_all(library)
    assert (done, len(failed)) == ([], 1)
    [standing] = standings(library)
    assert (standing.reason, standing.is_whole) == ("switched off", False)
    assert "503" in standing.sentence
    before = len(server.seen)
    assert await sync_all(library) == ([], [])
    assert len(server.seen) == before
    monkeypatch.setattr(every, "time", lambda: standing.again + 1)
    assert len((await sync_all(library))[1]) == 1
    assert standings(library)[0].again > standing.again, "longer each time"
    server.odd.switched_off = False
    await sync_account(library, (await accounts_of(library))[0])
    [standing] = standings(library)
    assert (standing.reason, standing.again, standing.sentence, standing.is_whole) == ("", 0, "", True)


@pytest.mark.anyio
async def test_one_that_is_set_up_again_by_its_new_password_is_synced_at_once(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    await synced(library, server)
    server.password = "lighthouse"
    server.expire()
    assert len((await sync_all(library))[1]) == 1
    assert await sync_all(library) == ([], []), "left alone"
    await set_up(library, server.base, "pat", Secret("lighthouse"))
    done, failed = await sync_all(library)
    assert (len(done), failed) == (1, [])


@pytest.mark.anyio
async def test_a_clock_that_was_set_back_keeps_no_server_waiting(
    library: Library, server: ReadingServer, synced: Syncing, monkeypatch: pytest.MonkeyPatch
) -> None:
    await synced(library, server)
    server.odd.switched_off = True
    await sync_all(library)
    monkeypatch.setattr(every, "time", lambda: 86_400.0)
    assert len((await sync_all(library))[1]) == 1


@pytest.mark.anyio
async def test_of_two_that_sync_at_once_one_waits_or_leaves_it(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    pier = server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
    await synced(library, server)
    [account] = await accounts_of(library)
    server.held["subscription/list"] = Event()
    first = asyncio.ensure_future(sync_account(library, account))
    await asyncio.sleep(0)
    assert await sync_all(library) == ([], []), "nothing is told of what another does"
    with pytest.raises(CannotSync, match="Another program"):
        await sync_account(library, account, wait=0)
    await library.mark_read([library.entry(pier.url).id], True)
    second = asyncio.ensure_future(sync_account(library, account))
    server.held.pop("subscription/list").set()
    await first
    await second
    assert pier.read
    assert library.entry(pier.url).read
    assert standings(library)[0].reason == ""


@pytest.mark.anyio
async def test_what_takes_too_long_by_itself_goes_on_with_the_next(
    library: Library, server: ReadingServer, synced: Syncing, monkeypatch: pytest.MonkeyPatch
) -> None:
    await synced(library, server)
    server.held["stream/items/ids"] = Event()
    monkeypatch.setattr(every, "LONGEST_BY_ITSELF", 0.2)
    [sentence] = (await sync_all(library))[1]
    assert "goes on from here" in sentence
    assert standings(library)[0].reason == "slow"
    server.held.pop("stream/items/ids").set()
    await sync_account(library, (await accounts_of(library))[0], wait=0)
    assert standings(library)[0].is_whole


@pytest.mark.anyio
async def test_who_waits_for_a_sync_waits_while_it_gets_on() -> None:
    patience = Patience()
    async with patience.limit():
        patience.end_in_silence_of(60.0)

    async def waited() -> None:
        async with patience.limit():
            patience.end_in_silence_of(0.0)
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await waited()
    patience.end_in_silence_of(60.0)
    async with patience.limit():
        patience.heard(7, 100)
