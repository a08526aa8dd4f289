"""The full-text index: what of an article can be found, and how it is written there.

Two FTS5 tables without content of their own. `text_index` holds every word of an article without positions, which
keeps it a quarter of the size; phrases are checked against the text itself. `headline_index` holds headline, authors
and source with positions and prefixes: it answers the first letters of a word, `author:`, and what ranks first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cache.db.rows import to_enclosures
from cache.db.values import text
from cache.search.normalize import normalized
from fetch.enclosures import label_of

if TYPE_CHECKING:
    import sqlite3

    from cache.db.codec import SearchText
    from cache.db.connection import Connection

_HEADLINE = {
    "": "INSERT INTO headline_index (rowid, headline, authors, source) VALUES (?, ?, ?, ?)",
    "delete": "INSERT INTO headline_index (headline_index, rowid, headline, authors, source) VALUES (?, ?, ?, ?, ?)",
}
_TEXT = {
    "": "INSERT INTO text_index (rowid, text) VALUES (?, ?)",
    "delete": "INSERT INTO text_index (text_index, rowid, text) VALUES (?, ?, ?)",
}


class IndexRow(NamedTuple):
    """What the index holds of one entry."""

    headline: str
    authors: str
    source: str
    text: str


def index_row(headline: str, authors: str, summary: str, enclosures: str, article: SearchText | None) -> IndexRow:
    """What the index holds of an entry: of its article, or of its teaser where that is all there is; and its files.

    `enclosures` is as its column has it.
    """
    files = [label_of(each) for each in to_enclosures(enclosures)]
    if article is None:
        return IndexRow(headline, authors, "", "\n".join((summary, *files)))
    whole = "\n".join((article.dek or summary, article.text, *article.keywords, *files))
    return IndexRow(headline, authors, article.source, whole)


def whole_text(connection: Connection, entry_id: int) -> str:
    """All that can be found of an entry, as one text."""
    row = connection.row(
        "SELECT headline, authors, summary, enclosures, packed FROM entry LEFT JOIN article USING (id) WHERE id = ?",
        (entry_id,),
    )
    if row is None:
        return ""
    from cache.db.codec import readable_search_text

    *said, packed = row
    headline, authors, summary, enclosures = map(text, said)
    return "\n".join(index_row(headline, authors, summary, enclosures, readable_search_text(packed)))


def index(connection: sqlite3.Connection, entry_id: int, row: IndexRow) -> None:
    """Makes an entry findable, inside the caller's transaction."""
    _write(connection, entry_id, row, "")


def unindex(connection: sqlite3.Connection, entry_id: int, row: IndexRow) -> None:
    """Takes an entry out again; `row` must be exactly what was indexed, as FTS5 keeps no copy of its own."""
    _write(connection, entry_id, row, "delete")


def _write(connection: sqlite3.Connection, entry_id: int, row: IndexRow, command: str) -> None:
    normalized_row = tuple(map(normalized, row))
    connection.execute(_HEADLINE[command], (*filter(None, [command]), entry_id, *normalized_row[:3]))
    connection.execute(_TEXT[command], (*filter(None, [command]), entry_id, "\n".join(normalized_row)))
