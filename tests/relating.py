"""A bare connection's entries given their stories, and the nearest to one: what the program does in parts."""

from __future__ import annotations

import sqlite3

from cache.related import assignment, index, stories, upkeep
from cache.related.index import Idf
from cache.related.nearest import Neighbour, Scope, nearest


def assign_stories(connection: sqlite3.Connection, *, limit: int = 50) -> bool:
    """Gives up to `limit` new entries their story, in one transaction of the caller's; whether more are waiting."""
    upkeep.flush(connection)
    if upkeep.renew_norms(connection):
        return True
    found = assignment.prepare(connection, limit)
    assignment.apply(connection, found)
    return len(found.entries) == limit


def neighbours_of(connection: sqlite3.Connection, entry_id: int, *, limit: int = 48) -> list[Neighbour]:
    """The entries nearest to one in the library, best first, good or poor."""
    known = index.vector(connection, entry_id)
    if known is None:
        return []
    scope = Scope(entry_id, max(limit, 48), stories.same_story(connection, entry_id))
    return nearest(connection, known, Idf(connection), scope)[:limit]
