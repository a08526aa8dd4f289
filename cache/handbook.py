"""The handbook edition in a new library: something worth reading in the first second, with no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.reads import never_had_a_source
from cache.writes.sources import VisitRecord
from fetch.article import Teaser
from fetch.source import Source

if TYPE_CHECKING:
    from cache.writes.store import Store

FEED_URL = "broadsheet:handbook"


def add_to_new(store: Store, now: float) -> bool:
    """Adds the handbook to a library that never had a source; whether it did. Once removed, it stays away."""
    with store.batch():  # another program may be doing the same at this moment
        if not never_had_a_source(store.connection):
            return False
        add(store, now)
    return True


def add(store: Store, now: float) -> int:
    """Stores the handbook's pages, which the program brings set already; the number of the source."""
    from cache.formats.jsonl import read_lines
    from fetch.handbook.bundled import edition

    with store.batch():
        source_id = store.sources.add(Source(FEED_URL, "bundled", title="Broadsheet Handbook", language="en"))
        articles = [each.article for each in read_lines(edition(), FEED_URL)]
        teasers = (Teaser(article.url, article.headline, article.dek, article.published) for article in articles)
        for wanted, article in zip(store.entries.store_listing(source_id, teasers, now), articles, strict=True):
            store.articles.store_article(wanted.entry_id, article, now)
        store.sources.record_visit(source_id, VisitRecord(now, "", 0))
    return source_id
