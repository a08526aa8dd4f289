"""Asking the index: the entries nearest to a story, by the rare words they share and the days between them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from cache import related_index as index
from cache.related_index import Rarity
from cache.related_vector import LEVELS, SHIFT, UNDATED, Vector, packed_numbers

COPY = 0.85  # an overlap from which on two entries are one text printed twice
NEAREST = 4  # how many neighbours tell how crowded it is around an entry

_HALF = 2.0  # days after which likeness counts half
_FAR = 0.1  # what is left of likeness when all else has changed but the words
_FORTNIGHT = 14.0  # days after which an earlier or later story counts half …
_LONG_AGO = 0.4  # … and what is left of it at least
_NO_DATE = 0.3  # what is left where either story names no day
_NO_DATE_SAME = 0.45  # the same, where the question is whether they tell one event
_ONE_SOURCE = 0.3  # a source seldom tells one event twice: its next report is another story
_NEIGHBOURS = 12.0  # in levels of weight squared, what two words weigh again that stand side by side in both stories
_CROWD = 0.28  # how much less counts an entry that is near to everything
_LONELY = 0.03  # the least crowded an entry is taken to be
_EITHER_SIDE = 2  # two-week spans before and after a story's own that are searched with all its words
_ANY_TIME = 8  # words, its most telling, with which all time is searched
_BUDGET = 15_000  # postings read for one question
_SMALL_BUDGET = 8_000  # the same for one that is asked for every article that lands
_WEIGHED = 100  # entries whose day and length are looked at


@dataclass(frozen=True, slots=True)
class Near:
    """An entry near the story asked about.

    `likeness`, from 0 to 1, says how alike they are and how near in time. `score` ranks: likeness, less for another
    report of the same source and for an entry that is near to everything. `sameness` is likeness for telling stories
    apart: less for the same source, and a missing date counts less. `background` is likeness for what came before and
    after: weeks count there as days do for one event.
    """

    entry_id: int
    score: float
    likeness: float
    sameness: float
    background: float
    known: Vector


@dataclass(frozen=True, slots=True)
class Question:
    """A story asked about: its vector, with each word's and each pair's weight times squared rarity."""

    story: Vector
    words: Mapping[int, float]
    pairs: Mapping[tuple[int, int], float]
    norm: float


def ask(story: Vector, rarity: Rarity) -> Question:
    """The question a story puts to the index."""
    words = {word: weight * rarity[word] ** 2 for word, weight in story.weights.items()}
    pairs = {pair: _NEIGHBOURS * rarity[pair[0]] * rarity[pair[1]] for pair in story.pairs()}
    return Question(story, words, pairs, index.length(story.weights, rarity))


def nearest(
    connection: sqlite3.Connection, story: Vector, *, without: int = 0, limit: int = 48, any_time: bool = True
) -> list[Near]:
    """The entries nearest to a story, best first; `without` is the story's own entry.

    Without `any_time`, a dated story's own weeks are searched only, which takes a third of the time.
    """
    rarity = Rarity(connection)
    rarity.learn(story.weights)
    question = ask(story, rarity)
    sums = _sums(connection, _places(question, rarity, any_time=any_time), question)
    waiting = index.fresh(connection)
    candidates = {*_foremost(connection, question, sums, limit), *waiting} - {without}
    crowds = _crowds(connection, candidates)
    found = [
        _near(entry_id, known, question, crowds.get(entry_id, b""))
        for entry_id, known in index.vectors(connection, candidates)
    ]
    return nlargest(limit, found, key=lambda near: (near.score, near.entry_id))


def likeness(question: Question, known: Vector) -> float:
    """The cosine between a story and an entry, words side by side counted again; at most 1."""
    words = question.words
    common = words.keys() & known.weights.keys()
    total = sum(words[word] * known.weights[word] for word in common)
    total += sum(question.pairs[pair] for pair in question.pairs.keys() & known.pairs())
    return min(1.0, total / (question.norm * known.norm))


def overlap(one: Vector, other: Vector) -> float:
    """How much of what two entries say is the same words, from 0 to 1; 1 is the same text printed twice."""
    common = one.weights.keys() & other.weights.keys()
    shared = sum(min(one.weights[word], other.weights[word]) for word in common)
    return 2 * shared / ((sum(one.weights.values()) + sum(other.weights.values())) or 1)


def crowd(nearest_scores: bytes) -> float:
    """How crowded it is around an entry, from its nearest neighbours' likeness in bytes of 1/255."""
    known = sum(nearest_scores) / (255 * NEAREST) if nearest_scores else 0.1
    return max(_LONELY, known)


