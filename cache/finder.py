"""Finds what a query with words asks for, best first.

Whatever was typed reaches FTS5 only as words that `spelling` cut out, each in quotation marks: none of it is syntax.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from cache import shelf
from cache.connection import told
from cache.spelling import asked, forms, is_unspaced, run_of, spelled, words

if TYPE_CHECKING:
    from cache.connection import Connection
    from cache.query import Query, Term

RANKED = 400
"""Matches that are put in order of worth, the newest; older ones follow as they stand."""

CHECKED = 100
"""The same where each match's own text must be read to know that it is one."""

MOST_READ, MOST_READ_HURRIED = 5000, 200
"""How many texts are read for one query, the newest that hold its words: a second of work, and a moment of typing."""

READ = 60
"""The best of those, of which the text is looked at before they are shown."""

BEGINNING = 2000
"""Characters of it: news says what it is about first."""

SHORT = 4
"""Letters from which on the beginning of a word is looked up in the text, too, not in headlines alone."""

HALF_WORTH = 14 * 86400
"""Seconds after which being recent counts half."""


class Finder:
    """One query on one library."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self._query = query
        self._expressions = list(dict.fromkeys(filter(None, (_expression(query), _expression(query, wide=True)))))
        self._where, self._values = shelf.conditions(connection, query.filters)
        self._narrow()
        self._phrases = [phrase for terms in query.wanted if (phrase := _phrases(terms))]
        self._unwanted = _phrases(term for term in query.unwanted if len(asked(term.text)) > 1 and not term.field)
        self._must_read = bool(self._phrases or self._unwanted)
        self._texts_left = MOST_READ

    def best(self, limit: int | None = None, offset: int = 0, *, hurried: bool = False) -> array[int]:
        """The ids found: the newest few hundred by worth, then the others, newest first; `hurried` reads no text."""
        enough = None if limit is None else offset + limit
        self._texts_left = MOST_READ_HURRIED if hurried else MOST_READ
        matches = self._matches()
        candidates = list(islice(matches, CHECKED if self._must_read else RANKED))
        ranked = self._ranked(dict(candidates), hurried=hurried)
        if enough is None or enough > len(ranked):
            seen = set(ranked)
            missing = None if enough is None else enough - len(ranked)
            ranked += islice((entry_id for entry_id, _ in matches if entry_id not in seen), missing)
        return array("q", ranked[offset:enough])

    def count(self) -> int:
        """How many are found."""
        if not self._query.has_words:
            return int(self._connection.value(f"SELECT count(*) FROM shelf WHERE {self._where}", self._values))
        if not self._expressions or self._must_read:
            return sum(1 for _ in self._matches())
        return int(
            self._connection.value(
                "SELECT count(*) FROM text_index CROSS JOIN shelf ON shelf.id = text_index.rowid"
                f" WHERE text_index MATCH ? AND {self._where}",
                [self._expressions[-1], *self._values],
            )
        )

    def _ranked(self, candidates: dict[int, int], *, hurried: bool) -> list[int]:
        """A match in the headline counts as much as being new; how often the words stand in the text, half of that."""
        named = dict(self._named()) if self._expressions else {}
        candidates |= named
        newest = max(candidates.values(), default=0)
        worth = {id_: (id_ in named) + 1 / (1 + (newest - at) / HALF_WORTH) for id_, at in candidates.items()}
        ranked = sorted(worth, key=lambda id_: (worth[id_], id_), reverse=True)
        if hurried or not self._expressions:
            return ranked
        wanted = _wanted_words(self._query)
        for id_ in ranked[:READ]:
            beginning = shelf.whole_text(self._connection, id_)[:BEGINNING]
            worth[id_] += _density(words(beginning), wanted) / 2
        return sorted(ranked[:READ], key=lambda id_: (worth[id_], id_), reverse=True) + ranked[READ:]

    def _named(self) -> Iterator[tuple[int, int]]:
        """The newest entries whose headline, authors or source hold all the words."""
        return islice(
            self._rows(self._looking_in("headline_index"), [self._expressions[0]]),
            CHECKED if self._must_read else RANKED,
        )

    def _looking_in(self, index: str) -> str:
        return (
            f"SELECT shelf.id, shelf.at FROM {index} CROSS JOIN shelf ON shelf.id = {index}.rowid"
            f" WHERE {index} MATCH ? AND {self._where} ORDER BY {index}.rowid DESC"
        )

    def _matches(self) -> Iterator[tuple[int, int]]:
        """Each match and its place in time, the last to come in first; then what only the wide forms find."""
        if not self._expressions:
            yield from self._rows(f"SELECT shelf.id, shelf.at FROM shelf WHERE {self._where} {shelf.NEWEST}", [])
            return
        seen: set[int] = set()
        for index, expression in self._places():
            for entry_id, at in self._rows(self._looking_in(index), [expression]):
                if entry_id not in seen:
                    seen.add(entry_id)
                    yield entry_id, at

    def _places(self) -> list[tuple[str, str]]:
        """Where to look for what; for a word just begun in the headlines, and in the texts for the words before it."""
        if not _is_short(self._query):
            return [("text_index", expression) for expression in self._expressions]
        places = [("headline_index", self._expressions[0])]
        whole = tuple(terms for terms in self._query.wanted if not any(map(_is_begun, terms)))
        begun = tuple((replace(terms[-1], prefix=False),) for terms in self._query.wanted[-1:])
        expression = _expression(replace(self._query, wanted=whole or begun))
        return [*places, ("text_index", expression)] if expression else places

    def _rows(self, query: str, values: list[str]) -> Iterator[tuple[int, int]]:
        with told(self._connection.path):
            for entry_id, at in self._connection.sql.execute(query, (*values, *self._values)):
                if not self._must_read or self._is_meant(entry_id):
                    yield entry_id, at
                if self._texts_left < 0:
                    return

    def _is_meant(self, entry_id: int) -> bool:
        """Whether the entry's own text holds the phrases; the index knows words, not where they stand."""
        self._texts_left -= 1
        text = spelled(shelf.whole_text(self._connection, entry_id))
        return all(_holds(text, phrases) for phrases in self._phrases) and not _holds(text, self._unwanted)

    def _narrow(self) -> None:
        """Terms that must stand in a field, and words that must not stand alone, as conditions on the shelf."""
        for terms in self._query.wanted:
            if fields := list(filter(None, map(_in_field, terms))):
                self._add("IN", "headline_index", fields)
        alone = [term for term in self._query.unwanted if len(asked(term.text)) == 1]
        if words_alone := [quoted for term in alone if not term.field and (quoted := _quoted(term))]:
            self._add("NOT IN", "text_index", words_alone)
        if fields := list(filter(None, map(_in_field, self._query.unwanted))):
            self._add("NOT IN", "headline_index", fields)

    def _add(self, how: str, index: str, expressions: Iterable[str]) -> None:
        self._where += f" AND shelf.id {how} (SELECT rowid FROM {index} WHERE {index} MATCH ?)"
        self._values.append(" OR ".join(expressions))


