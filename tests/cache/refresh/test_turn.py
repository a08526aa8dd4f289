"""One refresh of a library at a time: whoever comes second follows it, in this program or another."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cache.progress import Progress
from cache.refresh import turn
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_apart, run_here
from tests.cache.refresh.test_process import processes_with
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, fetcher, publish, subscribe

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "BETWEEN_LOOKS", 0.01)


@contextmanager
def held(site: Loopback, path: str, slug: str) -> Iterator[threading.Event]:
    """A feed that is not given before the event is set."""
    given = threading.Event()

    def answer(_: Seen) -> Reply:
        given.wait()
        return Reply(feed(site.url(""), [slug]).encode(), kind=RSS)

    site.routes[path] = answer
    try:
        yield given
    finally:
        given.set()


async def told_by(library: Path, options: RefreshOptions | None = None) -> list[Progress]:
    async with fetcher() as one:
        return [progress async for progress in run_here(library, options or RefreshOptions(), fetcher=one)]


async def until(condition: object) -> None:
    async with asyncio.timeout(20):
        while not condition():  # type: ignore[operator]  # noqa: ASYNC110 - of another thread or process
            await asyncio.sleep(0.001)


async def test_a_second_refresh_follows_the_first_and_asks_nothing(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    subscribe(library, site.url("/feed"))
    with held(site, "/feed", "mole") as given:
        first = asyncio.ensure_future(told_by(library))
        await until(lambda: site.asked("/feed"))
        second = asyncio.ensure_future(told_by(library))
        await until(lambda: library.with_name("library.db-refresh").exists())
        async with asyncio.timeout(20):
            assert not (await asyncio.wait({second}, timeout=0.1))[0]
        given.set()
        own, followed = await asyncio.gather(first, second)
    assert followed[0].step == "joined"
    assert followed[-1] == next(each for each in own if each.step == "finished")
    assert len(site.asked("/feed")) == len(site.asked("/news/mole")) == 1
    assert not library.with_name("library.db-refresh").exists()


async def test_one_of_some_sources_comes_after_it(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    subscribe(library, site.url("/feed/slow"))
    wanted = subscribe(library, site.url("/feed"))
    with held(site, "/feed/slow", "mole") as given:
        first = asyncio.ensure_future(told_by(library))
        await until(lambda: site.asked("/feed/slow"))
        second = asyncio.ensure_future(told_by(library, RefreshOptions((wanted,), force=True)))
        assert not (await asyncio.wait({second}, timeout=0.1))[0]
        given.set()
        _, followed = await asyncio.gather(first, second)
    steps = [each.step for each in followed]
    assert steps[0] == "joined"
    assert steps.count("finished") == 2
    assert followed[-1].asked <= 1


async def test_one_that_was_killed_is_taken_over(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    subscribe(library, site.url("/feed"))
    with held(site, "/feed", "mole") as given:
        first = asyncio.ensure_future(_ended(run_apart(library, RefreshOptions())))
        await until(lambda: site.asked("/feed"))
        second = asyncio.ensure_future(told_by(library))
        assert not (await asyncio.wait({second}, timeout=0.1))[0]
        os.kill(processes_with(library)[0], signal.SIGKILL)
        given.set()
        _, own = await asyncio.gather(first, second)
    assert own[0].step == "joined"
    assert own[-1].notice == "1 of 1 complete"


async def test_whoever_stops_following_stops_nothing(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    subscribe(library, site.url("/feed"))
    with held(site, "/feed", "mole") as given:
        first = asyncio.ensure_future(told_by(library))
        await until(lambda: site.asked("/feed"))
        following = run_here(library, RefreshOptions())
        assert (await anext(following)).step == "joined"
        await following.aclose()
        given.set()
        assert (await first)[-1].notice == "1 of 1 complete"


async def _ended(told: AsyncIterator[Progress]) -> None:
    with pytest.raises(Exception, match="broke off"):
        async for _ in told:
            pass
