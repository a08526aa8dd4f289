"""Topics the reader follows: which stories of a page are of one, by the reports by which they were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.topics import FOLLOWED
from cache.front.choices import chosen
from cache.related import index
from cache.related.index import Idf
from cache.related.nearest import Scope, likeness, nearest, query_for
from cache.search import lists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from cache.db.connection import Connection
    from cache.front_page import FrontStory

_OF_THE_TOPIC = 0.16
"""How alike a story's words are to those of a report that was followed, days not counted, to be of its topic."""


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
    own = index.vector(connection, report)
    if own is None:
        return [report]
    idf = Idf(connection)
    near = nearest(connection, own, idf, Scope(report, _NEAREST))
    idf.load({word for one in near for word in one.known.weights})
    query = query_for(own, idf)
    return sorted({report, *(one.entry_id for one in near if likeness(query, one.known) >= _OF_THE_TOPIC)})


def of_topics(connection: sqlite3.Connection, reports: Iterable[int], entries: Sequence[int]) -> dict[int, list[int]]:
    """Of some entries those of each topic, by its report."""
    topics = _Topics(connection, reports, entries)
    found: dict[int, list[int]] = {}
    for entry_id in entries:
        for report in topics.of(entry_id):
            found.setdefault(report, []).append(entry_id)
    return found


class _Topics:
    """Tells of entries whether they are of the topic of a report that was followed."""

    def __init__(self, connection: sqlite3.Connection, reports: Iterable[int], entries: Iterable[int]) -> None:
        self._reports = frozenset(reports)
        self._known = dict(index.vectors(connection, {*self._reports, *entries}))
        idf = Idf(connection)
        idf.load({word for vector in self._known.values() for word in vector.weights})
        self._queries = {one: query_for(self._known[one], idf) for one in sorted(self._reports & self._known.keys())}

    def has(self, entry_id: int) -> bool:
        """Whether an entry is of one."""
        return entry_id in self._reports or any(self._alike(entry_id))

    def of(self, entry_id: int) -> set[int]:
        """The reports of whose topics an entry is."""
        return {*self._alike(entry_id), *({entry_id} & self._reports)}

    def _alike(self, entry_id: int) -> Iterator[int]:
        vector = self._known.get(entry_id)
        if vector is not None:
            yield from (one for one, query in self._queries.items() if likeness(query, vector) >= _OF_THE_TOPIC)
