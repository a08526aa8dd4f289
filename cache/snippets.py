"""The piece of an article that shows why it was found, each match between two private-use characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cache import shelf
from cache.entry import Entry, Hit
from cache.spelling import asked, forms, words

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.query import Query

OPENS, CLOSES = "\ue000", "\ue001"
WIDTH = 180
"""Characters of a snippet, about two lines."""

_WORD = re.compile(r"[^\W_]+")


def hits(connection: Connection, query: Query, entries: list[Entry]) -> list[Hit]:
    """The entries with their snippets."""
    exact, beginnings = _looked_for(query)
    return [Hit(entry, _snippet(_text(connection, entry), exact, beginnings)) for entry in entries]


def _looked_for(query: Query) -> tuple[frozenset[str], tuple[str, ...]]:
    """The spelled words to mark: whole ones, and beginnings."""
    exact: set[str] = set()
    beginnings: set[str] = set()
    for term in (term for terms in query.wanted for term in terms):
        found = asked(term.text)
        if term.prefix and found:
            beginnings.add(found[-1])
        exact.update(form for word in found for form in (forms(word, wide=True) if len(found) == 1 else [word]))
    return frozenset(exact), tuple(beginnings)


def _text(connection: Connection, entry: Entry) -> str:
    article = shelf.article(connection, entry)
    return " ".join(article.text.split()) if article else entry.summary


def _snippet(text: str, exact: frozenset[str], beginnings: tuple[str, ...]) -> str:
    places = [found.span() for found in _WORD.finditer(text) if _is_match(found[0], exact, beginnings)]
    start = max(0, places[0][0] - WIDTH // 3) if places else 0
    start = text.rfind(" ", 0, start) + 1
    end = len(text) if len(text) <= start + WIDTH else text.rfind(" ", start + 1, start + WIDTH)
    end = end if end > start else start + WIDTH
    marked, at = [], start
    for first, last in places:
        if first >= start and last <= end:
            marked += [text[at:first], OPENS, text[first:last], CLOSES]
            at = last
    piece = "".join([*marked, text[at:end]])
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def _is_match(word: str, exact: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    found = words(word)
    return any(part in exact or (beginnings and part.startswith(beginnings)) for part in found)
