"""Asking the index: the entries nearest to a story, by the rare words they share and the days between them."""

from __future__ import annotations

import math
import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from itertools import chain, islice, pairwise, repeat
from operator import mul
from time import thread_time

from cache.related import index, neighbours
from cache.related.index import Idf
from cache.related.neighbours import Likenesses
from cache.related.vector import LEVELS, SHIFT, UNDATED, Vector, packed_numbers

COPY = 0.85  # an overlap from which on two entries are one text printed twice

_HALF_LIFE = 2.0  # days after which likeness counts half
_FAR = 0.1  # what is left of likeness when all else has changed but the words
_FORTNIGHT = 14.0  # days after which an earlier or later story counts half …
_LONG_AGO = 0.4  # … and what is left of it at least
_NO_DATE = 0.3  # what is left where either story names no day
_ONE_SOURCE = 0.3  # a source seldom tells one event twice: its next report is another story
_ADJACENT = 12.0  # in levels of weight squared, what two words weigh again that stand side by side in both stories
_SLIGHT = 0.2  # a likeness up to which one word may be all that two entries share, which tells nothing …
_HEADLINE_WORDS = 6  # … unless it is among the first of either
_NAMES_SHARED = 0.4  # of the names in two headlines, by rarity, what both stories have that tell one event
_OTHER_NAMES = 0.9  # what likeness loses where they have none of them, …
_SURE_NAMES = 3  # … either headline having so many: one or two may be a matter of wording
_FEEDBACK_ENTRIES = 3  # entries, the nearest, whose likeness to the others counts, too …
_FEEDBACK_SHARE = 0.3  # … and how much that counts
_SAME_STORY_BOOST = 1.2  # how much more counts what has been found to tell the same story
_DENSITY_POWER = 0.4  # how much less an entry counts that is near to everything …
_UNDATED_DENSITY_POWER = 0.5  # … beside a story that names no day, where the words alone tell
_EITHER_SIDE = 2  # two-week spans before and after a story's own that are searched with all its words
_ANY_TIME = 4  # words, its most telling, with which all time is searched
_BUDGET = 10_000  # postings read for one query
_SMALL_BUDGET = 2_000  # the same for one that is asked for every article that lands
_TOGETHER = 50  # entries whose words are looked up at once
_NO_WORD = -1
_NOWHERE: tuple[int, array[int]] = (0, array("H"))  # of a word: no entries, no weeks
_POSTINGS = f"SELECT place, entries FROM related_postings WHERE place IN {index.AMONG} AND {index.POSTINGS_ARE_SOUND}"
_SPARE = 50  # entries whose day and length are looked at, above those that are compared word by word


@dataclass(frozen=True, slots=True)
class Neighbour:
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
class Scope:
    """Which entries are considered: not the story's own, `always` those, and `limit` of the others.

    `same_story` are the entries that have been found to tell the same story: they count for more.
    """

    without: int = 0
    limit: int = 48
    same_story: frozenset[int] = frozenset()
    always: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StoryQuery:
    """A story to find the nearest to: its norm, and the weight of each of its words times squared idf.

    `in_order` holds of each word that weight, the word that follows, and what it counts more where it follows the same
    word again.
    """

    story: Vector
    words: Mapping[int, float]
    in_order: Mapping[int, tuple[float, int, float]]
    norm: float


def query_for(story: Vector, idf: Idf) -> StoryQuery:
    """The query that a story puts to the index."""
    rarity = idf.rarities(story.weights)
    words = {word: level * one * one for (word, level), one in zip(story.weights.items(), rarity, strict=True)}
    following = chain([*words][1:], repeat(_NO_WORD))
    beside = chain((0.0,), (_ADJACENT * one * other for one, other in pairwise(rarity)))
    in_order = dict(zip(words, zip(words.values(), following, beside, strict=False), strict=True))
    norm = math.sqrt(sum(map(mul, words.values(), story.weights.values()))) or 1.0
    return StoryQuery(story, words, in_order, norm)


def nearest(connection: sqlite3.Connection, story: Vector, idf: Idf, scope: Scope) -> list[Neighbour]:
    """The entries nearest to a story, best first."""
    idf.load(story.weights)
    query = query_for(story, idf)
    candidates = (worth_a_look(connection, query, idf, scope.limit) | scope.always) - {scope.without}
    found = [_neighbour(entry_id, known, query) for entry_id, known in index.vectors(connection, candidates)]
    lists = neighbours.read(connection, candidates)
    scales = _scales(story, candidates, lists, scope.same_story)
    ranked = sorted(_scored(found, lists, scales), key=_by_score, reverse=True)
    return [
        neighbour for rank, neighbour in enumerate(ranked) if rank < scope.limit or neighbour.entry_id in scope.always
    ]


