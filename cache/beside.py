"""What stands beside an open article: the stories its page names, then those in the library about the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache import shelf

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.entry import Entry, Related


def related(connection: Connection, entry: Entry, limit: int) -> list[Related]:
    """The related stories of an entry, those its page names first."""
    from cache import related as index

    article = shelf.article(connection, entry)
    teasers = article.related if article else ()
    known = {teaser.url: found for teaser in teasers if (found := shelf.find(connection, teaser.url))}
    text = article.text if article else entry.summary
    matches = index.find(connection.sql, entry.id, headline=entry.headline, text=text, limit=limit)
    wanted = [number for match in matches for number in (match.entry_id, *match.also)] + list(known.values())
    entries = {found.id: found for found in shelf.entries(connection, wanted)}
    return index.sidebar(teasers, matches, entries, known)[:limit]
