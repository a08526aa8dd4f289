"""Finds what a query with words asks for, best first.

Whatever was typed reaches FTS5 only as words that `spelling` cut out, each in quotation marks: none of it is syntax.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from cache import shelf
from cache.connection import told
from cache.spelling import forms, is_unspaced, words

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.query import Query, Term

RANKED = 400
"""Matches that are put in order of worth, the newest; older ones follow as they stand."""

SHORT = 3
"""Letters from which on the beginning of a word is looked up in the text, too, not in headlines alone."""

HALF_WORTH = 14 * 86400
"""Seconds after which being recent counts half."""


class Finder:
    """One query on one library."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self._query = query
        self._expression = _expression(query)
        self._where, self._values = shelf.conditions(connection, query.filters)
        self._narrow()
        self._phrases = [phrase for terms in query.wanted if (phrase := _phrase(terms))]

    def best(self, limit: int | None = None, offset: int = 0) -> array[int]:
        """The ids found: the newest few hundred by worth, then the others, newest first."""
        enough = None if limit is None else offset + limit
        matches = self._matches()
        ranked = self._ranked(list(islice(matches, RANKED)))
        if enough is None or enough > len(ranked):
            missing = None if enough is None else enough - len(ranked)
            ranked += [entry_id for entry_id, _ in islice(matches, missing)]
        return array("q", ranked[offset:enough])

    def count(self) -> int:
        """How many are found."""
        if not self._query.has_words:
            return int(self._connection.value(f"SELECT count(*) FROM shelf WHERE {self._where}", self._values))
        return sum(1 for _ in self._matches())

    def _ranked(self, matches: list[tuple[int, int]]) -> list[int]:
        """A match in the headline counts as much as being new."""
        named = self._in_headline()
        newest = max((at for _, at in matches), default=0)
        worth = {id_: (id_ in named) + 1 / (1 + (newest - at) / HALF_WORTH) for id_, at in matches}
        return sorted(worth, key=lambda id_: (worth[id_], id_), reverse=True)

    def _matches(self) -> Iterator[tuple[int, int]]:
        """Each match and its place in time, the last to come in first."""
        if not self._expression:
            return
        index = "headline_index" if _is_short(self._query) else "text_index"
        with told(self._connection.path):
            rows = self._connection.sql.execute(
                f"SELECT shelf.id, shelf.at FROM {index} CROSS JOIN shelf ON shelf.id = {index}.rowid"
                f" WHERE {index} MATCH ? AND {self._where} ORDER BY {index}.rowid DESC",
                (self._expression, *self._values),
            )
            for entry_id, at in rows:
                if all(self._holds(entry_id, phrases) for phrases in self._phrases):
                    yield entry_id, at

    def _in_headline(self) -> set[int]:
        rows = self._connection.rows(
            "SELECT rowid FROM headline_index WHERE headline_index MATCH ? ORDER BY rowid DESC LIMIT ?",
            (self._expression, RANKED),
        )
        return {row[0] for row in rows}

    def _narrow(self) -> None:
        """Terms that must stand in a field, and words that must not stand alone, as conditions on the shelf."""
        for terms in self._query.wanted:
            if fields := [f"{{{term.field}}} : {quoted}" for term in terms if term.field and (quoted := _quoted(term))]:
                self._where += " AND shelf.id IN (SELECT rowid FROM headline_index WHERE headline_index MATCH ?)"
                self._values.append(" OR ".join(fields))
        unwanted = _either(self._query.unwanted)
        if unwanted:
            self._where += " AND shelf.id NOT IN (SELECT rowid FROM text_index WHERE text_index MATCH ?)"
            self._values.append(unwanted)

    def _holds(self, entry_id: int, phrases: Iterable[str]) -> bool:
        """Whether the entry's own text holds one of the phrases; the index knows words, not where they stand."""
        text = f" {' '.join(words(shelf.whole_text(self._connection, entry_id)))} "
        return any(phrase in text for phrase in phrases)


def _is_short(query: Query) -> bool:
    """Whether a word is still so short that only the headlines' own index of beginnings answers at once."""
    return any(term.prefix and len(term.text) < SHORT and term.text.isascii() for t in query.wanted for term in t)


def _expression(query: Query) -> str:
    return " AND ".join(f"({either})" for either in map(_either, query.wanted) if either)


def _either(terms: Iterable[Term]) -> str:
    return " OR ".join(filter(None, map(_quoted, terms)))


def _quoted(term: Term) -> str:
    """A term as FTS5 strings, one word each: a word in any of its forms, a phrase word by word."""
    found = words(term.text)
    if not found:
        return ""
    strings = [f'"{word}"' for word in found]
    if len(found) == 1 and not term.phrase:
        strings = [" OR ".join(f'"{form}"' for form in forms(found[0]))]
    if term.prefix or (len(found[-1]) == 1 and is_unspaced(found[-1])):
        strings[-1] = f'"{found[-1]}" *'
    return f"({' AND '.join(f'({string})' for string in strings)})"


def _phrase(terms: tuple[Term, ...]) -> list[str]:
    """What the text must hold one of, where the words alone do not decide; empty where they do."""
    found = [words(term.text) for term in terms]
    if not any(len(term) > 1 for term in found):
        return []
    return [f" {' '.join(term)}{'' if ours.prefix else ' '}" for term, ours in zip(found, terms, strict=True) if term]
