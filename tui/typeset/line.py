"""A set line: runs of text, each with its role and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.typeset.picture_place import PictureRow

BESIDE_TEXT = frozenset(("mark", "bar", "bullet", "slides", "note", "caption"))
"""Roles of what a passage's lines have beside its text: numbers of links, bars, bullets."""
_NO_LETTERS = re.compile(r"[\W_]+")


class Run(NamedTuple):
    """A piece of a line in one role; `href` is where it leads, empty when nowhere."""

    text: str
    role: str
    href: str = ""


def letters_and_digits(text: str) -> int:
    """How many letters and digits a text has, which are the same at any width."""
    return len(_NO_LETTERS.sub("", text))


class Line(NamedTuple):
    """One line as it will be drawn; of a paragraph written from right to left, the run at which its text begins.

    One that is `parted` ends in a hyphen that is none of the text's, within a word. `passage` is the number of the line
    of the article's text (`Article.text`) with which the passage begins that it is part of: 1 for the first, 0 for what
    is no part of the text. `picture` is the row of a picture that stands there.
    """

    runs: tuple[Run, ...] = ()
    right_to_left_from: int | None = None
    parted: bool = False
    passage: int = 0
    picture: PictureRow | None = None

    @property
    def text(self) -> str:
        """The line's text without roles."""
        return "".join(run.text for run in self.runs)


BLANK = Line()


def line(text: str, role: str) -> Line:
    """A line in a single role."""
    return Line((Run(text, role),))


def behind(mark: Run, laid: Line) -> Line:
    """The line with a run before it."""
    begins = laid.right_to_left_from
    return laid._replace(runs=(mark, *laid.runs), right_to_left_from=None if begins is None else begins + 1)


def cuts(runs: Sequence[Run], places: Iterable[tuple[int, int]]) -> Iterator[tuple[Run, ...]]:
    """What lies between each two offsets of the runs' joined text, which come in order; no run is passed twice."""
    first = before = 0
    for start, end in places:
        while first < len(runs) and before + len(runs[first].text) <= start:
            before += len(runs[first].text)
            first += 1
        yield cut(islice(runs, first, None), start - before, end - before)


def cut(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """What of the runs lies between two offsets of their joined text."""
    parts, at = [], 0
    for run in runs:
        if at >= end:
            break
        if text := run.text[max(0, start - at) : end - at]:
            parts.append(run._replace(text=text))
        at += len(run.text)
    return tuple(parts)
