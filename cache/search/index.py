"""The full-text index: what of an article can be found, and how it is spelled there.

Two FTS5 tables without content of their own. `text_index` holds every word of an article without positions, which
keeps it a quarter of the size; phrases are checked against the text itself. `headline_index` holds headline, authors
and source with positions and prefixes: it answers the first letters of a word, `author:`, and what ranks first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cache.search.normalize import spelled

if TYPE_CHECKING:
    import sqlite3

    from cache.db.codec import Said
    from cache.db.connection import Connection

_HEADLINE = {
    "": "INSERT INTO headline_index (rowid, headline, authors, source) VALUES (?, ?, ?, ?)",
    "delete": "INSERT INTO headline_index (headline_index, rowid, headline, authors, source) VALUES (?, ?, ?, ?, ?)",
}
_TEXT = {
    "": "INSERT INTO text_index (rowid, text) VALUES (?, ?)",
    "delete": "INSERT INTO text_index (text_index, rowid, text) VALUES (?, ?, ?)",
}


class Findable(NamedTuple):
    """What the index holds of one entry."""

    headline: str
    authors: str
    source: str
    text: str


def findable(headline: str, authors: str, summary: str, said: Said | None) -> Findable:
    """What the index holds of an entry: of its article, or of its teaser where that is all there is."""
    if said is None:
        return Findable(headline, authors, "", summary)
    return Findable(headline, authors, said.source, "\n".join((said.dek or summary, said.text, *said.keywords)))


def whole_text(connection: Connection, entry_id: int) -> str:
    """All that can be found of an entry, as one text."""
    row = connection.row(
        "SELECT headline, authors, summary, packed FROM entry LEFT JOIN article USING (id) WHERE id = ?", (entry_id,)
    )
    if row is None:
        return ""
    from cache.db.codec import said_in

    headline, authors, summary, packed = row
    return "\n".join(findable(headline, authors, summary, said_in(packed) if packed else None))


def index(connection: sqlite3.Connection, entry_id: int, findable: Findable) -> None:
    """Makes an entry findable, inside the caller's transaction."""
    _write(connection, entry_id, findable, "")


def unindex(connection: sqlite3.Connection, entry_id: int, findable: Findable) -> None:
    """Takes an entry out again; `findable` must be exactly what was indexed."""
    _write(connection, entry_id, findable, "delete")


def _write(connection: sqlite3.Connection, entry_id: int, findable: Findable, command: str) -> None:
    spelt = tuple(map(spelled, findable))
    connection.execute(_HEADLINE[command], (*filter(None, [command]), entry_id, *spelt[:3]))
    connection.execute(_TEXT[command], (*filter(None, [command]), entry_id, "\n".join(spelt)))
