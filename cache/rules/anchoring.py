"""Where highlighted words stand in a text that may have been edited since: by themselves, and by what is about them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from cache.highlight import CONTEXT, LONGEST_HIGHLIGHT, Highlight, TextPlace, TextRange
from cache.rules.edited_passages import EditedPassages
from cache.rules.substrings import Substrings
from fetch.text import clean_lines

TELLING = 24
"""Characters from which on words are found wherever they stand; shorter ones may stand elsewhere by chance."""
ALIKE = 6
"""Characters of the surroundings that must be the same then, where there are so many."""
_MOST = 1000
"""Places of the same words in other surroundings that are looked at."""
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
    made = Highlight(clean_lines(said).strip(), clean_lines(prefix), clean_lines(suffix))
    whole = wanted.text[max(0, start - CONTEXT) : end + CONTEXT]
    if wanted.text.find(whole) in (-1, max(0, start - CONTEXT)):
        return made
    alike = [at for at, _ in _Folded(wanted.text, _WORDS, " ").find(made)]
    return replace(made, occurrence=bisect_left(alike, start))


def placed(text: str, highlights: Iterable[Highlight]) -> list[Highlight]:
    """The highlights in the order of their places in a text, those whose words are no longer in it at the end."""
    highlights = list(highlights)
    if not highlights:
        return []
    finder = _Finder(text)
    found = [replace(each, place=finder.place(each)) for each in highlights]
    return sorted(found, key=lambda each: (each.place is None, each.place or (0, 0, 0), each.made))


def touching(highlights: Iterable[Highlight], wanted: TextRange) -> list[Highlight]:
    """Those of the highlights that share a character of a range of its text."""
    return [each for each in placed(wanted.text, highlights) if each.meets(wanted)]


class _Finder:
    """Finds highlights in a text: by their words as they are, by their letters alone, or where they were edited."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = (_Folded(text, _WORDS, " "), _Folded(text, _LETTERS, ""))
        self._breaks = [each.start() for each in re.finditer("\n", text)]
        self._edited = EditedPassages(text)

    def place(self, highlight: Highlight) -> TextPlace | None:
        """Where it stands; quotation marks, dashes and capitals are often edited, and then a word of a long one."""
        for each in self._folded:
            if found := each.find(highlight):
                return self._at(*found[min(highlight.occurrence, len(found) - 1)])
        nearly = self._edited.find(highlight.text, highlight.prefix, highlight.suffix)
        return self._at(*nearly, edited=True) if nearly else None

    def _at(self, start: int, end: int, *, edited: bool = False) -> TextPlace:
        return TextPlace(start, end, bisect_left(self._breaks, start) + 1, edited)


class _Folded:
    """A text without what is not compared of it, each piece of which knows where it was."""

    def __init__(self, text: str, pieces: re.Pattern[str], between: str) -> None:
        self._pieces, self._between = pieces, between
        self._begins: list[int] = []
        self._stood: list[int] = []
        self._found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        kept: list[str] = []
        length = 0
        for piece in pieces.finditer(text):
            self._begins.append(length)
            self._stood.append(piece.start())
            kept.append(self._fold(piece[0]))
            length += len(piece[0]) + len(between)
        self._text = between.join(kept)
        self._substrings = Substrings(self._text)

    def find(self, highlight: Highlight) -> list[tuple[int, int]]:
        """Where the words of a highlight stand, of several places those that have most of its surroundings."""
        quote = tuple(map(self._folded, (highlight.text, highlight.prefix, highlight.suffix)))
        quote += highlight.prefix[-1:].isspace() * self._between, highlight.suffix[:1].isspace() * self._between
        if quote not in self._found:
            words = quote[0]
            self._found[quote] = [
                (self._origin(at), self._origin(at + len(words) - 1) + 1) for at in self._places(*quote) if words
            ]
        return self._found[quote]

    def _places(self, words: str, before: str, behind: str, joined: str, joins: str) -> list[int]:
        """All that have the whole of the surroundings, joined to the words by these, else most of them."""
        if not words:
            return []
        ahead = before + joined if before else ""
        whole = self._substrings.places(ahead + words + (joins + behind if behind else ""))
        return [at + len(ahead) for at in whole] or self._nearest(words, before, behind)

    def _nearest(self, words: str, before: str, behind: str) -> list[int]:
        best: list[int] = []
        most = min(ALIKE, len(before) + len(behind)) if len(words) < TELLING else 0
        for at in self._substrings.places(words)[:_MOST]:
            end = at + len(words)
            same = _same(self._text[max(0, at - len(before) - 1) : at].rstrip()[::-1], before[::-1])
            same += _same(self._text[end : end + len(behind) + 1].lstrip(), behind)
            if same > most:
                best, most = [at], same
            elif same == most:
                best.append(at)
        return best

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
