"""Asking the index: the entries nearest to a story, by the rare words they share and the days between them."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from cache.related import index, neighbours
from cache.related.clustering import CROWDED
from cache.related.index import Rarity
from cache.related.neighbours import Likenesses
from cache.related.vector import LEVELS, SHIFT, UNDATED, Vector, packed_numbers

COPY = 0.85  # an overlap from which on two entries are one text printed twice

_HALF = 2.0  # days after which likeness counts half
_FAR = 0.1  # what is left of likeness when all else has changed but the words
_FORTNIGHT = 14.0  # days after which an earlier or later story counts half …
_LONG_AGO = 0.4  # … and what is left of it at least
_NO_DATE = 0.3  # what is left where either story names no day
_ONE_SOURCE = 0.3  # a source seldom tells one event twice: its next report is another story
_NEIGHBOURS = 12.0  # in levels of weight squared, what two words weigh again that stand side by side in both stories
_HEARD = 3  # entries, the nearest, that are asked how alike the others are to them …
_HEARSAY = 0.3  # … and how much that counts
_TOLD = 1.2  # how much more counts what has been found to tell the same story
_EITHER_SIDE = 2  # two-week spans before and after a story's own that are searched with all its words
_ANY_TIME = 4  # words, its most telling, with which all time is searched
_BUDGET = 10_000  # postings read for one question
_SMALL_BUDGET = 3_000  # the same for one that is asked for every article that lands
_SPARE = 50  # entries whose day and length are looked at, above those that are compared word by word


@dataclass(frozen=True, slots=True)
class Near:
    """An entry near the story asked about.

    `likeness`, from 0 to 1, says how alike they are and how near in time; `sameness` is less for another report of the
    same source. `score` ranks: sameness, and that to the nearest, less for an entry that is near to everything.
    `background` is likeness for what came before and after: weeks count there as days do for one event.
    """

    entry_id: int
    likeness: float
    sameness: float
    background: float
    known: Vector
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A story asked about, its length, and the weight of each of its words times squared rarity.

    `after` holds the word that follows each, and `beside` what it tells that a word stands where it does there.
    """

    story: Vector
    words: Mapping[int, float]
    after: Mapping[int, int]
    beside: Mapping[int, float]
    norm: float


def ask(story: Vector, rarity: Rarity) -> Question:
    """The question a story puts to the index."""
    words = {word: weight * rarity[word] ** 2 for word, weight in story.weights.items()}
    after = dict(pairwise(words))
    beside = {second: _NEIGHBOURS * rarity[first] * rarity[second] for first, second in after.items()}
    return Question(story, words, after, beside, index.length(story.weights, rarity))


def nearest(
    connection: sqlite3.Connection,
    story: Vector,
    rarity: Rarity,
    *,
    without: int = 0,
    limit: int = 48,
    told: frozenset[int] = frozenset(),
    beside: frozenset[int] = frozenset(),
) -> list[Near]:
    """The entries nearest to a story, best first, `beside` always among them.

    `without` is the story's own entry, `told` are the entries that have been found to tell the same.
    """
    rarity.learn(story.weights)
    question = ask(story, rarity)
    sums = _sums(connection, _places(question, rarity, any_time=True), question)
    candidates = {*_foremost(connection, question, sums, limit), *index.fresh(connection), *beside} - {without}
    found = [_near(entry_id, known, question) for entry_id, known in index.vectors(connection, candidates)]
    ranked = sorted(_ranked(found, neighbours.read(connection, candidates), told), key=_score, reverse=True)
    return [near for rank, near in enumerate(ranked) if rank < limit or near.entry_id in beside]


def alike(connection: sqlite3.Connection, entry_id: int, rarity: Rarity) -> dict[int, float]:
    """What is alike to an entry that has landed, in its own weeks: the sameness of each, by its id."""
    story = index.vector(connection, entry_id)
    if story is None:
        return {}
    rarity.learn(story.weights)
    question = ask(story, rarity)
    sums = _sums(connection, _places(question, rarity, any_time=False), question)
    sums.pop(entry_id, None)
    candidates = _foremost(connection, question, sums, neighbours.KEPT)
    return {one: _sameness(question, known) for one, known in index.vectors(connection, candidates)}


def likeness(question: Question, known: Vector) -> float:
    """The cosine between a story and an entry, words side by side counted again; at most 1."""
    total = 0.0
    expected: int | None = None
    for one in packed_numbers(known.packed):
        word = one >> SHIFT
        weight = question.words.get(word)
        if weight is None:
            expected = None
            continue
        total += weight * (one & LEVELS)
        if word == expected:
            total += question.beside[word]
        expected = question.after.get(word)
    return min(1.0, total / (question.norm * known.norm))


