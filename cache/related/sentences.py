"""A text cut into sentences, and the quantities in them: "12 hulls", "$4.1 million", "三千人"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cache.related.tokens import fold, numbers

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\Wa-z_])|(?<=[。！？])(?![」』”])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Gov|Sen|Rep|Rev|Hon|No|vs|etc|Inc|Corp|Co|Ltd|Jr|Sr"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z]|(?:\b[A-Z]\.)+[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 40
_LONGEST = 2000
"""Characters of a sentence; what goes on without one's end is a list of abbreviations."""
_SCALE = r"(?:hundred|thousand|million|billion|trillion|mn|bn)"
_SPELT = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_WORDED = _SPELT.split()
_QUANTITY = re.compile(
    rf"(?<![\w.,:/-])(?P<value>[$€£¥]?(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_WORDED)})\b)(?:[ -]{_SCALE}\b)?)"
    rf"(?![\d:/])(?P<unit>\s?(?:%|percent\b|per cent\b))?(?:[ -](?P<noun>[^\W\d_]+))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_NOUNS = (
    "january february march april may june july august september october november december a am pm p to and or of in "
    "on at by for from with is was were are that the but as who"
)
_NOT_COUNTED = frozenset(_NO_NOUNS.split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: as written with what it counts, its value in digits, and what it counts, folded."""

    written: str
    value: str
    counts: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its words as the index knows them, and its quantities, which the text decides."""

    text: str
    words: frozenset[int] = field(compare=False)
    quantities: tuple[Quantity, ...] = field(compare=False)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order; a paragraph always ends one."""
    return map(_sentence, _cut(text))


def first_and_counting(text: str, first: int) -> Iterator[Sentence]:
    """The first sentences of a text, and of the others those with quantities."""
    for place, part in enumerate(_cut(text)):
        counted = tuple(quantities(part))
        if counted or place < first:
            yield Sentence(part, frozenset(numbers(part)), counted)


def _cut(text: str) -> Iterator[str]:
    waiting = ""
    for part in _parts(text):
        joined = f"{waiting} {part}" if waiting else part
        if len(joined) < _LONGEST and _ABBREVIATED.search(joined, max(0, len(joined) - _LONGEST_ABBREVIATION)):
            waiting = joined
            continue
        waiting = ""
        yield joined
    if waiting:
        yield waiting


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities in a sentence: numbers that count or measure something; years and times of day do not."""
    for found in _QUANTITY.finditer(text):
        noun = found["noun"] or ""
        if noun.casefold() in _NOT_COUNTED:
            noun = ""
        value, unit = found["value"], (found["unit"] or "").strip()
        money = value[0] in "$€£¥"
        if not (noun or unit or money) or (_YEAR.fullmatch(value) and not unit):
            continue
        written = f"{value}{'%' if unit == '%' else ' ' + unit if unit else ''}"
        counts = "money" if money else "percent" if unit else fold(noun)
        yield Quantity(written if unit or money else f"{written} {noun}", _digits(value), counts)


def _sentence(text: str) -> Sentence:
    return Sentence(text, frozenset(numbers(text)), tuple(quantities(text)))


def _parts(text: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(text):
        if part := text[start : found.end()].strip():
            yield part
        start = found.end()
    if part := text[start:].strip():
        yield part


def _digits(value: str) -> str:
    plain = value.casefold().replace(",", "").replace("-", " ")
    return str(_WORDED.index(plain) + 2) if plain in _WORDED else plain
