"""What in a headline is a name, where a library is too small to tell: what English news does not write small elsewhere.

The words, by their shares of all articles, are in english_words.json, which is read once a small library asks. In other
languages nothing is taken for a name.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cache.related.tokens import number

if TYPE_CHECKING:
    from collections.abc import Sequence

NEWS_WORDS = Path(__file__).with_name("english_words.json")
_SMALL = 500
"""Entries of a library from which on it tells by itself what is common."""
_FEWEST = 20
"""Entries below which nothing can be told: what one event brings stands in most of them then."""
_FADING = 100
"""Entries below that over which what is known from elsewhere comes to count in full."""
_HEADLINE = 8
"""Words that a headline has, about: more of a text's first than `cache.related.nearest` compares by themselves."""
_SAMPLE = 32
"""Words behind these by which it is told whether a text is English, …"""
_ENGLISH = 0.3
"""… and how many of them are known then."""


def smallness(entries: int) -> float:
    """How much counts what is known from elsewhere in a library of so many entries, from 0 to 1."""
    return max(0.0, min(1.0, (_SMALL - entries) / _FADING)) if entries >= _FEWEST else 0.0


@cache
def common() -> frozenset[int]:
    """The words that name nothing, by their numbers; single digits are among them."""
    lines = json.loads(NEWS_WORDS.read_text(encoding="utf-8")).values()
    return frozenset(map(number, [*" ".join(lines).split(), *map(str, range(10))]))


def names(words: Sequence[int]) -> tuple[int, ...]:
    """The names and numbers in the headline of a text with these words, in reading order; none in other languages."""
    known = common()
    sample = words[_HEADLINE : _HEADLINE + _SAMPLE]
    if not sample or sum(map(known.__contains__, sample)) < _ENGLISH * len(sample):
        return ()
    return tuple(word for word in words[:_HEADLINE] if word not in known)