def overlap(one: Vector, other: Vector) -> float:
    """How much of what two entries say is the same words, from 0 to 1; 1 is the same text printed twice."""
    common = one.weights.keys() & other.weights.keys()
    shared = sum(min(one.weights[word], other.weights[word]) for word in common)
    return 2 * shared / ((sum(one.weights.values()) + sum(other.weights.values())) or 1)


def _near(entry_id: int, known: Vector, question: Question) -> Near:
    story = question.story
    cosine = likeness(question, known)
    alike = cosine * _by_days(story.day, known.day)
    sameness = alike * _by_source(story.source_id, known.source_id)
    return Near(entry_id, alike, sameness, cosine * _over_time(story.day, known.day), known)


def _sameness(question: Question, known: Vector) -> float:
    story = question.story
    return likeness(question, known) * _by_days(story.day, known.day) * _by_source(story.source_id, known.source_id)


def _ranked(found: Sequence[Near], lists: Mapping[int, Likenesses], told: frozenset[int]) -> list[Near]:
    """What was found with its score, to which the foremost of it have their say."""
    scales = {one.entry_id: _scale(one.entry_id, lists, told) for one in found}
    scores = {one.entry_id: one.sameness * scales[one.entry_id] for one in found}
    heard = {one: scores[one] for one in nlargest(_HEARD, scores, key=scores.__getitem__)}
    mixed = {
        one.entry_id: (1 - _HEARSAY) * one.sameness + _HEARSAY * _hearsay(one.entry_id, heard, lists) for one in found
    }
    return [replace(near, score=mixed[near.entry_id] * scales[near.entry_id]) for near in found]


def _scale(entry_id: int, lists: Mapping[int, Likenesses], told: frozenset[int]) -> float:
    """What an entry counts beside others as alike: less in a crowd, more where it tells the same story."""
    return math.pow(neighbours.crowd(lists.get(entry_id, {})), -CROWDED) * (_TOLD if entry_id in told else 1.0)


def _hearsay(entry_id: int, heard: Mapping[int, float], lists: Mapping[int, Likenesses]) -> float:
    """How alike an entry is to those that are heard, on average, by what each of them counts."""
    others = {one: weight for one, weight in heard.items() if one != entry_id}
    total = sum(weight * neighbours.between(lists, entry_id, one) for one, weight in others.items())
    return total / (sum(others.values()) or 1.0)


def _score(near: Near) -> tuple[float, int]:
    return near.score, near.entry_id


def _by_days(day: int, other: int) -> float:
    """What the days between two stories leave of their likeness: all on one day, half after two, never nothing."""
    if UNDATED in {day, other}:
        return _NO_DATE
    return max(_FAR, 1 / (1 + abs(day - other) / _HALF))


@lru_cache(maxsize=4096)
def _by_weeks(day: int, weeks: int) -> float:
    """What the days leave at most, for a story of these two weeks."""
    first = weeks * index.BUCKET
    return _by_days(day, weeks and min(max(day, first), first + index.BUCKET - 1))


def _over_time(day: int, other: int) -> float:
    if UNDATED in {day, other}:
        return _NO_DATE
    return max(_LONG_AGO, 1 / (1 + abs(day - other) / _FORTNIGHT))


def _by_source(source_id: int, other: int) -> float:
    return _ONE_SOURCE if source_id == other != 0 else 1.0


def _sums(connection: sqlite3.Connection, asked: Iterable[int], question: Question) -> dict[int, float]:
    """For each entry that can be found by a searched word, the sum over those words, as near as its weeks tell."""
    sums: defaultdict[int, float] = defaultdict(float)
    postings = f"SELECT place, entries FROM related_postings WHERE place IN {index.AMONG}"
    for row, held in connection.execute(postings, index.listed(asked)):
        weight = question.words[row & index.WORD] * _by_weeks(question.story.day, index.weeks_of(row))
        for one in packed_numbers(held):
            sums[one >> SHIFT] += weight * (one & LEVELS)
    return sums


def _foremost(connection: sqlite3.Connection, question: Question, sums: dict[int, float], limit: int) -> list[int]:
    """The entries worth a closer look, by their sums, lengths, days and sources."""
    candidates = nlargest(limit + _SPARE, sums, key=sums.__getitem__)
    story = question.story
    rows = connection.execute(
        f"SELECT entry_id, day, source_id, norm FROM related_vectors WHERE entry_id IN {index.AMONG}",
        index.listed(candidates),
    )
    scores = {
        entry_id: sums[entry_id] / norm * _by_days(story.day, day) * _by_source(story.source_id, source)
        for entry_id, day, source, norm in rows
    }
    return nlargest(limit, scores, key=scores.__getitem__)


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
