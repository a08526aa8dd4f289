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
    """What the index takes of an article; `links` are the addresses it leads to, `source_id` is 0 where unknown.

    `words` are those of headline and text, weighed and packed, None where they are yet to be weighed.
    """

    entry_id: int
    url: str
    headline: str
    text: str
    published: When | None = None
    source_id: int = 0
    links: Sequence[str] = ()
    words: bytes | None = None


def add(connection: sqlite3.Connection, article: IndexedArticle) -> None:
    """Take an article into the index as it lands; one that was there is replaced."""
    add_all(connection, [article])


def add_all(connection: sqlite3.Connection, articles: Sequence[IndexedArticle]) -> None:
    """The same for articles that land together; of words they share the rarity is looked up once."""
    ids = [article.entry_id for article in articles]
    for entry_id in index.present(connection, ids):
        index.remove(connection, (entry_id,))
        stories.take_out(connection, entry_id)
    landed = {
        article.entry_id: Vector(
            day_of(article.published),
            article.source_id,
            article.words or pack(term_weights(article.headline, article.text)),
        )
        for article in articles
    }
    index.add(connection, landed)
    for article in articles:
        backlinks.add(connection, article.entry_id, article.url, article.links)
    stories.enqueue(connection, ids)


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out, as if they had never been there."""
    gone = list(entry_ids)
    index.remove(connection, gone)
    stories.remove(connection, gone)
    backlinks.remove(connection, gone)


def unassigned(connection: sqlite3.Connection, *, limit: int = 50) -> list[int]:
    """The entries that are given their story next."""
    return stories.unassigned(connection, limit)


def last_unassigned(connection: sqlite3.Connection) -> int:
    """The entry that landed last of those that wait; 0 where none does."""
    return stories.last_unassigned(connection)


def landed(connection: sqlite3.Connection) -> index.Landed:
    """What `flush` will write, found before the transaction in which it does."""
    return index.landed(connection)


def flush(connection: sqlite3.Connection, found: index.Landed | None = None) -> None:
    """Enter what has landed into the postings: before entries are given their stories, and when it has become much."""
    index.flush(connection, found)


def is_much_unflushed(connection: sqlite3.Connection) -> bool:
    """Whether so much has landed that it had better be flushed."""
    return index.count_unflushed(connection) >= index.MOST_UNFLUSHED


def renew_norms(connection: sqlite3.Connection) -> bool:
    """In a library that has grown much, compute some norms of what is in it anew; whether more are waiting."""
    return index.renew_norms(connection)
