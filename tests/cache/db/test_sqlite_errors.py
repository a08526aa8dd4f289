"""Every sentence on a library that cannot be used fits into a narrow terminal, its fact before any path."""

from __future__ import annotations

import sqlite3

import pytest

from cache.db.sqlite_errors import raising_cache_errors
from cache.errors import CacheError, DiskFull

ROOM = 78  # cells of the status line of 80 columns
DEEP = "/tmp/" + "a-long-folder/" * 6 + "library.db"
CODES = ("BUSY", "LOCKED", "FULL", "IOERR", "READONLY", "CANTOPEN", "PERM", "CORRUPT", "NOTADB", "IOERR_SHMSIZE")


@pytest.mark.parametrize("name", CODES)
def test_the_fact_fits_and_the_path_comes_last_if_at_all(name: str) -> None:
    error = sqlite3.OperationalError("raw")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    with pytest.raises(CacheError) as told, raising_cache_errors(DEEP):
        raise error
    fact, _, place = str(told.value).partition(" It is ")
    assert len(fact) <= ROOM
    assert fact.endswith(".")
    assert place in ("", f"{DEEP}.")


def test_a_log_whose_index_finds_no_room_means_a_full_disk() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(DiskFull, match="The disk is full; the last change was not made"), raising_cache_errors(DEEP):
        raise error
