"""Where highlighted words stand in a text that may have been edited since: by themselves, and by what is about them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from cache.highlight import CONTEXT, LONGEST_HIGHLIGHT, Highlight, TextPlace, TextRange
from fetch.text import clean_lines

_TELLING = 24
"""Characters from which on words are found wherever they stand; shorter ones may stand elsewhere by chance."""
_ALIKE = 6
"""Characters of the surroundings that must be the same then, where there are so many."""
_MOST = 1000
"""Places of the same words that are looked at."""
_WORDS = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W_]+")


def highlight_of(wanted: TextRange) -> Highlight:
    """The highlight of a range, without white space at its ends, as it comes back from a file.

    A joiner at a cut joins nothing and does not pass the gate; with it the highlight would come back as another.
    """
    said = wanted.text[wanted.start : wanted.end]
    start = wanted.start + len(said) - len(said.lstrip())
    said = said.strip()[:LONGEST_HIGHLIGHT].rstrip()
    end = start + len(said)
    prefix, suffix = wanted.text[max(0, start - CONTEXT) : start], wanted.text[end : end + CONTEXT]
    return Highlight(clean_lines(said).strip(), clean_lines(prefix), clean_lines(suffix))


def placed(text: str, highlights: Iterable[Highlight]) -> list[Highlight]:
    """The highlights in the order of their places in a text, those whose words are no longer in it at the end."""
    highlights = list(highlights)
    if not highlights:
        return []
    folded = (_Folded(text, _WORDS, " "), _Folded(text, _LETTERS, ""))
    found = [replace(each, place=_place(text, folded, each)) for each in highlights]
    return sorted(found, key=lambda each: (each.place is None, each.place or (0, 0, 0), each.made))


def touching(highlights: Iterable[Highlight], wanted: TextRange) -> list[Highlight]:
    """Those of the highlights that share a character of a range of its text."""
    return [each for each in placed(wanted.text, highlights) if each.meets(wanted)]


def _place(text: str, folded: Iterable[_Folded], highlight: Highlight) -> TextPlace | None:
    """Its words as they are, else by their letters alone: quotation marks, dashes and capitals are often edited."""
    for each in folded:
        if found := each.find(highlight):
            return TextPlace(*found, text.count("\n", 0, found[0]) + 1)
    return None


class _Folded:
    """A text without what is not compared of it, each piece of which knows where it was."""

    def __init__(self, text: str, pieces: re.Pattern[str], between: str) -> None:
        self._pieces, self._between = pieces, between
        self._begins: list[int] = []
        self._stood: list[int] = []
        kept: list[str] = []
        length = 0
        for piece in pieces.finditer(text):
            self._begins.append(length)
            self._stood.append(piece.start())
            kept.append(self._fold(piece[0]))
            length += len(piece[0]) + len(between)
        self._text = between.join(kept)

    def find(self, highlight: Highlight) -> tuple[int, int] | None:
        """Where the words of a highlight stand, of several places the one that has most of its surroundings."""
        words, before, behind = map(self._folded, highlight.quote)
        if not words:
            return None
        best, alike = -1, -1
        for at in self._places(words):
            end = at + len(words)
            same = _same(self._text[max(0, at - len(before) - 1) : at].rstrip()[::-1], before[::-1])
            same += _same(self._text[end : end + len(behind) + 1].lstrip(), behind)
            if same > alike:
                best, alike = at, same
        if best < 0 or (len(words) < _TELLING and alike < min(_ALIKE, len(before) + len(behind))):
            return None
        return self._origin(best), self._origin(best + len(words) - 1) + 1

    def _places(self, words: str) -> Iterable[int]:
        at = self._text.find(words)
        for _ in range(_MOST):
            if at < 0:
                return
            yield at
            at = self._text.find(words, at + 1)

    def _folded(self, text: str) -> str:
        return self._between.join(self._fold(piece) for piece in self._pieces.findall(text))

    def _fold(self, piece: str) -> str:
        lower = piece if self._between else piece.lower()
        return lower if len(lower) == len(piece) else piece

    def _origin(self, at: int) -> int:
        """Where a character stood in the text as it is."""
        piece = bisect_right(self._begins, at) - 1
        return self._stood[piece] + at - self._begins[piece]


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    number = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        number += 1
    return number
