"""One connection to a library file: settings, migrations, transactions, and SQLite's errors as plain sentences."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from cache.db import schema
from cache.errors import CacheError, DiskFull, LibraryBusy, LibraryDamaged, LibraryTooNew

PATIENCE = 30.0
"""Seconds a writer waits for another program's transaction, each of which takes a fraction of one."""

_SENTENCES: dict[int, tuple[type[CacheError], str]] = {
    sqlite3.SQLITE_BUSY: (LibraryBusy, "Another program is writing to the library {path}; try again in a moment."),
    sqlite3.SQLITE_LOCKED: (LibraryBusy, "Another program is writing to the library {path}; try again in a moment."),
    sqlite3.SQLITE_FULL: (DiskFull, "The disk that holds {path} is full; nothing was changed."),
    sqlite3.SQLITE_IOERR: (DiskFull, "The disk that holds {path} could not be read or written; nothing was changed."),
    sqlite3.SQLITE_READONLY: (DiskFull, "The library {path} cannot be written: the disk or the file is read-only."),
    sqlite3.SQLITE_CANTOPEN: (DiskFull, "The library {path} cannot be opened: no permission, or no such folder."),
    sqlite3.SQLITE_PERM: (DiskFull, "The library {path} cannot be opened: no permission."),
    sqlite3.SQLITE_CORRUPT: (LibraryDamaged, "The library {path} is damaged; broadsheet doctor --repair mends it."),
    sqlite3.SQLITE_NOTADB: (
        LibraryDamaged,
        "{path} is not a library, or is damaged; broadsheet doctor --repair helps.",
    ),
}

_RUBBISH = re.compile("decode to UTF-8|invalid fts5")
"""What SQLite and Python say of a damaged file without an error code."""


@contextmanager
def raising_cache_errors(path: Path | str) -> Iterator[None]:
    """Raises SQLite's errors that a reader can do something about as CacheErrors; any other stays what it is."""
    try:
        yield
    except UnicodeDecodeError as error:  # of a message that quotes damaged bytes
        raise _damage(path) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None or code & 0xFF not in _SENTENCES:
            if type(error) is sqlite3.DatabaseError or _RUBBISH.search(str(error)):
                raise _damage(path) from error
            raise
        kind, sentence = _SENTENCES[code & 0xFF]
        raise kind(sentence.format(path=path)) from error


@contextmanager
def raising_damage(path: Path | str) -> Iterator[None]:
    """Raises LibraryDamaged, too, where the work stumbles over a value and SQLite finds that the file is damaged.

    A damaged file can hold any value, and reading it then fails like a bug of ours; in a sound file it is one, and the
    error stays what it is.
    """
    with raising_cache_errors(path):
        try:
            yield
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
            if _is_sound(path):
                raise
            raise _damage(path) from error


def _is_sound(path: Path | str) -> bool:
    """Whether SQLite finds nothing wrong with the file, its indexes and what they point at."""
    with raising_cache_errors(path), closing(_connect(Path(path), "?mode=ro")) as connection:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def _damage(path: Path | str) -> CacheError:
    kind, sentence = _SENTENCES[sqlite3.SQLITE_CORRUPT]
    return kind(sentence.format(path=path))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside or, if anything goes wrong, nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


class Deferred(Protocol):
    """Work that waits for the end of a batch."""

    def flush(self) -> None:
        """Does the work, still inside the transaction."""

    def clear(self) -> None:
        """Forgets it, whether it was done or the batch was taken back."""


