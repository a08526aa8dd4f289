"""What a feed of the Harbour lists, kept as it comes out of the feed's reader, and what the library has of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cache.db import reads
from cache.db.fetch_plan import Wanted
from cache.entry import Entry
from cache.reading import LibraryReader
from cache.writes.store import Store
from fetch.article import Teaser, When
from fetch.feeds.identity import told_apart
from fetch.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)
HOME = "https://harbour.example/"
NEWS = "https://harbour.example/news/"

Visit = Callable[..., list[Wanted]]


def visiting(store: Store) -> Visit:
    """Stores what a feed lists; another source's where one is named."""
    source_id = store.sources.add(Source(f"{HOME}feed", "feed", title="The Harbour"))

    def visit(*teasers: Teaser, source: int = source_id, now: float = NOW) -> list[Wanted]:
        return store.entries.store_listing(source, told_apart(teasers, HOME), now)

    return visit


def rows(store: Store) -> list[Entry]:
    ids = [row[0] for row in store.connection.rows("SELECT id FROM shelf ORDER BY id")]
    return reads.entries(store.connection, ids)


def found(store: Store, query: str) -> list[int]:
    return [hit.entry.id for hit in LibraryReader(store.connection).search(query)]


def story(
    url: str = f"{NEWS}pier",
    headline: str = "The pier is closed",
    key: str = "post-1",
    published: When | None = DAY,
    **more: Any,
) -> Teaser:
    return Teaser(url, headline, published=published, key=key, **more)
