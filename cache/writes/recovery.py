"""Takes everything that can still be read out of a damaged library, row by row, into a new one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from cache.db import opening, permissions, reads
from cache.db.codec import PACKED_COLUMNS, is_decodable
from cache.db.leaf_pages import find_lost, lost_rows
from cache.db.rows import FULL, PART, TEASER
from cache.db.sqlite_errors import UNREADABLE, raising_cache_errors
from cache.db.value_check import Column, columns
from cache.db.values import as_readable, text
from cache.rules import http_state
from cache.writes import losses
from cache.writes.losses import Salvage
from cache.writes.rebuilding import ListPlaces, rebuild_entries
from cache.writes.sites import note_passages
from cache.writes.store import Store
from fetch.passages import digests_of, to_bytes
from fetch.source import UNKNOWN

SqlRow = tuple[Any, ...]

_ENTRIES = ("source", "entry", "mark", "tag", "article", "revision", "pending", "buried", "address")
_SYNC = ("sync_account", "sync_source", "sync_entry")
_TABLES = (*_ENTRIES, "withdrawn_tag", "highlight", "undo", "saved_search", "site_rule", "setting", *_SYNC)
_WITHOUT_ROWID = ("tag", "withdrawn_tag", "site_rule", "setting", "sync_source", "sync_entry")
_GREW = {"source": 19, "entry": 22, "article": 2, "revision": 5, "mark": 7, "highlight": 10}
"""Tables whose rows are told from any other's by how many values they have, and the fewest that any format had."""
_REPEATED = {
    "mark": (
        ("id", "read", "saved", "queued"),
        "SELECT id, read, saved, queued FROM shelf WHERE read <> 0 OR saved IS NOT NULL OR queued <> 0",
    ),
    "tag": (("entry_id", "name"), "SELECT entry_id, name FROM tag INDEXED BY tag_entry WHERE entry_id > -1"),
}
"""Columns of a table that stand elsewhere, too, and where."""
_TEXTS = ("article", "revision")
_CHUNK = 200


def salvage(path: Path, new: Store) -> Salvage:
    """Puts what can be read of a damaged file into a new library; what was saved and what was lost.

    The damaged file is not written to.
    """
    scratch = new.connection.path.with_name(f"{new.connection.path.name}.scratch")
    try:
        with closing(_opened(path, scratch)) as old:
            before = losses.held(old)
            with new.batch():
                file = _file_of(old)
                lost = find_lost(old, file)
                for table in _TABLES:
                    _copy(old, new, table)
                    _copy_lost(old, new, table, lost_rows(file, lost, table))
                _copy_repeated(old, new, before.unreadable)
                _drop_broken_texts(new)
                rebuild_entries(new, _listed(old))
                _offer_again(new)
                _count_anew(new)
    finally:
        scratch.unlink(missing_ok=True)
    _index(new)
    return losses.compared(before, new.connection.sql)


def _listed(old: sqlite3.Connection) -> ListPlaces:
    """What the lists know of each entry."""
    rows = _readable(old, "shelf", "id, at, source_id, offline")
    return {row[0]: (row[1], row[2], row[3]) for row in rows if all(type(value) is int for value in row)}


def _opened(damaged: Path, scratch: Path) -> sqlite3.Connection:
    """The damaged file, open although it may be shorter than it says; its first page mended if that is what is gone."""
    old = _connect(damaged)
    try:
        if old.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").fetchone() and _names_are_whole(old):
            return old
    except UNREADABLE:
        pass
    old.close()
    _give_new_beginning(damaged, scratch)
    return _connect(scratch)


def _names_are_whole(old: sqlite3.Connection) -> bool:
    """Whether the columns of every table can be asked for by their names."""
    for table in _TABLES:
        for row in old.execute(f"PRAGMA table_info({table})"):
            if not str(row[1]).isidentifier():
                return False
    return True


def _connect(path: Path) -> sqlite3.Connection:
    old = opening.connect(path, "?immutable=1")
    # A file cut short is refused as a whole otherwise, though most of it can be read.
    old.execute("PRAGMA writable_schema = ON")
    old.execute("PRAGMA cell_size_check = ON")
    old.text_factory = as_readable
    return old


