"""Giving new entries their stories: what is to change is found by reading alone, and written in one short transaction.

What is alike to each is looked for in steps, and remembered. The more entries are then clustered together, the less
each costs: the stories near many of them are told apart once, not once a step.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import thread_time
from typing import TYPE_CHECKING
from zlib import crc32

from cache.related import index, nearest, neighbours, stories
from cache.related.clustering import cluster, might_join
from cache.related.neighbours import Likenesses
from cache.related.stories import Concerned

if TYPE_CHECKING:
    from cache.related.search_process import SearchProcess

MOST_SECONDS = 0.25
"""Seconds of processor that one step of the search takes."""
MOST_ENTRIES = 2000
"""New entries that are clustered together; what more there are is next."""
MANY_ENTRIES = 1000
"""New entries of which the last are looked at in a process of its own, where one may be had."""
_AT_ONCE = 50
"""Entries that are looked at before what was found from the other end is heard."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be written of new entries: the lists of neighbours that change, and the stories, by report.

    `renamed` are stories that become another one as a whole. `copies` say of new entries which earlier report has their
    text. `held` and `standing` are the lists and stories by which it was found, as they stood at `version`.
    """

    entries: tuple[int, ...]
    lists: Mapping[int, bytes]
    stories: Mapping[int, int]
    renamed: Mapping[int, int]
    copies: Mapping[int, int]
    held: Mapping[int, bytes]
    standing: Concerned
    version: int


class NeighbourSearch:
    """What is alike to entries that wait for their story, as far as they have been looked at; nothing is written."""

    def __init__(self) -> None:
        self.other_end: SearchProcess | None = None
        """What looks at the last of many entries while this looks at the first."""
        self._found: dict[int, dict[int, float]] = {}
        self._words: dict[int, int] = {}
        """The checksum of the words by which it was found: an entry may be stored anew."""
        self._landed: nearest.LandedEntries | None = None
        self._read_at = (0, 0)
        """When that was read: it holds until somebody writes."""
        self._reached = 0
        """The highest number of an entry that was looked at here."""
        self._is_helped = False

    def look(self, connection: sqlite3.Connection, limit: int = MOST_ENTRIES, seconds: float = MOST_SECONDS) -> bool:
        """Looks at more of the first that wait, for so long and one at least; False where all of them are known."""
        until = thread_time() + seconds
        self._hear(connection)
        new = [one for one in stories.unassigned(connection, limit) if one not in self._found]
        if not new:
            return False
        now = (_version(connection), connection.total_changes)
        if self._landed is None or now != self._read_at:
            last = max(index.last_with_a_story(connection), self._reached)
            self._landed, self._read_at = nearest.LandedEntries(connection, index.Idf(connection), last), now
            self._get_help(new, last)
        while new:
            alike = nearest.similar(self._landed, new[:_AT_ONCE], until)
            self._keep(connection, alike)
            self._reached = max(self._reached, *alike)
            self._hear(connection)
            new = [one for one in new if one not in self._found] if thread_time() < until else []
        return True

    def _get_help(self, new: Sequence[int], last: int) -> None:
        if self.other_end and not self._is_helped and len(new) >= MANY_ENTRIES:
            self.other_end.begin(new, last)
            self._is_helped = True

    def _hear(self, connection: sqlite3.Connection) -> None:
        """Takes what was found from the other end."""
        if self.other_end and self._is_helped and (alike := self.other_end.found()):
            self._keep(connection, {one: near for one, near in alike.items() if one not in self._found})

    def _keep(self, connection: sqlite3.Connection, alike: Mapping[int, dict[int, float]]) -> None:
        self._found.update(alike)
        self._words.update(_checksums(connection, alike))

    def take(self, connection: sqlite3.Connection, limit: int) -> dict[int, dict[int, float]]:
        """What was found of those that still wait and say what they said then; it is forgotten here."""
        words = _checksums(connection, self._found)
        waiting = {one for one in stories.unassigned(connection, limit) if words.get(one) == self._words.get(one)}
        taken = {one: self._found[one] for one in sorted(waiting & self._found.keys())}
        self._found, self._words, self._landed, self._reached = {}, {}, None, 0
        self.close()
        return taken

    def close(self) -> None:
        """Needs no help any more."""
        if self.other_end and self._is_helped:
            self.other_end.end()
            self._is_helped = False


def _checksums(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, int]:
    return {one: crc32(known.packed) for one, known in index.vectors(connection, entry_ids)}


def prepare(
    connection: sqlite3.Connection, limit: int = MOST_ENTRIES, search: NeighbourSearch | None = None
) -> Assignment:
    """What the first of the entries that wait are to be given, or those of a search; nothing is written."""
    version = _version(connection)
    idf = index.Idf(connection)
    if search is None:
        search = NeighbourSearch()
        search.look(connection, limit, math.inf)
    found = search.take(connection, limit)
    held, lists = neighbours.linked(connection, found)
    found = {one: near for one, near in found.items() if one in lists}  # another program may have deleted some
    standing = stories.concerned(connection, found, might_join(lists, found, idf.total))
    known = {**neighbours.read(connection, standing.stories.keys() - lists.keys()), **lists}
    near = {one: known.get(one, {}) for one in standing.stories}
    found_alike = cluster(near, idf.total, standing.large.values(), index.undated(connection, near))
    clusters = _told_apart(connection, found_alike, standing)
    changed = {one: packed for one, near in lists.items() if (packed := neighbours.pack(near)) != held[one]}
    copies = _copies(connection, found.keys(), clusters, lists)
    return Assignment(tuple(found), changed, *numbered(clusters, standing), copies, held, standing, version)


def apply(connection: sqlite3.Connection, assignment: Assignment) -> bool:
    """Writes an assignment, inside the caller's transaction; False, and nothing written, where another program has
    changed what it was found by.
    """
    if _version(connection) != assignment.version and not _is_as_it_was(connection, assignment):
        return False
    connection.executemany(
        "UPDATE reports SET nearest = ? WHERE entry_id = ?", [(packed, one) for one, packed in assignment.lists.items()]
    )
    connection.executemany(
        "UPDATE reports SET story = ? WHERE entry_id = ?", [(story, one) for one, story in assignment.stories.items()]
    )
    connection.executemany(
        "UPDATE reports SET story = ? WHERE story = ?", [(now, before) for before, now in assignment.renamed.items()]
    )
    return True


def _version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection writes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _is_as_it_was(connection: sqlite3.Connection, assignment: Assignment) -> bool:
    standing = assignment.standing
    rows = connection.execute(
        f"SELECT entry_id, story FROM reports WHERE entry_id IN {index.AMONG}", index.id_list(standing.stories)
    )
    return dict(rows) == standing.stories and neighbours.packed(connection, assignment.held) == assignment.held


def _told_apart(connection: sqlite3.Connection, clusters: Iterable[list[int]], standing: Concerned) -> list[list[int]]:
    """The stories, but what a single source tells is taken apart: those are its articles on one subject."""
    found = list(clusters)
    several = [one for reports in found if len(reports) > 1 for one in reports]
    source_of = index.sources(connection, several)
    large = {one for reports in standing.large.values() for one in reports}
    apart: list[list[int]] = []
    for reports in found:
        if len(reports) > 1 and len({source_of.get(one) or -one for one in reports}) == 1 and large.isdisjoint(reports):
            apart += [[one] for one in reports]
        else:
            apart.append(reports)
    return apart


def numbered(clusters: Sequence[list[int]], standing: Concerned) -> tuple[dict[int, int], dict[int, int]]:
    """The reports whose story gets another number, and the large stories that become another one as a whole.

    A story has the number of its first report; a large one keeps what it has, and of two the lower.
    """
    part_of = {one: story for story, reports in standing.large.items() for one in reports}
    changed, renamed = dict[int, int](), dict[int, int]()
    for reports in clusters:
        wholes = {part_of[one] for one in reports if one in part_of}
        number = min(wholes or reports)
        renamed.update((whole, number) for whole in wholes - {number})
        changed.update((one, number) for one in reports if one not in part_of and standing.stories[one] != number)
    return changed, renamed


def _copies(
    connection: sqlite3.Connection,
    entries: Collection[int],
    clusters: Iterable[Collection[int]],
    lists: Mapping[int, Likenesses],
) -> dict[int, int]:
    """Of these entries those that have an earlier report's text, with that report; the earliest, where several have."""
    earlier = {
        one: sorted(other for other in lists[one].keys() & set(reports) if other < one)
        for reports in clusters
        if len(reports) > 1
        for one in reports
        if one in entries
    }
    wanted = {*earlier, *(other for others in earlier.values() for other in others)}
    known = dict(index.vectors(connection, wanted))
    return {one: copy for one, others in earlier.items() if (copy := nearest.first_copy(one, others, known))}
