"""What the reader did, each act with what to set back: all of it while the library is open, the last twenty after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING, Any, TypeAlias

from cache.db.values import text
from cache.writes import reader_rows
from cache.writes.undo_change import is_sound

if TYPE_CHECKING:
    from cache.db.connection import Connection

OVER_A_RESTART = 20
"""Acts of earlier sittings that can be taken back."""
STORED = 200
"""Acts whose way back stays on disk; another program may have a sitting of its own in them."""
_NEWER = "What was written there since stays; nothing was taken back"

UndoChange: TypeAlias = "list[Any]"
"""One thing to set back, as JSON: what it is about, then its values; see `_SET_BACK`."""


class _WrittenSince(Exception):
    """A text is another than the act left: to set it back would lose it, as no step leads to it."""


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take back one act: the sentence that is true afterwards, what to set back, how many entries it changed."""

    sentence: str
    changes: tuple[UndoChange, ...]
    number: int = 0

    def revert(self, connection: Connection) -> bool:
        """Sets everything back, as the newest that is known of each mark; False where nothing of it is left."""
        now = time()
        with connection.batch():
            return sum([_SET_BACK[what](connection, now, *values) for what, *values in self.changes]) > 0


class UndoTrail:
    """The acts of this sitting in memory and on disk, and those of earlier ones on disk, the last one first."""

    def __init__(self) -> None:
        self._own: list[tuple[int, Undo]] = []
        self._earlier: list[int] | None = None

    def store(self, connection: Connection, act: Undo) -> int:
        """Writes the way back of an act inside its own transaction; its number."""
        from json import dumps

        self._begin(connection)
        number = connection.insert(
            "INSERT INTO undo (at, sentence, changes) VALUES (?, ?, ?)",
            (time(), act.sentence, dumps(act.changes, separators=(",", ":"))),
        )
        connection.run("DELETE FROM undo WHERE id <= ?", (number - STORED,))
        return number

    def remember(self, number: int, act: Undo) -> None:
        """Takes an act that is on disk for the last of this sitting."""
        self._own.append((number, act))

    def undo(self, connection: Connection) -> str:
        """Takes back the last act that can be, its entries being there; its sentence, or "" when there is none left.

        What was written since in place of a text of the act's, by another program, stays, and that is the sentence.
        """
        own = list(self._own)
        with connection.batch():
            self._begin(connection)
            sentence = self._take_back(connection, own)
        self._own = own
        return sentence

    def _take_back(self, connection: Connection, own: list[tuple[int, Undo]]) -> str:
        while True:
            number, act = own.pop() if own else self._last_of_earlier(connection)
            if act is None:
                return ""
            connection.run("DELETE FROM undo WHERE id = ?", (number,))
            try:
                if act.revert(connection):
                    return act.sentence
            except _WrittenSince:
                return _NEWER

    def _begin(self, connection: Connection) -> None:
        """Notes once which acts are of earlier sittings: what another program does from now on is its own."""
        if self._earlier is None:
            rows = connection.rows("SELECT id FROM undo ORDER BY id DESC LIMIT ?", (OVER_A_RESTART,))
            self._earlier = [row[0] for row in reversed(rows)]

    def _last_of_earlier(self, connection: Connection) -> tuple[int, Undo | None]:
        while self._earlier:
            number = self._earlier.pop()
            row = connection.row("SELECT sentence, changes FROM undo WHERE id = ?", (number,))
            if row and (act := _stored(*row)):
                return number, act
        return 0, None


def _stored(sentence: object, changes: object) -> Undo | None:
    """An act as it was stored; None for a row that holds something else."""
    from json import loads

    try:
        found = loads(text(changes))
    except (ValueError, RecursionError):
        return None
    return Undo(text(sentence), tuple(found)) if isinstance(found, list) and all(map(is_sound, found)) else None


def _set_marks(connection: Connection, now: float, column: str, values: list[list[Any]]) -> int:
    """Each value with the entries that had it."""
    return sum([reader_rows.set_column(connection, column, value, ids, now) for value, ids in values])


def _set_places(connection: Connection, _: float, places: list[list[Any]]) -> int:
    return sum([reader_rows.set_place(connection, entry_id, place) for entry_id, place in places])


def _set_tags(connection: Connection, now: float, entry_id: int, add: list[str], remove: list[str]) -> int:
    added = reader_rows.add_tags(connection, entry_id, add, now)
    return added + reader_rows.remove_tags(connection, entry_id, remove, now)


def _set_note(connection: Connection, now: float, entry_id: int, before: str, after: str) -> int:
    there = connection.row("SELECT note FROM mark WHERE id = ?", (entry_id,))
    if there and text(there[0]) != after:
        raise _WrittenSince
    return reader_rows.set_column(connection, "note", before, [entry_id], now)


def _set_highlight(connection: Connection, now: float, entry_id: int, quote: list[str], stands: int) -> int:
    return reader_rows.set_highlight(connection, entry_id, quote, stands=stands == 1, now=now)


def _set_highlight_note(connection: Connection, now: float, entry_id: int, quote: list[str], *notes: str) -> int:
    """The note on a highlight as it was; the second of `notes` is what the act made of it."""
    there = reader_rows.highlight_note(connection, entry_id, quote)
    if there is not None and there != notes[1]:
        raise _WrittenSince
    reader_rows.set_highlight_note(connection, entry_id, quote, notes[0], now)
    return int(there is not None)


def _set_search(connection: Connection, _: float, name: str, query: str | None, *after: str | None) -> int:
    """A kept search as it was; `after` is what the act made of it, None where it was dropped."""
    there = connection.row("SELECT query FROM saved_search WHERE name = ?", (name,))
    if after and there and text(there[0]) != after[0]:
        raise _WrittenSince
    reader_rows.set_search(connection, name, query)
    return 1


def _set_site_rule(connection: Connection, now: float, passages: list[str], kept: int | None) -> int:
    reader_rows.set_site_rule(connection, passages, kept, now)
    return 1


def _take_out_passages(connection: Connection, _: float, entry_id: int, how: str, said: str) -> int:
    """The text of an entry without what stands in it by a rule; that is done, too, where nothing does any more."""
    from cache.writes.taking_out import take_out

    take_out(connection, entry_id, how, said)
    return 1


def _bring_back_source(connection: Connection, _: float, source_id: int, *facts: str) -> int:
    """A source that was removed; one that pruning has deleted since begins anew under its number."""
    return connection.run(
        "INSERT INTO source (id, url, kind, title, home, language, section) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET removed = NULL",
        (source_id, *facts),
    )


def _set_sources(connection: Connection, _: float, columns: list[list[Any]]) -> int:
    """Each column with the value that it had, and the sources that had it."""
    from cache.writes.sources import Sources

    return sum([Sources(connection).set_column(column, value, ids) for column, value, ids in columns])


def _set_front_choice(connection: Connection, _: float, name: str, back: list[int], away: list[int]) -> int:
    return reader_rows.set_front_choice(connection, name, back, away)


_SET_BACK: dict[str, Callable[..., int]] = {
    "marks": _set_marks,
    "places": _set_places,
    "tags": _set_tags,
    "note": _set_note,
    "highlight": _set_highlight,
    "highlight note": _set_highlight_note,
    "search": _set_search,
    "site rule": _set_site_rule,
    "kept passages": _take_out_passages,
    "source": _bring_back_source,
    "sources": _set_sources,
    "front choice": _set_front_choice,
}
