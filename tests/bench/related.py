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

from cache.related import related, stories


class Collection:
    """Articles indexed by the product, asked by the scorer's ids."""

    def __init__(self, articles: Sequence[dict[str, Any]]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.connection = sqlite3.connect(Path(self._folder.name) / "library.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode = wal", "PRAGMA synchronous = normal", *related.SCHEMA.split(";")):
            self.connection.execute(statement)
        self._ids = [article["id"] for article in articles]
        self._entries = {one: number for number, one in enumerate(self._ids, 1)}
        names = sorted({article["source"] or "" for article in articles})
        sources = {name: number for number, name in enumerate(names, 1) if name}
        for article in articles:
            self._add(article, sources.get(article["source"], 0))
        self._settle()

    def related(self, one: str, k: int) -> list[str]:
        """The `k` nearest articles' ids, best first."""
        found = related.near(self.connection, self._entries[one], limit=k)
        return [self._ids[near.entry_id - 1] for near in found]

    def labels(self) -> dict[str, int]:
        """The number of the story that each article tells."""
        return {one: stories.story_of(self.connection, entry_id) for one, entry_id in self._entries.items()}

    def close(self) -> None:
        """Close the library and throw it away."""
        self.connection.close()
        self._folder.cleanup()

    def _add(self, article: dict[str, Any], source_id: int) -> None:
        self.connection.execute("BEGIN")
        related.add(
            self.connection,
            self._entries[article["id"]],
            url=article["url"] or "",
            source_id=source_id,
            published=_published(article["published"]),
            headline=article["title"],
            text=article["text"],
            language=article["lang"] or "",
        )
        self.connection.execute("COMMIT")

    def _settle(self) -> None:
        more = True
        while more:
            self.connection.execute("BEGIN")
            more = related.settle(self.connection)
            self.connection.execute("COMMIT")


def _published(text: str | None) -> date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
