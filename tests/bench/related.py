"""The related-stories engine as the scorer sees it: the product's own index, in a temporary library file.

Articles are added one by one, a transaction each, as they land in a refresh, and then sorted into stories, as the
program does when a refresh is over.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cache.db import schema
from cache.related import stories, upkeep
from tests.relating import assign_stories, neighbours_of


class Collection:
    """Articles indexed by the product, asked by the scorer's ids."""

    def __init__(self, articles: Sequence[dict[str, Any]]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.connection = sqlite3.connect(Path(self._folder.name) / "library.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode = wal", "PRAGMA synchronous = normal"):
            self.connection.execute(statement)
        for step in schema.STEPS:
            step(self.connection)
        self._ids = [article["id"] for article in articles]
        self._entries = {one: number for number, one in enumerate(self._ids, 1)}
        names = sorted({article["source"] or "" for article in articles})
        sources = {name: number for number, name in enumerate(names, 1) if name}
        for article in articles:
            self._add(article, sources.get(article["source"], 0))
        self._assign_stories()

    def related(self, one: str, k: int) -> list[str]:
        """The `k` nearest articles' ids, best first."""
        found = neighbours_of(self.connection, self._entries[one], limit=k)
        return [self._ids[neighbour.entry_id - 1] for neighbour in found]

    def labels(self) -> dict[str, int]:
        """The number of the story that each article tells."""
        return {one: stories.story_of(self.connection, entry_id) for one, entry_id in self._entries.items()}

    def close(self) -> None:
        """Close the library and throw it away."""
        self.connection.close()
        self._folder.cleanup()

    def _add(self, article: dict[str, Any], source_id: int) -> None:
        self.connection.execute("BEGIN")
        landed = upkeep.IndexedArticle(
            self._entries[article["id"]],
            article["url"] or "",
            article["title"],
            article["text"],
            _published(article["published"]),
            source_id,
        )
        upkeep.add(self.connection, landed)
        self.connection.execute("COMMIT")

    def _assign_stories(self) -> None:
        more = True
        while more:
            self.connection.execute("BEGIN")
            more = assign_stories(self.connection)
            self.connection.execute("COMMIT")


def _published(text: str | None) -> date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
