"""A story as the related-stories index knows it: its words in order, and how much each counts.

A word weighs by how often the text says it, more in the opening paragraphs; the headline as a whole weighs four fifths
of the text, however long that is, so that a brief and a feature are measured alike.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from cache.related import commonness
from cache.related.tokens import numbers, numerals
from fetch.article import When

UNDATED = 0  # the day of a story that names none
SHIFT = 5  # bits of a packed word, or posting, that hold a weight
LEVELS = (1 << SHIFT) - 1  # the highest weight

_LAST_DAY = 14 * 65_536  # in the year 2512: two weeks are counted in two bytes
CHARACTERS_THAT_COUNT = 4000  # of a text: news says what it is about first
_OPENING = 300  # of these, the characters that count for more
_OPENING_BONUS = 0.4
_NUMERAL = 1.25  # what a number tells beside a word: two stories seldom share one by chance
_HEADLINE = 0.8  # what the headline weighs, where the text weighs 1
_FINENESS = 4.5  # levels to a unit of weight
_WORDS = 192  # most words a story is known by


@dataclass(frozen=True)
class Vector:
    """A story's day (an ordinal, 0 if undated), its source's number, and its words with their weights, as packed.

    `norm` is the length of the vector with the idf that its words had when it was last computed.
    """

    day: int
    source_id: int
    packed: bytes
    norm: float = 1.0

    @cached_property
    def words(self) -> Sequence[int]:
        """Its words, in reading order."""
        return [one >> SHIFT for one in packed_numbers(self.packed)]

    @cached_property
    def levels(self) -> Sequence[int]:
        """The weights of `words`, in the same order."""
        return [one & LEVELS for one in packed_numbers(self.packed)]

    @cached_property
    def weights(self) -> Mapping[int, int]:
        """The weight of each word, in reading order."""
        return {one >> SHIFT: one & LEVELS for one in packed_numbers(self.packed)}

    @cached_property
    def names(self) -> Sequence[int]:
        """The names and numbers in its headline, where that is English."""
        return commonness.names(self.words)

    @cached_property
    def mass(self) -> int:
        """All weights together."""
        return sum(self.weights.values())


def term_weights(headline: str, text: str) -> dict[int, int]:
    """How much each word counts in a story, from 1 to 31, in reading order."""
    titled = dict.fromkeys(numbers(headline))
    cut = max(text.find(" ", _OPENING, CHARACTERS_THAT_COUNT), _OPENING)
    first = numbers(text[:cut])
    counts = Counter(first)
    counts.update(numbers(text[cut:CHARACTERS_THAT_COUNT]))
    opening = set(first)
    weights = {word: math.sqrt(count) + _OPENING_BONUS * (word in opening) for word, count in counts.items()}
    length = math.hypot(*weights.values()) or 1.0
    bonus = _HEADLINE * length / math.sqrt(len(titled)) if titled else 0.0
    both = {word: math.hypot(weights.get(word, 0.0), bonus) for word in titled}
    both |= {word: weight for word, weight in weights.items() if word not in titled}
    both.update(
        (word, both[word] * _NUMERAL) for word in numerals(f"{headline} {text[:CHARACTERS_THAT_COUNT]}") & both.keys()
    )
    levels = {weight: max(1, min(LEVELS, round(weight * _FINENESS))) for weight in set(both.values())}  # few differ
    return {word: levels[weight] for word, weight in islice(both.items(), _WORDS)}


def day_of(published: When | None) -> int:
    """The day a story was published, as an ordinal; 0 where none is known or none can be."""
    day = published.toordinal() if published else UNDATED
    return day if day < _LAST_DAY else UNDATED


def pack(weights: Mapping[int, int]) -> bytes:
    """Words and weights in four bytes each, in order."""
    return array("I", [word << SHIFT | weight for word, weight in weights.items()]).tobytes()


def packed_numbers(packed: bytes) -> array[int]:
    """The four-byte numbers in a row: a word or an entry's id, shifted, and a weight."""
    found = array("I")
    found.frombytes(packed)
    return found
