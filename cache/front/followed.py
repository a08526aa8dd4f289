"""Topics the reader follows: which stories of a page are of one, by the reports by which they were chosen."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cache.db.topics import FOLLOWED
from cache.front.choices import chosen
from cache.front.storyline import mean_of
from cache.related import index, stories
from cache.related.index import Idf
from cache.related.nearest import Scope, likeness, nearest, query_for
from cache.search import lists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from cache.db.connection import Connection
    from cache.front_page import FrontStory
    from cache.related.vector import Vector

_OF_THE_TOPIC = 0.16
"""How alike a story's words are to those of a report that was followed, days not counted, to be of its topic."""


_TOGETHER = 0.6
"""How much more alike it must be to what many reports say together, which has the words of each."""
_TOLD_BY = 12
"""Reports of a story that say together what its topic is."""
_NEWEST = 500
"""Entries, the newest, among which those of followed topics are looked for."""
_NEAREST = 200
"""Entries that are looked at for what is of a topic when it is followed."""


def entries_of_topics(connection: Connection) -> list[int]:
    """Of the newest entries those of topics that the reader follows, newest first."""
    chosen_reports = chosen(connection, FOLLOWED)
    if not chosen_reports:
        return []
    topics = _Topics(connection.sql, chosen_reports, newest := lists.listed(connection, (), _NEWEST))
    return [one for one in newest if topics.has(one)]


def followed(
    connection: sqlite3.Connection, chosen_reports: Iterable[int], stories: Sequence[FrontStory]
) -> frozenset[int]:
    """The numbers of the stories that have a followed report, or are of the topic of one."""
    reports = frozenset(chosen_reports)
    if not reports:
        return frozenset()
    topics = _Topics(connection, reports, [story.central for story in stories])
    return frozenset(
        story.number for story in stories if not reports.isdisjoint(story.reports) or topics.has(story.central)
    )


def of_all_time(connection: sqlite3.Connection, report: int) -> list[int]:
    """The entries of the topic of a report, whenever they were published, as far as the index finds them; itself among
    them.
    """
    own = _said(connection, [report]).get(report)
    if own is None:
        return [report]
    idf = Idf(connection)
    near = nearest(connection, own.vector, idf, Scope(report, _NEAREST))
    query = query_for(own.vector, idf)
    return sorted({report, *(one.entry_id for one in near if likeness(query, one.known) >= own.least)})


def of_topics(connection: sqlite3.Connection, reports: Iterable[int], entries: Sequence[int]) -> dict[int, list[int]]:
    """Of some entries those of each topic, by its report."""
    topics = _Topics(connection, reports, entries)
    found: dict[int, list[int]] = {}
    for entry_id in entries:
        for report in topics.of(entry_id):
            found.setdefault(report, []).append(entry_id)
    return found


class _Said(NamedTuple):
    """What the reports of a story say together, and how alike to it an entry is at least that is of its topic."""

    vector: Vector
    least: float


def _said(connection: sqlite3.Connection, reports: Iterable[int]) -> dict[int, _Said]:
    """What each of these reports says with the first others of its story: one may leave out what is told later."""
    told = {one: [one, *islice(sorted(stories.same_story(connection, one)), _TOLD_BY - 1)] for one in reports}
    known = dict(index.vectors(connection, {one for some in told.values() for one in some}))
    found = {one: [known[each] for each in dict.fromkeys(some) if each in known] for one, some in told.items()}
    return {one: _Said(mean_of(some), _least(len(some))) for one, some in found.items() if one in known}


def _least(reports: int) -> float:
    return _OF_THE_TOPIC * (1 + _TOGETHER * (1 - 1 / reports))


class _Topics:
    """Tells of entries whether they are of the topic of a report that was followed."""

    def __init__(self, connection: sqlite3.Connection, reports: Iterable[int], entries: Iterable[int]) -> None:
        self._reports = frozenset(reports)
        self._known = dict(index.vectors(connection, {*self._reports, *entries}))
        said = _said(connection, sorted(self._reports))
        idf = Idf(connection)
        idf.load({word for each in said.values() for word in each.vector.weights})
        self._queries = {one: (query_for(each.vector, idf), each.least) for one, each in said.items()}

    def has(self, entry_id: int) -> bool:
        """Whether an entry is of one."""
        return entry_id in self._reports or any(self._alike(entry_id))

    def of(self, entry_id: int) -> set[int]:
        """The reports of whose topics an entry is."""
        return {*self._alike(entry_id), *({entry_id} & self._reports)}

    def _alike(self, entry_id: int) -> Iterator[int]:
        vector = self._known.get(entry_id)
        if vector is not None:
            yield from (one for one, (query, least) in self._queries.items() if likeness(query, vector) >= least)
