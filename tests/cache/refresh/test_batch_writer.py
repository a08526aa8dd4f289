"""The writer of a refresh: short transactions, work kept while another program writes, and nobody left waiting."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from cache.errors import CacheError, DiskFull
from cache.refresh import batch_writer
from cache.refresh.batch_writer import BatchWriter, open_writer
from cache.writes.store import Store, open_store
from fetch.source import Source

pytestmark = pytest.mark.anyio


def added(store: Store, number: int) -> int:
    return store.sources.add(Source(f"https://paper.example/{number}", "feed"))


def count(store: Store) -> int:
    return int(store.connection.value("SELECT count(*) FROM source"))


def full(_: Store) -> None:
    raise DiskFull("The disk is full.")


def broken(_: Store) -> None:
    raise ZeroDivisionError("a bug")


async def test_what_is_handed_in_together_is_done_in_its_order(library: Path) -> None:
    async with open_writer(partial(open_store, library)) as writer:
        numbers = await asyncio.gather(*(writer.write(partial(added, number=number)) for number in range(30)))
    assert numbers == sorted(numbers)
    with open_store(library) as store:
        assert count(store) == 30


async def test_work_with_transactions_of_its_own_is_in_no_other_one_and_keeps_its_place(library: Path) -> None:
    def seen(store: Store) -> tuple[bool, int]:
        return store.connection.sql.in_transaction, count(store)

    async with open_writer(partial(open_store, library)) as writer:
        asked = [writer.write(partial(added, number=1)), writer.write(seen, apart=True)]
        asked += [writer.write(partial(added, number=2)), writer.write(seen), writer.write(seen, apart=True)]
        told = await asyncio.gather(*asked)
    assert [told[place] for place in (1, 3, 4)] == [(False, 1), (True, 2), (False, 2)]


async def test_texts_that_come_one_after_the_other_share_a_transaction(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_writer, "GATHER_SECONDS", 60.0)
    async with open_writer(partial(open_store, library)) as writer:
        waited = asyncio.Event()

        def coming() -> int:
            loop.call_soon_threadsafe(waited.set)
            return 1

        loop, writer.coming = asyncio.get_running_loop(), coming
        first = asyncio.ensure_future(writer.write(partial(added, number=1), lands=True))
        await asyncio.wait_for(waited.wait(), 20)
        assert not first.done()
        second = writer.write(lambda store: (first.done(), store.connection.sql.in_transaction))
        assert await asyncio.wait_for(second, 20) == (False, True)
        assert await asyncio.wait_for(first, 20) > 0


async def test_a_text_waits_for_no_others_where_none_is_being_read(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_writer, "GATHER_SECONDS", 60.0)
    async with open_writer(partial(open_store, library)) as writer:
        assert await asyncio.wait_for(writer.write(partial(added, number=1), lands=True), 20) > 0


async def test_where_the_library_fails_none_of_a_batch_is_done_and_the_next_is(library: Path) -> None:
    async with open_writer(partial(open_store, library)) as writer:
        asked = [writer.write(partial(added, number=1)), writer.write(full)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(told[1], DiskFull)
        assert await writer.write(count) == (0 if isinstance(told[0], DiskFull) else 1)
        assert await writer.write(partial(added, number=2)) > 0


async def test_a_mistake_ends_it_and_whoever_waits_hears_of_it(library: Path) -> None:
    async with open_writer(partial(open_store, library)) as writer:
        asked = [writer.write(broken), *(writer.write(count) for _ in range(5))]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(each) for each in told} == {ZeroDivisionError}
        with pytest.raises(ZeroDivisionError):
            await writer.write(count)


async def test_a_thread_that_ends_without_a_word_keeps_nobody_waiting(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_writer, "BETWEEN_CHECKS", 0.01)
    on, ended = Event(), Thread(target=lambda: None)
    ended.start()
    ended.join()
    async with open_writer(partial(open_store, library)) as writer:
        assert await writer.write(count) == 0
        asked = asyncio.ensure_future(writer.write(lambda _: on.wait(60)))
        writer._worker = ended  # as one would be that no memory was left to say it
        with pytest.raises(CacheError, match="memory ran out"):
            await asyncio.wait_for(asked, 20)
        on.set()
        with pytest.raises(CacheError, match="memory ran out"):
            await writer.write(count)


async def test_a_library_that_cannot_be_opened_says_why(library: Path) -> None:
    async with open_writer(partial(open_store, library.parent)) as writer:
        for _ in range(2):
            with pytest.raises(CacheError, match="is a folder, not a library"):
                await writer.write(count)


async def test_what_is_handed_in_after_its_end_is_refused(library: Path) -> None:
    writer = BatchWriter(partial(open_store, library))
    await writer.close()
    with pytest.raises(CacheError, match="has ended"):
        await writer.write(count)


async def test_while_another_program_writes_work_is_kept_and_that_is_said(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_writer, "PATIENCE", 0.01)
    with open_store(library):
        pass
    other = sqlite3.connect(library, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with open_writer(partial(open_store, library)) as writer:
        told = asyncio.Event()
        writer.busy = told.set
        asked = asyncio.ensure_future(writer.write(partial(added, number=1)))
        await asyncio.wait_for(told.wait(), 20)
        assert not asked.done()
        other.execute("COMMIT")
        assert await asyncio.wait_for(asked, 20) > 0
    other.close()


async def test_one_that_is_closed_waits_for_no_other_program(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_writer, "PATIENCE", 0.01)
    with open_store(library):
        pass
    other = sqlite3.connect(library, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with open_writer(partial(open_store, library)) as writer:
        told = asyncio.Event()
        writer.busy = told.set
        asked = asyncio.ensure_future(writer.write(partial(added, number=1)))
        await asyncio.wait_for(told.wait(), 20)
    assert isinstance(asked.exception(), CacheError)
    other.close()
