"""Finds values that are of another kind than their column's, and says what to put in their place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from cache.db.values import integer, moment, number, text, when
from fetch.source import Kind

_ENTRY = dict.fromkeys(("entry", "mark", "article", "pending"), "id")
_ENTRY |= dict.fromkeys(("revision", "tag", "highlight"), "entry_id")
"""The column that says whose row it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it is declared to hold, whether it may be empty, and what it holds by default."""

    table: str
    name: str
    kind: str
    may_be_empty: bool
    default: Any

    def accepts(self, value: object) -> bool:
        """Whether a value is of the column's kind and can be read as what it stands for."""
        if value is None:
            return self.may_be_empty
        if not isinstance(value, _TYPES[self.kind]):
            return False
        meaning = _MEANINGS.get((self.table, self.name))
        return meaning is None or meaning(value)

    def mended(self, value: object) -> object:
        """The value, or what is nearest to it that the column accepts."""
        if self.accepts(value):
            return value
        near = _MENDING.get((self.table, self.name), _NEAREST[self.kind])(value)
        return near if self.accepts(near) else self.default


@dataclass(frozen=True, slots=True)
class OddValue:
    """A value that cannot be read: where it stands, and the number of the article whose row it is, 0 for none."""

    table: str
    column: str
    entry_id: int


def columns(connection: sqlite3.Connection, table: str) -> list[Column]:
    """The columns of a table."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [
        Column(table, name, _kind(declared), not required and not key, _default(declared, given, required))
        for _, name, declared, required, given, key in rows
    ]


def odd_values(connection: sqlite3.Connection) -> Iterator[OddValue]:
    """Every value of the library that cannot be read as what it stands for."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")]
    before, connection.text_factory = connection.text_factory, _strictly
    try:
        for table in names:
            if not table.startswith(("sqlite_", "headline_index", "text_index")):
                yield from _odd_in(connection, table)
    finally:
        connection.text_factory = before


def _odd_in(connection: sqlite3.Connection, table: str) -> Iterator[OddValue]:
    found = columns(connection, table)
    whose = _ENTRY.get(table, "0")
    # Bytes are long, and their kind is all that is looked at here.
    asked = ", ".join(
        f"iif(typeof({one.name}) = 'blob', x'00', {one.name})" if one.kind == "BLOB" else one.name for one in found
    )
    for entry_id, *row in connection.execute(f"SELECT {whose}, {asked} FROM {table}"):
        for column, value in zip(found, row, strict=True):
            if not column.accepts(value):
                yield OddValue(table, column.name, integer(entry_id))


def _strictly(raw: bytes) -> object:
    """Text where it is text; what is no UTF-8 stays bytes, and so is told from it."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _kind(declared: str) -> str:
    return declared if declared in _TYPES else "TEXT"


def _default(declared: str, given: str | None, required: int) -> object:
    if given is not None:
        return {"''": "", "x''": b""}.get(given, int(given) if given.lstrip("-").isdigit() else "")
    return _ZERO.get(declared, "") if required else None


def _is_json(value: object) -> bool:
    try:
        json.loads(str(value))
    except (ValueError, RecursionError):
        return False
    return True


def _is_object_or_empty(value: object) -> bool:
    return not value or (_is_json(value) and isinstance(json.loads(str(value)), dict))


_DEEPEST = 10**9
"""Lines beyond which no text is scrolled."""
_TYPES: dict[str, Any] = {"TEXT": str, "INTEGER": int, "REAL": (int, float), "BLOB": bytes}
_ZERO: dict[str, object] = {"TEXT": "", "INTEGER": 0, "REAL": 0.0, "BLOB": b""}
_NEAREST: dict[str, Callable[[object], object]] = {
    "TEXT": text,
    "INTEGER": integer,
    "REAL": number,
    "BLOB": lambda value: value if isinstance(value, bytes) else b"",
}
_MEANINGS: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("entry", "published"): lambda value: when(value) is not None,
    ("entry", "at"): lambda value: moment(value) is not None,
    ("entry", "seen"): lambda value: moment(value) is not None,
    ("entry", "fetched"): lambda value: moment(value) is not None,
    ("entry", "offline"): lambda value: 0 <= value <= 3,
    ("revision", "fetched"): lambda value: moment(value) is not None,
    ("source", "refreshed"): lambda value: moment(value) is not None,
    ("source", "answered"): lambda value: moment(value) is not None,
    ("mark", "read"): lambda value: value in (0, 1),
    ("mark", "queued"): lambda value: value in (0, 1),
    ("mark", "scroll"): lambda value: 0 <= value <= _DEEPEST,
    ("source", "kind"): lambda value: value in get_args(Kind),
    ("source", "state"): _is_object_or_empty,
    ("source", "headers"): _is_object_or_empty,
    ("setting", "value"): _is_json,
}
"""What a value must mean beyond its kind."""
_MENDING: dict[tuple[str, str], Callable[[Any], object]] = {
    ("mark", "read"): lambda value: int(integer(value) != 0),
    ("mark", "queued"): lambda value: int(integer(value) != 0),
    ("source", "kind"): lambda _: "feed",
}
"""What is nearest where that is not the nearest of its kind: a mark stays a mark, a source is asked as most are."""
