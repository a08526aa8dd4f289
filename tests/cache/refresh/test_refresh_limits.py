from __future__ import annotations

import asyncio
import sqlite3
from contextlib import aclosing, closing
from pathlib import Path

import httpx
import pytest

from cache.arrangement import Arrangement
from cache.library import open_library
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_here
from cache.writes.store import open_store
from fetch.fetcher import Fetcher
from fetch.http.pacing import AT_ONCE_PER_HOST
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, publish, refresh, steps, subscribe

pytestmark = pytest.mark.anyio


async def test_what_was_asked_for_offline_comes_first(site: Loopback, library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(12)]
    publish(site, *slugs)
    site.put("/news/wished", page("wished"))
    subscribe(library, site.url("/feed"))
    async with open_library(library.parent) as opened:
        await opened.queue(site.url("/news/wished"))
    told = await refresh(library, RefreshOptions(max_bytes=1_000_000))
    pages = [seen.path for seen in site.seen if seen.path.startswith("/news/")]
    assert "/news/wished" in pages[:AT_ONCE_PER_HOST]  # which of those asked for at once comes first, nobody says
    assert len(steps(told, "landed")) == 13


async def test_a_queued_page_may_not_lead_from_a_page_into_this_machine(site: Loopback, library: Path) -> None:
    site.put("/news/secret", page("secret"))
    with open_store(library) as store:
        store.entries.entry_for(site.url("/news/secret"), queued=True, now=1.0)
    told = await refresh(library)
    assert [progress.reason for progress in steps(told, "failed")] == ["address"]
    assert site.seen == []


