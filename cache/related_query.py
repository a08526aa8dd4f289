"""Asking the index: the entries nearest to a story, by the rare words they share and the days between them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cache import related_index as index
from cache.related_index import UNDATED, Rarity, Vector

FLOOR = 0.1  # what is left of likeness when all else has changed but the words
_HALF = 2.0  # days after which likeness counts half
_EITHER_SIDE = 2  # two-week spans before and after a story's own that are searched with all its words
_ANY_TIME = 16  # words, its weightiest, with which all time is searched
_BUDGET = 25_000  # postings read for one question
_WEIGHED = 400  # entries whose own vector is looked at


@dataclass(frozen=True, slots=True)
class Near:
    """An entry near the story asked about: how near, from 0 to 1, with and without the days between them."""

    entry_id: int
    score: float
    likeness: float
    known: Vector


def nearest(connection: sqlite3.Connection, story: Vector, *, without: int = 0, limit: int = 60) -> list[Near]:
    """The entries nearest to a story, best first; `without` is the story's own entry."""
    rarity = Rarity(connection)
    rarity.learn(story.weights)
    query = {word: weight * rarity[word] ** 2 for word, weight in story.weights.items()}
    norm = index.length(story.weights, rarity)
    sums = _sums(connection, story, query, rarity)
    sums.pop(without, None)
    waiting = [entry_id for entry_id in index.fresh(connection) if entry_id != without]
    found = [
        _near(entry_id, known, story, query, norm)
        for entry_id, known in index.vectors(connection, [*_foremost(connection, story, sums, limit), *waiting])
    ]
    return sorted(found, key=lambda near: (-near.score, -near.entry_id))[:limit]


def closeness(day: int, other: int) -> float:
    """What the days between two stories leave of their likeness: 1 on one day, half after two, never below a floor."""
    if UNDATED in {day, other}:
        return 1.0 if day == other else 0.3
    return max(FLOOR, 1 / (1 + abs(day - other) / _HALF))


def likeness(query: dict[int, float], norm: float, known: Vector) -> float:
    """The cosine between a story, given as weights times squared rarity with its length, and an entry."""
    shared = query.keys() & known.weights.keys()
    return sum(query[word] * known.weights[word] for word in shared) / (norm * known.norm)


def alike(one: Vector, other: Vector) -> float:
    """How alike two entries are by their words alone, from 0 to 1: what they share of what both say."""
    shared = one.weights.keys() & other.weights.keys()
    common = sum(min(one.weights[word], other.weights[word]) for word in shared)
    return 2 * common / ((sum(one.weights.values()) + sum(other.weights.values())) or 1)


def _near(entry_id: int, known: Vector, story: Vector, query: dict[int, float], norm: float) -> Near:
    alike = likeness(query, norm, known)
    return Near(entry_id, alike * closeness(story.day, known.day), alike, known)


def _sums(connection: sqlite3.Connection, story: Vector, query: dict[int, float], rarity: Rarity) -> dict[int, float]:
    """For each entry that shares a searched word, the sum over those words."""
    sums: defaultdict[int, float] = defaultdict(float)
    places = ",".join(map(str, sorted(_places(story, query, rarity))))
    for row, held in connection.execute(f"SELECT place, entries FROM related_postings WHERE place IN ({places})"):
        weight = query[row & 0xFFFFFFFF]
        for one in index.postings(held):
            sums[one >> 5] += weight * (one & 31)
    return sums


def _foremost(connection: sqlite3.Connection, story: Vector, sums: dict[int, float], limit: int) -> list[int]:
    """The entries worth a closer look, by their sums, lengths and days."""
    candidates = sorted(sums, key=sums.__getitem__, reverse=True)[:_WEIGHED]
    rows = connection.execute(
        f"SELECT entry_id, day, norm FROM related_vectors WHERE entry_id IN ({','.join(map(str, candidates))})"
    )
    scores = {entry_id: sums[entry_id] / norm * closeness(story.day, day) for entry_id, day, norm in rows}
    return sorted(scores, key=scores.__getitem__, reverse=True)[:limit]


def _places(story: Vector, query: dict[int, float], rarity: Rarity) -> Iterator[int]:
    """Where to look, weightiest words first: all of them in the weeks around a story, the first ones at any time."""
    own = index.bucket(story.day)
    around = {UNDATED} if story.day == UNDATED else {*range(own - _EITHER_SIDE, own + _EITHER_SIDE + 1), UNDATED}
    budget = _BUDGET
    words = sorted((word for word in query if query[word]), key=lambda word: -query[word] * story.weights[word])
    spread = rarity.spread(words)
    for rank, word in enumerate(words):
        entries, weeks = spread.get(word, (0, around))
        searched = weeks if rank < _ANY_TIME else around.intersection(weeks)
        yield from (index.place(word, one) for one in searched)
        budget -= entries * len(searched) // (len(weeks) or 1)
        if budget < 0:
            return
