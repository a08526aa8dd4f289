"""Some words of a passage, chosen by key: first one word is gone to, then from it on to another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cache.writing_systems import word_spans
from tui.typeset.line import BESIDE_TEXT, Line
from tui.typeset.wrap import right_to_left

_SIGNS = re.compile(r"[^\s\w–—―‐-―·•|\"'“”‘’«»]+")
"""Signs that stand for themselves, as in code; no dash, dot or quotation mark."""


class WordChoice:
    """The words of a passage that says this from `first` to `last`, of which the last is moved.

    While it does not `hold`, both are the same word.
    """

    def __init__(self, said: str, at: int = 0, *, hold: bool = False) -> None:
        self.said = said
        self.hold = hold
        self._words = units(said)
        self._from = self._to = min(at, max(0, len(self._words) - 1))

    def __bool__(self) -> bool:
        """Whether there is a word to choose."""
        return bool(self._words)

    @property
    def span(self) -> tuple[int, int]:
        """Where the chosen words begin and end in what the passage says."""
        first, last = sorted((self._from, self._to))
        return self._words[first][0], self._words[last][1]

    @property
    def moved(self) -> int:
        """Where the word that is moved begins."""
        return self._words[self._to][0]

    def move(self, by: int) -> bool:
        """So many words on, or back, as far as they go; False where there is none in that direction."""
        return self._go(self._to + by)

    def aside(self, by: int) -> bool:
        """A word to the right, or with -1 to the left, as its writing runs."""
        return self.move(-by if right_to_left(self.said) else by)

    def go_to(self, offset: int) -> bool:
        """To the word at, or before, this offset of what the passage says."""
        return self._go(bisect_right(self._words, offset, key=lambda span: span[0]) - 1)

    def end(self, by: int) -> bool:
        """To the last word, or with -1 the first."""
        return self._go(len(self._words) if by > 0 else 0)

    def line_of(self, lines: Sequence[Line]) -> int:
        """Which of the passage's lines the moved word begins on."""
        return bisect_right(_letters_before(lines), _letters(self.said[: self.moved])) - 1

    def down(self, by: int, lines: Sequence[Line]) -> bool:
        """To about the same place so many of the passage's lines further down, or up; False where there is none."""
        before, now = _letters_before(lines), _letters(self.said[: self.moved])
        at = self.line_of(lines)
        wanted = next((to for to in range(at + by, len(lines) if by > 0 else -1, by) if _letters_on(lines[to])), None)
        if wanted is None:
            return False
        into = min(now - before[at], _letters_on(lines[wanted]) - 1)
        return self.go_to(_offset(self.said, before[wanted] + into)) or self.move(by)

    def ends(self, by: int) -> str:
        """What is to be said where it goes no further in that direction."""
        return "The passage ends here." if by > 0 else "The passage begins here."

    def _go(self, to: int) -> bool:
        to = max(0, min(len(self._words) - 1, to))
        moved, self._to = to != self._to, to
        if not self.hold:
            self._from = to
        return moved


def units(said: str) -> list[tuple[int, int]]:
    """Where the words stand, in order, and the signs that stand by themselves."""
    words = list(word_spans(said))
    alone = [found.span() for found in _SIGNS.finditer(said) if _is_alone(said, *found.span())]
    return sorted(words + alone) if alone else words


def _is_alone(said: str, start: int, end: int) -> bool:
    return said[start - 1 : start].strip() == "" == said[end : end + 1].strip()


def _letters(text: str) -> int:
    """How many characters a text has that are no white space."""
    return sum(map(len, text.split()))


def _letters_on(line: Line) -> int:
    """How many of a passage's characters a line has."""
    return sum(_letters(run.text) for run in line.runs if run.role not in BESIDE_TEXT) - line.parted


def _letters_before(lines: Sequence[Line]) -> list[int]:
    """How many of its passage's characters stand before each line."""
    return list(accumulate((_letters_on(line) for line in lines[:-1]), initial=0))


def _offset(text: str, letters: int) -> int:
    """Where the character stands that so many others stand before, white space not counted."""
    for found in re.finditer(r"\S+", text):
        if letters < len(found[0]):
            return found.start() + letters
        letters -= len(found[0])
    return len(text)
