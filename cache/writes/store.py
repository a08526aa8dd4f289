"""A library open for writing: one connection, and the parts that write through it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from cache.db.connection import Connection
from cache.db.fetch_plan import FetchPlan
from cache.paths import places
from cache.writes.articles import Articles
from cache.writes.entries import Entries
from cache.writes.indexing import Indexing
from cache.writes.sources import Sources
from cache.writes.stories import Stories


class Store:
    """A library file open for writing, made when there is none; used by the thread that opened it."""

    def __init__(self, path: Path | str) -> None:
        self.connection = Connection(path)
        self.indexing = Indexing(self.connection)
        self.plan = FetchPlan(self.connection)
        self.entries = Entries(self.connection, self.indexing, self.plan)
        self.articles = Articles(self.connection, self.indexing, self.entries)
        self.sources = Sources(self.connection)
        self.stories = Stories(self.connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def batch(self) -> AbstractContextManager[None]:
        """One transaction round all that is written inside; a batch inside a batch joins it."""
        return self.connection.batch()

    def close(self) -> None:
        """Closes the file."""
        self.stories.close()
        self.connection.close()


def open_store(path: Path | str | None = None) -> Store:
    """The library file at `path`, or the reader's own, open for writing; made when there is none."""
    return Store(path or places().library)
