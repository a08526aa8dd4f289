"""What a reader writes of saved searches, the live sections that stand among the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.values import text
from cache.writes.reader_rows import set_search
from cache.writes.undo import Undo

if TYPE_CHECKING:
    from cache.db.connection import Connection


def keep(connection: Connection, name: str, query: str) -> Undo | None:
    """Keeps a search under a name, in place of one that has it."""
    with connection.batch():
        before = connection.row("SELECT query FROM saved_search WHERE name = ?", (name,))
        if before == (query,):
            return None
        set_search(connection, name, query)
    if before is None:
        return Undo(f"The search “{name}” is gone again", (["search", name, None, query],), 1)
    return Undo(f"The search “{name}” is as before", (["search", name, text(before[0]), query],), 1)


def drop(connection: Connection, name: str) -> Undo | None:
    """Forgets a search."""
    with connection.batch():
        before = connection.row("SELECT query FROM saved_search WHERE name = ?", (name,))
        if before is None:
            return None
        set_search(connection, name, None)
    return Undo(f"The search “{name}” is back", (["search", name, text(before[0]), None],), 1)