def _near(entry_id: int, known: Vector, question: Question, nearest_scores: bytes) -> Near:
    story = question.story
    cosine = likeness(question, known)
    by_source = _by_source(story.source_id, known.source_id)
    alike = cosine * _by_days(story.day, known.day, _NO_DATE)
    score = alike * by_source / crowd(nearest_scores) ** _CROWD
    sameness = cosine * by_source * _by_days(story.day, known.day, _NO_DATE_SAME)
    background = cosine * _over_time(story.day, known.day)
    return Near(entry_id, score, alike, sameness, background, known)


def _by_days(day: int, other: int, no_date: float) -> float:
    """What the days between two stories leave of their likeness: all on one day, half after two, never nothing."""
    if UNDATED in {day, other}:
        return no_date
    return max(_FAR, 1 / (1 + abs(day - other) / _HALF))


@lru_cache(maxsize=4096)
def _by_weeks(day: int, weeks: int) -> float:
    """What the days leave at most, for a story of these two weeks."""
    first = weeks * index.BUCKET
    return _by_days(day, weeks and min(max(day, first), first + index.BUCKET - 1), _NO_DATE)


def _over_time(day: int, other: int) -> float:
    if UNDATED in {day, other}:
        return _NO_DATE
    return max(_LONG_AGO, 1 / (1 + abs(day - other) / _FORTNIGHT))


def _by_source(source_id: int, other: int) -> float:
    return _ONE_SOURCE if source_id == other != 0 else 1.0


def _sums(connection: sqlite3.Connection, asked: Iterable[int], question: Question) -> dict[int, float]:
    """For each entry that can be found by a searched word, the sum over those words, as near as its weeks tell."""
    sums: defaultdict[int, float] = defaultdict(float)
    places = ",".join(map(str, sorted(asked)))
    for row, held in connection.execute(f"SELECT place, entries FROM related_postings WHERE place IN ({places})"):
        weight = question.words[row & index.WORD] * _by_weeks(question.story.day, index.weeks_of(row))
        for one in packed_numbers(held):
            sums[one >> SHIFT] += weight * (one & LEVELS)
    return sums


def _foremost(connection: sqlite3.Connection, question: Question, sums: dict[int, float], limit: int) -> list[int]:
    """The entries worth a closer look, by their sums, lengths, days and sources."""
    candidates = ",".join(map(str, nlargest(_WEIGHED, sums, key=sums.__getitem__)))
    story = question.story
    rows = connection.execute(
        f"SELECT entry_id, day, source_id, norm FROM related_vectors WHERE entry_id IN ({candidates})"
    )
    scores = {
        entry_id: sums[entry_id] / norm * _by_days(story.day, day, _NO_DATE) * _by_source(story.source_id, source)
        for entry_id, day, source, norm in rows
    }
    return nlargest(limit, scores, key=scores.__getitem__)


def _crowds(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, bytes]:
    asked = ",".join(map(str, entry_ids))
    return dict(connection.execute(f"SELECT entry_id, nearest FROM reports WHERE entry_id IN ({asked})"))


def _places(question: Question, rarity: Rarity, *, any_time: bool) -> Iterator[int]:
    """Where to look, most telling words first: all of them in the weeks around a story, the first ones ever."""
    own = index.bucket(question.story.day)
    around = {UNDATED} if own == UNDATED else {UNDATED, *range(own - _EITHER_SIDE, own + _EITHER_SIDE + 1)}
    words = index.posted(question.story, rarity)
    spread = rarity.spread(words)
    budget = _BUDGET if any_time else _SMALL_BUDGET
    for rank, word in enumerate(words):
        entries, weeks = spread.get(word, (0, ()))
        searched = weeks if own == UNDATED or (any_time and rank < _ANY_TIME) else around.intersection(weeks)
        yield from (index.place(word, one) for one in searched)
        budget -= entries * len(searched) // (len(weeks) or 1)
        if budget < 0:
            return
