"""A library file with the index in it, and articles that land there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cache.db import schema
from cache.related.upkeep import IndexedArticle, add

HEADLINE = "Orlan shipyard launches frigate Vestra"
TEXT = "The Orlan yard in Port Maren launched the frigate Vestra with 84 sailors, said Admiral Dunja Kest."


@pytest.fixture
def another(tmp_path: Path) -> Callable[[], closing[sqlite3.Connection]]:
    """Opens the library file once more, as another process would."""

    def open_library() -> closing[sqlite3.Connection]:
        connection = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
        connection.execute("PRAGMA synchronous = off")
        return closing(connection)

    return open_library


@pytest.fixture
def connection(another: Callable[[], closing[sqlite3.Connection]]) -> Iterator[sqlite3.Connection]:
    with another() as connection:
        connection.execute("PRAGMA journal_mode = wal")
        for step in schema.STEPS:
            step(connection)
        yield connection


@pytest.fixture
def land() -> Callable[..., None]:
    """Takes an article into the index; the same report of one launch unless told otherwise."""

    def land_article(
        connection: sqlite3.Connection, entry_id: int, day: date | None = date(2031, 3, 3), **told: Any
    ) -> None:
        facts = {"headline": HEADLINE, "text": TEXT, "source_id": 0, "url": f"https://example.test/{entry_id}"}
        connection.execute("BEGIN")
        add(connection, IndexedArticle(entry_id, published=day, **{**facts, **told}))
        connection.execute("COMMIT")

    return land_article


@pytest.fixture
def pour(land: Callable[..., None]) -> Callable[..., None]:
    """Lands unrelated articles, enough for words to have a rarity."""

    def pour_articles(connection: sqlite3.Connection, count: int = 70) -> None:
        for number in range(100, 100 + count):
            text = " ".join(f"word{number * 7 + k} filler{k % 5}" for k in range(40))
            land(connection, number, headline=f"Title{number} filler{number % 5}", text=text)

    return pour_articles
