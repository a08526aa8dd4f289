"""Opens a library file with SQLite, for reading alone or for both, and brings it up to date; folds its log in."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic, sleep

from cache.db import identity, locks, permissions
from cache.db.transaction import transaction
from cache.errors import CacheError, DiskFull, LibraryDamaged

LOCK_TIMEOUT = 30.0
"""Seconds a writer waits for another program's transaction, each of which takes a fraction of one."""
_FOLDING = 0.1
"""Seconds a program tries to fold the log in when it leaves: others that leave just then may hold it up."""


def writable(path: Path) -> sqlite3.Connection:
    """A connection for reading and writing, the library made or brought up to date; raises CacheError."""
    from cache.db import migration

    with locks.while_closed_here(path), contextlib.suppress(OSError):  # SQLite says better what is wrong
        permissions.make_file(path)
    connection = connect(path)
    with ExitStack() as unless_sound:
        unless_sound.callback(connection.close)
        migration.prepare(connection, path, LOCK_TIMEOUT)
        unless_sound.pop_all()
    permissions.tighten(path)
    return connection


def make_place(path: Path) -> None:
    """Makes the folder of a library where there is none; raises CacheError, for what is no library, too."""
    identity.require_file(path)
    try:
        permissions.make_folder(path.parent)
    except OSError as error:
        raise DiskFull(f"The folder {path.parent} cannot be made: {_why(error)}.") from error


def readable(path: Path) -> sqlite3.Connection:
    """A connection that cannot change anything; from a disk that cannot be written, the file alone is read.

    It is opened for writing even so, and then kept from it: SQLite lets no other connection fold the log in and remove
    it when it is the last to leave.
    """
    identity.require_file(path)
    try:
        connection = _checked(connect(path, "?mode=rw"), path)
    except sqlite3.OperationalError as error:
        if not _for_want_of_a_log(path, error.sqlite_errorcode):
            raise
        return _checked(connect(path, "?immutable=1"), path)
    connection.execute("PRAGMA query_only = ON")
    permissions.tighten(path)
    return connection


def _for_want_of_a_log(path: Path, code: int) -> bool:
    """Whether a file could not be opened because no log can be made beside it, and none is there."""
    if code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        return True
    log = Path(os.path.realpath(path) + "-wal")
    full = code == sqlite3.SQLITE_IOERR_SHMSIZE or code & 0xFF == sqlite3.SQLITE_FULL
    return full and not (log.exists() and log.stat().st_size)


def needs_writing(path: Path) -> bool:
    """Whether a library must be made, or brought up to date, before it can be read."""
    if not path.exists() or not path.stat().st_size:
        return True
    with closing(readable(path)) as connection:
        return identity.format_of(connection, path) < identity.VERSION


def cannot_be_upgraded(path: Path) -> bool:
    """Whether an older library has not the tables of the format that it says it has."""
    from cache.db.schema_check import can_be_upgraded

    if not path.exists() or not path.stat().st_size:
        return False
    with closing(readable(path)) as connection:
        version = identity.format_of(connection, path)
        return bool(version) and not can_be_upgraded(connection, version)


def connect(path: Path, how: str = "") -> sqlite3.Connection:
    """SQLite's own connection, which folds no log in by itself; `how` is what follows the name in a URI."""
    from urllib.parse import quote

    address = f"file:{quote(str(path.absolute()))}{how}" if how else str(path)
    connection = sqlite3.connect(
        address, timeout=LOCK_TIMEOUT, isolation_level=None, cached_statements=256, uri=bool(how)
    )
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def checkpoint(connection: sqlite3.Connection, path: Path, patience: float = _FOLDING) -> bool:
    """Folds the log into the file as far as nobody else reads it: a copy of the file alone then holds everything.

    Whether it was done; it waits so many seconds for those who write. Nobody writes meanwhile: before 3.51.3, SQLite
    may damage a file where a commit begins the log anew during a checkpoint (sqlite.org/wal.html#walresetbug). A second
    connection holds the right to write, as a checkpoint cannot be made inside a transaction.
    """
    with contextlib.suppress(sqlite3.Error):  # whoever leaves last does what cannot be done now
        with closing(connect(path, "?mode=rw")) as guard, transaction(guard, lambda waited: waited < patience):
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        return True
    return False


def file_at(path: Path) -> tuple[int, int] | None:
    """What tells the file at a path from any other that may take its place; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def log_size(path: Path) -> int:
    """Bytes of the log; what is folded in counts until the next commit begins it anew."""
    try:
        return os.stat(f"{os.path.realpath(path)}-wal").st_size
    except OSError:
        return 0


def leave(path: Path) -> None:
    """Folds the log in and removes it if this program was the last, and no connection could as it was closed.

    A connection that reads only, or closes at the same moment as another, leaves the log behind, and so does a program
    that is killed.
    """
    log = Path(os.path.realpath(path) + "-wal")
    locks.forget_the_dead(path)
    until = monotonic() + _FOLDING
    nobody = not locks.others(path)
    while nobody and log.exists():
        with locks.file_lock(path, 0) as ours:
            if ours and not locks.repairing(path):
                _fold(path)
        if not os.access(path.parent, os.W_OK) or monotonic() > until:
            return
        if log.exists():
            sleep(locks.PAUSE)
            nobody = not locks.others(path)


def _fold(path: Path) -> None:
    with contextlib.suppress(sqlite3.Error, CacheError), closing(connect(path, "?mode=rw")) as connection:
        if identity.format_of(connection, path):
            checkpoint(connection, path)


def _checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """The connection if its file is a library that this version knows; closed if not."""
    with ExitStack() as unless_known:
        unless_known.callback(connection.close)
        identity.format_of(connection, path)
        unless_known.pop_all()
    return connection


def refused(path: Path, error: LibraryDamaged) -> CacheError:
    """The error for a file that could not be opened: damaged, or never a library of ours."""
    try:
        return identity.foreign(path) if identity.is_foreign(path) else error
    except OSError:
        return error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
