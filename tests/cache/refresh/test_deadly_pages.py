"""What ends the process that reads it is found out, noted and left; the refresh goes on without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from cache.db import reads
from cache.library import open_library
from cache.progress import Progress
from cache.refresh.intake import MOST_UNREAD, MOST_UNREADABLE
from cache.refresh.options import RefreshOptions
from cache.refresh.parsers import PRELOAD, Remembered
from cache.refresh.process import run_here
from cache.writes.store import Store, open_store
from fetch.errors import NoParser
from fetch.fetcher import Fetcher
from fetch.parsers import pool
from fetch.parsers.limits import Limits
from fetch.parsers.pool import ParserPool, SameProcess
from tests.fetch.parsers.dying import BREAKS, CRASHES, ENDLESS, SWELLS
from tests.loopback import Loopback
from tests.newsroom import PATIENTLY, RSS, feed, page, publish, steps, subscribe

pytestmark = [pytest.mark.anyio, pytest.mark.once]
T = TypeVar("T")
SLUGS = [f"tide-{number}" for number in range(8)]


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        publish(running, *SLUGS)
        yield running


async def _refreshed(library: Path) -> list[Progress]:
    """A refresh whose parsers pages can kill."""

    async def write(work: Callable[[Store], T]) -> T:
        with open_store(library) as store, store.batch():
            return work(store)

    dying = ParserPool(Remembered(write), preload=PRELOAD, process="tests.fetch.parsers.dying")
    async with Fetcher(deadlines=PATIENTLY, parsers=dying) as fetcher:
        return [progress async for progress in run_here(library, RefreshOptions(), fetcher=fetcher)]


@pytest.mark.parametrize("text", [CRASHES, BREAKS, ENDLESS, SWELLS])
async def test_a_page_that_ends_its_reader_is_marked_and_the_rest_comes(
    site: Loopback, library: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_LIMITS", Limits(processor=1.0))
    site.put("/news/tide-3", page("tide-3", f"<p>{text}</p>"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library)
    assert [(step.url, step.reason) for step in steps(told, "failed")] == [(site.url("/news/tide-3"), "unreadable")]
    assert told[-1].notice == "7 of 8 complete, 1 unreadable"


async def test_it_is_not_asked_for_again_before_its_time(site: Loopback, library: Path) -> None:
    site.put("/news/tide-3", page("tide-3", f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/feed"))
    await _refreshed(library)
    told = await _refreshed(library)
    assert not steps(told, "failed")
    assert len(site.asked("/news/tide-3")) == 1


async def test_a_feed_that_ends_its_reader_is_told_once_and_read_again_when_it_changes(
    site: Loopback, library: Path
) -> None:
    site.put("/deadly", feed(site.url(""), ["mole"], title=CRASHES), kind=RSS)
    site.put("/news/mole", page("mole"))
    deadly = subscribe(library, site.url("/deadly"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library)
    assert [(step.source_id, step.reason) for step in steps(told, "failed")] == [(deadly, "unreadable")]
    assert told[-1].notice == "8 of 8 complete"
    assert not steps(await _refreshed(library), "failed")
    assert "it ended the program that read it" in _error_of(library, deadly)
    site.put("/deadly", feed(site.url(""), ["mole"]), kind=RSS)
    assert (await _refreshed(library))[-1].notice == "9 of 9 complete"
    assert _error_of(library, deadly) == ""


async def test_many_deadly_pages_of_one_source_end_no_other_sources_refresh(site: Loopback, library: Path) -> None:
    slugs = [f"deadly-{number}" for number in range(12)]
    publish(site, *slugs, at="/deadly")
    for slug in slugs:
        site.put(f"/news/{slug}", page(slug, f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/deadly"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library)
    assert told[-1].full == len(SLUGS)
    assert {step.reason for step in steps(told, "failed")} == {"unreadable"}
    asked = sum(len(site.asked(f"/news/{slug}")) for slug in slugs)
    assert MOST_UNREADABLE <= asked <= MOST_UNREADABLE + 1  # two at a time


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


class NoParsers(SameProcess):
    """A system that allows no process, where pages are to be read."""

    async def run(self, name: str, call: partial[T], *, body: bytes = b"") -> T:
        if "/news/" in name:
            raise NoParser(f"{name} cannot be read: no process can be started that would do it.", name)
        return await super().run(name, call, body=body)


async def test_where_no_process_can_be_had_pages_are_left_for_the_next_refresh(library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(30)]
    with Loopback() as site:
        publish(site, *slugs)
        subscribe(library, site.url("/feed"))
        async with Fetcher(deadlines=PATIENTLY, parsers=NoParsers()) as fetcher:
            told = [progress async for progress in run_here(library, RefreshOptions(), fetcher=fetcher)]
        assert told[-1].notice == "0 of 30 complete, 30 waiting"
        assert {step.reason for step in steps(told, "failed")} == {"no process"}
        asked = sum(len(site.asked(f"/news/{slug}")) for slug in slugs)
        assert MOST_UNREAD <= asked < 15  # and not one after the other, for nothing
        assert (await _refreshed(library))[-1].notice == "30 of 30 complete"


async def test_what_is_opened_where_no_process_can_be_had_is_queued(library: Path) -> None:
    with Loopback() as site:
        publish(site, "tide")
        async with (
            Fetcher(deadlines=PATIENTLY, parsers=NoParsers()) as fetcher,
            open_library(library.parent, fetcher=fetcher) as reader,
        ):
            reading = await reader.read(site.url("/news/tide"))
    assert reading.article is None
    assert reading.entry is not None
    assert reading.entry.queued
    assert "It is queued for the next refresh." in reading.notice


def _error_of(library: Path, source_id: int) -> str:
    with open_store(library) as store:
        return str(store.connection.value("SELECT error FROM source WHERE id = ?", (source_id,)))
