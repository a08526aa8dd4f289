"""Topics the reader follows: which stories of a page are of one, by the reports by which they were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.related import index
from cache.related.index import Idf
from cache.related.nearest import likeness, query_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from cache.front_page import FrontStory

_OF_THE_TOPIC = 0.16
"""How alike a story's words are to those of a report that was followed, days not counted, to be of its topic."""


def followed(connection: sqlite3.Connection, chosen: Iterable[int], stories: Sequence[FrontStory]) -> frozenset[int]:
    """The numbers of the stories that have a followed report, or are of the topic of one."""
    reports = frozenset(chosen)
    if not reports:
        return frozenset()
    known = dict(index.vectors(connection, [*reports, *(story.central for story in stories)]))
    idf = Idf(connection)
    idf.load({word for vector in known.values() for word in vector.weights})
    queries = [query_for(known[one], idf) for one in sorted(reports & known.keys())]
    return frozenset(
        story.number
        for story in stories
        if not reports.isdisjoint(story.reports)
        or (story.central in known and any(likeness(query, known[story.central]) >= _OF_THE_TOPIC for query in queries))
    )
