"""Topics the reader follows: which stories of a page are of one, by the reports by which they were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.front.choices import FOLLOWED, chosen
from cache.related import index
from cache.related.index import Idf
from cache.related.nearest import likeness, query_for
from cache.search import lists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from cache.db.connection import Connection
    from cache.front_page import FrontStory

_OF_THE_TOPIC = 0.16
"""How alike a story's words are to those of a report that was followed, days not counted, to be of its topic."""


_NEWEST = 500
"""Entries, the newest, among which those of followed topics are looked for."""


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


class _Topics:
    """Tells of entries whether they are of the topic of a report that was followed."""

    def __init__(self, connection: sqlite3.Connection, reports: Iterable[int], entries: Iterable[int]) -> None:
        self._reports = frozenset(reports)
        self._known = dict(index.vectors(connection, {*self._reports, *entries}))
        idf = Idf(connection)
        idf.load({word for vector in self._known.values() for word in vector.weights})
        self._queries = [query_for(self._known[one], idf) for one in sorted(self._reports & self._known.keys())]

    def has(self, entry_id: int) -> bool:
        """Whether an entry is of one."""
        vector = self._known.get(entry_id)
        if entry_id in self._reports or vector is None:
            return entry_id in self._reports
        return any(likeness(query, vector) >= _OF_THE_TOPIC for query in self._queries)
