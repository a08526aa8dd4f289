"""Keeps one topic from filling the page: of the stories that come first at most so many are of one topic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cache.related import index
from cache.related.index import Idf
from cache.related.nearest import likeness, query_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from cache.front_page import FrontStory
    from cache.related.nearest import StoryQuery
    from cache.related.vector import Vector

FIRST = 10
"""Stories of which at most so many are of one topic."""
_SAME_TOPIC = 0.13
"""How alike the words of two stories are, days not counted, that are of one topic."""


def spread(connection: sqlite3.Connection, ranked: Sequence[FrontStory], most: int) -> list[FrontStory]:
    """The stories in their order, but of those that would stand first, the third of a topic after them; with topics."""
    topics = _Topics(connection, [story.central for story in ranked[: FIRST * 4]])
    first: list[FrontStory] = []
    later: list[FrontStory] = []
    for place, story in enumerate(ranked):
        if len(first) >= FIRST:
            return [*first, *later, *ranked[place:]]
        topic = topics.of(story)
        told = sum(other.topic == topic for other in first)
        (later if most and told >= most else first).append(replace(story, topic=topic))
    return [*first, *later]


class _Topics:
    """Tells which stories are of one topic, one after the other: a topic is known by the first story that has it."""

    def __init__(self, connection: sqlite3.Connection, entry_ids: Sequence[int]) -> None:
        self._known = dict(index.vectors(connection, entry_ids))
        self._idf = Idf(connection)
        self._idf.load({word for vector in self._known.values() for word in vector.weights})
        self._met: list[tuple[int, StoryQuery]] = []

    def of(self, story: FrontStory) -> int:
        """The number of a story's topic: that of the first story of it."""
        vector = self._known.get(story.central)
        if vector is None:
            return story.number
        alike = [(likeness(query, vector), number) for number, query in self._met]
        best, number = max(alike, default=(0.0, 0))
        topic = number if best >= _SAME_TOPIC else story.number
        self._met.append((topic, self._query(vector)))
        return topic

    def _query(self, vector: Vector) -> StoryQuery:
        return query_for(vector, self._idf)
