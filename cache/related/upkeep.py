"""Keeping the index of related stories: entries come in, entries go, and each is given its story.

Every function works on the connection it is given, inside the caller's transaction, and remembers nothing between
calls: several processes may have the library open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cache.related import backlinks, index, stories
from cache.related.vector import Vector, day_of, pack, term_weights
from fetch.article import When


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """What the index takes of an article; `links` are the addresses it leads to, `source_id` is 0 where unknown."""

    entry_id: int
    url: str
    headline: str
    text: str
    published: When | None = None
    source_id: int = 0
    links: Sequence[str] = ()


def add(connection: sqlite3.Connection, article: IndexedArticle) -> None:
    """Take an article into the index as it lands; one that was there is replaced."""
    entry_id = article.entry_id
    if index.contains(connection, entry_id):
        _take_out(connection, (entry_id,))
    weights = term_weights(article.headline, article.text)
    index.add(connection, entry_id, Vector(day_of(article.published), article.source_id, pack(weights)))
    backlinks.add(connection, entry_id, article.url, article.links)
    stories.enqueue(connection, entry_id)


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out, as if they had never been there."""
    gone = list(entry_ids)
    _take_out(connection, gone)
    backlinks.remove(connection, gone)


def unassigned(connection: sqlite3.Connection, *, limit: int = 50) -> list[int]:
    """The entries that `assign_stories` will give their story next."""
    return stories.unassigned(connection, limit)


def assign_stories(connection: sqlite3.Connection, *, limit: int = 50) -> bool:
    """Give up to `limit` new entries their story; whether more are waiting. A millisecond or two an entry.

    In a library that has grown much, the norms of what is in it are computed anew first, a part at each call.
    """
    index.flush(connection)
    return index.renew_norms(connection) or stories.assign(connection, limit) == limit


def _take_out(connection: sqlite3.Connection, entry_ids: Sequence[int]) -> None:
    index.remove(connection, entry_ids)
    stories.remove(connection, entry_ids)
