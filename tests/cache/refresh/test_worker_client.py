from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from cache.errors import CacheError, NotALibrary
from cache.refresh.child import ChildProcess
from cache.refresh.jobs import Job
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_apart, run_here
from cache.refresh.worker_client import ProcessClient, ThreadClient, open_client, start_worker
from cache.writes.store import Store, open_store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, steps, subscribe

pytestmark = pytest.mark.anyio


async def test_a_bug_in_the_worker_is_raised_where_its_work_was_asked_for() -> None:
    def broken() -> Store:
        raise ZeroDivisionError("a bug")

    async with open_client(ThreadClient(broken)) as client:
        with pytest.raises(ZeroDivisionError):
            await client.work(Job("receipt"))
        with pytest.raises(ZeroDivisionError):
            await client.work(Job("receipt"))


async def test_a_worker_that_is_killed_from_outside_is_started_anew(tmp_path: Path) -> None:
    with open_store(tmp_path / "library.db"):
        pass
    start = partial(ChildProcess.start, "cache.refresh.store_worker", str(tmp_path / "library.db"))
    first = await start()
    async with open_client(ProcessClient(first, start)) as client:
        assert (await client.work(Job("receipt"))).counts is not None
        first.kill()
        assert (await client.work(Job("receipt"))).counts is not None


async def test_a_worker_that_cannot_open_the_library_says_why(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    async with start_worker(tmp_path / "library.db") as client:
        with pytest.raises(CacheError, match="is a folder, not a library"):
            await client.work(Job("receipt"))


async def test_a_refresh_with_its_worker_in_a_process(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.put("/feed", feed(site.url(""), ["mole", "tide"]), kind=RSS)
        site.put("/news/mole", page("mole"))
        subscribe(library, site.url("/feed"))
        told = [progress async for progress in run_here(library, RefreshOptions())]
    assert [progress.reason for progress in steps(told, "failed")] == ["not found"]
    assert [progress.url for progress in steps(told, "landed")] == [site.url("/news/mole")]
    assert told[-1].notice == "1 of 2 complete, 1 not found"


async def test_a_refresh_in_its_own_process_reports_the_same_and_stores_it(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
        site.put("/news/mole", page("mole"))
        subscribe(library, site.url("/feed"))
        told = [progress async for progress in run_apart(library, RefreshOptions())]
    assert [progress.step for progress in told] == ["source", "listed", "landed", "closed", "finished"]
    with open_store(library) as store:
        assert store.plan.receipt()["full"] == 1


async def test_a_refresh_in_its_own_process_raises_what_the_library_raises(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(NotALibrary):
        _ = [progress async for progress in run_apart(tmp_path / "library.db", RefreshOptions())]


async def test_closing_a_refresh_in_its_own_process_ends_its_processes(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.hang("/feed")
        subscribe(library, site.url("/feed"))
        steps_told = run_apart(library, RefreshOptions())
        assert (await anext(steps_told)).step == "source"
        await steps_told.aclose()
    with open_store(library) as store, store.batch():
        assert store.plan.receipt()["full"] == 0
