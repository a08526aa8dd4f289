"""What is highlighted on a page: which characters of which lines, however these are set."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from tui.panes.page_find import CharacterSpan, marked
from tui.panes.word_choice import units
from tui.typeset.line import BESIDE_TEXT, Line, Run, behind

if TYPE_CHECKING:
    from cache.highlight import Highlight

Letters: TypeAlias = "list[tuple[str, bool]]"
"""The characters of a passage but its white space, each with whether it is highlighted."""

_BESIDE = Run("▎", "star")
"""What stands in the margin beside a line on which something is highlighted."""
_FOUND = 0.9
"""So much of a passage must be met on its lines; else, as in tables, where columns part the text, all is marked."""


class PageHighlights:
    """The highlights of an article with this text; `line` gives a line of its page, None behind the last one.

    `role` is what they are set in.
    """

    def __init__(
        self,
        text: str,
        highlights: Sequence[Highlight],
        line: Callable[[int], Line | None],
        role: str = "highlight",
    ) -> None:
        self.role = role
        self._texts = text.split("\n")
        self._line = line
        self._spans: dict[int, list[CharacterSpan]] = {}
        self._on_lines: dict[int, list[CharacterSpan]] = {}
        self._known: set[int] = set()
        self._add(sorted((each.place.start, each.place.end) for each in highlights if each.place))

    def forget(self) -> None:
        """The lines have been set anew."""
        self._on_lines.clear()
        self._known.clear()

    def dressed(self, at: int, line: Line) -> Line:
        """The line of that number with what is highlighted on it in a role of its own."""
        return marked(line, self._of(at, line), self.role) if line.passage else line

    def beside(self, at: int, line: Line) -> Line | None:
        """The line with what stands in the margin, which takes a cell; None where nothing is highlighted on it."""
        return behind(_BESIDE, line) if line.passage and line.runs and self._of(at, line) else None

    def _add(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Ranges of the text, in their order, as ranges of the lines of text that they go over."""
        marked = deque(_apart(ranges))
        begins = 0
        for number, text in enumerate(self._texts, 1):
            ends = begins + len(text)
            while marked and marked[0][0] < ends:
                start, end = marked[0]
                if max(start, begins) < min(end, ends):
                    self._spans.setdefault(number, []).append((max(start, begins) - begins, min(end, ends) - begins))
                if end > ends:
                    break
                marked.popleft()
            begins = ends + 1

    def _of(self, at: int, line: Line) -> list[CharacterSpan]:
        if line.passage not in self._known:
            self._known.add(line.passage)
            self._find(at, line.passage)
        return self._on_lines.get(at, [])

    def _find(self, at: int, passage: int) -> None:
        """What is highlighted on each line of a passage; `at` is one of its lines."""
        while at and (before := self._line(at - 1)) is not None and before.passage == passage:
            at -= 1
        lines = list(self._lines_from(at, passage))
        numbers = range(passage, self._following(at + len(lines)))
        if self._spans.keys().isdisjoint(numbers):
            return
        letters = [letter for number in numbers for letter in self._letters(number)]
        met, spans = 0, list[list[CharacterSpan]]()
        for line in lines:
            met, found = _met(line, letters, met)
            spans.append(found)
        if met < _FOUND * len(letters):
            spans = _by_words(lines, self._words(numbers)) or [[(0, len(line.text))] for line in lines]
        self._on_lines |= {at + number: found for number, found in enumerate(spans) if found}

    def _lines_from(self, at: int, passage: int) -> Iterator[Line]:
        while (line := self._line(at)) is not None and line.passage == passage:
            yield line
            at += 1

    def _following(self, at: int) -> int:
        """The number of the passage that follows behind a line."""
        while (line := self._line(at)) is not None:
            if line.passage:
                return line.passage
            at += 1
        return len(self._texts) + 1

    def _words(self, numbers: range) -> list[tuple[str, int]]:
        """What of a passage is highlighted, word by word, each with how often it stands before; none where all is."""
        before: Counter[str] = Counter()
        lit: list[tuple[str, int]] = []
        number_of_words = 0
        for number in numbers:
            text, spans = self._texts[number - 1], self._spans.get(number, ())
            for start, end in units(text):
                if any(start < behind and begins < end for begins, behind in spans):
                    lit.append((text[start:end], before[text[start:end]]))
                before[text[start:end]] += 1
                number_of_words += 1
        return lit if len(lit) < number_of_words else []

    def _letters(self, number: int) -> Letters:
        spans = self._spans.get(number, ())
        inside = [False] * len(self._texts[number - 1])
        for start, end in spans:
            inside[start:end] = [True] * (end - start)
        return [(sign, lit) for sign, lit in zip(self._texts[number - 1], inside, strict=True) if not sign.isspace()]


def _apart(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted ranges as such that have no character in common."""
    upto = 0
    for start, end in ranges:
        if end > max(start, upto):
            yield max(start, upto), end
            upto = end


def _by_words(lines: Sequence[Line], words: Sequence[tuple[str, int]]) -> list[list[CharacterSpan]]:
    """Where these words stand on lines that have the passage in another order; nothing where most are not there."""
    wanted, seen = set(words), Counter[str]()
    spans: list[list[CharacterSpan]] = [[] for _ in lines]
    for line, found in zip(lines, spans, strict=True):
        for start, end in units(line.text):
            word = line.text[start:end]
            if (word, seen[word]) in wanted:
                found.append((start, end))
            seen[word] += 1
    return spans if 2 * sum(map(len, spans)) > len(wanted) else []


def _met(line: Line, letters: Letters, met: int) -> tuple[int, list[CharacterSpan]]:
    """How many letters of a passage are met by the end of a line, and what of that is highlighted.

    What the line has beside them, a hyphen at its end or the number of a link, is passed by.
    """
    spans: list[CharacterSpan] = []
    column = last = 0
    for run in line.runs:
        for sign in run.text if run.role not in BESIDE_TEXT else "":
            if met < len(letters) and sign == letters[met][0]:
                if letters[met][1]:
                    begins = spans.pop()[0] if spans and not line.text[last:column].strip() else column
                    spans.append((begins, column + 1))
                    last = column + 1
                met += 1
            column += 1
        column += len(run.text) if run.role in BESIDE_TEXT else 0
    return met, spans
