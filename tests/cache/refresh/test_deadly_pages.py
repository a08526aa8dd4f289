"""What ends the process that reads it is found out, noted and left; the refresh goes on without it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from cache.db import reads
from cache.entry import Progress
from cache.errors import CacheError
from cache.refresh.child import ChildProcess
from cache.refresh.jobs import UNREADABLE, Job
from cache.refresh.options import RefreshOptions
from cache.refresh.parser_client import ParserClient
from cache.refresh.run import refresh
from cache.refresh.worker_client import ProcessClient, open_client
from cache.writes.store import open_store
from fetch.http.response import Response
from tests.cache.refresh.dying import BREAKS, CRASHES, ENDLESS
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, fetcher, page, steps, subscribe

pytestmark = pytest.mark.anyio
SLUGS = [f"tide-{number}" for number in range(8)]


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/feed", feed(running.url(""), SLUGS), kind=RSS)
        for slug in SLUGS:
            running.put(f"/news/{slug}", page(slug))
        yield running


@asynccontextmanager
async def dying_worker(library: Path, *, patience: float = 30.0) -> AsyncIterator[ProcessClient]:
    """A store worker, with a parser process, that pages can kill."""
    start = partial(ChildProcess.start, "tests.cache.refresh.dying", "worker", str(library), patience=patience)
    parser = ParserClient(partial(ChildProcess.start, "tests.cache.refresh.dying", "parser", patience=patience))
    async with open_client(ProcessClient(await start(), start, parser=parser)) as client:
        assert isinstance(client, ProcessClient)
        yield client


async def _refreshed(library: Path, *, patience: float = 30.0) -> list[Progress]:
    async with dying_worker(library, patience=patience) as client, fetcher() as one:
        return [progress async for progress in refresh(client, one, RefreshOptions())]


@pytest.mark.parametrize(("text", "patience"), [(CRASHES, 30.0), (BREAKS, 30.0), (ENDLESS, 2.5)])
async def test_a_page_that_ends_its_reader_is_marked_and_the_rest_comes(
    site: Loopback, library: Path, text: str, patience: float
) -> None:
    site.put("/news/tide-3", page("tide-3", f"<p>{text}</p>"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library, patience=patience)
    assert [(step.url, step.reason) for step in steps(told, "failed")] == [(site.url("/news/tide-3"), UNREADABLE)]
    assert told[-1].notice == "7 of 8 complete, 1 unreadable"


async def test_it_is_not_asked_for_again_before_its_time(site: Loopback, library: Path) -> None:
    site.put("/news/tide-3", page("tide-3", f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/feed"))
    await _refreshed(library)
    told = await _refreshed(library)
    assert not steps(told, "failed")
    assert len(site.asked("/news/tide-3")) == 1


async def test_a_feed_that_ends_its_reader_is_marked_and_the_others_come(site: Loopback, library: Path) -> None:
    site.put("/deadly", feed(site.url(""), ["mole"], title=CRASHES), kind=RSS)
    deadly = subscribe(library, site.url("/deadly"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library)
    assert [(step.source_id, step.reason) for step in steps(told, "failed")] == [(deadly, UNREADABLE)]
    assert told[-1].notice == "8 of 8 complete"
    assert not steps(await _refreshed(library), "failed")  # it has its time, too


async def test_the_rest_of_a_story_whose_second_page_is_deadly_stays(site: Loopback, library: Path) -> None:
    site.put("/news/tide-0", page("tide-0") + '<link rel="next" href="/news/tide-0?page=2">')
    site.put("/news/tide-0?page=2", page("tide-0", f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library)
    assert told[-1].notice == "7 of 8 complete, 1 in part (later pages missing)"
    with open_store(library) as store:
        article = reads.article_at(store.connection, reads.find_any(store.connection, site.url("/news/tide-0")) or 0)
    assert article is not None
    assert "caissons" in article.text


@pytest.mark.parametrize("text", [CRASHES, BREAKS, ENDLESS])
async def test_what_kills_the_parser_is_the_store_workers_to_find_out(site: Loopback, text: str) -> None:
    parser = ParserClient(partial(ChildProcess.start, "tests.cache.refresh.dying", "parser", patience=2.5))
    good, bad = (_page_job(site, text) for text in ("", f"<p>{text}</p>"))
    while not (await parser.parse(good)).parsed:  # noqa: ASYNC110 - until it has been started
        await asyncio.sleep(0)
    assert await asyncio.gather(parser.parse(bad), parser.parse(good)) == [bad, good]
    assert await parser.parse(good) == good
    await parser.close()


async def test_a_busy_worker_is_given_what_the_parser_has_read(library: Path) -> None:
    with Loopback() as site:
        slugs = [f"tide-{number}" for number in range(120)]
        site.put("/feed", feed(site.url(""), slugs), kind=RSS)
        for slug in slugs:
            site.put(f"/news/{slug}", page(slug))
        subscribe(library, site.url("/feed"))
        told = await _refreshed(library)
    assert told[-1].notice == "120 of 120 complete"


def _page_job(site: Loopback, text: str) -> Job:
    url = site.url("/news/tide-0")
    return Job("page", url=url, answer=Response(url, 200, page("tide-0", text).encode(), "text/html"))


async def test_a_worker_that_dies_over_no_page_is_not_started_for_ever(library: Path) -> None:
    start = partial(ChildProcess.start, "tests.cache.refresh.dying", "worker")  # without a library to open
    async with open_client(ProcessClient(await start(), start)) as client:
        with pytest.raises(CacheError, match="broke off"):
            await client.work(Job("receipt"))