def worth_a_look(connection: sqlite3.Connection, query: StoryQuery, idf: Idf, limit: int) -> set[int]:
    """The entries whose words may be near to a story's, so many as their sums tell, and all that has just landed."""
    words = index.index_terms(query.story, idf)
    keys = _posting_keys(words, query.story.day, idf.occurrences(words), any_time=True)
    accumulated = _accumulate(connection, keys, query)
    return {*_best_by_sum(connection, query, accumulated, limit), *index.unflushed(connection)}


def similar(landed: LandedEntries, entry_ids: Sequence[int], until: float = math.inf) -> dict[int, dict[int, float]]:
    """What is alike to entries that have landed, in their own weeks: by their ids the sameness of others, by theirs.

    Of two entries that both have landed just now it is told of the later one. Once the thread has run until `until`, no
    more are looked at, one at least.
    """
    found: dict[int, dict[int, float]] = {}
    for start in range(0, len(entry_ids), _TOGETHER):
        together = entry_ids[start : start + _TOGETHER]
        stories = landed.load(together)
        for entry_id in together:
            if found and thread_time() > until:
                return found
            found[entry_id] = landed.alike(entry_id, stories[entry_id]) if entry_id in stories else {}
    return found


class LandedEntries:
    """Finds what is alike to many entries of the same weeks: what is read for one is there for the next.

    Entries numbered above `last` are looked at in their order, each beside those before it only.
    """

    def __init__(self, connection: sqlite3.Connection, idf: Idf, last: int) -> None:
        self._connection = connection
        self._idf = idf
        self._terms: dict[int, list[int]] = {}
        self._occurrences: dict[int, tuple[int, array[int]]] = {}
        self._postings: dict[int, tuple[list[int], list[int]]] = {}
        self._numbers: dict[int, int] = {}
        self._known: dict[int, Vector] = {}
        self._last = last

    def load(self, entry_ids: Sequence[int]) -> dict[int, Vector]:
        """What the index knows of some entries, and of their words."""
        stories = dict(index.vectors(self._connection, entry_ids))
        self._idf.load({word for story in stories.values() for word in story.weights})
        self._terms = {one: index.index_terms(story, self._idf) for one, story in stories.items()}
        new = {word for words in self._terms.values() for word in words} - self._occurrences.keys()
        self._occurrences |= dict.fromkeys(new, _NOWHERE) | self._idf.occurrences(new)
        return stories

    def alike(self, entry_id: int, story: Vector) -> dict[int, float]:
        """The nearest of those that landed before an entry, each with its sameness."""
        query = query_for(story, self._idf)
        before = entry_id if entry_id > self._last else math.inf
        sums = self._sums(query, self._keys(entry_id, story), before)
        sums.pop(entry_id, None)
        found = {one: _sameness(query, self._known[one]) for one in self._best(query, sums)}
        return with_names(story, found, self._known, self._idf) if self._idf.smallness else found

    def _keys(self, entry_id: int, story: Vector) -> list[int]:
        return list(_posting_keys(self._terms[entry_id], story.day, self._occurrences, any_time=False))

    def _sums(self, query: StoryQuery, keys: Sequence[int], before: float) -> dict[int, float]:
        """The sums of `_accumulate`, of those entries with a number before one."""
        self._read(keys)
        sums: dict[int, float] = {}
        known = sums.get
        for key in keys:
            weight = query.words[key & index.WORD_MASK] * _by_weeks(query.story.day, index.weeks_in(key))
            entries, levels = self._postings[key]
            if entries and entries[-1] >= before:
                entries = entries[: bisect_left(entries, before)]
            for one, level in zip(entries, levels):  # noqa: B905 - the levels of later ones are left
                sums[one] = known(one, 0.0) + weight * level
        return sums

    def _read(self, keys: Sequence[int]) -> None:
        new = [key for key in keys if key not in self._postings]
        if not new:
            return
        for key in new:
            self._postings[key] = ([], [])
        for key, held in self._connection.execute(_POSTINGS, index.id_list(new)):
            ordered = sorted(packed_numbers(held))
            entries = [one >> SHIFT for one in ordered]
            same = map(self._numbers.setdefault, entries, entries)  # one object an entry, not one a posting
            self._postings[key] = ([*same], [one & LEVELS for one in ordered])

    def _best(self, query: StoryQuery, sums: dict[int, float]) -> list[int]:
        """Those worth a closer look, by their sums, lengths, days and sources."""
        candidates = sorted(sums, key=sums.__getitem__, reverse=True)[: neighbours.KEPT + _SPARE]
        new = [one for one in candidates if one not in self._known]
        self._known.update(index.vectors(self._connection, new))
        story, known = query.story, self._known
        scores = {
            one: sums[one] / other.norm * _by_days(story.day, other.day) * _by_source(story.source_id, other.source_id)
            for one in candidates
            if (other := known.get(one)) is not None
        }
        return sorted(scores, key=scores.__getitem__, reverse=True)[: neighbours.KEPT]


