"""What a reader writes of saved searches, the live sections that stand among the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.writes.undo import Undo

if TYPE_CHECKING:
    from cache.db.connection import Connection


def keep(connection: Connection, name: str, query: str) -> Undo | None:
    """Keeps a search under a name, in place of one that has it."""
    with connection.batch():
        before = connection.row("SELECT query FROM saved_search WHERE name = ?", (name,))
        if before == (query,):
            return None
        _put(connection, name, query)
    if before is None:
        return Undo(f"The search “{name}” is gone again", lambda later: _drop(later, name))
    return Undo(f"The search “{name}” is as before", lambda later: _put(later, name, before[0]))


def drop(connection: Connection, name: str) -> Undo | None:
    """Forgets a search."""
    with connection.batch():
        before = connection.row("SELECT query FROM saved_search WHERE name = ?", (name,))
        if before is None:
            return None
        _drop(connection, name)
    return Undo(f"The search “{name}” is back", lambda later: _put(later, name, before[0]))


def _put(connection: Connection, name: str, query: str) -> None:
    connection.run(
        "INSERT INTO saved_search (name, query) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET query = excluded.query",
        (name, query),
    )


def _drop(connection: Connection, name: str) -> None:
    connection.run("DELETE FROM saved_search WHERE name = ?", (name,))
