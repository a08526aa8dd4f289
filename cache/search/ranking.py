"""Finds what a query with words asks for, best first.

Whatever was typed reaches FTS5 only as words that `normalize` cut out, each in quotation marks: none of it is syntax.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from cache.db.sqlite_errors import raising_cache_errors
from cache.found import Counted
from cache.search import lists
from cache.search.index import whole_text
from cache.search.normalize import ends_in_lone_character, forms, query_words, words
from cache.search.phrase_check import PhraseCheck

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.search.query import Query, Term

RANKED = 400
"""Matches that are put in order of worth, the newest; older ones follow as they stand."""

CHECKED = 100
"""The same where each match's own text must be read to know that it is one."""

READ_IN_A_MOMENT = 100
"""Texts that are read while somebody waits: about a hundredth of a second."""

BEST_MATCHES = 60
"""The best matches, of which the text is looked at before they are shown."""

BEGINNING_CHARACTERS = 2000
"""Characters of it: news says what it is about first."""

SHORT = 4
"""Letters from which on a word just begun is looked up in the text, too, not in headlines alone."""

HALF_WORTH = 14 * 86400
"""Seconds after which being recent counts half."""


class Search:
    """One query on one library; `stop` says when nobody waits for the answer any more."""

    def __init__(self, connection: Connection, query: Query, *, stop: Callable[[], bool] | None = None) -> None:
        self._connection = connection
        self._query = query
        self._stop = stop or (lambda: False)
        self._expressions = list(dict.fromkeys(filter(None, (_expression(query), _expression(query, wide=True)))))
        self._where, self._values = lists.conditions(connection, query.filters)
        self._narrow()
        self._phrases = PhraseCheck(connection, query)

    def best(self, limit: int | None = None, offset: int = 0, *, hurried: bool = False) -> array[int]:
        """The ids found: the newest few hundred by worth, then the others, newest first.

        `hurried` gives what a moment's reading finds: of a phrase that stands in few texts not all.
        """
        enough = None if limit is None else offset + limit
        in_headline = dict(self._headline_matches(hurried=hurried)) if self._expressions else {}
        if hurried and not self._phrases.needed and enough is not None and len(in_headline) >= enough:
            # None of the others is worth more; to look up a frequent word's beginning in the texts takes the longest.
            return array("q", _by_worth(in_headline, in_headline)[0][offset:enough])
        matches = self._checked(self._matches(), READ_IN_A_MOMENT if hurried else None)
        candidates = list(islice(matches, CHECKED if self._phrases.needed else RANKED))
        ranked = self._ranked(dict(candidates), in_headline, hurried=hurried)
        if enough is None or enough > len(ranked):
            seen = set(ranked)
            missing = None if enough is None else enough - len(ranked)
            ranked += islice((entry_id for entry_id, _ in matches if entry_id not in seen), missing)
        return array("q", ranked[offset:enough])

    def count(self) -> int:
        """How many are found."""
        if not self._query.has_words:
            return int(self._connection.value(f"SELECT count(*) FROM shelf WHERE {self._where}", self._values))
        if not self._expressions or self._phrases.needed:
            return sum(1 for _ in self._checked(self._matches(), None))
        return int(
            self._connection.value(
                "SELECT count(*) FROM text_index CROSS JOIN shelf ON shelf.id = text_index.rowid"
                f" WHERE text_index MATCH ? AND {self._where}",
                [self._expressions[-1], *self._values],
            )
        )

    def counted(self) -> Counted:
        """How many are found, as far as a moment's reading tells."""
        if not self._phrases.needed:
            return Counted(self.count())
        first = list(islice(self._matches(), READ_IN_A_MOMENT + 1))
        number = sum(self._phrases.passes(entry_id) for entry_id, _ in first[:READ_IN_A_MOMENT])
        return Counted(number, whole=len(first) <= READ_IN_A_MOMENT)

    def _ranked(self, candidates: dict[int, int], in_headline: dict[int, int], *, hurried: bool) -> list[int]:
        """The candidates and what has the words in its headline, by worth: with how often they stand in the text, which
        counts half as much as the headline.
        """
        ranked, worth = _by_worth(candidates | in_headline, in_headline)
        if hurried or not self._expressions:
            return ranked
        wanted = _wanted_words(self._query)
        for id_ in ranked[:BEST_MATCHES]:
            if self._stop():
                break
            beginning = whole_text(self._connection, id_)[:BEGINNING_CHARACTERS]
            worth[id_] += _density(words(beginning), wanted) / 2
        return sorted(ranked[:BEST_MATCHES], key=lambda id_: (worth[id_], id_), reverse=True) + ranked[BEST_MATCHES:]

    def _headline_matches(self, *, hurried: bool) -> Iterator[tuple[int, int]]:
        """The newest entries whose headline, authors or source hold all the words."""
        rows = self._rows(self._looking_in("headline_index"), self._expressions[0])
        found = self._checked(rows, READ_IN_A_MOMENT // 3 if hurried else None)
        return islice(found, CHECKED if self._phrases.needed else RANKED)

    def _looking_in(self, index: str) -> str:
        return (
            f"SELECT shelf.id, CAST(shelf.at AS INTEGER) FROM {index} CROSS JOIN shelf ON shelf.id = {index}.rowid"
            f" WHERE {index} MATCH ? AND {self._where} ORDER BY {index}.rowid DESC"
        )

    def _matches(self) -> Iterator[tuple[int, int]]:
        """Each match and its place in time, the last to come in first; then what only the wide forms find."""
        if not self._expressions:
            yield from self._rows(
                f"SELECT shelf.id, CAST(shelf.at AS INTEGER) FROM shelf WHERE {self._where} {lists.NEWEST}"
            )
            return
        seen: set[int] = set()
        for index, expression in self._lookups():
            for entry_id, at in self._rows(self._looking_in(index), expression):
                if entry_id not in seen:
                    seen.add(entry_id)
                    yield entry_id, at

    def _checked(self, rows: Iterator[tuple[int, int]], most: int | None) -> Iterator[tuple[int, int]]:
        """Those of the rows whose text says what is meant, where only that can tell; `most` texts are read for it."""
        if not self._phrases.needed:
            return rows
        return (row for row in islice(rows, most) if self._phrases.passes(row[0]))

    def _lookups(self) -> list[tuple[str, str]]:
        """Where to look for what; for a word just begun in the headlines, and in the texts for the words before it."""
        if not any(map(_is_begun, _terms(self._query))):
            return [("text_index", expression) for expression in self._expressions]
        lookups = [("headline_index", self._expressions[0])]
        whole = tuple(terms for terms in self._query.wanted if not any(map(_is_begun, terms)))
        begun = tuple((replace(terms[-1], prefix=False),) for terms in self._query.wanted[-1:])
        expression = _expression(replace(self._query, wanted=whole or begun))
        return [*lookups, ("text_index", expression)] if expression else lookups

    def _rows(self, query: str, *expression: str) -> Iterator[tuple[int, int]]:
        with raising_cache_errors(self._connection.path):
            for row in self._connection.sql.execute(query, (*expression, *self._values)):
                if self._stop():
                    return
                yield row

    def _narrow(self) -> None:
        """Terms that must stand in a field, and words that must not stand alone, as conditions on the shelf."""
        for terms in self._query.wanted:
            if any(term.field for term in terms):
                self._add("IN", terms)
        self._add("NOT IN", (term for term in self._query.unwanted if term.field or len(query_words(term.text)) == 1))

    def _add(self, how: str, terms: Iterable[Term]) -> None:
        """Of the choices that stand in a field those that do, of the others those that the text holds."""
        found: dict[str, list[str]] = {"headline_index": [], "text_index": []}
        for term in terms:
            if quoted := _in_field(term) if term.field else _quoted(term):
                found["headline_index" if term.field else "text_index"].append(quoted)
        looked_up = {index: " OR ".join(expressions) for index, expressions in found.items() if expressions}
        if looked_up:
            rows = " UNION ".join(f"SELECT rowid FROM {index} WHERE {index} MATCH ?" for index in looked_up)
            self._where += f" AND shelf.id {how} ({rows})"
            self._values += looked_up.values()


def _by_worth(found: dict[int, int], in_headline: dict[int, int]) -> tuple[list[int], dict[int, float]]:
    """Entries with their places in time, the best first, and what each is worth: a match in the headline counts as much
    as being the newest.
    """
    newest = max(found.values(), default=0)
    worth = {id_: (id_ in in_headline) + 1 / (1 + (newest - at) / HALF_WORTH) for id_, at in found.items()}
    return sorted(worth, key=lambda id_: (worth[id_], id_), reverse=True), worth


def _wanted_words(query: Query) -> frozenset[str]:
    """The words of a query in all their forms."""
    found = (word for term in _terms(query) for word in query_words(term.text))
    return frozenset(form for word in found for form in forms(word, wide=True))


def _density(text: list[str], wanted: frozenset[str]) -> float:
    """How much of a text is about the words: 0 to 1, half of it where one word in a hundred is one of them."""
    share = sum(word in wanted for word in text) / (len(text) + 50)
    return share / (share + 0.01)


def _terms(query: Query) -> Iterator[Term]:
    return (term for terms in query.wanted for term in terms)


def _is_begun(term: Term) -> bool:
    """Whether a word being typed is still so short that too many begin like it."""
    return term.begun and len(term.text) < SHORT and term.text.isascii()


def _expression(query: Query, *, wide: bool = False) -> str:
    wanted = (" OR ".join(filter(None, (_quoted(term, wide=wide) for term in terms))) for terms in query.wanted)
    return " AND ".join(f"({either})" for either in wanted if either)


def _in_field(term: Term) -> str:
    """A term as FTS5 finds it in its field: a phrase as a phrase, as the headlines' index knows where words stand."""
    found = query_words(term.text)
    if len(found) > 1:
        return f'{{{term.field}}} : "{" ".join(found)}"{" *" if term.prefix or ends_in_lone_character(found) else ""}'
    return f"{{{term.field}}} : {quoted}" if (quoted := _quoted(term)) else ""


def _quoted(term: Term, *, wide: bool = False) -> str:
    """A term as FTS5 strings, one word each: a word in any of its forms, a phrase word by word."""
    found = query_words(term.text)
    if not found:
        return ""
    strings = [f'"{word}"' for word in found]
    if len(found) == 1 and not term.phrase:
        strings = [" OR ".join(f'"{form}"' for form in forms(found[0], wide=wide))]
    if term.prefix or ends_in_lone_character(found):
        strings[-1] = f'"{found[-1]}" *'
    return f"({' AND '.join(f'({string})' for string in strings)})"