def _give_new_beginning(damaged: Path, scratch: Path) -> None:
    """Makes a copy whose first pages, which say where each table begins, are a new library's: they are the same."""
    fresh = scratch.with_name(f"{scratch.name}.fresh")
    with Store(fresh) as store:
        pages = list(_safely(store.connection.sql, "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")) or [(1,)]
        size = store.connection.value("PRAGMA page_size")
    permissions.make_file(scratch)
    shutil.copyfile(damaged, scratch)
    with fresh.open("rb") as new, scratch.open("r+b") as beginning:
        for (page,) in pages:
            new.seek((page - 1) * size)
            beginning.seek((page - 1) * size)
            beginning.write(new.read(size))
        # Where the header says how many pages the file has.
        beginning.seek(28)
        beginning.write((scratch.stat().st_size // size).to_bytes(4, "big"))
    fresh.unlink()


def _copy(old: sqlite3.Connection, new: Store, table: str) -> None:
    """Copies the rows of a table that can be read, each value as its column can hold it."""
    known = {row[1] for row in _safely(old, f"PRAGMA table_info({table})")}
    shared = [column for column in columns(new.connection.sql, table) if column.name in known]
    if not shared:
        return
    names, marks = ", ".join(column.name for column in shared), ", ".join("?" * len(shared))
    for row in _readable(old, table, names):
        mended = [column.mended(value) for column, value in zip(shared, row, strict=True)]
        if not all(column.accepts(value) for column, value in zip(shared, mended, strict=True)):
            continue
        try:
            new.connection.sql.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", mended)
        except (sqlite3.IntegrityError, sqlite3.InterfaceError):  # a row of damaged values
            continue


def _file_of(old: sqlite3.Connection) -> Path:
    return next(Path(row[2]) for row in old.execute("PRAGMA database_list") if row[1] == "main")


def _copy_lost(old: sqlite3.Connection, new: Store, table: str, rows: Iterator[list[Any]]) -> None:
    """Copies the rows of leaf pages that a broken tree does not lead to; what is there already stays."""
    if table not in _GREW:
        return
    known = [row[1] for row in _safely(old, f"PRAGMA table_info({table})")]
    by_name = {column.name: column for column in columns(new.connection.sql, table)}
    if not set(known) <= set(by_name):
        return
    for row in rows:
        shared = [by_name[name] for name in known[: len(row)]]
        if not _GREW[table] <= len(row) <= len(known) or not _are_values_of(table, shared, row):
            continue
        names, marks = ", ".join(known[: len(row)]), ", ".join("?" * len(row))
        new.connection.sql.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row)


def _copy_repeated(old: sqlite3.Connection, new: Store, unreadable: Sequence[str]) -> None:
    """Takes marks from the lists and tags from their index, which repeat them, where their own rows cannot be read."""
    for table in sorted(set(unreadable) & set(_REPEATED)):
        names, query = _REPEATED[table]
        by_name = {column.name: column for column in columns(new.connection.sql, table)}
        shared = [by_name[name] for name in names]
        marks = ", ".join("?" * len(names))
        for row in _safely(old, query):
            if all(column.accepts(value) for column, value in zip(shared, row, strict=True)):
                new.connection.run(f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})", row)


def _are_values_of(table: str, shared: list[Column], row: list[Any]) -> bool:
    if not all(column.accepts(value) for column, value in zip(shared, row, strict=True)):
        return False
    return table not in _TEXTS or is_decodable(row[-1])


def _readable(old: sqlite3.Connection, table: str, columns: str) -> Iterator[SqlRow]:
    """Every row of a table that can be read: forwards to the first damage, backwards to the last, between singly."""
    if table in _WITHOUT_ROWID:
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


def _walk(old: sqlite3.Connection, table: str, columns: str, beyond: str, order: str) -> Iterator[SqlRow]:
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


def _safely(old: sqlite3.Connection, query: str) -> Iterator[SqlRow]:
    """Rows up to the first that cannot be read."""
    try:
        yield from old.execute(query)
    except UNREADABLE:
        return


def _highest(old: sqlite3.Connection, table: str) -> int:
    """The highest number a table has ever given, or another table knows of it."""
    found = [row[0] for row in _safely(old, f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'")]
    for index in ("shelf", "entry", "article", "mark"):
        found += [row[0] for row in _safely(old, f"SELECT max(rowid) FROM {index}") if row[0] is not None]
    return max(found, default=0)


def _drop_broken_texts(new: Store) -> None:
    """Texts that came over broken are fetched again."""
    for table, _, column, is_readable in PACKED_COLUMNS:
        for number, encoded in new.connection.rows(f"SELECT id, {column} FROM {table}"):
            if not is_readable(encoded):
                new.connection.run(f"DELETE FROM {table} WHERE id = ?", (number,))


def _offer_again(new: Store) -> None:
    """What is said to be here and is not can be fetched again, lost entries with the next visit of their sources."""
    new.connection.run("DELETE FROM address WHERE entry_id NOT IN (SELECT id FROM entry)")
    for source_id, state in new.connection.rows("SELECT id, state FROM source"):
        visit = http_state.load(text(state))
        asked_anew = http_state.dump(replace(visit, validators=UNKNOWN, whole=0.0))
        due = "due" if visit.failures else "0"  # who sent us away still does
        new.connection.run(f"UPDATE source SET state = ?, due = {due} WHERE id = ?", (asked_anew, source_id))
    new.connection.run(
        f"UPDATE entry SET offline = {TEASER}, reason = '', retry = 0, tries = 0"
        f" WHERE offline IN ({FULL}, {PART}) AND id NOT IN (SELECT id FROM article)"
    )


def _count_anew(new: Store) -> None:
    """Counts what is on the lists: a row that was met twice has replaced itself, which no trigger takes off."""
    new.connection.run("DELETE FROM tally")
    new.connection.run(
        "INSERT INTO tally (source_id, total, unread, saved, whole, failed, queued)"
        " SELECT source_id, count(*), total(read = 0), count(saved), total(offline = 1), total(offline = 2),"
        " total(queued = 1) FROM shelf GROUP BY source_id"
    )


def _index(new: Store) -> None:
    """Addresses, words and related stories are derived anew from the rows."""
    with raising_cache_errors(new.connection.path):
        for entry_id, url in new.connection.rows("SELECT id, url FROM entry"):
            with new.batch():
                _index_entry(new, entry_id, url)


def _index_entry(new: Store, entry_id: int, url: str) -> None:
    """Makes an entry that came over findable and related, and its site known by it."""
    new.entries.add_address(entry_id, url)
    new.indexing.index(entry_id)
    article = reads.article_at(new.connection, entry_id)
    if article is not None:
        new.indexing.relate_article(entry_id, article)
        note_passages(new.connection, entry_id, url, to_bytes(digests_of(article.body)))
