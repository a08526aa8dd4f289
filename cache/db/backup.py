"""A sound copy of a library, be it in use or not, made beside its place and put there in one step."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cache.db import identity, locks, migration, opening, permissions
from cache.db.connection import Connection
from cache.db.sqlite_errors import raising_cache_errors
from cache.db.unfinished import unfinished
from cache.errors import CacheError, DiskFull, LibraryDamaged


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made and checked: where, and how many articles and bytes it holds."""

    path: Path
    articles: int
    size: int


def back_up(library: Path, copy: Path) -> Backup:
    """Copies a library to a file, in place of a copy that was there; raises CacheError, and then changes nothing."""
    if not library.exists():
        raise CacheError(f"There is no library at {library} yet; nothing was copied.")
    target = Path(os.path.realpath(copy))
    _require_replaceable(library, target, copy)
    try:
        with unfinished(target) as part:
            with Connection(library, reading=True) as connection, raising_cache_errors(copy):
                migration.copy_to(connection.sql, part)
            articles, size = _checked(part, copy), part.stat().st_size
            part.replace(target)
        permissions.sync_folder(target.parent)
    except DiskFull as error:
        raise DiskFull(f"{error} There is no new copy at {copy}.") from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise CacheError(f"{copy} cannot be written: {why}; nothing was copied.") from error
    return Backup(copy, articles, size)


def require_no_library(library: Path, path: Path) -> None:
    """Raises CacheError where a file that is to be written is the library, one of the files beside it, or another one.

    A link, and another name of the same file, are looked behind.
    """
    target = Path(os.path.realpath(path))
    home = Path(os.path.realpath(library))
    if target.parent == home.parent and permissions.belongs(target.name, home):
        raise CacheError(f"{path} belongs to the library; choose another file.")
    if target.is_file() and (target.samefile(home) or _is_library(target)):
        raise CacheError(f"{path} is a library of Broadsheet's; choose another file.")


def _require_replaceable(library: Path, target: Path, copy: Path) -> None:
    """Raises CacheError where the copy would take the place of anything but an earlier copy."""
    if target.is_dir():
        raise CacheError(f"{copy} is a folder; name the file that the copy is to be.")
    if not target.exists():
        return
    if target.samefile(library):
        raise CacheError(f"{copy} is the library itself; choose another file for the copy.")
    if locks.others(target) or target.with_name(f"{target.name}-wal").exists():
        raise CacheError(f"{copy} is a library that is in use; choose another file for the copy.")
    if not target.is_file() or (target.stat().st_size and not _is_library(target)):
        raise CacheError(f"{copy} is there already, and is no library of Broadsheet's; nothing was copied.")


def _is_library(path: Path) -> bool:
    try:
        with closing(opening.connect(path, "?mode=ro&immutable=1")) as connection:
            return bool(identity.format_of(connection, path))
    except (sqlite3.Error, CacheError):
        return False


def _checked(path: Path, copy: Path) -> int:
    """How many articles a copy holds that SQLite finds nothing wrong with."""
    with raising_cache_errors(copy), closing(opening.connect(path, "?immutable=1")) as made:
        if made.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise LibraryDamaged("The library is damaged, so its copy would be; broadsheet doctor --repair mends it.")
        return int(made.execute("SELECT count(*) FROM shelf").fetchone()[0])
