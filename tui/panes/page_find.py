"""Marks on a page: what is looked for in it, the words of the search that led to it, the numbers of links."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
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
        parted = frozenset(at for at, line in enumerate(lines) if line.parted)
        self.hits = find(self.words, [line.text for line in lines], parted)
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


def find(words: str, texts: Sequence[str], parted: Collection[int] = ()) -> list[PageHit]:
    """Where the words stand in the lines of a page, in their order.

    Lines whose numbers are in `parted` end in a hyphen within a word, which the next line ends.
    """
    wanted = [re.escape(word) for word in folded(words).split()]
    if not wanted:
        return []
    begins, indents, whole = [0], [], []
    for at, text in enumerate(texts):
        indents.append(_indent(text) if at - 1 in parted else 0)
        whole.append(folded(text[indents[-1] : len(text) - 1]) if at in parted else folded(text[indents[-1] :]) + "\n")
        begins.append(begins[-1] + len(whole[-1]))
    pattern = re.compile(r"\s+(?:[┃▏]\s+)?".join(wanted))
    ends = [begins[at + 1] - (at not in parted) for at in range(len(texts))]
    return [_placed(found.span(), begins, ends, indents) for found in pattern.finditer("".join(whole))]


def _placed(span: CharacterSpan, begins: Sequence[int], ends: Sequence[int], indents: Sequence[int]) -> PageHit:
    start, end = span
    line = bisect_left(begins, start + 1) - 1
    parts = []
    while line < len(ends) and begins[line] < end:
        first, last = max(start, begins[line]), min(end, ends[line])
        if first < last:
            indent = indents[line] - begins[line]
            parts.append((line, first + indent, last + indent))
        line += 1
    return PageHit(tuple(parts))


def _indent(text: str) -> int:
    """How many characters stand before a line's own words: spaces, and the bars of quotations."""
    return len(text) - len(text.lstrip(" ┃▏"))


def matches(line: Line, matcher: Matcher, before: Line, after: Line) -> list[CharacterSpan]:
    """What of a line a matcher finds; a word parted between it and its neighbours is looked for as a whole."""
    if not (line.parted or before.parted):
        return list(matcher(line.text))
    indent = _indent(line.text) if before.parted else 0
    begun = before.text[_indent(before.text) : -1].rpartition(" ")[2] if before.parted else ""
    own = line.text[indent : len(line.text) - line.parted]
    rest = after.text[_indent(after.text) :].partition(" ")[0] if line.parted else ""
    spans = ((start - len(begun), end - len(begun)) for start, end in matcher(begun + own + rest))
    within = ((max(start, 0), len(own) + 1 if end > len(own) else end) for start, end in spans)
    last = len(line.text) - indent
    return [(start + indent, min(end, last) + indent) for start, end in within if start < min(end, len(own))]


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