def _holds(text: str, phrases: Iterable[re.Pattern[str]]) -> bool:
    return any(phrase.search(text) for phrase in phrases)


def _wanted_words(query: Query) -> frozenset[str]:
    """The words of a query in all their forms."""
    found = (word for terms in query.wanted for term in terms for word in asked(term.text))
    return frozenset(form for word in found for form in forms(word, wide=True))


def _density(text: list[str], wanted: frozenset[str]) -> float:
    """How much of a text is about the words: 0 to 1, half of it where one word in a hundred is one of them."""
    share = sum(word in wanted for word in text) / (len(text) + 50)
    return share / (share + 0.01)


def _is_short(query: Query) -> bool:
    """Whether a word is still so short that too many begin like it."""
    return any(_is_begun(term) for terms in query.wanted for term in terms)


def _is_begun(term: Term) -> bool:
    return term.prefix and len(term.text) < SHORT and term.text.isascii()


def _expression(query: Query, *, wide: bool = False) -> str:
    wanted = (" OR ".join(filter(None, (_quoted(term, wide=wide) for term in terms))) for terms in query.wanted)
    return " AND ".join(f"({either})" for either in wanted if either)


def _in_field(term: Term) -> str:
    quoted = _quoted(term) if term.field else ""
    return f"{{{term.field}}} : {quoted}" if quoted else ""


def _quoted(term: Term, *, wide: bool = False) -> str:
    """A term as FTS5 strings, one word each: a word in any of its forms, a phrase word by word."""
    found = asked(term.text)
    if not found:
        return ""
    strings = [f'"{word}"' for word in found]
    if len(found) == 1 and not term.phrase:
        strings = [" OR ".join(f'"{form}"' for form in forms(found[0], wide=wide))]
    if term.prefix or (len(found[-1]) == 1 and is_unspaced(found[-1])):
        strings[-1] = f'"{found[-1]}" *'
    return f"({' AND '.join(f'({string})' for string in strings)})"


def _phrases(terms: Iterable[Term]) -> list[re.Pattern[str]]:
    """What the text must hold one of, where the words alone do not decide; empty where they do."""
    found = [(asked(term.text), term.prefix) for term in terms]
    if not any(len(phrase) > 1 for phrase, _ in found):
        return []
    return [run_of(phrase, prefix=prefix) for phrase, prefix in found if phrase]
