"""newsboat's `cache.db`: what it has listed, and what its reader did with it.

A database can hold statements that run when it is read. Nothing but the two tables is looked at, as tables, and the
engine is told to allow nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cache.formats.readers.story import LeftStory, SavedStory

SQLITE_MAGIC = b"SQLite format 3\0"
"""What every file of SQLite's begins with."""
_TABLES = {"rss_item", "rss_feed"}
_ROWS = """
    SELECT i.url, i.title, i.author, i.pubDate, i.unread, i.flags, i.deleted, i.content, i.feedurl, f.title, f.url
    FROM rss_item AS i LEFT JOIN rss_feed AS f ON f.rssurl = i.feedurl ORDER BY i.id DESC
"""
_COMPUTED = "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden"
"""Columns that are worked out as they are read, of which newsboat has none."""
_LONGEST = 8_000_000
_OF_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)


def read(path: Path) -> Iterator[SavedStory | LeftStory]:
    """What newsboat has listed, the newest first; raises ValueError for another database, and at what is damaged."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            _refuse_others(database)
            for row in database.execute(_ROWS):
                yield _story([_text(each) for each in row])
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_DAMAGE:
            raise ValueError("damaged: a part of it was cut off or changed") from error
        raise ValueError("a database of SQLite's, and not newsboat's cache.db") from error


def _refuse_others(database: sqlite3.Connection) -> None:
    """Lets the engine do nothing but read these tables; raises ValueError where they are not there, or are views."""
    database.text_factory = bytes
    for limit in (sqlite3.SQLITE_LIMIT_LENGTH, sqlite3.SQLITE_LIMIT_SQL_LENGTH):
        database.setlimit(limit, _LONGEST)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    found = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    is_there = {name.decode("utf-8", "replace") for (name,) in found} >= _TABLES
    if not is_there or any(database.execute(_COMPUTED, (table,)).fetchone() for table in _TABLES):
        raise ValueError("a database of SQLite's, and not newsboat's cache.db")
    database.set_authorizer(_allowed)


def _allowed(action: int, table: str | None, *_: str | None) -> int:
    is_ours = action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_READ and table in _TABLES)
    return sqlite3.SQLITE_OK if is_ours else sqlite3.SQLITE_DENY


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _story(row: list[str]) -> SavedStory | LeftStory:
    url, title, author, published, unread, flags, deleted, content, feed, source, home = row
    if deleted == "1":
        return LeftStory(title or url, "deleted in newsboat")
    is_flagged = bool(flags.strip())
    return SavedStory(
        url,
        title,
        authors=[author],
        published=float(published) if published.isdecimal() and len(published) < 12 else 0,
        saved=0 if is_flagged else None,
        read=unread != "1",
        tags=[f"flag-{flag}" for flag in flags if flag.isalpha()],
        html=content,
        is_whole=False,
        source=(feed, source, home),
    )
