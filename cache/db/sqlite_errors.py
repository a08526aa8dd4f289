"""SQLite's errors as plain sentences."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cache.errors import CacheError, DiskFull, LibraryBusy, LibraryDamaged

_BUSY = "Another program is writing to the library; try again in a moment."
_SENTENCES: dict[int, tuple[type[CacheError], str]] = {
    sqlite3.SQLITE_BUSY: (LibraryBusy, _BUSY),
    sqlite3.SQLITE_LOCKED: (LibraryBusy, _BUSY),
    sqlite3.SQLITE_INTERRUPT: (CacheError, "It was broken off."),
    sqlite3.SQLITE_FULL: (DiskFull, "The disk is full; the last change was not made."),
    sqlite3.SQLITE_IOERR: (DiskFull, "The disk could not be read or written; the last change was not made."),
    sqlite3.SQLITE_READONLY: (DiskFull, "The library cannot be written: the disk or the file is read-only."),
    sqlite3.SQLITE_CANTOPEN: (
        DiskFull,
        "The library cannot be opened: no permission, or no such folder. It is {path}.",
    ),
    sqlite3.SQLITE_PERM: (DiskFull, "The library cannot be opened: no permission. It is {path}."),
    sqlite3.SQLITE_CORRUPT: (LibraryDamaged, "The library is damaged; broadsheet doctor --repair mends it."),
    sqlite3.SQLITE_NOTADB: (
        LibraryDamaged,
        "No library, or a damaged one; broadsheet doctor --repair helps. It is {path}.",
    ),
}
"""Each fits into the reader's status line of 80 columns; a path is a sentence of its own behind it."""

_UNWRITABLE = "The library cannot be written: no permission to write there. It is {path}."
"""Of one that can be read: SQLite says that it cannot be opened where no log can be made beside it."""

_FULL = (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP)
"""What SQLite calls a disk that could not be written where the index of the log found no room on a full one."""

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises; the second where a column's name, or a message that quotes it, is no text."""
_RUBBISH = ("decode to UTF-8", "invalid fts5")
"""What SQLite and Python say of a damaged file without an error code."""


@contextmanager
def raising_cache_errors(path: Path | str) -> Iterator[None]:
    """Raises SQLite's errors that a reader can do something about as CacheErrors; any other stays what it is."""
    try:
        yield
    except UnicodeDecodeError as error:  # of a message that quotes damaged bytes
        raise damage() from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        code = sqlite3.SQLITE_FULL if code in _FULL else code
        if code is None or code & 0xFF not in _SENTENCES:
            if type(error) is sqlite3.DatabaseError or any(said in str(error) for said in _RUBBISH):
                raise damage() from error
            raise
        kind, sentence = _SENTENCES[code & 0xFF]
        if code & 0xFF == sqlite3.SQLITE_CANTOPEN and os.access(path, os.R_OK):
            sentence = _UNWRITABLE
        raise kind(sentence.format(path=path)) from error


def damage() -> CacheError:
    """The error for a damaged library."""
    kind, sentence = _SENTENCES[sqlite3.SQLITE_CORRUPT]
    return kind(sentence)
