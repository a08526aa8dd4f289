"""The related-stories engine as the scorer sees it: the product's own index, in a temporary library file."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cache import related, stories


class Collection:
    """Articles indexed by the product, one by one as they would land, and asked by the scorer's ids."""

    def __init__(self, articles: Sequence[dict[str, Any]]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.connection = sqlite3.connect(Path(self._folder.name) / "library.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode = wal", "PRAGMA synchronous = normal", *related.SCHEMA.split(";")):
            self.connection.execute(statement)
        self._ids = [article["id"] for article in articles]
        self._entries = {one: number for number, one in enumerate(self._ids, 1)}
        sources = {name: number for number, name in enumerate(sorted({a["source"] or "" for a in articles}))}
        self.connection.execute("BEGIN")
        related.rebuild(
            self.connection,
            (
                related.Report(
                    self._entries[article["id"]],
                    article["url"] or "",
                    sources[article["source"] or ""],
                    _published(article["published"]),
                    article["title"],
                    article["text"],
                    article["lang"] or "",
                )
                for article in articles
            ),
        )
        self.connection.execute("COMMIT")

    def related(self, one: str, k: int) -> list[str]:
        """The `k` nearest articles' ids, best first."""
        found = related.near(self.connection, self._entries[one], limit=k)
        return [self._ids[near.entry_id - 1] for near in found]

    def labels(self) -> dict[str, int]:
        """The number of the story that each article tells."""
        return {one: stories.story_of(self.connection, entry_id) for one, entry_id in self._entries.items()}


def _published(text: str | None) -> date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
