"""Stories: which entries report the same event.

A story's number is that of the entry that told it first here, be it still there or not; an entry that is alone is a
story of its own, and one that has not been looked at yet stands under 0. What comes in at one time is clustered
together: see `cache.related.assignment`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cache.related import index, nearest, neighbours
from cache.related.clustering import cluster
from cache.related.index import Idf
from cache.related.nearest import Neighbour
from cache.related.vector import Vector

MOST_REPORTS = 96
"""Reports of a story that are clustered with what is new, the nearest and the last; a larger one stays together."""
MOST_TOGETHER = 3000
"""Reports that are clustered together with new ones; where more are near, their stories stay as they are."""


def enqueue(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Note new entries, to be given their story by `cache.related.assignment`."""
    connection.executemany(
        "INSERT OR REPLACE INTO reports (entry_id, story) VALUES (?, 0)", [(entry_id,) for entry_id in entry_ids]
    )


def unassigned(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Up to `limit` of the entries that wait for their story, the first that landed first."""
    rows = connection.execute("SELECT entry_id FROM reports WHERE story = 0 ORDER BY entry_id LIMIT ?", (limit,))
    return [row[0] for row in rows]


def last_unassigned(connection: sqlite3.Connection) -> int:
    """The entry that landed last of those that wait for their story; 0 where none does."""
    return int(connection.execute("SELECT ifnull(max(entry_id), 0) FROM reports WHERE story = 0").fetchone()[0])


def same_story(connection: sqlite3.Connection, entry_id: int) -> frozenset[int]:
    """The entries that tell the same story as one."""
    story = story_of(connection, entry_id)
    rows = connection.execute("SELECT entry_id FROM reports WHERE story = ?", (story,)) if story else ()
    return frozenset(row[0] for row in rows) - {entry_id}


def would_join(connection: sqlite3.Connection, story: Vector, idf: Idf, found: Sequence[Neighbour]) -> frozenset[int]:
    """The entries that tell the same story as one that is not in the library, given its nearest."""
    own = {neighbour.entry_id: neighbour.sameness for neighbour in found[: neighbours.KEPT]}
    if idf.smallness:
        own = nearest.with_names(story, own, {neighbour.entry_id: neighbour.known for neighbour in found}, idf)
    before = concerned(connection, (), sorted(own, key=own.__getitem__, reverse=True))
    lists = {**neighbours.read(connection, before.stories), 0: own}
    undated = index.undated(connection, before.stories)
    clusters = cluster(lists, idf.total, before.large.values(), undated)
    return frozenset(next(reports for reports in clusters if 0 in reports)) - {0}


def of_entries(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> frozenset[int]:
    """The numbers of the stories that these entries tell."""
    return frozenset(_stories_of(connection, entry_ids).values()) - {0}


def story_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The number of the story an entry tells; 0 if it has none yet."""
    row = connection.execute("SELECT story FROM reports WHERE entry_id = ?", (entry_id,)).fetchone()
    return row[0] if row and isinstance(row[0], int) else 0


def copy_of(connection: sqlite3.Connection, entry_id: int) -> int:
    """The earlier report of the same story that has the same text; 0 if the entry adds something of its own."""
    listed = neighbours.read(connection, (entry_id,)).get(entry_id, {})
    rows = connection.execute(
        f"SELECT entry_id FROM reports WHERE story = ? AND entry_id < ? AND entry_id IN {index.AMONG}",
        (story_of(connection, entry_id), entry_id, *index.id_list(listed)),
    )
    others = sorted(row[0] for row in rows)
    return nearest.first_copy(entry_id, others, dict(index.vectors(connection, [entry_id, *others]))) if others else 0


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out of their stories, for good: what is left of a story keeps its number, which no other gets."""
    connection.execute(f"DELETE FROM reports WHERE entry_id IN {index.AMONG}", index.id_list(entry_ids))


def put_together(connection: sqlite3.Connection, entry_ids: Sequence[int]) -> None:
    """Make one story of entries that have been given theirs, whatever those were, and of nothing else."""
    connection.execute(
        f"UPDATE reports SET story = ? WHERE story != 0 AND entry_id IN {index.AMONG}",
        (min(entry_ids), *index.id_list(entry_ids)),
    )


def take_out(connection: sqlite3.Connection, entry_id: int) -> None:
    """Take an entry out that comes again; a story that loses its first report is named after its next."""
    connection.execute("DELETE FROM reports WHERE entry_id = ?", (entry_id,))
    connection.execute(
        "UPDATE reports SET story = (SELECT min(entry_id) FROM reports WHERE story = ?) WHERE story = ?",
        (entry_id, entry_id),
    )


@dataclass(frozen=True, slots=True)
class Concerned:
    """Reports whose story may change, each with the number of its story, 0 where it has none yet.

    `large` are stories of many reports, by number, with those of them that are among these: they stand for the rest.
    """

    stories: Mapping[int, int]
    large: Mapping[int, tuple[int, ...]]


def concerned(connection: sqlite3.Connection, new: Iterable[int], nearby: Sequence[int]) -> Concerned:
    """New entries, and the reports of the stories of those near them; of very many those of the first."""
    near = _stories_of(connection, nearby)
    told: dict[int, int] = dict.fromkeys(new, 0)
    large: dict[int, tuple[int, ...]] = {}
    most = len(told) + MOST_TOGETHER
    for story in dict.fromkeys(near[one] for one in nearby if near.get(one)):
        if len(told) > most:
            break
        reports = _reports_of(connection, story, MOST_REPORTS + 1)
        if len(reports) > MOST_REPORTS:
            nearest_of = [one for one, number in near.items() if number == story]
            large[story] = reports = tuple(dict.fromkeys([*sorted(nearest_of), *reports]))[:MOST_REPORTS]
        told |= dict.fromkeys(reports, story)
    return Concerned(told, large)


def _stories_of(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, int]:
    rows = connection.execute(
        f"SELECT entry_id, story FROM reports WHERE entry_id IN {index.AMONG}", index.id_list(entry_ids)
    )
    return {entry_id: story for entry_id, story in rows if isinstance(story, int)}


def _reports_of(connection: sqlite3.Connection, story: int, most: int) -> tuple[int, ...]:
    """The reports of a story, of many the last."""
    rows = connection.execute(
        "SELECT entry_id FROM reports WHERE story = ? ORDER BY entry_id DESC LIMIT ?", (story, most)
    )
    return tuple(row[0] for row in rows)
