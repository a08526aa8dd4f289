"""The piece of an article that shows why it was found, each match between two private-use characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cache.entry import CLOSES, OPENS
from cache.spelling import UNSPACED, asked, forms, is_unspaced, run_of, without_signs, words

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.query import Query

Place: TypeAlias = tuple[int, int]

WIDTH = 180
"""Columns of a snippet, about two lines; a character of a script without spaces takes two."""

LONGEST = 40
"""Characters within which a space is looked for, to cut there."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u0900-\u0963\u0970-\u109f\u200c\u200d"
_WORD = re.compile(f"(?:[^\\W_]|[{_MARKS}])+")
_WIDE = re.compile(f"[{UNSPACED}]")


def snippets(connection: Connection, query: Query, ids: Sequence[int]) -> dict[int, str]:
    """The snippet of each entry."""
    sought = _sought(query)
    return {entry_id: _snippet(_text(connection, entry_id), sought) for entry_id in ids}


class _Sought(NamedTuple):
    """What to mark: phrases and words as patterns for a spelled text, and text without spaces as it was typed."""

    phrases: re.Pattern[str] | None
    single: re.Pattern[str] | None
    typed: re.Pattern[str] | None


def _sought(query: Query) -> _Sought:
    phrases: list[str] = []
    single: list[str] = []
    typed: list[str] = []
    for term in (term for terms in query.wanted for term in terms):
        found = asked(term.text)
        if any(map(is_unspaced, found)):
            typed.append(re.escape(term.text))
        elif len(found) > 1:
            phrases.append(run_of(found).pattern)
        elif found:
            single += [run_of([form]).pattern for form in forms(found[0], wide=True)]
            single += [run_of(found, prefix=True).pattern + r"\w*"] if term.prefix else ()
    return _Sought(_either(phrases), _either(single), _either(typed))


def _either(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


def _text(connection: Connection, entry_id: int) -> str:
    """The text of an entry in one line, or its summary while there is no text on disk."""
    row = connection.row("SELECT summary, packed FROM entry LEFT JOIN article USING (id) WHERE id = ?", (entry_id,))
    summary, packed = row or ("", None)
    if packed is None:
        return str(summary)
    from cache.packing import said_in

    return " ".join(said_in(packed).text.split())


def _snippet(text: str, sought: _Sought) -> str:
    phrases, single = _places(text, sought)
    places = phrases or single
    width = _columns(text[places[0][0] :][:WIDTH] if places else text[:WIDTH])
    start = _space_before(text, max(0, places[0][0] - width // 3)) if places else 0
    end = len(text) if len(text) <= start + width else _space_before(text, start + width)
    marked, at = [], start
    for first, last in sorted(phrases + single):
        if first >= at and last <= end:
            marked += [text[at:first], OPENS, text[first:last], CLOSES]
            at = last
    piece = "".join([*marked, text[at:end]]).strip()
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def _places(text: str, sought: _Sought) -> tuple[list[Place], list[Place]]:
    """Where the phrases stand, and where single words do."""
    spelt, at = _aligned(text)
    phrases = _found(sought.typed, text)
    phrases += [(at(first), at(last - 1) + 1) for first, last in _found(sought.phrases, spelt)]
    return phrases, [(at(first), at(last - 1) + 1) for first, last in _found(sought.single, spelt)]


def _found(pattern: re.Pattern[str] | None, text: str) -> list[Place]:
    return [found.span() for found in pattern.finditer(text)] if pattern else []


def _aligned(text: str) -> tuple[str, Callable[[int], int]]:
    """The text as it is spelled, and where in the text each of its characters stands."""
    english = without_signs(text)
    if english is not None:
        return english.lower(), lambda place: place
    spelt, places = "", []
    for found in _WORD.finditer(text):
        word = _spelt(found[0])
        spelt += f"{word} "
        last = found.end() - 1
        places += [min(found.start() + at, last) for at in range(len(word) - 1)] + [last] * (2 if word else 1)
    return spelt, places.__getitem__


def _spelt(word: str) -> str:
    """A word of the text as the index holds it; empty for a run without spaces, of which it holds pairs."""
    found = words(word)
    return found[0] if len(found) == 1 and not is_unspaced(found[0]) else ""


def _columns(text: str) -> int:
    """How many characters of such text fit in WIDTH columns."""
    return WIDTH * len(text) // (len(text) + len(_WIDE.findall(text))) if text else WIDTH


def _space_before(text: str, at: int) -> int:
    """The last beginning of a word before a place; the place itself where no space is near."""
    space = text.rfind(" ", max(0, at - LONGEST), at)
    return space + 1 if space >= 0 else at
