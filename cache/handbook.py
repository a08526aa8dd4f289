"""The handbook edition in a new library: something worth reading in the first second, with no network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cache.errors import CacheError
from fetch.errors import NewsError
from fetch.source import Source

if TYPE_CHECKING:
    from cache.store import Store

ADDRESS = "broadsheet:handbook"


def add_to_new(store: Store, now: float) -> bool:
    """Adds the handbook to a library that never had a source; whether it did. Once removed, it stays away."""
    if store.value("SELECT 1 FROM source LIMIT 1"):
        return False
    add(store, now)
    return True


def add(store: Store, now: float) -> int:
    """Stores the handbook's pages on the road that all news takes; the number of the source."""
    from fetch.bundled import page
    from fetch.extract import extract
    from fetch.feed import parse_feed

    with store.batch():
        source_id = store.add_source(Source(ADDRESS, "bundled", title="Broadsheet Handbook", language="en"))
        try:
            body, content_type = page(ADDRESS)
            for wanted in store.store_listing(source_id, parse_feed(body, content_type, ADDRESS), now):
                body, content_type = page(wanted.url)
                article = extract(body, wanted.url, content_type=content_type)
                store.store_article(wanted.entry_id, replace(article, url=wanted.url), now)
        except CacheError:
            raise
        except NewsError:  # a page missing from an installation must not keep the library from opening
            pass
        store.close_source(source_id, now, state="", due=0)
    return source_id