def likeness(query: StoryQuery, known: Vector) -> float:
    """The cosine between a story and an entry, words side by side counted again; at most 1."""
    total, expected, find = 0.0, _NO_WORD, query.in_order.get
    for word, level in zip(known.words, known.levels, strict=True):
        if (found := find(word)) is None:
            expected = _NO_WORD
            continue
        weight, following, beside = found
        total += weight * level
        if word == expected:
            total += beside
        expected = following
    return min(1.0, total / (query.norm * known.norm))


def with_names(story: Vector, found: Mapping[int, float], known: Mapping[int, Vector], idf: Idf) -> dict[int, float]:
    """The sameness of entries to a story, less in a small library where their headlines name others: there an event has
    no other of its kind beside it by which to tell that only the kind is the same.
    """
    idf.load({word for one in found for word in known[one].names})
    return {one: sameness * _by_names(story, known[one], idf) for one, sameness in found.items()}


def _by_names(story: Vector, other: Vector, idf: Idf) -> float:
    """What the names in two headlines leave: all where either has none, or enough of them stand in both stories."""
    fewest = min(len(story.names), len(other.names))
    if not fewest:
        return 1.0
    rarity = {word: idf[word] ** 2 for word in (*story.names, *other.names)}
    shared = sum(rarity[word] for word in story.names if word in other.weights)
    shared += sum(rarity[word] for word in other.names if word in story.weights)
    total = sum(rarity[word] for word in (*story.names, *other.names))
    missing = 1 - min(1.0, shared / (_NAMES_SHARED * total)) if total else 0.0
    return 1 - idf.smallness * _OTHER_NAMES * min(1.0, fewest / _SURE_NAMES) * missing


def overlap(one: Vector, other: Vector) -> float:
    """How much of what two entries say is the same words, from 0 to 1; 1 is the same text printed twice."""
    own, others = one.weights, other.weights
    common = own.keys() & others.keys()
    shared = sum(map(min, map(own.__getitem__, common), map(others.__getitem__, common)))
    return 2 * shared / ((one.mass + other.mass) or 1)


def first_copy(entry_id: int, others: Iterable[int], known: Mapping[int, Vector]) -> int:
    """The first of some entries that has the same text as one; 0 if none has."""
    own = known.get(entry_id)
    if own is None:
        return 0
    return next((one for one in others if one in known and overlap(own, known[one]) >= COPY), 0)


def _neighbour(entry_id: int, known: Vector, query: StoryQuery) -> Neighbour:
    story = query.story
    cosine = likeness(query, known)
    similar = cosine * _by_days(story.day, known.day)
    sameness = similar * _by_source(story.source_id, known.source_id)
    return Neighbour(entry_id, similar, sameness, cosine * _over_time(story.day, known.day), known)


def _sameness(query: StoryQuery, known: Vector) -> float:
    story = query.story
    alike = likeness(query, known)
    if alike < _SLIGHT and _is_one_word(query, known):
        return 0.0
    return alike * _by_days(story.day, known.day) * _by_source(story.source_id, known.source_id)


def _is_one_word(query: StoryQuery, known: Vector) -> bool:
    """Whether two entries share nothing but one word that is not in both headlines: a number, say, by chance."""
    shared = [*islice(filter(query.words.__contains__, known.words), 2)]
    return len(shared) == 1 and not (shared[0] in _headed_by(query.story) and shared[0] in _headed_by(known))


def _headed_by(story: Vector) -> Sequence[int]:
    return story.words[:_HEADLINE_WORDS]


