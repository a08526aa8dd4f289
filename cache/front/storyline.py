"""The storyline that an entry belongs to, found through the weeks about it by the words they share.

What is nearest to a story, weeks counting for little, and what is nearest to that, is of the storyline where it is
alike to all of its middle: to the story itself and what is most like it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from cache.related import index
from cache.related.nearest import query_for, worth_a_look
from cache.related.vector import LEVELS, Vector, pack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from cache.related.index import Idf

_NEAREST = 48
"""Entries that are looked at beside the story, …"""
_NEAREST_TO_MIDDLE = 96
"""… and beside its middle, for what all of that says."""
_MIDDLE = 5
"""Entries of the middle of a storyline: the story itself and what is most like it."""
_OF_THE_MIDDLE = 0.16
"""How alike an entry's words are to those of the story, to be of the middle."""
_ALIKE = 0.12
"""How alike an entry's words are to those of the middle on average, to be of the storyline."""

_SLIGHT = 0.06
"""A likeness up to which it is not asked which words stand side by side: half of the least that tells anything."""
_BITS = 27
"""By so many a word is known."""


class _Words:
    """An entry's words, and which of them follow each other: what is compared often is taken apart once."""

    def __init__(self, vector: Vector) -> None:
        self.vector = vector

    @cached_property
    def twos(self) -> Mapping[int, int]:
        """By word, the two of it and the word after it as one number."""
        return {word: word << _BITS | following for word, following in pairwise(self.vector.words)}


class _Asked:
    """Stories that entries are compared with, all at once: the mean of the likenesses is that to the sum of them."""

    def __init__(self, stories: Sequence[Vector], idf: Idf) -> None:
        self._words: defaultdict[int, float] = defaultdict(float)
        self._twos: defaultdict[int, float] = defaultdict(float)
        for story in stories:
            query = query_for(story, idf)
            share = 1 / (query.norm * len(stories))
            for word, (weight, following, beside) in query.in_order.items():
                self._words[word] += weight * share
                self._twos[word << _BITS | following] += beside * share

    def likeness(self, other: _Words) -> float:
        """The mean of what `cache.related.nearest.likeness` says of an entry and each of the stories."""
        weights = other.vector.weights
        shared = self._words.keys() & weights.keys()
        total = math.fsum(self._words[word] * weights[word] for word in shared) / other.vector.norm
        if total < _SLIGHT:
            return total
        twos = {other.twos.get(word, 0) for word in shared} & self._twos.keys()
        return total + math.fsum(self._twos[two] for two in twos) / other.vector.norm


def mean_of(vectors: Sequence[Vector]) -> Vector:
    """What entries say together, as if one had said it on the day of the first."""
    total: Counter[int] = Counter()
    for vector in vectors:
        total.update(vector.weights)
    weights = {word: min(LEVELS, math.ceil(weight / len(vectors))) for word, weight in total.items()}
    return Vector(vectors[0].day, 0, pack(weights))


class Storylines:
    """Finds storylines, one after the other; only what words tell is kept from one to the next."""

    def __init__(self, connection: sqlite3.Connection, idf: Idf) -> None:
        self._connection = connection
        self._idf = idf
        self._known: dict[int, _Words] = {}
        """What is read for one storyline."""

    def of(self, entry_id: int) -> list[int]:
        """The entries of the storyline that an entry belongs to, itself among them."""
        self._known = {}
        self._read([entry_id])
        if entry_id not in self._known:
            return [entry_id]
        own = self._known[entry_id].vector
        first = self._near(own, _NEAREST) - {entry_id}
        beside = self._alike([own], first)
        close = [one for one in sorted(beside, key=lambda one: (-beside[one], one)) if beside[one] >= _OF_THE_MIDDLE]
        middle = [entry_id, *close[: _MIDDLE - 1]]
        entries = (
            first | self._near(mean_of([self._known[one].vector for one in middle]), _NEAREST_TO_MIDDLE)
            if len(middle) > 1
            else first
        )
        means = self._alike([self._known[one].vector for one in middle], entries)
        return sorted({*middle, *(one for one, mean in means.items() if mean >= _ALIKE)})

    def _near(self, vector: Vector, limit: int) -> set[int]:
        self._idf.load(vector.weights)
        found = worth_a_look(self._connection, query_for(vector, self._idf), self._idf, limit)
        self._read(found)
        return found & self._known.keys()

    def _alike(self, stories: Sequence[Vector], entries: Iterable[int]) -> dict[int, float]:
        self._idf.load({word for story in stories for word in story.weights})
        asked = _Asked(stories, self._idf)
        return {one: asked.likeness(self._known[one]) for one in entries}

    def _read(self, entries: Iterable[int]) -> None:
        new = [one for one in entries if one not in self._known]
        if new:
            self._known.update((one, _Words(vector)) for one, vector in index.vectors(self._connection, new))
