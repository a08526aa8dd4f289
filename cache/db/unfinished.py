"""A file that is made beside the one whose place it takes; what a killed program left of one goes with the next."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cache.db import locks

_ENDING, _LOCK = ".part", "-lock"
_OURS = re.compile(rf"\..{{1,40}}\.\d+-[0-9a-f]{{8}}{_ENDING}{_LOCK}")
_MOST = 40
"""Characters of the target's name, as a name that is longer by as much might be too long."""


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """The name of a file beside the target, to be made and to replace it; removed if it is still there at the end.

    A lock beside it says that its program lives; what the dead have left in the folder is removed. Raises OSError.
    """
    with contextlib.suppress(OSError):  # a folder that can be written and not listed
        _sweep(target.parent)
    part = target.with_name(f".{target.name[:_MOST]}.{os.getpid()}-{os.urandom(4).hex()}{_ENDING}")
    lock = locks.acquire(part.with_name(f"{part.name}{_LOCK}"))
    try:
        yield part
    finally:
        _remove(part)
        if lock:
            lock.release()


def _sweep(folder: Path) -> None:
    with os.scandir(folder) as beside:
        names = [each.name for each in beside if _OURS.fullmatch(each.name)]
    for name in names:
        if lock := locks.acquire(folder / name):  # its program holds it no more
            _remove(folder / name.removesuffix(_LOCK))
            lock.release()


def _remove(part: Path) -> None:
    """Removes an unfinished file, and what SQLite may have left beside it."""
    for each in (part, part.with_name(f"{part.name}-journal")):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)
