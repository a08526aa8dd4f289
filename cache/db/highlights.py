"""Reads of what a reader highlighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cache.db.rows import hashed
from cache.db.values import integer, number, text
from cache.highlight import Highlight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.connection import Connection

HIGHLIGHT_COLUMNS = "text, prefix, suffix, note, made, withdrawn, note_at, occurrence"


def name_of(quote: Sequence[str]) -> int:
    """What a highlight is known by beside its entry, as the table keeps it."""
    return hashed("highlight:" + "\n".join(quote))


def of_entry(connection: Connection, entry_id: int, *, withdrawn: bool = False) -> list[Highlight]:
    """The highlights of an entry that stand, or all, as they were made; where they stand now is not looked for."""
    which = "" if withdrawn else " AND withdrawn IS NULL"
    rows = connection.rows(
        f"SELECT {HIGHLIGHT_COLUMNS} FROM highlight WHERE entry_id = ?{which} ORDER BY made, id", (entry_id,)
    )
    return [to_highlight(row) for row in rows]


def to_highlight(row: tuple[Any, ...]) -> Highlight:
    """A highlight from a row of HIGHLIGHT_COLUMNS; a value that is none shows as empty."""
    said, prefix, suffix, note, made, withdrawn, noted, occurrence = row
    gone, which = None if withdrawn is None else number(withdrawn), max(0, integer(occurrence))
    return Highlight(text(said), text(prefix), text(suffix), text(note), number(made), gone, number(noted), which)
