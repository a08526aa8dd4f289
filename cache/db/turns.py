"""Whose turn it is to write: a program that waits says so, and one that writes again and again lets it go first.

SQLite has no queue: whoever asks at the right moment writes next, and a program that begins its next transaction as
soon as it has ended one would keep all others out. While a program waits, the file that says that it has the library
open (`cache.db.locks`) is not empty.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from cache.db import locks

ASK_AGAIN = 0.001
"""Seconds between two tries to begin while another program is in a transaction."""
_MOST = 0.05
"""Seconds that a program which waits is given to begin: it may have been put aside by the system."""

_guard = Lock()
_waiting: Counter[Path] = Counter()
"""How many connections of this program wait, by the library's path."""


@contextmanager
def waiting(path: Path) -> Iterator[None]:
    """This program says that it waits for its turn, as long as it does."""
    file = Path(os.path.realpath(path))
    _change(file, 1)
    try:
        yield
    finally:
        _change(file, -1)


def give_way(path: Path) -> None:
    """Lets others that wait have their turn; returns at once where nobody does."""
    file, until = Path(os.path.realpath(path)), monotonic() + _MOST
    while _anybody_waits(file):
        if monotonic() > until:
            locks.others(file)  # one that died while it waited is forgotten
            return
        sleep(ASK_AGAIN)


def _change(path: Path, by: int) -> None:
    with _guard:
        _waiting[path] += by
        descriptor = locks.descriptor_of(path)
        if descriptor is not None:
            with contextlib.suppress(OSError):  # where it cannot be said, others find their turn by themselves
                os.ftruncate(descriptor, 1 if _waiting[path] else 0)


def _anybody_waits(path: Path) -> bool:
    return bool(_waiting[path]) or locks.is_anybody_marked(path)
