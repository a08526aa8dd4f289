"""Stories: which entries report the same event.

A story's number is the entry that told it first here; an entry that is alone is a story of its own, and one that has
not been looked at yet stands under 0. What comes in at one time is clustered at once: see `cache.related.clustering`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from cache.related import index, nearest, neighbours
from cache.related.clustering import cluster, might_join
from cache.related.nearest import Neighbour


def enqueue(connection: sqlite3.Connection, entry_id: int) -> None:
    """Note a new entry, to be given its story by `assign`."""
    connection.execute("INSERT OR REPLACE INTO reports (entry_id, story) VALUES (?, 0)", (entry_id,))


def unassigned(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Up to `limit` of the entries that wait for their story, the first that landed first."""
    rows = connection.execute("SELECT entry_id FROM reports WHERE story = 0 ORDER BY entry_id LIMIT ?", (limit,))
    return [row[0] for row in rows]


def assign(connection: sqlite3.Connection, limit: int) -> int:
    """Give up to `limit` of the entries that wait for it their story; says how many."""
    idf = index.Idf(connection)
    found = {one: nearest.similar(connection, one, idf) for one in unassigned(connection, limit)}
    lists = neighbours.link(connection, found)
    before = _concerned(connection, found, might_join(lists, found, idf.total))
    lists = {**neighbours.read(connection, before.keys() - lists.keys()), **lists}
    clusters = _split_single_source(connection, cluster({one: lists[one] for one in before}, idf.total))
    connection.executemany(
        "UPDATE reports SET story = ? WHERE entry_id = ?",
        [(min(reports), one) for reports in clusters for one in reports if before[one] != min(reports)],
    )
    return len(found)


def same_story(connection: sqlite3.Connection, entry_id: int) -> frozenset[int]:
    """The entries that tell the same story as one."""
    story = story_of(connection, entry_id)
    rows = connection.execute("SELECT entry_id FROM reports WHERE story = ?", (story,)) if story else ()
    return frozenset(row[0] for row in rows) - {entry_id}


def would_join(connection: sqlite3.Connection, found: Sequence[Neighbour]) -> frozenset[int]:
    """The entries that tell the same story as one that is not in the library, given its nearest."""
    own = {neighbour.entry_id: neighbour.sameness for neighbour in found[: neighbours.KEPT]}
    before = _concerned(connection, (), own)
    lists = {**neighbours.read(connection, before), 0: own}
    reports = next(reports for reports in cluster(lists, index.Idf(connection).total) if 0 in reports)
    return frozenset(reports) - {0}


def story_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The number of the story an entry tells; 0 if it has none yet."""
    row = connection.execute("SELECT story FROM reports WHERE entry_id = ?", (entry_id,)).fetchone()
    return row[0] if row and isinstance(row[0], int) else 0


def copy_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The earlier report of the same story that has the same text; 0 if the entry adds something of its own."""
    own = index.vector(connection, entry_id)
    listed = neighbours.read(connection, (entry_id,)).get(entry_id, {})
    others = sorted(other for other in same_story(connection, entry_id) & listed.keys() if other < entry_id)
    if own is None or not others:
        return 0
    known = dict(index.vectors(connection, others))
    return next((one for one in others if one in known and nearest.overlap(own, known[one]) >= nearest.COPY), 0)


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out of their stories; a story that loses its first report is named after its next."""
    for entry_id in entry_ids:
        connection.execute("DELETE FROM reports WHERE entry_id = ?", (entry_id,))
        connection.execute(
            "UPDATE reports SET story = (SELECT min(entry_id) FROM reports WHERE story = ?) WHERE story = ?",
            (entry_id, entry_id),
        )


def _concerned(connection: sqlite3.Connection, new: Iterable[int], nearby: Iterable[int]) -> dict[int, int]:
    """New entries, and all reports of the stories of those near them, each with its story as it stands."""
    rows = connection.execute(
        f"SELECT entry_id, story FROM reports WHERE entry_id IN {index.AMONG} OR story > 0 AND story IN "
        f"(SELECT story FROM reports WHERE entry_id IN {index.AMONG})",
        index.id_list(new) + index.id_list(nearby),
    )
    return dict(rows)


def _split_single_source(connection: sqlite3.Connection, clusters: Iterable[list[int]]) -> Iterator[list[int]]:
    """The stories, but what a single source tells is taken apart: those are its articles on one subject."""
    for reports in clusters:
        source_of = index.sources(connection, reports) if len(reports) > 1 else {}
        if source_of and len({source_of.get(one) or -one for one in reports}) == 1:
            yield from ([one] for one in reports)
        else:
            yield reports
