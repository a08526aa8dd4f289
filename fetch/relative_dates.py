"""Dates that count from when a page was read: "3 hours ago", "yesterday", "vor 3 Stunden", "3小时前"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from fetch.article import When
from fetch.calendar_words import (
    AGO_WORDS,
    BESIDE_DAY_WORDS,
    DAY_WORDS,
    MODIFIED_WORDS,
    PUBLISHED_WORDS,
    ROUNDING_WORDS,
    UNIT_WORDS,
)
from fetch.text import HAN_AND_KANA

_LONGEST = 60
_EAST_ASIAN = f"[{HAN_AND_KANA}\uac00-\ud7af]"
_UNITS = {word: seconds for seconds, words in UNIT_WORDS.items() for word in words.split()}
_DAYS = {word: days for days, words in DAY_WORDS.items() for word in words.split()}
_AGO = frozenset(AGO_WORDS.split())
_ROUNDING = frozenset(ROUNDING_WORDS.split())
_LABELS = tuple(word.lstrip("=") for word in f"{PUBLISHED_WORDS} {MODIFIED_WORDS}".split())
_BESIDE = frozenset(BESIDE_DAY_WORDS.split())
_PHRASES = {word.replace("_", " "): word for word in (*_AGO, *_DAYS) if "_" in word}
_WORD = re.compile(r"\d+|[^\W\d]+(?:['’][^\W\d]+)?")
_CLOCK = re.compile(r"\d{1,2}(?:[:.h]\d{2}(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?)")
_OF_EAST_ASIAN = "|".join(sorted((word for word in _UNITS if re.match(_EAST_ASIAN, word)), key=len, reverse=True))
_UNSPACED_AGO = re.compile(rf"(\d+)?\s?(?:個|个)?({_OF_EAST_ASIAN})\s?(?:以|之)?(?:前|전)(?![^\W\d_])")
_UNSPACED_DAY = re.compile("|".join(word for word in _DAYS if re.match(_EAST_ASIAN, word)))
_FALSE_FRIENDS = {"hier": ("de", "nl", "af", "lb", "nds")}
"""Words for a day that say something else in these languages."""


def relative_date(text: str, fetched: datetime, language: str = "") -> When | None:
    """What such a text means on a page read at that time; None where its words are not about when."""
    text = text.casefold()
    if len(text) > _LONGEST:
        return None
    return _ago(text, fetched) or _named_day(text, fetched, language)


def _ago(text: str, fetched: datetime) -> When | None:
    if found := _UNSPACED_AGO.search(text):
        return _before(fetched, int(found[1] or 1), _UNITS[found[2]])
    words = _words(text)
    for place, word in enumerate(words):
        if word in _UNITS and any(_belongs(words, place, ago) for ago, other in enumerate(words) if other in _AGO):
            number = words[place - 1] if place and words[place - 1].isdecimal() else "1"
            return _before(fetched, int(number), _UNITS[word])
    return None


def _belongs(words: list[str], unit: int, ago: int) -> bool:
    """Whether between a unit of time and a word for "ago" nothing stands but figures and what rounds them."""
    between = words[min(unit, ago) + 1 : max(unit, ago)]
    return all(word.isdecimal() or word in _ROUNDING or word in _UNITS for word in between)


def _before(fetched: datetime, number: int, unit: int) -> When | None:
    when = fetched - timedelta(seconds=unit * number)
    return when if unit < 86400 else when.date()


def _named_day(text: str, fetched: datetime, language: str) -> When | None:
    if found := _UNSPACED_DAY.search(text):
        rest = text[: found.start()] + text[found.end() :]
        named = found[0] if sum(letter.isalpha() for letter in rest) < 5 else ""
    else:
        words = _words(_CLOCK.sub(" ", text))
        days = [word for word in words if word in _DAYS]
        named = days[0] if len(days) == 1 and all(_may_stand_beside(word) for word in words if word != days[0]) else ""
    if not named or language.partition("-")[0].lower() in _FALSE_FRIENDS.get(named, ()):
        return None
    return (fetched - timedelta(days=_DAYS[named])).date()


def _may_stand_beside(word: str) -> bool:
    return word in _BESIDE or word.startswith(_LABELS)


def _words(text: str) -> list[str]:
    for phrase, word in _PHRASES.items():
        text = text.replace(phrase, word)
    return _WORD.findall(text)
