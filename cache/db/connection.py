"""One connection to a library file: statements, transactions, and SQLite's errors as plain sentences."""

from __future__ import annotations

import sqlite3
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from cache.db import locks, opening, turns
from cache.db.pace import Pace
from cache.db.sqlite_errors import damage, raising_cache_errors
from cache.db.transaction import transaction
from cache.db.values import as_readable
from cache.errors import CacheError, DiskFull, LibraryDamaged

LONG_LOG = 4_000_000
"""Bytes of log after which it is folded in; nobody writes for that moment."""
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What `raising_cache_errors` looks at, entered only where one was raised: an article takes dozens of statements."""
T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def raising_open_errors(path: Path) -> Iterator[None]:
    """Raises what goes wrong while a file is opened as CacheErrors: NotALibrary, too, for what never was a library."""
    try:
        with raising_cache_errors(path):
            yield
    except LibraryDamaged as error:
        raise opening.refused(path, error) from error
    except OSError as error:
        raise DiskFull(f"{path} cannot be opened: {(error.strerror or str(error)).lower()}.") from error


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
            raise damage() from error


def _is_sound(path: Path | str) -> bool:
    """Whether SQLite finds nothing wrong with the file, its indexes and what they point at."""
    with raising_cache_errors(path), closing(opening.connect(Path(path), "?mode=ro")) as connection:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


class Deferred(Protocol):
    """Work that waits for the end of a batch."""

    def flush(self) -> None:
        """Does the work, still inside the transaction."""

    def follow_up(self) -> None:
        """Does what had better have a transaction of its own once the batch is on disk; it may be done another time."""

    def clear(self) -> None:
        """Forgets it, whether it was done or the batch was taken back."""


class Connection:
    """A library file, open for reading alone or for both; used by the thread that opened it."""

    def __init__(self, path: Path | str, *, reading: bool = False) -> None:
        self.path = Path(path)
        self.patience = opening.LOCK_TIMEOUT
        """Seconds to wait for another program's transaction; may be changed from any thread, also while it waits."""
        self._in_batch = False
        self._pace = Pace()
        self._deferred: list[Deferred] = []
        self._reading = reading
        self._is_open = False
        self._folded = 0
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Opens the file, again after it was closed; raises CacheError."""
        with raising_open_errors(self.path), ExitStack() as unless_open:
            if not self._reading:
                opening.make_place(self.path)  # that it is open is said beside it
            locks.enter(self.path)
            unless_open.callback(locks.leave, self.path)
            self.sql = opening.readable(self.path) if self._reading else opening.writable(self.path)
            unless_open.pop_all()
        self._file = opening.file_at(self.path)
        self._is_open = True

    def close(self) -> None:
        """Closes the file, its log folded in; with the last program to do so the files beside it go."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            if not self._reading:
                opening.checkpoint(self.sql, self.path)
            with raising_cache_errors(self.path):
                self.sql.close()
        finally:
            if locks.leave(self.path):
                opening.leave(self.path)

    def interrupt(self) -> None:
        """Breaks off the statement that runs, if one does; may be called from any thread."""
        if self._is_open:
            self.sql.interrupt()

    def batch(self) -> AbstractContextManager[None]:
        """One transaction round all that is written inside; a batch inside a batch joins it."""
        return nullcontext() if self._in_batch else self._whole_batch()

    @contextmanager
    def _whole_batch(self) -> Iterator[None]:
        with self._one_batch():
            yield
        with suppress(CacheError):  # what was asked for is on disk
            for deferred in self._deferred:
                deferred.follow_up()

    @contextmanager
    def _one_batch(self) -> Iterator[None]:
        with raising_cache_errors(self.path):
            self._in_batch = True
            try:
                if self._pace.is_long_since_given_way():
                    turns.give_way(self.path)
                    self._pace.gave_way()
                with self._transaction():
                    yield
                    self._pace.gathered()
                    for deferred in self._deferred:
                        deferred.flush()
                self._pace.end()
                self._fold_long_log()
            finally:
                self._in_batch = False
                for deferred in self._deferred:
                    deferred.clear()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        waits = partial(turns.waiting, self.path)
        with transaction(self.sql, lambda waited: waited < self.patience, waits):
            self._pace.begin()
            if self._file != opening.file_at(self.path):
                raise CacheError("The library was removed or replaced meanwhile; nothing more is written to it.")
            yield

    def is_batch_full(self) -> bool:
        """Whether the batch under way has gathered as much work as others may wait for, its end counted in."""
        return self._pace.is_over()

    def in_batches(self, things: Iterable[T], work: Callable[[T], R]) -> Iterator[list[R]]:
        """Does the same work for each thing, in short transactions; what came of it, each time some are on disk.

        Each takes its own turn beside other programs. Where one fails, what was not given yet is not done.
        """
        waiting = deque(things)
        while waiting:
            done = list[R]()
            with self.batch():
                while waiting and not (done and self.is_batch_full()):
                    done.append(work(waiting[0]))
                    waiting.popleft()
            yield done

    def fold(self) -> None:
        """Folds the log into the file as far as nobody reads it, and lets nobody wait for that."""
        opening.checkpoint(self.sql, self.path)

    def _fold_long_log(self) -> None:
        """Folds the log in once it has grown by so much, and not again and again where a reader keeps it from that."""
        size = opening.log_size(self.path)
        self._folded = self._folded if size >= self._folded else 0
        if size - self._folded > LONG_LOG and opening.checkpoint(self.sql, self.path, 0.0):
            self._folded = size

    def defer(self, deferred: Deferred) -> None:
        """Has this work done at the end of every batch."""
        self._deferred.append(deferred)

    def run(self, statement: str, values: Iterable[Any] = ()) -> int:
        """Runs one statement; how many rows it changed."""
        try:
            return self.sql.execute(statement, tuple(values)).rowcount
        except SQLITE_ERRORS:
            with raising_cache_errors(self.path):
                raise

    def insert(self, statement: str, values: Iterable[Any] = ()) -> int:
        """Runs an INSERT; the number of the new row."""
        try:
            return self.sql.execute(statement, tuple(values)).lastrowid or 0
        except SQLITE_ERRORS:
            with raising_cache_errors(self.path):
                raise

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        bound = tuple(values)
        try:
            return self.sql.execute(query, bound).fetchall()
        except SQLITE_ERRORS as error:
            return self._again(error, lambda: self.sql.execute(query, bound).fetchall())

    def numbers(self, query: str, values: Iterable[Any] = ()) -> array[int]:
        """The only column of all rows, whole numbers: eight bytes each, where a list of rows takes a hundred."""
        with raising_cache_errors(self.path):
            return array("q", (number for (number,) in self.sql.execute(query, tuple(values))))

    def row(self, query: str, values: Iterable[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        bound = tuple(values)
        found: tuple[Any, ...] | None
        try:
            found = self.sql.execute(query, bound).fetchone()
        except SQLITE_ERRORS as error:
            found = self._again(error, lambda: self.sql.execute(query, bound).fetchone())
        return found

    def _again(self, error: sqlite3.Error | UnicodeDecodeError, ask: Callable[[], T]) -> T:
        """The answer, where text was met that is no UTF-8, which is then read as far as it can be; else the CacheError.

        SQLite keeps such text in a sound file, too. To read every text like that would cost each list dearly.
        """
        with raising_cache_errors(self.path):
            is_text = isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error)
            if self.sql.text_factory is as_readable or not is_text:
                raise error
            self.sql.text_factory = as_readable
            return ask()

    def value(self, query: str, values: Iterable[Any] = ()) -> Any:
        """The first column of the first row of a query, or None."""
        found = self.row(query, values)
        return found[0] if found else None


def needs_writing(path: Path) -> bool:
    """Whether a library must be made, or brought up to date, before it can be read; raises CacheError."""
    with raising_open_errors(path):
        return opening.needs_writing(path)


def is_damaged(path: Path) -> bool:
    """Whether a file that is a library cannot be opened as one; raises CacheError for what else is wrong with it."""
    try:
        with raising_open_errors(path):
            return opening.needs_writing(path) and opening.cannot_be_upgraded(path)
    except LibraryDamaged:
        return True