class Connection:
    """A library file, open for reading alone or for both; used by the thread that opened it."""

    def __init__(self, path: Path | str, *, reading: bool = False) -> None:
        self.path = Path(path)
        self._in_batch = False
        self._deferred: list[Deferred] = []
        self._reading = reading
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Opens the file, again after it was closed."""
        with raising_cache_errors(self.path):
            self.sql = _for_reading(self.path) if self._reading else _writable(self.path)

    def close(self) -> None:
        """Closes the file; a last program to do so folds the log into it."""
        with raising_cache_errors(self.path):
            self.sql.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction round all that is written inside; a batch inside a batch joins it."""
        if self._in_batch:
            yield
            return
        with raising_cache_errors(self.path):
            self._in_batch = True
            try:
                with transaction(self.sql):
                    yield
                    for deferred in self._deferred:
                        deferred.flush()
            finally:
                self._in_batch = False
                for deferred in self._deferred:
                    deferred.clear()

    def defer(self, deferred: Deferred) -> None:
        """Has this work done at the end of every batch."""
        self._deferred.append(deferred)

    def run(self, statement: str, values: Iterable[Any] = ()) -> int:
        """Runs one statement; how many rows it changed."""
        with raising_cache_errors(self.path):
            return self.sql.execute(statement, tuple(values)).rowcount

    def run_many(self, statement: str, rows: Iterable[Iterable[Any]]) -> None:
        """Runs one statement for each row."""
        with raising_cache_errors(self.path):
            self.sql.executemany(statement, map(tuple, rows))

    def insert(self, statement: str, values: Iterable[Any] = ()) -> int:
        """Runs an INSERT; the number of the new row."""
        with raising_cache_errors(self.path):
            return self.sql.execute(statement, tuple(values)).lastrowid or 0

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with raising_cache_errors(self.path):
            return self.sql.execute(query, tuple(values)).fetchall()

    def row(self, query: str, values: Iterable[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with raising_cache_errors(self.path):
            found: tuple[Any, ...] | None = self.sql.execute(query, tuple(values)).fetchone()
            return found

    def value(self, query: str, values: Iterable[Any] = ()) -> Any:
        """The first column of the first row of a query, or None."""
        found = self.row(query, values)
        return found[0] if found else None


def needs_writing(path: Path) -> bool:
    """Whether a library must be made, or brought up to date, before it can be read."""
    if not path.exists():
        return True
    with raising_cache_errors(path), closing(_for_reading(path)) as connection:
        return _version(connection, path) < schema.VERSION


def is_damaged(path: Path) -> bool:
    """Whether a file that should be a library cannot be opened as one."""
    try:
        needs_writing(path)
    except LibraryDamaged:
        return True
    return False


def _writable(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskFull(f"The folder {path.parent} cannot be made: {_why(error)}.") from error
    connection = _connect(path)
    with ExitStack() as unless_sound:
        unless_sound.callback(connection.close)
        _prepare(connection, path)
        unless_sound.pop_all()
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Settings, and the tables as this version needs them."""
    version = _version(connection, path)
    if version == 0:
        # 8 KB pages hold packed articles with little left over; incremental so that pruning gives space back.
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL a commit survives the death of the program without a sync; a sync a commit would cost a refresh dearly,
    # and what a power cut can take is the last moments, never the library.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 16777216")
    # What a statement could have to take back is noted in a file otherwise, and our triggers touch a dozen pages.
    connection.execute("PRAGMA temp_store = MEMORY")
    if version < schema.VERSION:
        _bring_up_to_date(connection, path, version)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, version: int) -> None:
    if version:
        _keep_copy(connection, path.with_name(f"{path.stem}-before-{schema.VERSION}{path.suffix}"))
    with transaction(connection):
        for number in range(_version(connection, path), schema.VERSION):  # another program may have been faster
            schema.STEPS[number](connection)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def _keep_copy(connection: sqlite3.Connection, copy: Path) -> None:
    """The library as it was, beside it, before the first step changes anything."""
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)
    kept = sqlite3.connect(unfinished)
    try:
        connection.backup(kept)
    finally:
        kept.close()
    unfinished.replace(copy)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise LibraryTooNew(
            f"The library {path} was written by a newer Broadsheet (version {version} of the format, this one knows"
            f" {schema.VERSION}); nothing was changed."
        )
    return version


def _for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot change anything; from a disk that cannot be written, the file alone is read."""
    try:
        return _checked(_connect(path, "?mode=ro"), path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    return _checked(_connect(path, "?immutable=1"), path)


def _checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """The connection if its file is a library that this version knows; closed if not."""
    with ExitStack() as unless_known:
        unless_known.callback(connection.close)
        _version(connection, path)
        unless_known.pop_all()
    return connection


def _connect(path: Path, how: str = "") -> sqlite3.Connection:
    if not how:
        return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, cached_statements=256)
    from urllib.parse import quote

    address = f"file:{quote(str(path.absolute()))}{how}"
    return sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, cached_statements=256, uri=True)


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
