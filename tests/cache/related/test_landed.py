"""What is to be entered of what has landed is found before the transaction, and anew where somebody wrote meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from cache.related import upkeep
from cache.related.upkeep import IndexedArticle

WORDS = ("harbour caisson mole", "harbour ferry strike", "tunnel budget council", "caisson ferry budget")


def landing(connection: sqlite3.Connection, numbers: range) -> None:
    for number in numbers:
        article = IndexedArticle(number + 1, f"https://paper.example/{number}", WORDS[number], WORDS[number] * 3)
        upkeep.add(connection, article)


def entered(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    tables = ("related_postings", "related_words", "related_fresh")
    return [connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]


@pytest.fixture
def at_once(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """What is entered where nothing was found before; nothing of it stays."""
    connection.execute("BEGIN")
    landing(connection, range(4))
    upkeep.flush(connection)
    told = entered(connection)
    connection.execute("ROLLBACK")
    return told


def test_what_was_found_before_is_what_is_entered(
    connection: sqlite3.Connection, at_once: list[list[tuple[object, ...]]]
) -> None:
    landing(connection, range(4))
    upkeep.flush(connection, upkeep.landed(connection))
    assert entered(connection) == at_once
    assert at_once[0]
    assert not at_once[2]


@pytest.mark.parametrize("is_another", [True, False])
def test_what_lands_after_it_was_found_is_entered_too(
    connection: sqlite3.Connection,
    another: Callable[[], closing[sqlite3.Connection]],
    at_once: list[list[tuple[object, ...]]],
    is_another: bool,
) -> None:
    landing(connection, range(3))
    found = upkeep.landed(connection)
    if is_another:
        with another() as other:
            landing(other, range(3, 4))
    else:
        landing(connection, range(3, 4))
    upkeep.flush(connection, found)
    assert entered(connection) == at_once
