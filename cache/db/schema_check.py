"""Whether the tables of a library are those that its format has: its header may be damaged, or what makes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from cache.db import schema

_ALL = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY rowid"
_OF_AN_INDEX = ("headline_index_", "text_index_")
"""Tables that SQLite makes with a full-text index."""


def other_than_made(connection: sqlite3.Connection) -> list[str]:
    """The names of tables, indexes and triggers that are not as this version makes them, or missing, or strange."""
    with closing(sqlite3.connect(":memory:")) as made:
        for step in schema.STEPS:
            step(made)
        return sorted({str(name) for _, name, _ in set(made.execute(_ALL)) ^ set(connection.execute(_ALL))})


def can_be_upgraded(connection: sqlite3.Connection, version: int) -> bool:
    """Whether the steps after a version run on tables like these: not where they are another version's."""
    with closing(sqlite3.connect(":memory:")) as copy:
        try:
            for kind, name, sql in connection.execute(_ALL).fetchall():
                if sql and not (kind == "table" and str(name).startswith(_OF_AN_INDEX)):
                    copy.execute(sql)
            schema.renew_reports(copy, version)
            for step in schema.STEPS[version:]:
                step(copy)
        except sqlite3.OperationalError:
            return False
    return True
