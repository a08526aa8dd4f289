"""One event, many reports: which entries tell the same story.

A story's number is the entry that told it first here; an entry that is alone is a story of its own, and one that has
not been looked at yet stands under 0.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cache import related_index as index
from cache import related_query as query
from cache.related_query import Near

_SAME = 0.25  # how near two reports of one event are, on average


def expect(connection: sqlite3.Connection, entry_id: int) -> None:
    """Note a new entry, to be given its story by `assign`."""
    connection.execute("INSERT OR REPLACE INTO reports (entry_id, story) VALUES (?, 0)", (entry_id,))


def assign(connection: sqlite3.Connection, limit: int) -> int:
    """Give up to `limit` of the entries that wait for it their story; says how many."""
    rows = connection.execute("SELECT entry_id FROM reports WHERE story = 0 ORDER BY entry_id LIMIT ?", (limit,))
    waiting = [row[0] for row in rows]
    for entry_id in waiting:
        known = index.vector(connection, entry_id)
        found = query.nearest(connection, known, without=entry_id, limit=30) if known else []
        _meet(connection, entry_id, found)
        story = _join(connection, found) or entry_id
        connection.execute("UPDATE reports SET story = ? WHERE entry_id = ?", (story, entry_id))
    return len(waiting)


def _meet(connection: sqlite3.Connection, entry_id: int, found: Sequence[Near]) -> None:
    """Note the nearest neighbours of a new entry, and the new entry where it is among its neighbours' nearest."""
    scores = {near.entry_id: round(255 * near.likeness) for near in found}
    held = dict(
        connection.execute(f"SELECT entry_id, nearest FROM reports WHERE entry_id IN ({','.join(map(str, scores))})")
    )
    changed = {other: _best(nearest, scores[other]) for other, nearest in held.items()}
    own = bytes(sorted(scores.values(), reverse=True)[: query.NEAREST])
    connection.executemany(
        "UPDATE reports SET nearest = ? WHERE entry_id = ?",
        [(own, entry_id), *((nearest, other) for other, nearest in changed.items() if nearest != held[other])],
    )


def _best(nearest: bytes, score: int) -> bytes:
    return bytes(sorted((*nearest, score), reverse=True)[: query.NEAREST])


def told_with(connection: sqlite3.Connection, entry_id: int) -> frozenset[int]:
    """The entries that tell the same story as one."""
    rows = connection.execute(
        "SELECT entry_id FROM reports WHERE story > 0 AND story = (SELECT story FROM reports WHERE entry_id = ?)",
        (entry_id,),
    )
    return frozenset(row[0] for row in rows) - {entry_id}


def would_join(found: Sequence[Near]) -> frozenset[int]:
    """The entries that tell the same story as one whose nearest are these."""
    return frozenset(near.entry_id for near in found if near.likeness >= _SAME)


def forget(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out of their stories; a story that loses its first report is named after its next."""
    for entry_id in entry_ids:
        connection.execute("DELETE FROM reports WHERE entry_id = ?", (entry_id,))
        connection.execute(
            "UPDATE reports SET story = (SELECT min(entry_id) FROM reports WHERE story = ?1) WHERE story = ?1",
            (entry_id,),
        )


def _join(connection: sqlite3.Connection, found: Sequence[Near]) -> int:
    """The story whose reports are nearest on average, if near enough; else 0."""
    story_of = dict(
        connection.execute(
            f"SELECT entry_id, story FROM reports WHERE entry_id IN ({','.join(str(one.entry_id) for one in found)})"
        )
    )
    scores: defaultdict[int, list[float]] = defaultdict(list)
    for one in found:
        if story := story_of.get(one.entry_id, 0):
            scores[story].append(one.likeness)
    best = max(scores, key=lambda story: sum(scores[story]) / len(scores[story]), default=0)
    return best if best and sum(scores[best]) / len(scores[best]) >= _SAME else 0


def story_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The number of the story an entry tells; 0 if it has none yet."""
    row = connection.execute("SELECT story FROM reports WHERE entry_id = ?", (entry_id,)).fetchone()
    return row[0] if row else 0
