"""The piece of an article that shows why it was found, each match between two private-use characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cache import shelf
from cache.entry import Entry, Hit
from cache.spelling import asked, forms, is_unspaced, words

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.query import Query

OPENS, CLOSES = "\ue000", "\ue001"
WIDTH = 180
"""Characters of a snippet, about two lines."""

LONGEST = 40
"""Characters within which a space is looked for, to cut there."""

_WORD = re.compile(r"[^\W_]+")


def hits(connection: Connection, query: Query, entries: list[Entry]) -> list[Hit]:
    """The entries with their snippets."""
    sought = _sought(query)
    return [Hit(entry, _snippet(_text(connection, entry), sought)) for entry in entries]


class _Sought(NamedTuple):
    """What to mark: spelled words, beginnings of words, and what stands in text without spaces as it was typed."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    typed: re.Pattern[str] | None


def _sought(query: Query) -> _Sought:
    whole: set[str] = set()
    beginnings: set[str] = set()
    typed: list[str] = []
    for term in (term for terms in query.wanted for term in terms):
        found = asked(term.text)
        if any(map(is_unspaced, found)):
            typed.append(re.escape(term.text))
        elif term.prefix and found:
            beginnings.add(found[-1])
        whole.update(form for word in found for form in (forms(word, wide=True) if len(found) == 1 else [word]))
    return _Sought(frozenset(whole), tuple(beginnings), re.compile("|".join(typed)) if typed else None)


def _text(connection: Connection, entry: Entry) -> str:
    article = shelf.article(connection, entry)
    return " ".join(article.text.split()) if article else entry.summary


def _snippet(text: str, sought: _Sought) -> str:
    places = _places(text, sought)
    start = _space_before(text, max(0, places[0][0] - WIDTH // 3)) if places else 0
    end = len(text) if len(text) <= start + WIDTH else _space_before(text, start + WIDTH)
    marked, at = [], start
    for first, last in places:
        if first >= at and last <= end:
            marked += [text[at:first], OPENS, text[first:last], CLOSES]
            at = last
    piece = "".join([*marked, text[at:end]]).strip()
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def _places(text: str, sought: _Sought) -> list[tuple[int, int]]:
    """Where the matches stand, in their order."""
    spans = [found.span() for found in _WORD.finditer(text) if _is_match(found[0], sought)]
    if sought.typed:
        spans += [found.span() for found in sought.typed.finditer(text)]
    return sorted(spans)


def _space_before(text: str, at: int) -> int:
    """The last beginning of a word before a place; the place itself where no space is near."""
    space = text.rfind(" ", max(0, at - LONGEST), at)
    return space + 1 if space >= 0 else at


def _is_match(word: str, sought: _Sought) -> bool:
    found = words(word)
    if not found or is_unspaced(found[0]):
        return False
    return any(part in sought.whole or (sought.beginnings and part.startswith(sought.beginnings)) for part in found)
