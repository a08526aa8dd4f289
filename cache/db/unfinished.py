"""A file that is made beside the one whose place it takes; what a killed program left of one goes with the next."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cache.db import locks

_ENDING = ".part"
_MOST = 40
"""Characters of the target's name, as a name that is longer by as much might be too long."""


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """The name of a file beside the target, to be made and to replace it; removed if it is still there at the end.

    A lock beside it says that its program lives; files of the dead for the same target are removed. Raises OSError.
    """
    _sweep(target)
    part = target.with_name(f"{_beginning(target)}{os.getpid()}-{os.urandom(4).hex()}{_ENDING}")
    lock = locks.acquire(_lock_of(part))
    try:
        yield part
    finally:
        _remove(part)
        if lock:
            lock.release()


def _sweep(target: Path) -> None:
    ours = re.compile(rf"({re.escape(_beginning(target))}\d+-[0-9a-f]{{8}}{_ENDING})(-lock|-journal)?")
    with os.scandir(target.parent) as beside:
        parts = {target.with_name(found[1]) for each in beside if (found := ours.fullmatch(each.name))}
    for part in parts:
        if locks.is_dead(_lock_of(part)):
            _remove(part)


def _beginning(target: Path) -> str:
    return f".{target.name[:_MOST]}."


def _lock_of(part: Path) -> Path:
    return part.with_name(f"{part.name}-lock")


def _remove(part: Path) -> None:
    """Removes an unfinished file, and what SQLite may have left beside it."""
    for each in (part, part.with_name(f"{part.name}-journal")):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)
