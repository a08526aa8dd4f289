"""Merges what a reader did elsewhere into a library: of two acts on one thing the newest wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.values import number, text
from cache.writes import reader_rows
from cache.writes.marks import end_of_reading_list

if TYPE_CHECKING:
    from cache.db.acts import Mark, TimedAct
    from cache.db.connection import Connection


def merge(connection: Connection, entry_id: int, act: TimedAct) -> bool:
    """Takes an act over if it is newer than what is known of the same thing; whether it changed anything.

    Of two acts of one moment the mark wins over its withdrawal, and the greater of two notes; where nobody knows the
    times, what is there stays.
    """
    with connection.batch():
        known, at = _tag(connection, entry_id, act.name) if act.mark == "tag" else _mark(connection, entry_id, act.mark)
        if not _wins(act, known, at) or not connection.value("SELECT 1 FROM entry WHERE id = ?", (entry_id,)):
            return False
        if act.mark == "tag":
            _set_tag(connection, entry_id, act)
        else:
            reader_rows.set_column(connection, act.mark, _column(connection, act), [entry_id], act.at)
            # Exactly its own time: it is the newest already, and another library must not see a newer one.
            connection.run(f"UPDATE mark SET {act.mark}_at = ? WHERE id = ?", (act.at, entry_id))
    return known != act.value


def _set_tag(connection: Connection, entry_id: int, act: TimedAct) -> None:
    """A tag, or its withdrawal, which is kept also where the tag never was: it may still arrive."""
    there, gone = ("tag", "withdrawn_tag") if act.value else ("withdrawn_tag", "tag")
    connection.run(f"DELETE FROM {gone} WHERE entry_id = ? AND name = ?", (entry_id, act.name))
    connection.run(
        f"INSERT OR REPLACE INTO {there} (entry_id, name, at) VALUES (?, ?, ?)", (entry_id, act.name, act.at)
    )


def _wins(act: TimedAct, known: bool | str, at: float) -> bool:
    if act.at != at:
        return act.at > at
    return act.value > known if at or not known else False  # type: ignore[operator]


def _mark(connection: Connection, entry_id: int, mark: Mark) -> tuple[bool | str, float]:
    row = connection.row(f"SELECT {mark}, {mark}_at FROM mark WHERE id = ?", (entry_id,))
    value, at = row[0] if row else None, number(row[1]) if row else 0.0
    if mark == "note":
        return text(value), at
    return (value is not None if mark in ("saved", "gone") else value == 1), at


def _tag(connection: Connection, entry_id: int, name: str) -> tuple[bool, float]:
    given = connection.value("SELECT at FROM tag WHERE entry_id = ? AND name = ?", (entry_id, name))
    if given is not None:
        return True, number(given)
    taken = connection.value("SELECT at FROM withdrawn_tag WHERE entry_id = ? AND name = ?", (entry_id, name))
    return False, number(taken)


def _column(connection: Connection, act: TimedAct) -> object:
    """What the column of a mark holds: a place in the reading list, the time something was thrown away, or a value."""
    match act.mark:
        case "saved":
            return (act.at or end_of_reading_list(connection, 0.0)) if act.value else None
        case "gone":
            return act.at if act.value else None
        case "note":
            return act.value
    return int(bool(act.value))
