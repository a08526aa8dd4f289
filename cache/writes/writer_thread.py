"""The one thread through which an open library is written: marks, sources, imports, pruning; no key waits for the disk.

A refresh writes past it, in a thread of its own: `cache.refresh.batch_writer`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from cache.writes.store import Store

T = TypeVar("T")


class WriterThread:
    """Runs work on a store of its own, one after the other; thread and store begin with the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread: ThreadPoolExecutor | None = None
        self._store: Store | None = None
        self._hurried = False

    async def write(self, work: Callable[[Store], T]) -> T:
        """What the work returns, once it is on disk; it is finished even when nobody waits for it any more."""
        from asyncio import get_running_loop, shield

        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        return await shield(get_running_loop().run_in_executor(self._thread, self._do, work))

    def hurry(self) -> None:
        """Waits no longer for other programs: what cannot be written at once raises LibraryBusy."""
        self._hurried = True
        if self._store is not None:
            self._store.connection.patience = 0.0

    def close(self) -> None:
        """Ends the thread once all that was asked of it is on disk."""
        if self._thread is not None:
            self._thread.submit(self._close)
            self._thread.shutdown(wait=True)
            self._thread = None

    def _do(self, work: Callable[[Store], T]) -> T:
        if self._store is None:
            from cache.writes.store import Store

            self._store = Store(self._path)
            if self._hurried:
                self._store.connection.patience = 0.0
        return work(self._store)

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
