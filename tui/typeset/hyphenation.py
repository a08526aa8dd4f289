"""Words parted at the ends of lines by the rules of their language, which pyphen has.

A dictionary takes up to half a second to read, so is not read while somebody waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from tui.typeset.cells import one_cell_each
from tui.typeset.wrap import break_lines

Hyphenate: TypeAlias = Callable[[str], Sequence[int]]
"""After how many letters a word may be parted, in order."""

_WORD = re.compile(r"[^\w/@]*((?:[^\W\d_]+['’-])*)([^\W\d_]{5,})(?:[^\w/@]*(?:\[\d+\][^\w/@]*)*)")
"""A word of letters alone, behind the other parts of one that has hyphens already; nothing of an address."""
_LONGEST = 60  # letters; what is longer is no word
_LEAST = (2, 3)  # letters that stay before and behind
_IN_A_ROW = 3  # lines in a row that may end so: more would be a ladder
_REMEMBERED = 20_000  # words
_ALIASES = {"no": "nb"}


def hyphenator(language: str) -> Hyphenate | None:
    """What parts words of a language, such as "de-AT"; None where its rules are not known. Takes its time."""
    from pyphen import LANGUAGES, Pyphen, language_fallback

    first = re.split("[-_]", language)[0].lower()
    known = language_fallback(_ALIASES.get(first, language)) if first else None
    if known not in LANGUAGES:
        return None
    rules = Pyphen(lang=known, left=_LEAST[0], right=_LEAST[1])

    def hyphenate(word: str) -> Sequence[int]:
        if len(word.lower()) != len(word):
            return ()
        if len(rules.hd.cache) > _REMEMBERED:
            rules.hd.cache.clear()
        return [int(point) for point in rules.positions(word) if point.data is None]  # others change the letters

    return hyphenate


def break_with_hyphens(text: str, width: int, hyphenate: Hyphenate) -> list[tuple[int, int, bool]]:
    """Where each line starts and ends, and whether a hyphen is to follow, for which a cell is left.

    Text with wide letters or marks upon them is broken between words alone.
    """
    if not (text.isascii() or one_cell_each().fullmatch(text)):
        return [(start, end, False) for start, end in break_lines(text, width)]
    lines: list[tuple[int, int, bool]] = []
    start, whole, in_a_row = 0, len(text.rstrip()), 0
    while whole - start > width:
        end = max(text.rfind(" ", start, start + width + 1), *(text.rfind(dash, start, start + width) for dash in "—–"))
        end = end + 1 if end >= start else start
        point = _point(text, end, start + width - 1, hyphenate) if in_a_row < _IN_A_ROW else 0
        in_a_row = in_a_row + 1 if point else 0
        end = point or (end if end > start else start + width)
        lines.append((start, start + len(text[start:end].rstrip(" ")), point > 0))
        start = end
        while text.startswith(" ", start):
            start += 1
    return [*lines, (start, whole, False)] if whole > start or not lines else lines


def _point(text: str, begin: int, most: int, hyphenate: Hyphenate) -> int:
    """Where the word that begins or goes on here is parted so that it ends there at most; 0 where it is not."""
    if most - begin < _LEAST[0]:
        return 0
    before = max(text.rfind(sign, max(0, begin - _LONGEST), begin) for sign in " —–") + 1
    if not before and begin > _LONGEST:
        return 0
    piece = text[before : before + _LONGEST]
    space = piece.find(" ")
    if space < 0 and len(piece) == _LONGEST:
        return 0
    found = _WORD.fullmatch(piece[:space] if space >= 0 else piece)
    if found is None:
        return 0
    first = before + found.start(2)
    return max((first + point for point in hyphenate(found[2]) if begin + 1 < first + point <= most), default=0)
