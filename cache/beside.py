"""What stands beside an open article: the stories its page names, then those in the library about the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache import shelf

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.entry import Entry, Related
    from cache.related import Match
    from cache.timeline import Timeline
    from fetch.article import Article


def related(connection: Connection, entry: Entry, limit: int) -> list[Related]:
    """The related stories of an entry, those its page names first."""
    from cache import related as index

    article = shelf.article(connection, entry)
    teasers = article.related if article else ()
    known = {teaser.url: found for teaser in teasers if (found := shelf.find(connection, teaser.url))}
    matches = _matches(connection, entry, article, limit)
    wanted = [number for match in matches for number in (match.entry_id, *match.also)] + list(known.values())
    entries = {found.id: found for found in shelf.entries(connection, wanted)}
    return index.sidebar(teasers, matches, entries, known)[:limit]


def _matches(connection: Connection, entry: Entry, article: Article | None, limit: int) -> list[Match]:
    """Who tells of the same thing; asked by its own words where only a teaser is here."""
    from cache import related as index

    if article is not None:
        return index.find(connection.sql, entry.id, headline=entry.headline, text=article.text, limit=limit)
    found = index.find_text(
        connection.sql, headline=entry.headline, text=entry.summary, published=entry.published, limit=limit + 1
    )
    return [match for match in found if match.entry_id != entry.id][:limit]


def timeline(connection: Connection, entry: Entry) -> Timeline:
    """The reports that tell the same story as an entry, put in order."""
    from cache.stories import told_with
    from cache.timeline import Told
    from cache.timeline import timeline as in_order

    ids = sorted({entry.id} | set(told_with(connection.sql, entry.id)))
    return in_order([Told(told, _text(connection, told)) for told in shelf.entries(connection, ids)])


def _text(connection: Connection, entry: Entry) -> str:
    article = shelf.article(connection, entry)
    return article.text if article else entry.summary
