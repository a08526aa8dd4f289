"""Marks on a page: what is looked for in it, the words of the search that led to it, the numbers of links."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tui.typeset.cells import cells, head
from tui.typeset.line import Line, Run, cut
from tui.typeset.table import SLIDES

CharacterSpan: TypeAlias = tuple[int, int]
Matcher: TypeAlias = Callable[[str], Sequence[CharacterSpan]]


class PageHit(NamedTuple):
    """A place on the page: for each line it stands on the number of the line, and from where to where."""

    parts: tuple[tuple[int, int, int], ...]

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.parts[0][0]


class PageFind:
    """Where words stand on a page, whatever their case and accents, across the ends of lines; `at` is the open hit."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.hits: list[PageHit] = []
        self.at = -1
        self._on_line: dict[int, list[tuple[int, int, PageHit]]] = {}

    def look(self, lines: Sequence[Line]) -> None:
        """Find the words in these lines; the same hit stays open."""
        self.hits = find(self.words, [line.text for line in lines])
        self._on_line = {}
        for hit in self.hits:
            for line, start, end in hit.parts:
                self._on_line.setdefault(line, []).append((start, end, hit))
        self.at = min(self.at, len(self.hits) - 1)

    def open_from(self, line: int) -> None:
        """Open the first hit on this line or behind it, else the first of all."""
        at = bisect_left([hit.line for hit in self.hits], line)
        self.at = -1 if not self.hits else at % len(self.hits)

    def go(self, by: int) -> None:
        """The next hit; behind the last comes the first."""
        self.at = (self.at + by) % len(self.hits) if self.hits else -1

    def marked(self, at: int, line: Line) -> Line:
        """The line of that number with its hits marked."""
        now = self.hits[self.at] if 0 <= self.at < len(self.hits) else None
        for start, end, hit in self._on_line.get(at, ()):
            line = marked(line, [(start, end)], "hit" if hit is now else "found")
        return line


def find(words: str, texts: Sequence[str]) -> list[PageHit]:
    """Where the words stand in the lines of a page, in their order."""
    wanted = [re.escape(word) for word in folded(words).split()]
    if not wanted:
        return []
    begins, whole = [0], []
    for text in texts:
        whole.append(folded(text))
        begins.append(begins[-1] + len(text) + 1)
    pattern = re.compile(r"\s+(?:[┃▏]\s+)?".join(wanted))
    return [_placed(found.span(), begins) for found in pattern.finditer("\n".join(whole))]


def _placed(span: CharacterSpan, begins: Sequence[int]) -> PageHit:
    start, end = span
    line = bisect_left(begins, start + 1) - 1
    parts = []
    while line < len(begins) - 1 and begins[line] < end:
        first, last = max(start, begins[line]), min(end, begins[line + 1] - 1)
        if first < last:
            parts.append((line, first - begins[line], last - begins[line]))
        line += 1
    return PageHit(tuple(parts))


def folded(text: str) -> str:
    """The text without case and accents, each character still in its place."""
    return text.lower() if text.isascii() else "".join(map(_folded_character, text))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    apart = unicodedata.normalize("NFD", character)
    plain = apart[0] if all(map(unicodedata.combining, apart[1:])) else character
    lower = plain.lower()
    return lower if len(lower) == 1 else plain


def marked(line: Line, spans: Iterable[CharacterSpan], role: str) -> Line:
    """The line with what stands between these offsets in another role; they come in order."""
    runs: list[Run] = []
    at = 0
    for start, end in spans:
        runs += cut(line.runs, at, start)
        runs += (run._replace(role=role) for run in cut(line.runs, start, end))
        at = end
    return line._replace(runs=(*runs, *cut(line.runs, at, len(line.text)))) if at else line


def hinted(line: Line, begins: str, numbers: dict[str, int]) -> Line:
    """The line with the marks of its links lit, of those whose number begins so."""
    return line._replace(
        runs=tuple(
            run._replace(role="hint")
            if run.role == "mark" and str(numbers.get(run.href, "")).startswith(begins) and run.href in numbers
            else run
            for run in line.runs
        )
    )


def moved(line: Line, offset: int, width: int) -> Line:
    """What of a line that slides is seen after so many characters, in so many cells; signs say where there is more."""
    first, *others = line.runs
    room = width - cells(first.text)
    runs: list[Run] = [Run("‹ ", "slides") if offset and others else first]
    for run in cut(others, offset, offset + 4 * width):
        text = head(run.text, room)
        runs.append(run._replace(text=text))
        room -= cells(text)
        if len(text) < len(run.text):
            return Line((*(runs if room else _without_last_cell(runs)), Run("›", "slides")))
    return Line(tuple(runs))


def _without_last_cell(runs: list[Run]) -> list[Run]:
    while len(runs) > 1:
        last = runs.pop()
        shorter = head(last.text, cells(last.text) - 1)
        if shorter or cells(last.text) > 0:
            return [*runs, last._replace(text=shorter)]
    return runs


def slides(line: Line) -> bool:
    """Whether the line may be wider than the page."""
    return bool(line.runs) and line.runs[0].role == SLIDES
