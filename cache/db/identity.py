"""Whether a file is a library of ours, and of which format; what is somebody else's is never written to."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from cache.db import locks
from cache.errors import LibraryDamaged, LibraryTooNew, LibraryTooOld, NotALibrary

APPLICATION = 0x42726F61  # "Broa": lets `file` and the doctor tell a library from any other database
VERSION = 16
"""The format that this program writes: how many steps `cache.db.schema` has, which is only loaded to take one."""

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_TABLES = {"source", "entry", "mark"}
_ALL_OF_THEM = _TABLES | {"article", "address", "shelf", "pending", "buried"}
"""Tables that together only a library of ours has."""
OTHER_FORMAT = (
    "The library says that it has format {}, but its tables are another's: it is damaged; broadsheet doctor --repair"
    " mends it."
)
_TRACES = (b"CREATE TABLE source", b"CREATE TABLE entry", b"CREATE TRIGGER entry_goes", b"headline_index")
"""What is written somewhere in every library, in the text of its tables."""
_AT_ONCE = 1 << 20


def require_file(path: Path) -> None:
    """Raises NotALibrary where something else than a file stands in the library's place."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no file"
        raise NotALibrary(f"{path} is {what}, not a library; nothing was changed. Choose another place with --home.")


def format_of(connection: sqlite3.Connection, path: Path) -> int:
    """The number of a library's format, 0 where there is nothing in it yet.

    Raises LibraryTooNew, LibraryTooOld, NotALibrary, and LibraryDamaged where the header says what the tables belie.
    Header and tables are read as of one moment: another program may just be making them.
    """
    if connection.in_transaction:
        return _format_of(connection, path)
    connection.execute("BEGIN")
    try:
        return _format_of(connection, path)
    finally:
        connection.rollback()


def _format_of(connection: sqlite3.Connection, path: Path) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION and 0 < version <= VERSION:
        return version
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    belied = version == 0 or (version <= VERSION and application not in (0, APPLICATION))
    if belied and tables >= _ALL_OF_THEM and _is_as_made(connection):
        raise LibraryDamaged(OTHER_FORMAT.format(version))
    if application == APPLICATION and version > VERSION:
        raise _too_new(path, version)
    if not tables and application in (0, APPLICATION) and version == 0:
        return 0
    if application not in (0, APPLICATION) or not tables >= _TABLES:
        raise foreign(path)
    if version <= 0:
        raise LibraryTooOld(
            f"The library {path} has no format number: a Broadsheet from before the first release wrote it, and this"
            " one cannot read it. Nothing was changed; move it away, or choose another place with --home."
        )
    if version > VERSION:
        raise _too_new(path, version)
    return version


def _is_as_made(connection: sqlite3.Connection) -> bool:
    from cache.db.schema_check import other_than_made

    return not other_than_made(connection)


def _too_new(path: Path, version: int) -> LibraryTooNew:
    return LibraryTooNew(
        f"The library {path} was written by a newer Broadsheet (version {version} of the format, this one knows"
        f" {VERSION}); nothing was changed."
    )


def foreign(path: Path) -> NotALibrary:
    """The error for what is somebody else's."""
    return NotALibrary(
        f"{path} is not a library of Broadsheet's; nothing was changed. Move it away, or choose another place with"
        " --home."
    )


def is_foreign(path: Path) -> bool:
    """Whether a file that SQLite cannot open never was a library of ours."""
    with locks.while_closed_here(path) as closed:
        if not closed:  # it was one when this program opened it
            return False
        with path.open("rb") as file:
            header = file.read(_HEADER)
            size = os.fstat(file.fileno()).st_size
            if not size or (header.startswith(_MAGIC) and not _is_sound(header)):
                return False
            if header.startswith(_MAGIC) and _application(header):
                return _application(header) != APPLICATION and not _holds(file, _TRACES, all)
            return not _holds(file, _TRACES, any)


def _holds(file: BinaryIO, traces: Sequence[bytes], enough: Callable[[Iterable[bool]], bool]) -> bool:
    """Whether one, or all, of the traces stand anywhere in the file."""
    found, tail = set[bytes](), b""
    file.seek(0)
    while part := file.read(_AT_ONCE):
        found.update(trace for trace in traces if trace in tail + part)
        if enough(trace in found for trace in traces):
            return True
        tail = part[-64:]
    return False


def _is_sound(header: bytes) -> bool:
    """Whether a database can begin like this: its page size is a power of two, and so on for what never varies."""
    size = int.from_bytes(header[16:18], "big")
    return len(header) == _HEADER and (size == 1 or size & (size - 1) == 0 < size) and header[21:24] == b"\x40\x20\x20"


def _application(header: bytes) -> int:
    return int.from_bytes(header[68:72], "big")