async def test_a_feed_may_not_lead_into_another_network(site: Loopback, library: Path) -> None:
    site.put("/feed", feed("http://192.168.77.1", ["mole"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    assert [progress.reason for progress in steps(told, "failed")] == ["address"]


async def test_a_byte_budget_takes_teasers_first_then_the_newest_and_goes_on(site: Loopback, library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(12)]
    publish(site, *slugs)
    subscribe(library, site.url("/feed"))
    weight = len(page("tide-0"))
    most = len(feed(site.url(""), slugs)) + 4 * weight + weight // 2
    told = await refresh(library, RefreshOptions(max_bytes=most))
    landed = [progress.url.rpartition("/")[2] for progress in steps(told, "landed")]
    assert sorted(landed) == slugs[:4]
    assert told[-1].wire <= most
    assert {progress.reason for progress in steps(told, "failed")} == {"budget"}
    assert told[-1].notice == "4 of 12 complete, 8 waiting"
    for _ in range(3):
        told = await refresh(library, RefreshOptions(max_bytes=most))
    assert told[-1].notice == "12 of 12 complete"


async def test_a_source_has_a_budget_of_its_own(site: Loopback, library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(6)]
    publish(site, *slugs)
    source_id = subscribe(library, site.url("/feed"))
    most = len(feed(site.url(""), slugs)) + 2 * len(page("tide-0"))
    with open_store(library) as store:
        store.connection.run("UPDATE source SET max_bytes = ? WHERE id = ?", (most, source_id))
    told = await refresh(library)
    assert len(steps(told, "landed")) == 2
    assert steps(told, "closed")[0].wire <= most


class _Broken(httpx.AsyncBaseTransport):
    """A network on which one host answers as the library breaks, and another's part has a bug that shows on leaving."""

    def __init__(self, library: Path) -> None:
        self._library = library

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "bug.example":
            try:
                await asyncio.Event().wait()
            finally:
                raise ZeroDivisionError("a bug")
        with closing(sqlite3.connect(self._library)) as damage, damage:
            damage.execute("PRAGMA writable_schema = ON")
            damage.execute("UPDATE sqlite_schema SET sql = 'rubbish' WHERE name = 'entry'")
            version = damage.execute("PRAGMA schema_version").fetchone()[0]
            damage.execute(f"PRAGMA schema_version = {version + 1}")  # whoever has it open reads it anew
        return httpx.Response(200, stream=httpx.ByteStream(feed("https://quay.example", ["mole"]).encode()))


async def test_a_bug_is_not_lost_beside_what_the_library_says(library: Path) -> None:
    subscribe(library, "https://quay.example/feed")
    subscribe(library, "https://bug.example/feed")
    async with (
        Fetcher(transport=_Broken(library)) as one,
        aclosing(run_here(library, RefreshOptions(), fetcher=one)) as told,
    ):
        with pytest.raises(ExceptionGroup) as raised:
            _ = [progress async for progress in told]
    assert [type(error) for error in raised.value.exceptions] == [ZeroDivisionError]
    assert "is damaged" in "".join(raised.value.__notes__), "what the library says is not lost either"


def paths(site: Loopback) -> list[str]:
    """The stories that were asked for."""
    return [seen.path for seen in site.seen if seen.path.startswith("/news/")]


async def test_what_is_over_the_most_of_a_source_is_told_and_comes_next(site: Loopback, library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(7)]
    publish(site, *slugs)
    subscribe(library, site.url("/feed"))
    told = await refresh(library, RefreshOptions(most=3))
    (closed,) = steps(told, "closed")
    for brought in (closed, told[-1]):
        assert (brought.new, brought.full, brought.teaser, brought.left) == (7, 3, 4, 4)
    assert sorted(paths(site)) == [f"/news/{slug}" for slug in slugs[:3]], "the newest"
    site.seen.clear()
    told = await refresh(library, RefreshOptions(most=3))
    assert (told[-1].full, told[-1].left) == (3, 1), "leftovers keep to it, too"
    assert len(paths(site)) == 3
    publish(site, *slugs, "fresh")
    site.seen.clear()
    told = await refresh(library, RefreshOptions(most=1))
    assert paths(site) == ["/news/fresh"], "what is new goes before what was left over"
    assert told[-1].left == 1
    assert (await refresh(library))[-1].notice == "8 of 8 complete"


async def test_a_source_has_the_most_that_its_reader_has_set(site: Loopback, library: Path) -> None:
    """It holds for what was left over too, and what a single refresh is told goes before it."""
    publish(site, *(f"tide-{number}" for number in range(7)))
    source_id = subscribe(library, site.url("/feed"))
    async with open_library(library.parent) as opened:
        await opened.arrange(source_id, Arrangement(most=2))
    told = await refresh(library)
    assert (told[-1].new, told[-1].full, told[-1].left) == (7, 2, 5)
    told = await refresh(library)
    assert (told[-1].full, told[-1].left) == (2, 3)
    told = await refresh(library, RefreshOptions(most=1))
    assert (told[-1].full, told[-1].left) == (1, 2)
    async with open_library(library.parent) as opened:
        await opened.arrange(source_id, Arrangement(most=0))
    assert (await refresh(library))[-1].notice == "7 of 7 complete"


async def test_what_the_reader_asked_for_is_beside_the_most_of_a_source(site: Loopback, library: Path) -> None:
    publish(site, "mole", "tide", "quay")
    subscribe(library, site.url("/feed"))
    await refresh(library, RefreshOptions(teasers_only=True))
    async with open_library(library.parent) as opened:
        await opened.queue(site.url("/news/quay"))
    told = await refresh(library, RefreshOptions(most=1))
    assert sorted(paths(site)) == ["/news/mole", "/news/quay"]
    assert told[-1].left == 1


async def test_every_page_of_many_is_asked_for_where_the_reader_says_so(site: Loopback, library: Path) -> None:
    publish(site, *(f"tide-{number:03}" for number in range(230)))
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    assert (told[-1].new, told[-1].full, told[-1].left) == (230, 200, 30)
    assert (await refresh(library, RefreshOptions(most=1000)))[-1].library == {
        "full": 230, "part": 0, "teaser": 0, "failed": 0
    }  # fmt: skip
