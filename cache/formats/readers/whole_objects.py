"""The objects of a list in JSON that did not arrive whole: each that is, and what of the others can be named.

What cannot be read costs its own object: reading goes on at the next place where one may begin, behind that at which it
failed, so that hardly anything is read twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_BEGINS = re.compile(r'\{\s*["}]')
_ENDS = re.compile(r"\s*\]")
_OF_AN_OBJECT = re.compile(r'["{:]')
_NAME = re.compile(r'"(?:title|url)"\s*:\s*("(?:[^"\\]|\\.){1,2000}")', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)
_WINDOW = 1 << 13
"""Letters that are read together: a mistake costs as much as stands before it, as its line is counted."""
_BACK = 24
"""Letters before a mistake in which the next object may begin: its first mark of quotation may have closed a string."""
_MOST_MISTAKES = 10_000
_NEAR_END = 16
"""Letters before the end of those in which a mistake may be that end: no number, name or escape is longer."""


class Broken(NamedTuple):
    """An object or more that could not be read, and what the first is called, "" where nothing says."""

    name: str


class BrokenOff(NamedTuple):
    """The list has no end."""


def whole_objects(
    text: str, begin: int, is_story: Callable[[dict[str, Any]], bool]
) -> Iterator[dict[str, Any] | Broken | BrokenOff]:
    """The objects of a list that goes on at `begin`, in their order.

    Behind what could not be read an object may be a part of another: only those count then
    of which `is_story` is true.
    """
    window = _Window(text)
    at = known = begin  # up to `known` all has been read
    mistakes = 0
    while not _ENDS.match(text, known):
        found = _BEGINS.search(text, at)
        if found is None or mistakes > _MOST_MISTAKES:
            yield from _end(text, known)
            return
        is_next = not _OF_AN_OBJECT.search(text, known, found.start())
        row, at = window.decoded(found.start())
        if row is not None and (is_next or is_story(row)):
            if not is_next:
                yield Broken(_name(text, known, found.start()))
            yield row
            known = at
        else:
            mistakes += 1


def _end(text: str, known: int) -> Iterator[Broken | BrokenOff]:
    if _OF_AN_OBJECT.search(text, known):
        yield Broken(_name(text, known, len(text)))
    if not text.rstrip().endswith(("]", "}")):
        yield BrokenOff()


def _name(text: str, begin: int, end: int) -> str:
    """What the first object in this part of a text calls itself."""
    found = _NAME.search(text, begin, end)
    try:
        return str(json.loads(found[1], strict=False)) if found else ""
    except ValueError:
        return ""


class _Window:
    """A part of a text, moved on and made larger as an object needs it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin = 0
        self._part = text[:_WINDOW]

    def decoded(self, at: int) -> tuple[dict[str, Any] | None, int]:
        """The object that begins there and where it ends; None, and where it goes wrong, further on than there."""
        if len(self._part) > _WINDOW or not self._begin <= at < self._begin + len(self._part):
            self._move(at, _WINDOW)
        while True:
            try:
                row, end = _DECODER.raw_decode(self._part, at - self._begin)
            except RecursionError:  # no story nests so deep, and nobody knows how far that goes on
                return None, len(self._text)
            except json.JSONDecodeError as error:
                if self._begin + len(self._part) == len(self._text) or not self._may_be_its_end(error):
                    return None, max(at + 1, self._begin + error.pos - _BACK)
                self._move(at, _WINDOW if at != self._begin else 2 * len(self._part))
            else:
                return row, self._begin + end

    def _move(self, begin: int, size: int) -> None:
        self._begin = begin
        self._part = self._text[begin : begin + size]

    def _may_be_its_end(self, error: json.JSONDecodeError) -> bool:
        """Whether a mistake may be no more than that the part ends."""
        return error.msg.startswith("Unterminated") or error.pos + _NEAR_END >= len(self._part)
