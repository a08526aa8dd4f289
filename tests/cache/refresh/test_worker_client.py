from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from cache.errors import CacheError, DiskFull
from cache.refresh.child import Worker
from cache.refresh.jobs import Order
from cache.refresh.process import go, send_out
from cache.refresh.source_run import Bounds
from cache.refresh.worker_client import PressProcess, PressThread, open_room, press_at
from cache.writes.store import Store, open_store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, steps, subscribe

pytestmark = pytest.mark.anyio


async def test_a_bug_in_the_press_is_raised_where_its_work_was_asked_for() -> None:
    def broken() -> Store:
        raise ZeroDivisionError("a bug")

    async with open_room(PressThread(broken)) as room:
        with pytest.raises(ZeroDivisionError):
            await room.work(Order("receipt"))
        with pytest.raises(ZeroDivisionError):
            await room.work(Order("receipt"))


async def test_a_press_that_is_killed_from_outside_is_begun_anew(tmp_path: Path) -> None:
    with open_store(tmp_path / "library.db"):
        pass
    begin = partial(Worker.begin, "cache.refresh.store_worker", str(tmp_path / "library.db"))
    first = await begin()
    async with open_room(PressProcess(first, begin)) as room:
        assert (await room.work(Order("receipt"))).counts is not None
        first.kill()
        assert (await room.work(Order("receipt"))).counts is not None


async def test_a_press_that_cannot_open_the_library_says_why(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    async with press_at(tmp_path / "library.db") as room:
        with pytest.raises(CacheError, match="cannot be opened"):
            await room.work(Order("receipt"))


async def test_a_refresh_with_its_press_in_a_process(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.put("/feed", feed(site.url(""), ["mole", "tide"]), kind=RSS)
        site.put("/news/mole", page("mole"))
        subscribe(library, site.url("/feed"))
        told = [progress async for progress in go(library, Bounds())]
    assert [progress.reason for progress in steps(told, "failed")] == ["not found"]
    assert [progress.url for progress in steps(told, "landed")] == [site.url("/news/mole")]
    assert told[-1].notice == "1 of 2 complete, 1 not found"


async def test_a_refresh_sent_out_tells_the_same_and_stores_it(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
        site.put("/news/mole", page("mole"))
        subscribe(library, site.url("/feed"))
        told = [progress async for progress in send_out(library, Bounds())]
    assert [progress.step for progress in told] == ["source", "listed", "landed", "closed", "finished"]
    with open_store(library) as store:
        assert store.receipt()["full"] == 1


async def test_a_refresh_sent_out_raises_what_the_library_raises(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(DiskFull):
        _ = [progress async for progress in send_out(tmp_path / "library.db", Bounds())]


async def test_closing_a_refresh_that_was_sent_out_ends_its_processes(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.hang("/feed")
        subscribe(library, site.url("/feed"))
        steps_told = send_out(library, Bounds())
        assert (await anext(steps_told)).step == "source"
        await steps_told.aclose()
    with open_store(library) as store, store.batch():
        assert store.receipt()["full"] == 0
