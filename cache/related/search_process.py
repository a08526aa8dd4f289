"""The other end of the search for what is alike to new entries, in a process of its own while a processor is free.

`python -m cache.related.search_process LIBRARY` is that process: it is told which entries wait, looks at the last of
them first, says what it found a few at a time, and ends when nobody listens. It only reads the library.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import IO, TypeAlias

import cache
from cache.db import opening
from cache.related import index, nearest

Found: TypeAlias = dict[int, dict[int, float]]
"""By the ids of entries the sameness of others, by theirs."""

TOGETHER = 25
"""Entries that are looked at before it is said what was found."""
_OURS = str(Path(cache.__file__).resolve().parents[1])


class SearchProcess:
    """Such a process, from the side of whoever has it search; where none can be started, nothing is found."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process: subprocess.Popen[bytes] | None = None
        self._listening: Thread | None = None
        self._found: queue.SimpleQueue[Found] = queue.SimpleQueue()

    def begin(self, entry_ids: Sequence[int], last: int) -> None:
        """Has it look at entries, the last first; those above `last` beside what landed before them."""
        path = os.pathsep.join(filter(None, (_OURS, os.environ.get("PYTHONPATH", ""))))
        command = [sys.executable, "-P", "-m", "cache.related.search_process", str(self._path)]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=nothing, env={**os.environ, "PYTHONPATH": path}
            )
            listening = Thread(
                target=self._listen, args=(self._process, [*entry_ids], last), name="search", daemon=True
            )
            try:
                listening.start()
                self._listening = listening
            except RuntimeError:  # the system allows no further thread
                self.end()

    def found(self) -> Found:
        """What it has found since this was asked before."""
        new: Found = {}
        while not self._found.empty():
            new |= self._found.get()
        return new

    def end(self) -> None:
        """Ends it at once; it may begin again."""
        if self._process is None:
            return
        self._process.kill()
        if self._listening is not None:
            self._listening.join()
        with contextlib.suppress(BrokenPipeError), self._process:  # which closes its pipes
            self._process = self._listening = None
        self.found()

    def _listen(self, process: subprocess.Popen[bytes], entry_ids: Sequence[int], last: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError, MemoryError):  # it has ended, or is no help
            pickle.dump((entry_ids, last), process.stdin)
            process.stdin.flush()
            while True:
                self._found.put(pickle.load(process.stdout))


def search(path: Path, asked: IO[bytes], told: IO[bytes]) -> None:
    """Looks at the entries that are asked for, and tells what it found."""
    entry_ids, last = pickle.load(asked)
    with closing(opening.connect(path, "?mode=ro")) as connection:
        landed = nearest.LandedEntries(connection, index.Idf(connection), last)
        for end in range(len(entry_ids), 0, -TOGETHER):
            pickle.dump(nearest.similar(landed, entry_ids[max(0, end - TOGETHER) : end]), told)
            told.flush()


def main() -> None:
    """Searches for the process that started this one."""
    with contextlib.suppress(sqlite3.Error, OSError, EOFError):
        search(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