def _scored(
    found: Sequence[Neighbour], lists: Mapping[int, Likenesses], scales: Mapping[int, float]
) -> list[Neighbour]:
    """What was found with its score: relevance feedback from the foremost, each by what it counts."""
    scores = {one.entry_id: one.sameness * scales[one.entry_id] for one in found}
    foremost = {one: scores[one] for one in nlargest(_FEEDBACK_ENTRIES, scores, key=scores.__getitem__)}
    mixed = {
        one.entry_id: (1 - _FEEDBACK_SHARE) * one.sameness + _FEEDBACK_SHARE * _feedback(one.entry_id, foremost, lists)
        for one in found
    }
    return [replace(neighbour, score=mixed[neighbour.entry_id] * scales[neighbour.entry_id]) for neighbour in found]


def _scales(
    story: Vector, entries: Iterable[int], lists: Mapping[int, Likenesses], same_story: frozenset[int]
) -> dict[int, float]:
    """What entries count beside others as alike: less in a crowd, more where they tell the same story."""
    power = _UNDATED_DENSITY_POWER if story.day == UNDATED else _DENSITY_POWER
    return {
        one: math.pow(neighbours.density(lists.get(one, {})), -power)
        * (_SAME_STORY_BOOST if one in same_story else 1.0)
        for one in entries
    }


def _feedback(entry_id: int, foremost: Mapping[int, float], lists: Mapping[int, Likenesses]) -> float:
    """How alike an entry is to the foremost, on average, by what each of them counts."""
    others = {one: weight for one, weight in foremost.items() if one != entry_id}
    total = sum(weight * neighbours.likeness_between(lists, entry_id, one) for one, weight in others.items())
    return total / (sum(others.values()) or 1.0)


def _by_score(neighbour: Neighbour) -> tuple[float, int]:
    return neighbour.score, neighbour.entry_id


@lru_cache(maxsize=4096)
def _by_days(day: int, other: int) -> float:
    """What the days between two stories leave of their likeness: all on one day, half after two, never nothing."""
    if UNDATED in {day, other}:
        return _NO_DATE
    return max(_FAR, 1 / (1 + abs(day - other) / _HALF_LIFE))


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


def _accumulate(connection: sqlite3.Connection, asked: Iterable[int], query: StoryQuery) -> dict[int, float]:
    """For each entry that can be found by a searched word, the sum over those words, as near as its weeks tell."""
    accumulated: defaultdict[int, float] = defaultdict(float)
    for row, held in connection.execute(_POSTINGS, index.id_list(asked)):
        weight = query.words[row & index.WORD_MASK] * _by_weeks(query.story.day, index.weeks_in(row))
        for one in packed_numbers(held):
            accumulated[one >> SHIFT] += weight * (one & LEVELS)
    return accumulated


def _best_by_sum(
    connection: sqlite3.Connection, query: StoryQuery, accumulated: dict[int, float], limit: int
) -> list[int]:
    """The entries worth a closer look, by their sums, lengths, days and sources."""
    candidates = nlargest(limit + _SPARE, accumulated, key=accumulated.__getitem__)
    story = query.story
    rows = connection.execute(
        f"SELECT entry_id, day, source_id, norm FROM related_vectors WHERE entry_id IN {index.AMONG}"
        f" AND {index.IS_SOUND}",
        index.id_list(candidates),
    )
    scores = {
        entry_id: accumulated[entry_id] / norm * _by_days(story.day, day) * _by_source(story.source_id, source)
        for entry_id, day, source, norm in rows
    }
    return nlargest(limit, scores, key=scores.__getitem__)


def _posting_keys(
    words: Sequence[int], day: int, occurrences: Mapping[int, tuple[int, array[int]]], *, any_time: bool
) -> Iterator[int]:
    """Where to look, most telling words first: all of them in the weeks around a story, the first ones ever."""
    own = index.bucket(day)
    around = {UNDATED} if own == UNDATED else {UNDATED, *range(own - _EITHER_SIDE, own + _EITHER_SIDE + 1)}
    budget = _BUDGET if any_time else _SMALL_BUDGET
    for rank, word in enumerate(words):
        entries, weeks = occurrences.get(word, _NOWHERE)
        searched = weeks if own == UNDATED or (any_time and rank < _ANY_TIME) else around.intersection(weeks)
        yield from (index.row_key(word, one) for one in searched)
        budget -= entries * len(searched) // (len(weeks) or 1)
        if budget < 0:
            return
