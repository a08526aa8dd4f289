"""One refresh of a library at a time: whoever comes second follows the one that is under way.

The program that refreshes holds a lock on a file beside the library, and writes into it how far it is. The operating
system takes the lock from a program that dies, and the next one goes on from there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections.abc import AsyncGenerator
from pathlib import Path

from cache.db.locks import FileLock, acquire
from cache.progress import Progress
from cache.refresh.progress_lines import from_line, to_line

BETWEEN_LOOKS = 0.2
"""Seconds between two looks at how far another program is, and between two words on how far this one is."""
_JOINED = "Another program is refreshing the library; this shows how far it is."


class RefreshTurn:
    """The turn to refresh a library; `whole` says whether all that is due is asked, or only some sources."""

    def __init__(self, library: Path, *, whole: bool) -> None:
        real = Path(os.path.realpath(library))
        self._path = real.with_name(f"{real.name}-refresh")
        self._whole = whole
        self._lock: FileLock | None = None
        self._told = 0.0
        self._followed = False

    @property
    def is_done(self) -> bool:
        """Whether what was followed has been to its end, and was all that is wanted here."""
        return self._followed and self._whole

    async def others(self) -> AsyncGenerator[Progress, None]:
        """How far another program's refresh is, until it has ended; from then on it is this program's turn."""
        seen: int | None = None
        last = Progress("joined", notice=_JOINED)
        try:
            while not self._take():
                if seen is None:
                    seen = self._opened()
                    yield last
                progress = self._look(seen)
                if progress and progress != last:
                    yield (last := progress)
                await asyncio.sleep(BETWEEN_LOOKS)
            progress = self._look(seen)
            if progress and progress != last:
                yield progress
        finally:
            if seen is not None:
                os.close(seen)

    def tell(self, progress: Progress) -> None:
        """Says how far this program is to whoever follows it; with the end of the refresh the turn is another's."""
        ended = progress.step == "finished"
        if self._lock is None or (not ended and time.monotonic() < self._told + BETWEEN_LOOKS):
            return
        self._told = time.monotonic()
        with contextlib.suppress(OSError):  # a full disk: nobody can follow
            os.ftruncate(self._lock.descriptor, 0)
            os.pwrite(self._lock.descriptor, json.dumps(self._whole).encode() + b"\n" + to_line(progress), 0)
        if ended:
            self.give_back()

    def give_back(self) -> None:
        """Lets another program have its turn."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _take(self) -> bool:
        """Whether the turn could be had; where no file can be made beside the library, nobody else is there either."""
        try:
            self._lock = acquire(self._path)
        except OSError:
            return True
        return self._lock is not None

    def _opened(self) -> int | None:
        with contextlib.suppress(OSError):
            return os.open(self._path, os.O_RDONLY)
        return None

    def _look(self, seen: int | None) -> Progress | None:
        """What the other program has said last; None where that is nothing yet, or is just being written."""
        if seen is None:
            return None
        try:
            whole, _, line = os.pread(seen, 1_000_000, 0).partition(b"\n")
            progress = from_line(line)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        self._followed = progress.step == "finished" and whole == b"true"
        return progress
