"""Who has a library open, and who works on its file as a whole: lock files beside it that end with their program.

A program that has a library open holds `library.db-open-PID-…`. Making, upgrading and folding a library are done under
`library.db-lock`, a repair under `library.db-repair` as well; that one waits for nobody: a program that has the library
open keeps a repair from beginning, and a repair under way keeps a program from opening it. The operating system takes
the lock from a program that dies; the file it leaves is removed by the next one.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from time import monotonic, sleep
from typing import NamedTuple

from cache.errors import LibraryBusy

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        try:
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # far beyond what is written, so that it can be read
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


PAUSE = 0.02
"""Seconds between two looks at a lock that another program holds."""
_RIGHTS = 0o600
"""Of a lock file: another program of the reader's must be able to open it, to see whether anybody holds it."""
_MOMENT = 0.1
"""Seconds after which a lock is not just looked at."""


class FileLock(NamedTuple):
    """A lock that one program holds at a time, on a file of its own that goes with it."""

    path: Path
    descriptor: int

    def release(self) -> None:
        """Lets another program have it."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        os.close(self.descriptor)


def acquire(path: Path, wait: float = 0.0) -> FileLock | None:
    """The lock on this file, or None if another program still holds it after `wait` seconds; raises OSError."""
    until = monotonic() + wait
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), _RIGHTS)
        if _try_lock(descriptor):
            found = os.fstat(descriptor)
            if found.st_nlink:
                if found.st_mode & _RIGHTS != _RIGHTS:  # the umask has taken from the reader, too
                    with contextlib.suppress(OSError):
                        path.chmod(_RIGHTS)
                return FileLock(path, descriptor)
            os.close(descriptor)  # its last holder has just removed it
            continue
        os.close(descriptor)
        if monotonic() >= until:
            return None
        sleep(PAUSE)


class _Openings:
    """How often this program has each library open, and the lock that says so to other programs."""

    def __init__(self) -> None:
        self.guard = RLock()
        self.counts: dict[Path, int] = {}
        self.locks: dict[Path, FileLock | None] = {}


_openings = _Openings()


def enter(path: Path) -> None:
    """Notes that this program opens the library; raises LibraryBusy while it is repaired."""
    path = _real(path)
    with _openings.guard:
        if not _openings.counts.get(path):
            lock = _announced(path)
            if (under_repair := repairing(path)) not in ("", str(os.getpid())):
                if lock:
                    lock.release()
                raise LibraryBusy(
                    f"The library is being repaired by another program ({under_repair}); try again later."
                )
            _openings.locks[path] = lock
        _openings.counts[path] = _openings.counts.get(path, 0) + 1


def leave(path: Path) -> bool:
    """Notes that it was closed; whether it was the last time that this program had it open."""
    path = _real(path)
    with _openings.guard:
        _openings.counts[path] -= 1
        if _openings.counts[path]:
            return False
        del _openings.counts[path]
        if lock := _openings.locks.pop(path):
            lock.release()
        return True


@contextmanager
def present(path: Path) -> Iterator[None]:
    """The library counts as open inside, whether or not it is at any moment."""
    enter(path)
    try:
        yield
    finally:
        leave(path)


def is_open_here(path: Path) -> bool:
    """Whether this program has the library open."""
    return bool(_openings.counts.get(_real(path)))


@contextmanager
def while_closed_here(path: Path) -> Iterator[bool]:
    """Keeps this program from opening any library meanwhile; whether it has not opened this one.

    Only then may its bytes be read by ordinary means: closing a file drops all locks this program has on it, SQLite's
    too.
    """
    with _openings.guard:
        yield not is_open_here(path)


def others(path: Path, patience: float = 0.0) -> list[str]:
    """The programs that have the library open beside this one, by their process ids; files of the dead are removed.

    Another program that looks, too, holds the file of a dead one for a moment: whoever must be certain has `patience`.
    """
    path = _real(path)
    own = _openings.locks.get(path)
    found = []
    for lock_file in _opening_files(path):
        if own and lock_file == own.path:
            continue
        if _is_dead(lock_file, patience):
            continue
        found.append(lock_file.name.removeprefix(f"{path.name}-open-").partition("-")[0])
    return sorted(found)


def descriptor_of(path: Path) -> int | None:
    """The open file that says that this program has the library open, None where there is none."""
    lock = _openings.locks.get(_real(path))
    return lock.descriptor if lock else None


def is_anybody_marked(path: Path) -> bool:
    """Whether a file that says that a program has the library open is not empty."""
    with contextlib.suppress(OSError):
        return any(lock_file.stat().st_size for lock_file in _opening_files(_real(path)))
    return False


def repairing(path: Path) -> str:
    """The process id of the program that repairs the library; "" if none does."""
    lock_file = _named(_real(path), "repair")
    if not lock_file.exists() or _is_dead(lock_file, _MOMENT):
        return ""
    with contextlib.suppress(OSError):
        return lock_file.read_text(encoding="ascii", errors="replace") or "unknown"
    return "unknown"


@contextmanager
def repair_lock(path: Path) -> Iterator[bool]:
    """The right to repair the library; False if another program has it. Raises OSError where none can be made."""
    lock = acquire(_named(_real(path), "repair"), _MOMENT)
    if lock is None:
        yield False
        return
    try:
        os.write(lock.descriptor, str(os.getpid()).encode())
        yield True
    finally:
        lock.release()


@contextmanager
def file_lock(path: Path, wait: float) -> Iterator[bool]:
    """The right to work on the file as a whole; False if it could not be had in `wait` seconds.

    Where no file can be made beside the library there is nobody to keep off, and the lock counts as had.
    """
    try:
        lock = acquire(_named(_real(path), "lock"), wait)
    except OSError:
        yield True
        return
    try:
        yield lock is not None
    finally:
        if lock:
            lock.release()


def forget_the_dead(path: Path) -> None:
    """Removes the lock on the file as a whole of a program that was killed; its work was done, or is taken back."""
    _is_dead(_named(_real(path), "lock"), 0)


def _announced(path: Path) -> FileLock | None:
    """The lock that says that this program has the library open; None where no file can be made."""
    with contextlib.suppress(OSError):
        while True:
            token = os.urandom(4).hex()
            if lock := acquire(_named(path, f"open-{os.getpid()}-{token}")):
                return lock
    return None


def _opening_files(path: Path) -> list[Path]:
    beginning = f"{path.name}-open-"
    try:
        with os.scandir(path.parent) as beside:
            return [Path(each.path) for each in beside if each.name.startswith(beginning)]
    except OSError:
        return []


def _is_dead(lock_file: Path, patience: float) -> bool:
    """Whether nobody holds this lock any more; its file is then removed. A lock of another user's counts as held."""
    until = monotonic() + patience
    while not _is_free(lock_file):
        if monotonic() >= until:
            return False
        sleep(PAUSE)
    with contextlib.suppress(OSError):
        if lock_file.exists() and (lock := acquire(lock_file)):
            lock.release()
    return True


def _is_free(lock_file: Path) -> bool:
    try:
        descriptor = os.open(lock_file, os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        return _try_lock(descriptor, shared=True)
    finally:
        os.close(descriptor)


def _named(path: Path, what: str) -> Path:
    return path.with_name(f"{path.name}-{what}")


def _real(path: Path) -> Path:
    """The file itself: SQLite, too, keeps its own files beside what a link leads to."""
    return Path(os.path.realpath(path))
