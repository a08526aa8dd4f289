"""A mark from another library of the same reader, taken exactly as it was done there if it is the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.db.connection import Connection

_IS_SET = {
    "read": "{}.read = 1",
    "queued": "{}.queued = 1",
    "saved": "{}.saved IS NOT NULL",
    "gone": "{}.gone IS NOT NULL",
}
_MICROSECOND = "CAST({} * 1000000 + 0.5 AS INTEGER)"
"""Times are compared as they are told: a library's own is finer, and of two acts of one moment all must choose one."""
_TIMES = {"tag": ("at",), "withdrawn_tag": ("at",), "highlight": ("made", "withdrawn", "note_at")}
_WITHDRAWN = {"read": 0, "queued": 0, "saved": None, "gone": None}


def take_mark(connection: Connection, entry_id: int, mark: str, is_set: bool, at: float) -> bool:
    """Takes a mark, or its withdrawal, over where it is newer than what is known; whether it was.

    `at` is in seconds since 1970. Of two of one moment the mark wins. What is saved stands in the reading list where it
    was saved in time; what stands there already keeps its place.
    """
    value = (at if mark in ("saved", "gone") else 1) if is_set else _WITHDRAWN[mark]
    kept = f"iif(excluded.{mark} IS NOT NULL, coalesce({mark}, excluded.{mark}), NULL)"
    fresh, known = _IS_SET[mark].format("excluded"), _IS_SET[mark].format("mark")
    told, here = _MICROSECOND.format(f"excluded.{mark}_at"), _MICROSECOND.format(f"mark.{mark}_at")
    taken = connection.run(
        f"INSERT INTO mark (id, {mark}, {mark}_at) SELECT id, ?, ? FROM entry WHERE id = ?"
        f" ON CONFLICT (id) DO UPDATE SET {mark} = {kept if mark == 'saved' else f'excluded.{mark}'},"
        f" {mark}_at = excluded.{mark}_at WHERE {told} > {here}"
        f" OR ({told} = {here} AND ({fresh}) > ({known}))",
        (value, at, entry_id),
    )
    return taken > 0


def take_note(connection: Connection, entry_id: int, note: str, at: float) -> bool:
    """Takes a note over where it is newer than what is here, of two of one moment the greater one; whether it was."""
    told, here = _MICROSECOND.format("excluded.note_at"), _MICROSECOND.format("mark.note_at")
    taken = connection.run(
        "INSERT INTO mark (id, note, note_at) SELECT id, ?, ? FROM entry WHERE id = ?"
        " ON CONFLICT (id) DO UPDATE SET note = excluded.note, note_at = excluded.note_at"
        f" WHERE {told} > {here} OR ({told} = {here} AND excluded.note > mark.note)",
        (note, at, entry_id),
    )
    return taken > 0


def round_times(connection: Connection, entry_id: int) -> None:
    """Has tags and highlights of an entry bear the times that others are told of them."""
    for table, columns in _TIMES.items():
        rounded = ", ".join(f"{column} = {_MICROSECOND.format(column)} / 1000000.0" for column in columns)
        connection.run(f"UPDATE {table} SET {rounded} WHERE entry_id = ?", (entry_id,))
