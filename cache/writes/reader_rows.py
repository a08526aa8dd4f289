"""The rows that hold what a reader did, each with the time it was done: marks, tags, kept searches, sources removed.

Every write here is a statement or two inside the caller's transaction. `now` is in seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cache.db.values import number

if TYPE_CHECKING:
    from cache.db.connection import Connection

LATER = 0.001
"""Seconds that an act counts as later than the one it follows, where another machine's clock says otherwise."""


def set_column(connection: Connection, column: str, value: object, ids: Sequence[int], now: float) -> int:
    """One mark of many entries, in one statement: a hundred thousand take half a second; how many are there."""
    return connection.run(
        f"INSERT INTO mark (id, {column}, {column}_at)"
        " SELECT entry.id, ?, ? FROM json_each(?) JOIN entry ON entry.id = json_each.value WHERE true"
        f" ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column},"
        f" {column}_at = max(excluded.{column}_at, {column}_at + {LATER})",
        (value, now, as_json(ids)),
    )


def set_place(connection: Connection, entry_id: int, place: object) -> int:
    """Where a saved entry stands in the reading list; when it was saved stays as it is. Whether it is saved, 0 or 1."""
    return connection.run("UPDATE mark SET saved = ? WHERE id = ? AND saved IS NOT NULL", (place, entry_id))


def add_tags(connection: Connection, entry_id: int, names: Iterable[str], now: float) -> int:
    """Tags an entry, after whatever was done with these tags before; how many it has got."""
    added = 0
    for name in names:
        added += connection.run(
            "INSERT OR REPLACE INTO tag (entry_id, name, at) SELECT id, ?, max(?, ? + coalesce("
            "(SELECT at FROM withdrawn_tag WHERE entry_id = ? AND name = ?), 0)) FROM entry WHERE id = ?",
            (name, now, LATER, entry_id, name, entry_id),
        )
        connection.run("DELETE FROM withdrawn_tag WHERE entry_id = ? AND name = ?", (entry_id, name))
    return added


def remove_tags(connection: Connection, entry_id: int, names: Iterable[str], now: float) -> int:
    """Takes tags off an entry, and notes when: a tag that comes from elsewhere may be older. How many it had."""
    had = 0
    for name in names:
        connection.run(
            "INSERT OR REPLACE INTO withdrawn_tag (entry_id, name, at)"
            " SELECT entry_id, name, max(?, at + ?) FROM tag WHERE entry_id = ? AND name = ?",
            (now, LATER, entry_id, name),
        )
        had += connection.run("DELETE FROM tag WHERE entry_id = ? AND name = ?", (entry_id, name))
    return had


def set_search(connection: Connection, name: str, query: str | None) -> None:
    """Keeps a search under a name, in place of one that has it; None drops it."""
    if query is None:
        connection.run("DELETE FROM saved_search WHERE name = ?", (name,))
        return
    connection.run(
        "INSERT INTO saved_search (name, query) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET query = excluded.query",
        (name, query),
    )


def set_site_rule(connection: Connection, passages: Sequence[str], kept: int | None, at: float) -> None:
    """Keeps what the reader says of passages (their site, how they are meant, their text); None takes it away."""
    if kept is None:
        connection.run("DELETE FROM site_rule WHERE host = ? AND how = ? AND text = ?", passages)
        return
    connection.run("INSERT OR REPLACE INTO site_rule VALUES (?, ?, ?, ?, ?)", (*passages, kept, at))


def places_of(connection: Connection, ids: Sequence[int]) -> list[tuple[int, float | None]]:
    """Where each of these entries stands in the reading list, None where it is not saved."""
    known = connection.rows("SELECT id, saved FROM mark WHERE id IN (SELECT value FROM json_each(?))", [as_json(ids)])
    before = {entry_id: None if saved is None else number(saved) for entry_id, saved in known}
    return [(entry_id, before.get(entry_id)) for entry_id in ids]


def as_json(ids: Sequence[int]) -> str:
    """Numbers as a JSON array, for `json_each`."""
    return f"[{','.join(map(str, ids))}]"
