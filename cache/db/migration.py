"""Makes a library's tables, and brings an older library up to date: a copy first, then all steps in one transaction."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from cache.db import identity, locks, permissions, schema
from cache.db.transaction import transaction
from cache.errors import LibraryBusy, LibraryDamaged


def prepare(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    """Settings, and the tables as this version needs them; `patience`: seconds to wait for a program that does it."""
    version = identity.format_of(connection, path)
    if version < identity.VERSION or connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with locks.file_lock(path, patience) as ours:
            if not ours:
                raise LibraryBusy("Another program is upgrading the library; try again in a moment.")
            _make_or_upgrade(connection, path)
    # In WAL a commit survives the death of the program without a sync; a sync a commit would cost a refresh dearly,
    # and what a power cut can take is the last moments, never the library.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 0")  # so that the size of the log is what is in it
    # What a statement could have to take back is noted in a file otherwise, and our triggers touch a dozen pages.
    connection.execute("PRAGMA temp_store = MEMORY")


def _make_or_upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Does what is to be done once another program, if one was faster, has done it."""
    version = identity.format_of(connection, path)
    if version == 0:
        # 8 KB pages hold packed articles with little left over; incremental so that pruning gives space back.
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    if version == identity.VERSION:
        return
    if version:
        _keep_copy(connection, path.with_name(f"{path.stem}-before-{identity.VERSION}{path.suffix}"))
    with transaction(connection):
        version = identity.format_of(connection, path)
        schema.renew_reports(connection, version)
        try:
            for number in range(version, identity.VERSION):
                schema.STEPS[number](connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table that should be there is not, or the reverse
                raise LibraryDamaged(identity.OTHER_FORMAT.format(version)) from error
            raise
        connection.execute(f"PRAGMA application_id = {identity.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {identity.VERSION}")


def _keep_copy(connection: sqlite3.Connection, copy: Path) -> None:
    """The library as it was, beside it, before the first step changes anything."""
    for left in copy.parent.glob(f"{copy.name}.*.part*"):  # by a program that was killed
        left.unlink(missing_ok=True)
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        copy_to(connection, unfinished)
        unfinished.replace(copy)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """Copies a library, whoever writes to it meanwhile, into a new file of the reader's alone, safe on the disk."""
    permissions.make_file(path)
    with closing(sqlite3.connect(path)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    permissions.sync(path)
