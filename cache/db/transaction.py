"""One transaction of SQLite's, begun as soon as other programs leave room for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import monotonic, sleep

from cache.db.turns import ASK_AGAIN


@contextmanager
def transaction(
    connection: sqlite3.Connection,
    patient: Callable[[float], bool] | None = None,
    waiting: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[None]:
    """All that is written inside or, if anything goes wrong, nothing.

    `patient` says whether to go on waiting for other programs after so many seconds; without it the connection's own
    timeout counts. `waiting` is entered while it waits.
    """
    _begin(connection, patient, waiting)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _begin(
    connection: sqlite3.Connection,
    patient: Callable[[float], bool] | None,
    waiting: Callable[[], AbstractContextManager[None]],
) -> None:
    """Waits for other programs' transactions, asking often: SQLite itself asks more and more seldom, and between two
    transactions of a busy program there are a few milliseconds.
    """
    (timeout,) = connection.execute("PRAGMA busy_timeout").fetchone()
    waits = patient or (lambda waited: waited < timeout / 1000)
    begun = monotonic()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        if not _begun(connection, waits, begun):
            with waiting():
                while not _begun(connection, waits, begun):
                    sleep(ASK_AGAIN)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {timeout}")


def _begun(connection: sqlite3.Connection, waits: Callable[[float], bool], begun: float) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not waits(monotonic() - begun):
            raise
        return False
    return True
