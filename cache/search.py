"""The full-text index: what of an article can be found, and how it is spelled there.

Two FTS5 tables without content of their own. `text_index` holds every word of an article without positions, which
keeps it a quarter of the size; phrases are checked against the text itself. `headline_index` holds headline, authors
and source with positions and prefixes: it answers the first letters of a word, `author:`, and what ranks first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from cache import shelf
from cache.spelling import forms, spelled, words

if TYPE_CHECKING:
    import sqlite3

    from cache.connection import Connection
    from cache.query import Query, Term

RANKED = 400
"""Matches that are put in order of worth; older ones follow as they stand."""

SHORT = 3
"""Letters from which on a beginning of a word is looked up in the text, too."""

HALF_WORTH = 7 * 86400
"""Seconds after which being recent counts half."""

_HEADLINE = {
    "": "INSERT INTO headline_index (rowid, headline, authors, source) VALUES (?, ?, ?, ?)",
    "delete": "INSERT INTO headline_index (headline_index, rowid, headline, authors, source) VALUES (?, ?, ?, ?, ?)",
}
_TEXT = {
    "": "INSERT INTO text_index (rowid, text) VALUES (?, ?)",
    "delete": "INSERT INTO text_index (text_index, rowid, text) VALUES (?, ?, ?)",
}


class Findable(NamedTuple):
    """What the index holds of one entry."""

    headline: str
    authors: str
    source: str
    text: str


def index(connection: sqlite3.Connection, entry_id: int, findable: Findable) -> None:
    """Makes an entry findable, inside the caller's transaction."""
    _write(connection, entry_id, findable, "")


def unindex(connection: sqlite3.Connection, entry_id: int, findable: Findable) -> None:
    """Takes an entry out again; `findable` must be exactly what was indexed."""
    _write(connection, entry_id, findable, "delete")


def found(connection: Connection, query: Query, limit: int | None = None, offset: int = 0) -> array[int]:
    """The ids a query with words finds, best first: what the headline names, then what is recent."""
    where, values = shelf.conditions(connection, query.filters)
    where, values = _field_conditions(query, where, values)
    ranked = _ranked(connection, query, where, values)
    enough = None if limit is None else offset + limit
    if len(ranked) == RANKED and (enough is None or enough > RANKED):
        ranked = _with_the_rest(connection, query, where, values, ranked, enough)
    return array("q", ranked[offset:enough])


def count(connection: Connection, query: Query) -> int:
    """How many entries a query finds."""
    where, values = shelf.conditions(connection, query.filters)
    if not query.has_words:
        return int(connection.value(f"SELECT count(*) FROM shelf WHERE {where}", values))
    where, values = _field_conditions(query, where, values)
    return len(_matching(connection, query, where, values, -1))


def _ranked(connection: Connection, query: Query, where: str, values: list[Any]) -> list[int]:
    """The newest matches in order of worth; a match in the headline counts as much as being new."""
    rows = _matching(connection, query, where, values, RANKED)
    named = _in_headline(connection, query)
    newest = max((at for _, at in rows), default=0)
    worth = {id_: (id_ in named) + 1 / (1 + (newest - at) / HALF_WORTH) for id_, at in rows}
    return sorted(worth, key=lambda id_: worth[id_], reverse=True)


def _matching(connection: Connection, query: Query, where: str, values: list[Any], most: int) -> list[tuple[int, int]]:
    expression = _expression(query)
    if not expression:
        return []
    index_name = "headline_index" if _is_short(query) else "text_index"
    rows = connection.rows(
        f"SELECT shelf.id, shelf.at FROM {index_name} JOIN shelf ON shelf.id = {index_name}.rowid"
        f" WHERE {index_name} MATCH ? AND {where} ORDER BY {index_name}.rowid DESC LIMIT ?",
        (expression, *values, most),
    )
    return [(id_, at) for id_, at in rows]


def _with_the_rest(
    connection: Connection, query: Query, where: str, values: list[Any], ranked: list[int], enough: int | None
) -> list[int]:
    """The ranked matches, then all older ones as they stand."""
    seen = set(ranked)
    rows = _matching(connection, query, where, values, -1 if enough is None else enough + RANKED)
    return ranked + [id_ for id_, _ in rows if id_ not in seen]


def _in_headline(connection: Connection, query: Query) -> set[int]:
    rows = connection.rows(
        "SELECT rowid FROM headline_index WHERE headline_index MATCH ? ORDER BY rowid DESC LIMIT ?",
        (_expression(query), RANKED),
    )
    return {row[0] for row in rows}


def _is_short(query: Query) -> bool:
    """Whether a word is still so short that only the headlines' own index of beginnings answers at once."""
    return any(term.prefix and len(spelled(term.text).strip()) < SHORT for terms in query.wanted for term in terms)


def _expression(query: Query) -> str:
    """The words as an FTS5 expression, in which everything typed stands inside quotation marks."""
    wanted = " AND ".join(f"({either})" for either in map(_either, query.wanted) if either)
    unwanted = _either(query.unwanted)
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def _either(terms: Iterable[Term]) -> str:
    return " OR ".join(filter(None, map(_quoted, terms)))


def _quoted(term: Term) -> str:
    """A term as FTS5 strings: nothing but words as the index spells them, so that none can be syntax."""
    found = words(term.text)
    if not found:
        return ""
    if term.phrase or len(found) > 1:
        strings = [f'"{word}"' for word in found]
    else:
        strings = [" OR ".join(f'"{form}"' for form in forms(found[0]))]
    if term.prefix or (len(found[-1]) == 1 and not found[-1].isascii()):
        strings[-1] = f'"{found[-1]}" *'
    return f"({' AND '.join(f'({string})' for string in strings)})"


def _field_conditions(query: Query, where: str, values: list[Any]) -> tuple[str, list[Any]]:
    """Terms that must stand in one column, as conditions on the shelf."""
    for terms in query.wanted:
        if fields := [term for term in terms if term.field]:
            expression = " OR ".join(f"{{{term.field}}} : {_quoted(term)}" for term in fields)
            where += " AND shelf.id IN (SELECT rowid FROM headline_index WHERE headline_index MATCH ?)"
            values = [*values, expression]
    return where, values


def _write(connection: sqlite3.Connection, entry_id: int, findable: Findable, command: str) -> None:
    spelt = tuple(map(spelled, findable))
    connection.execute(_HEADLINE[command], (*filter(None, [command]), entry_id, *spelt[:3]))
    connection.execute(_TEXT[command], (*filter(None, [command]), entry_id, "\n".join(spelt)))
