"""What ends the process that reads it is told to whoever opens or adds it, and the library goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from cache.library import Library, open_library
from cache.refresh.parsers import Remembered
from cache.writes.store import Store
from fetch.errors import Unreadable
from fetch.fetcher import Fetcher
from fetch.parsers import pool
from fetch.parsers.limits import Limits
from fetch.parsers.pool import ParserPool
from tests.fetch.parsers.dying import CRASHES, ENDLESS, SWELLS
from tests.loopback import Loopback
from tests.newsroom import PATIENTLY, RSS, feed, page, publish

pytestmark = pytest.mark.anyio
T = TypeVar("T")


@pytest.fixture
async def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Library]:
    """A library whose parsers pages can kill."""
    monkeypatch.setattr(pool, "USUAL_LIMITS", Limits(processor=1.0))

    async def write(work: Callable[[Store], T]) -> T:
        return await library.write(work)

    parsers = ParserPool(Remembered(write), process="tests.fetch.parsers.dying")
    async with (
        Fetcher(deadlines=PATIENTLY, parsers=parsers) as fetcher,
        open_library(tmp_path / "home", fetcher=fetcher) as library,
    ):
        yield library


@pytest.mark.parametrize("text", [CRASHES, ENDLESS, SWELLS])
async def test_an_opened_page_that_ends_its_reader_is_told(reader: Library, site: Loopback, text: str) -> None:
    site.put("/news/mole", page("mole", f"<p>{text}</p>"))
    publish(site, "tide")
    first = await reader.read(site.url("/news/mole"))
    assert first.article is None
    assert f"{site.url('/news/mole')} cannot be read: " in first.notice
    assert (await reader.read(site.url("/news/mole"))).notice == first.notice
    other = await reader.read(site.url("/news/tide"))
    assert other.article is not None
    site.put("/news/mole", page("mole"))
    again = await reader.read(site.url("/news/mole"))
    assert again.article is not None


async def test_an_added_page_or_feed_that_ends_its_reader_is_told(reader: Library, site: Loopback) -> None:
    site.put("/feed", feed(site.url(""), ["mole"], title=CRASHES), kind=RSS)
    site.put("/home", f"<title>{CRASHES}</title>")
    publish(site, "tide", at="/good")
    for path in ("/feed", "/home"):
        with pytest.raises(Unreadable, match="it ended the program that read it"):
            await reader.discover(site.url(path))
    best, *_ = await reader.discover(site.url("/good"))
    assert best.source.kind == "feed"
