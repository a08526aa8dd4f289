"""The piece of an article that shows why it was found, each match between two private-use characters."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cache.db.values import text
from cache.entry import CLOSES, OPENS
from cache.search.normalize import MARKS, PAIRED, as_ascii, forms, is_paired, phrase_pattern, query_words, words

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.search.query import Query

Offsets: TypeAlias = tuple[int, int]

WIDTH = 180
"""Columns of a snippet, about two lines; a character of a script without spaces takes two."""

SPACE_WITHIN = 40
"""Characters within which a space is looked for, to cut there."""

_MARKS = f"{MARKS}\u0900-\u0963\u0970-\u109f"  # from Devanagari to Burmese they are looked for
_WORD = re.compile(f"(?:[^\\W_]|[{_MARKS}])+")
_WIDE = re.compile(f"[{PAIRED}]")


def snippets(connection: Connection, query: Query, ids: Sequence[int]) -> dict[int, str]:
    """The snippet of each entry."""
    patterns = _patterns(query)
    return {entry_id: _snippet(_text(connection, entry_id), patterns) for entry_id in ids}


def matcher(query: Query) -> Callable[[str], list[Offsets]]:
    """What tells where in a text the query's words stand, in their order, none across another."""
    patterns = _patterns(query)
    return lambda text: list(_apart(_matches(text, patterns)))


class _Patterns(NamedTuple):
    """What to mark: phrases and words as patterns for a normalized text, and text without spaces as it was typed."""

    phrases: re.Pattern[str] | None
    single: re.Pattern[str] | None
    typed: re.Pattern[str] | None


def _patterns(query: Query) -> _Patterns:
    phrases: list[str] = []
    single: list[str] = []
    typed: list[str] = []
    for term in (term for terms in query.wanted for term in terms):
        found = query_words(term.text)
        if any(map(is_paired, found)):
            typed.append(re.escape(term.text))
        elif len(found) > 1:
            phrases.append(phrase_pattern(found).pattern)
        elif found:
            single += [phrase_pattern([form]).pattern for form in forms(found[0], wide=True)]
            single += [phrase_pattern(found, prefix=True).pattern + r"\w*"] if term.prefix else ()
    return _Patterns(_either(phrases), _either(single), _either(typed))


def _either(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


def _text(connection: Connection, entry_id: int) -> str:
    """The text of an entry in one line, or its summary while there is no text on disk."""
    row = connection.row("SELECT summary, packed FROM entry LEFT JOIN article USING (id) WHERE id = ?", (entry_id,))
    summary, packed = row or ("", None)
    from cache.db.codec import readable_search_text

    found = None if packed is None else readable_search_text(packed)
    return text(summary) if found is None else found.text.replace("\n", " ")


def _snippet(text: str, patterns: _Patterns) -> str:
    matches = _matches(text, patterns)
    first = next(matches, None)
    width = _columns(text[first[0] if first else 0 :][:WIDTH])
    start = _space_before(text, max(0, first[0] - width // 3)) if first else 0
    end = len(text) if len(text) <= start + width else _space_before(text, start + width)
    marked = _marked(text[start:end], patterns)
    return f"{'… ' if start else ''}{marked.strip()}{' …' if end < len(text) else ''}"


def _marked(piece: str, patterns: _Patterns) -> str:
    parts, at = [], 0
    for first, last in _apart(_matches(piece, patterns)):
        parts += [piece[at:first], OPENS, piece[first:last], CLOSES]
        at = last
    return "".join([*parts, piece[at:]])


def _apart(matches: Iterable[Offsets]) -> Iterator[Offsets]:
    """The matches in the order of the text, of those that overlap the first."""
    end = 0
    for first, last in sorted(matches):
        if first >= end:
            yield first, last
            end = last


def _matches(text: str, patterns: _Patterns) -> Iterator[Offsets]:
    """Where the matches stand: those of phrases, then those of single words, each in their order."""
    yield from _spans(patterns.typed, text)
    normalized, where = _aligned(text)
    for pattern in (patterns.phrases, patterns.single):
        yield from map(where, _spans(pattern, normalized))


def _spans(pattern: re.Pattern[str] | None, text: str) -> Iterator[Offsets]:
    return (found.span() for found in pattern.finditer(text)) if pattern else iter(())


def _aligned(text: str) -> tuple[str, Callable[[Offsets], Offsets]]:
    """The text as it is normalized, and where in the text a place in that is."""
    english = as_ascii(text)
    if english is not None:
        return english.lower(), lambda place: place
    found = [(each.span(), _normalized_word(each[0])) for each in _WORD.finditer(text)]
    begins = list(accumulate((len(word) + 1 for _, word in found), initial=0))

    def where(place: Offsets) -> Offsets:
        first, last = (bisect(begins, at) - 1 for at in (place[0], place[1] - 1))
        return found[first][0][0], found[last][0][1]

    return " ".join(word for _, word in found), where


def _normalized_word(word: str) -> str:
    """A word of the text as the index holds it; empty for a run without spaces, of which it holds pairs."""
    if word.isascii():
        return word.lower()
    parts = words(word)
    return parts[0] if len(parts) == 1 and not is_paired(parts[0]) else ""


def _columns(text: str) -> int:
    """How many characters of such text fit in WIDTH columns."""
    return WIDTH * len(text) // (len(text) + len(_WIDE.findall(text))) if text else WIDTH


def _space_before(text: str, at: int) -> int:
    """The last beginning of a word before a place; the place itself where no space is near."""
    space = text.rfind(" ", max(0, at - SPACE_WITHIN), at)
    return space + 1 if space >= 0 else at
