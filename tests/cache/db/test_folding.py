"""The log is folded in while nobody writes, and by nothing else: a commit during a checkpoint may damage the file."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cache.db import connection as connections
from cache.db import opening
from cache.db.connection import Connection
from cache.writes.store import Store


@pytest.fixture
def library(path: Path) -> Path:
    with Store(path):
        pass
    return path


def put(connection: Connection, number: int, size: int = 100_000) -> None:
    with connection.batch():
        value = random.Random(number).randbytes(size // 2).hex()
        connection.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, json_quote(?))", (f"{number}", value))


def alone(library: Path) -> int:
    """How many settings the file holds without its log."""
    with closing(sqlite3.connect(f"file:{library}?immutable=1", uri=True)) as file:
        return int(file.execute("SELECT count(*) FROM setting WHERE name = '1'").fetchone()[0])


def test_while_another_program_writes_nothing_is_folded_in(library: Path) -> None:
    with Connection(library) as connection, closing(sqlite3.connect(library, isolation_level=None)) as other:
        put(connection, 1)
        other.execute("BEGIN IMMEDIATE")
        assert not opening.checkpoint(connection.sql, library, 0.0)
        assert alone(library) == 0
        other.execute("ROLLBACK")
        assert opening.checkpoint(connection.sql, library, 0.0)
        assert alone(library) == 1


def test_while_it_is_folded_in_nobody_writes(library: Path) -> None:
    told: list[str] = []

    def look(statement: str) -> None:
        if "wal_checkpoint" in statement:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            told.append(statement)

    with Connection(library) as connection, closing(sqlite3.connect(library, timeout=0, isolation_level=None)) as other:
        put(connection, 1)
        connection.sql.set_trace_callback(look)
        assert opening.checkpoint(connection.sql, library)
        connection.sql.set_trace_callback(None)
        assert told == ["PRAGMA wal_checkpoint(PASSIVE)"]
        other.execute("BEGIN IMMEDIATE")


@pytest.mark.parametrize("reading", [True, False])
def test_no_connection_folds_in_by_itself(library: Path, reading: bool) -> None:
    with Connection(library, reading=reading) as connection:
        assert connection.value("PRAGMA wal_autocheckpoint") == 0


def test_a_long_log_is_folded_in_under_way(library: Path) -> None:
    with Connection(library) as connection:
        longest = 0
        for number in range(1, 100):
            put(connection, number)
            longest = max(longest, opening.log_size(library))
        assert connections.LONG_LOG < longest < 2 * connections.LONG_LOG
        assert alone(library) == 1


def test_a_log_that_a_reader_keeps_from_being_folded_in_is_not_tried_at_every_commit(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    checkpoint = opening.checkpoint
    monkeypatch.setattr(opening, "checkpoint", lambda *given: tried.append(1) or checkpoint(*given))
    with Connection(library) as connection, closing(sqlite3.connect(library, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM entry").fetchone()
        for number in range(1, 100):
            put(connection, number)
        assert 1 <= len(tried) <= 3
