"""Takes everything that can still be read out of a damaged library, row by row, into a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from cache.db import reads
from cache.db.codec import is_decodable
from cache.db.connection import raising_cache_errors
from cache.db.rows import FULL, PART, TEASER
from cache.writes.store import Store

Row = tuple[Any, ...]

_ENTRIES = ("source", "entry", "mark", "tag", "article", "revision", "pending", "buried", "address")
_TABLES = (*_ENTRIES, "saved_search", "setting")
_CHUNK = 200


def salvage(path: Path) -> str:
    """Puts a new library in the damaged one's place, which is kept beside it; a sentence on what was lost."""
    damaged = _set_aside(path)
    with closing(_opened(damaged)) as old, Store(path) as new:
        expected = _count(old)
        with new.batch():
            for table in _TABLES:
                _copy(old, new, table)
            _drop_broken_texts(new)
        _index(new)
        saved = new.connection.value("SELECT count(*) FROM entry")
        whole = new.connection.value("SELECT count(*) FROM article")
        lost = f" {expected - saved:,} were lost." if expected > saved else ""
        sentence = (
            f"The library was damaged: {saved:,} articles, {whole:,} of them with their text, and the reader's marks on"
            f" them were saved.{lost} The damaged file is kept as {damaged.name}."
        )
        new.connection.run("INSERT OR REPLACE INTO setting (name, value) VALUES ('notice', json_quote(?))", (sentence,))
    return sentence


def _set_aside(path: Path) -> Path:
    """Moves the damaged file away with its log, which may hold the last things written."""
    damaged = path.with_name(f"{path.stem}-damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}{path.suffix}")
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(damaged.with_name(damaged.name + ending))
    return damaged


def _opened(damaged: Path) -> sqlite3.Connection:
    """The damaged file, open although it may be shorter than it says; its first page mended if that is what is gone."""
    old = _connect(damaged)
    try:
        old.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if old.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").fetchone():
            return old
    except sqlite3.DatabaseError:
        pass
    old.close()
    mended = _with_new_beginning(damaged)
    return _connect(mended)


def _connect(path: Path) -> sqlite3.Connection:
    old = sqlite3.connect(path, isolation_level=None)
    # A file cut short is refused as a whole otherwise, though most of it can be read.
    old.execute("PRAGMA writable_schema = ON")
    old.execute("PRAGMA cell_size_check = ON")
    return old


def _with_new_beginning(damaged: Path) -> Path:
    """A copy whose first pages, which say where each table begins, come from a new library: they are the same."""
    mended = damaged.with_name(damaged.name + ".mended")
    fresh = damaged.with_name(damaged.name + ".fresh")
    with Store(fresh) as store:
        store.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = list(_safely(store.connection.sql, "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")) or [(1,)]
        size = store.connection.value("PRAGMA page_size")
    old, new = damaged.read_bytes(), fresh.read_bytes()
    beginning = bytearray(old)
    for (page,) in pages:
        beginning[(page - 1) * size : page * size] = new[(page - 1) * size : page * size]
    # Where the header says how many pages the file has.
    beginning[28:32] = (len(beginning) // size).to_bytes(4, "big")
    mended.write_bytes(beginning)
    for made in damaged.parent.glob(fresh.name + "*"):
        made.unlink()
    return mended


def _count(old: sqlite3.Connection) -> int:
    """How many entries there should be: the highest number that anything readable names."""
    try:
        return int(old.execute("SELECT count(*) FROM entry").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


def _copy(old: sqlite3.Connection, new: Store, table: str) -> None:
    columns = [row[1] for row in new.connection.rows(f"SELECT * FROM pragma_table_info('{table}')")]
    known = {row[1] for row in _safely(old, f"PRAGMA table_info({table})")}
    shared = ", ".join(column for column in columns if column in known)
    if not shared:
        return
    marks = ", ".join("?" * len(shared.split(", ")))
    for row in _readable(old, table, shared):
        try:
            new.connection.sql.execute(f"INSERT OR REPLACE INTO {table} ({shared}) VALUES ({marks})", row)
        except (sqlite3.IntegrityError, sqlite3.InterfaceError):  # a row of damaged values
            continue


def _readable(old: sqlite3.Connection, table: str, columns: str) -> Iterator[Row]:
    """Every row of a table that can be read: forwards to the first damage, backwards to the last, between singly."""
    if table in ("tag", "setting"):  # without row numbers
        yield from _safely(old, f"SELECT {columns} FROM {table}")
        return
    first = last = None
    for number, *row in _walk(old, table, columns, ">", "ASC"):
        first = number
        yield tuple(row)
    for number, *row in _walk(old, table, columns, "<", "DESC"):
        if first is not None and number <= first:
            return
        last = number
        yield tuple(row)
    if table in ("address", "buried"):  # numbers without order: nothing can be guessed between
        return
    for number in range((first or 0) + 1, last if last is not None else _highest(old, table) + 1):
        yield from _safely(old, f"SELECT {columns} FROM {table} WHERE rowid = {number}")


def _walk(old: sqlite3.Connection, table: str, columns: str, beyond: str, order: str) -> Iterator[Row]:
    """Rows with their numbers in one direction, until one cannot be read."""
    at: int | None = None
    while True:
        where = "" if at is None else f"WHERE rowid {beyond} {at}"
        query = f"SELECT rowid, {columns} FROM {table} {where} ORDER BY rowid {order} LIMIT {_CHUNK}"
        rows = list(_safely(old, query))
        yield from rows
        if len(rows) < _CHUNK:
            return
        at = rows[-1][0]


def _safely(old: sqlite3.Connection, query: str) -> Iterator[Row]:
    """Rows up to the first that cannot be read."""
    try:
        yield from old.execute(query)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return


def _highest(old: sqlite3.Connection, table: str) -> int:
    """The highest number a table has ever given, or another table knows of it."""
    found = [row[0] for row in _safely(old, f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'")]
    for index in ("shelf", "entry", "article", "mark"):
        found += [row[0] for row in _safely(old, f"SELECT max(rowid) FROM {index}") if row[0] is not None]
    return max(found, default=0)


def _drop_broken_texts(new: Store) -> None:
    """Texts that came over broken are fetched again; texts whose entry is lost have no place."""
    for entry_id, packed in new.connection.rows("SELECT id, packed FROM article"):
        if not is_decodable(packed):
            new.connection.run("DELETE FROM article WHERE id = ?", (entry_id,))
    new.connection.run("DELETE FROM article WHERE id NOT IN (SELECT id FROM entry)")
    new.connection.run("DELETE FROM mark WHERE id NOT IN (SELECT id FROM entry)")
    new.connection.run("DELETE FROM tag WHERE entry_id NOT IN (SELECT id FROM entry)")
    new.connection.run(
        f"UPDATE entry SET offline = {TEASER}, reason = '', retry = 0, tries = 0"
        f" WHERE offline IN ({FULL}, {PART}) AND id NOT IN (SELECT id FROM article)"
    )


def _index(new: Store) -> None:
    """Addresses, words and related stories are derived anew from the rows."""
    with raising_cache_errors(new.connection.path):
        for entry_id, url in new.connection.rows("SELECT id, url FROM entry"):
            with new.batch():
                _index_entry(new, entry_id, url)


def _index_entry(new: Store, entry_id: int, url: str) -> None:
    """Makes an entry that came over findable and related."""
    new.entries.add_address(entry_id, url)
    new.indexing.index(entry_id)
    article = reads.article_at(new.connection, entry_id)
    if article is not None:
        new.indexing.relate_article(entry_id, article)
