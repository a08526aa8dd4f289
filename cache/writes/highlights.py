"""What a reader highlights in a text. Each act returns how to take it back.

Which highlights are meant by a range of a text is decided here, where it is written, so that two quick presses are two.
`now` is in seconds since 1970; each highlight carries it, and so does its withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cache.db.highlights import name_of, of_entry
from cache.db.values import number
from cache.rules.anchoring import highlight_of, touching
from cache.writes import reader_rows
from cache.writes.undo import Undo

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.highlight import Highlight, TextRange
    from cache.writes.undo import UndoChange

_AS_BEFORE = "The highlights are as before"


def toggle(connection: Connection, entry_id: int, wanted: TextRange, now: float) -> Undo | None:
    """Highlights a range of an entry's text, or where that touches highlights, withdraws those."""
    with connection.batch():
        met = touching(of_entry(connection, entry_id), wanted)
        return withdraw(connection, entry_id, met, now) if met else make(connection, entry_id, wanted, now)


def is_highlighted(connection: Connection, entry_id: int, wanted: TextRange) -> bool:
    """Whether a range of an entry's text touches a highlight."""
    return bool(touching(of_entry(connection, entry_id), wanted))


def make(connection: Connection, entry_id: int, wanted: TextRange, now: float, note: str | None = None) -> Undo | None:
    """Highlights a range of an entry's text, unless the very words are; with a note, where one is given."""
    highlight = highlight_of(wanted)
    changes: list[UndoChange] = []
    with connection.batch():
        if highlight.text and reader_rows.set_highlight(connection, entry_id, highlight.quote, stands=True, now=now):
            changes.append(["highlight", entry_id, highlight.quote, 0])
        if note is not None and highlight.text:
            changes += _note(connection, entry_id, highlight.quote, note, now)
    return _undo(changes)


def annotate(connection: Connection, entry_id: int, wanted: TextRange, note: str, now: float) -> Undo | None:
    """Keeps a note on the highlight that a range of an entry's text touches first, made where there is none.

    None is made for a note without a word.
    """
    with connection.batch():
        met = touching(of_entry(connection, entry_id), wanted)
        if not met:
            return make(connection, entry_id, wanted, now, note) if note else None
        return _undo(_note(connection, entry_id, met[0].quote, note, now))


def withdraw(connection: Connection, entry_id: int, highlights: Iterable[Highlight], now: float) -> Undo | None:
    """Takes highlights away."""
    with connection.batch():
        gone = [
            each.quote
            for each in highlights
            if reader_rows.set_highlight(connection, entry_id, each.quote, stands=False, now=now)
        ]
    return _undo([["highlight", entry_id, quote, 1] for quote in gone])


def merge(connection: Connection, entry_id: int, coming: Highlight) -> bool:
    """Takes a highlight over from elsewhere, if it was made or withdrawn later than what is known; whether it changed.

    Of two acts of one moment the highlight wins over its withdrawal, and the greater of two notes.
    """
    with connection.batch():
        row = connection.row(
            "SELECT made, withdrawn, note, note_at FROM highlight WHERE entry_id = ? AND name = ?",
            (entry_id, name_of(coming.quote)),
        )
        if row is None:
            return reader_rows.keep_highlight(connection, entry_id, coming) > 0
        made, withdrawn, note, noted = row
        known = number(made if withdrawn is None else withdrawn), withdrawn is None
        changed = (coming.at, coming.withdrawn is None) > known and reader_rows.keep_acts(connection, entry_id, coming)
        if (coming.noted, coming.note) > (number(noted), note):
            changed += reader_rows.keep_note(connection, entry_id, coming)
    return changed > 0


def join(connection: Connection, kept: int, doubled: int) -> None:
    """Moves the highlights of an entry to another that turns out to be the same story."""
    for each in of_entry(connection, doubled, withdrawn=True):
        merge(connection, kept, each)


def _note(connection: Connection, entry_id: int, quote: Sequence[str], note: str, now: float) -> list[UndoChange]:
    before = reader_rows.highlight_note(connection, entry_id, quote)
    if before is None or before == note:
        return []
    reader_rows.set_highlight_note(connection, entry_id, quote, note, now)
    return [["highlight note", entry_id, list(quote), before, note]]


def _undo(changes: list[UndoChange]) -> Undo | None:
    return Undo(_AS_BEFORE, tuple(reversed(changes)), len(changes)) if changes else None
