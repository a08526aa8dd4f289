"""One event, many reports: which entries tell the same story.

A story's number is the entry that told it first here; an entry that is alone is a story of its own, and one that has
not been looked at yet stands under 0. What comes in at one time is sorted at once: see `cache.sorting`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from cache import related_index as index
from cache import related_query as query
from cache.related_query import Near
from cache.sorting import Desk

_LOOKED_AT = 20  # an entry's nearest, among which its story is sought


def expect(connection: sqlite3.Connection, entry_id: int) -> None:
    """Note a new entry, to be given its story by `assign`."""
    connection.execute("INSERT OR REPLACE INTO reports (entry_id, story) VALUES (?, 0)", (entry_id,))


def assign(connection: sqlite3.Connection, limit: int) -> int:
    """Give up to `limit` of the entries that wait for it their story; says how many."""
    rows = connection.execute("SELECT entry_id FROM reports WHERE story = 0 ORDER BY entry_id LIMIT ?", (limit,))
    found = {row[0]: _neighbours(connection, row[0]) for row in rows.fetchall()}
    _meet(connection, found)
    desk = _desk(connection, found)
    desk.sort(list(found))
    connection.executemany("UPDATE reports SET story = ? WHERE entry_id = ?", desk.changed())
    return len(found)


def told_with(connection: sqlite3.Connection, entry_id: int) -> frozenset[int]:
    """The entries that tell the same story as one."""
    rows = connection.execute(
        "SELECT entry_id FROM reports WHERE story > 0 AND story = (SELECT story FROM reports WHERE entry_id = ?)",
        (entry_id,),
    )
    return frozenset(row[0] for row in rows) - {entry_id}


def would_join(connection: sqlite3.Connection, found: Sequence[Near]) -> frozenset[int]:
    """The entries that tell the same story as one that is not in the library, given its nearest."""
    desk = _desk(connection, {0: found[:_LOOKED_AT]})
    desk.sort([0])
    return frozenset(desk.beside(0))


def story_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The number of the story an entry tells; 0 if it has none yet."""
    row = connection.execute("SELECT story FROM reports WHERE entry_id = ?", (entry_id,)).fetchone()
    return row[0] if row else 0


def copy_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The earlier report of the same story that has the same text; 0 if the entry adds something of its own."""
    own = index.vector(connection, entry_id)
    others = sorted(other for other in told_with(connection, entry_id) if other < entry_id)
    if own is None or not others:
        return 0
    known = dict(index.vectors(connection, others))
    return next((other for other in others if query.overlap(own, known[other]) >= query.COPY), 0)


def forget(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out of their stories; a story that loses its first report is named after its next."""
    for entry_id in entry_ids:
        connection.execute("DELETE FROM reports WHERE entry_id = ?", (entry_id,))
        connection.execute(
            "UPDATE reports SET story = (SELECT min(entry_id) FROM reports WHERE story = ?1) WHERE story = ?1",
            (entry_id,),
        )


def _neighbours(connection: sqlite3.Connection, entry_id: int) -> list[Near]:
    known = index.vector(connection, entry_id)
    if known is None:
        return []
    return query.nearest(connection, known, without=entry_id, limit=_LOOKED_AT, any_time=False)


def _meet(connection: sqlite3.Connection, found: Mapping[int, Sequence[Near]]) -> None:
    """Note the nearest of new entries, and the new entries where they are among the nearest of others."""
    held = _nearest(connection, found)
    met = dict(held)
    for entry_id, near in found.items():
        met[entry_id] = _best(met.get(entry_id, b""), (_byte(one) for one in near))
        for one in near:
            if one.entry_id not in found:
                met[one.entry_id] = _best(met.get(one.entry_id, b""), (_byte(one),))
    connection.executemany(
        "UPDATE reports SET nearest = ? WHERE entry_id = ?",
        [(nearest, entry_id) for entry_id, nearest in met.items() if nearest != held.get(entry_id)],
    )


def _desk(connection: sqlite3.Connection, found: Mapping[int, Sequence[Near]]) -> Desk:
    """A desk that knows the stories of these entries' neighbours, with all their reports."""
    asked = ",".join(map(str, {one.entry_id for near in found.values() for one in near} | found.keys()))
    rows = connection.execute(
        f"SELECT entry_id, story FROM reports WHERE entry_id IN ({asked}) OR story > 0 AND story IN "
        f"(SELECT story FROM reports WHERE entry_id IN ({asked}))"
    )
    story_of = {entry_id: story for entry_id, story in rows if story}
    crowds = {entry_id: query.crowd(nearest) for entry_id, nearest in _nearest(connection, found).items()}
    alike = {entry_id: {one.entry_id: one.sameness for one in near} for entry_id, near in found.items()}
    return Desk(story_of, alike, crowds, index.Rarity(connection).total)


def _nearest(connection: sqlite3.Connection, found: Mapping[int, Sequence[Near]]) -> dict[int, bytes]:
    asked = ",".join(map(str, {one.entry_id for near in found.values() for one in near} | found.keys()))
    return dict(connection.execute(f"SELECT entry_id, nearest FROM reports WHERE entry_id IN ({asked})"))


def _best(nearest: bytes, scores: Iterable[int]) -> bytes:
    return bytes(sorted((*nearest, *scores), reverse=True)[: query.NEAREST])


def _byte(near: Near) -> int:
    return round(255 * near.likeness)
