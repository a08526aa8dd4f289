"""The health of a library file: what is sound and what is not. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, NamedTuple

from cache.db import identity
from cache.db.connection import Connection
from cache.db.identity import OTHER_FORMAT
from cache.db.sqlite_errors import raising_cache_errors
from cache.errors import CacheError, LibraryDamaged

if TYPE_CHECKING:
    from cache.db.value_check import OddValue

ROOM = 50_000_000
"""Bytes of free disk below which a refresh may not find room."""


LOST = "lost:"
"""What the settings that say what a repair lost begin with; the name of the file that it kept follows."""
SEARCH = "search"
"""What the finding on the full-text indexes is called."""
_NAMED = 3
"""Values and texts that cannot be read whose places are named."""
_AT_ONCE = 500
"""Texts that are in memory at once."""


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, a sentence, and whether a repair is for it."""

    name: str
    ok: bool
    sentence: str
    damaged: bool = False


def examine(path: Path) -> list[Finding]:
    """Looks at a library file, changing nothing."""
    if not path.exists():
        return [Finding("library", True, f"There is no library at {path} yet; it is made when first needed.")]
    try:
        with Connection(path, reading=True) as connection:
            return [*_examined(connection), _room(connection), *_kept(path)]
    except CacheError as error:
        return [Finding("library", False, str(error), isinstance(error, LibraryDamaged)), *_kept(path)]


def kept_copies(path: Path) -> list[Path]:
    """The copies of a library that repairs and upgrades have left beside it, or beside the file it is a link to."""
    found = {
        each
        for place in ((path, path.resolve()) if path.is_symlink() else (path,))
        for kind in ("damaged", "before")
        for each in place.parent.glob(f"{place.stem}-{kind}-*{place.suffix}")
        if not each.samefile(path)
    }
    return sorted(found)


def losses(path: Path) -> list[str]:
    """What the repairs lost whose damaged files still stand beside the library, a sentence each."""
    from json import loads

    found = []
    try:
        with Connection(path, reading=True) as connection:
            for copy in kept_copies(path):
                told = connection.value("SELECT value FROM setting WHERE name = ?", (f"{LOST}{copy.name}",))
                found += [str(loads(told))] if told else []
    except (CacheError, ValueError, TypeError):
        return found
    return found


def delete_kept_copies(path: Path) -> Finding:
    """Deletes them; raises OSError."""
    copies = kept_copies(path)
    for each in copies:
        for one in (each, each.with_name(f"{each.name}-wal")):
            one.unlink(missing_ok=True)
    return Finding("kept", True, f"Deleted: {', '.join(each.name for each in copies) or 'nothing; no copy was kept'}.")


def _examined(connection: Connection) -> list[Finding]:
    """What is in the file; where the file itself is damaged, that may be all that can be said."""
    file, form = _file(connection), _format(connection)
    found = [file, form]
    try:
        if form.ok:  # an older one has other tables, and is brought up to date before it is read
            found.append(_tables(connection))
            if found[-1].ok:
                found += [_values(connection), _lists(connection), _search(connection), _texts(connection)]
    except CacheError as error:
        if file.ok:
            raise
        found.append(Finding("texts", False, str(error), damaged=True))
    return found


def _file(connection: Connection) -> Finding:
    trouble = connection.value("PRAGMA integrity_check(1)")
    if trouble == "ok":
        return Finding("file", True, "The file is sound.")
    return Finding("file", False, "The file is damaged; doctor --repair mends it.", True)


def _format(connection: Connection) -> Finding:
    import sqlite3

    version = int(connection.value("PRAGMA user_version"))
    if version < identity.VERSION:
        from cache.db.schema_check import can_be_upgraded

        with raising_cache_errors(connection.path):
            if not can_be_upgraded(connection.sql, version):
                return Finding("format", False, OTHER_FORMAT.format(version), damaged=True)
    sentence = (
        f"The library has format {version}, this Broadsheet writes {identity.VERSION}; SQLite {sqlite3.sqlite_version}."
    )
    return Finding("format", version == identity.VERSION, sentence)


def _tables(connection: Connection) -> Finding:
    """Whether every table, index and trigger is what this version makes."""
    from cache.db.schema_check import other_than_made

    with raising_cache_errors(connection.path):
        other = other_than_made(connection.sql)
    if not other:
        return Finding("tables", True, "The tables are as this Broadsheet makes them.")
    names = ", ".join(other[:_NAMED])
    return Finding("tables", False, f"The tables are not as made: {names}; doctor --repair makes them anew.", True)


def _values(connection: Connection) -> Finding:
    """Whether each value is of its column's kind; the first few articles whose values are not are named."""
    from cache.db.value_check import odd_values

    with raising_cache_errors(connection.path):
        odd = list(odd_values(connection.sql))
    if not odd:
        return Finding("values", True, "Every value is what its column is for.")
    places = ", ".join(dict.fromkeys(_place(connection, each) for each in odd[:_NAMED]))
    more = f" and {len(odd) - _NAMED:,} more" if len(odd) > _NAMED else ""
    sentence = f"{len(odd):,} values cannot be read: {places}{more}; doctor --repair sets them right."
    return Finding("values", False, sentence, damaged=True)


def _place(connection: Connection, odd: OddValue) -> str:
    """Where a value stands: in which article, or in which of the library's own tables."""
    if not odd.entry_id:
        return f"{odd.column} in {odd.table}"
    return f"{odd.column} of {_named(connection, odd.entry_id)}"


def _named(connection: Connection, entry_id: int) -> str:
    from cache.db.values import text

    headline = text(connection.value("SELECT headline FROM entry WHERE id = ?", (entry_id,)))
    return f"article {entry_id} (“{headline[:60]}”)"


def _lists(connection: Connection) -> Finding:
    """Whether what is derived agrees with what it is derived from."""
    missing = connection.value(
        "SELECT (SELECT count(*) FROM entry LEFT JOIN mark USING (id) WHERE gone IS NULL)"
        " <> (SELECT count(*) FROM shelf)"
        " OR EXISTS (SELECT 1 FROM entry JOIN shelf USING (id) LEFT JOIN mark USING (id)"
        " WHERE entry.offline IS NOT shelf.offline OR entry.at IS NOT shelf.at"
        " OR entry.source_id IS NOT shelf.source_id"
        " OR coalesce(mark.read, 0) IS NOT shelf.read OR mark.saved IS NOT shelf.saved)"
        " OR (SELECT total(total) FROM tally) <> (SELECT count(*) FROM shelf)"
        " OR (SELECT total(unread) FROM tally) <> (SELECT count(*) FROM shelf WHERE read = 0)"
    )
    if missing:
        sentence = "The lists do not agree with the articles; doctor --repair derives them anew."
        return Finding("lists", False, sentence, damaged=True)
    return Finding("lists", True, "The lists agree.")


def _search(connection: Connection) -> Finding:
    """Whether the full-text indexes can be read: a file may be sound of which FTS5 says otherwise."""
    try:
        for index in ("text_index", "headline_index"):
            connection.rows(f"SELECT rowid FROM {index} WHERE {index} MATCH 'a OR b*' LIMIT 1")
    except LibraryDamaged:
        return Finding(SEARCH, False, "The search cannot be read; doctor --repair puts it in order.", damaged=True)
    return Finding(SEARCH, True, "The search can be read.")


def _texts(connection: Connection) -> Finding:
    """Whether all texts can be opened; the first few articles of which one cannot are named."""
    broken = list(_broken_texts(connection))
    total = connection.value("SELECT count(*) FROM article")
    if broken:
        number = "1 text" if len(broken) == 1 else f"{len(broken):,} texts"
        places = ", ".join(dict.fromkeys(_named(connection, entry_id) for entry_id in broken[:_NAMED]))
        more = f" and {len(broken) - _NAMED:,} more" if len(broken) > _NAMED else ""
        sentence = f"{number} cannot be opened: of {places}{more}; doctor --repair lets what is lost be fetched again."
        return Finding("texts", False, sentence, damaged=True)
    return Finding(
        "texts", True, f"{total:,} texts are on disk, {connection.path.stat().st_size / 1e6:,.1f} MB in all."
    )


def _broken_texts(connection: Connection) -> Iterator[int]:
    """The articles of which a text, an earlier one, or the one that a feed carried cannot be opened."""
    from cache.db.codec import PACKED_COLUMNS

    for table, entry, column, is_readable in PACKED_COLUMNS:
        query = f"SELECT id, {entry}, {column} FROM {table} WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}"
        last = -(1 << 63)
        while rows := connection.rows(query, (last,)):
            last = rows[-1][0]
            yield from (entry_id for _, entry_id, encoded in rows if not is_readable(encoded))


def _room(connection: Connection) -> Finding:
    free = disk_usage(connection.path.parent).free
    return Finding("room", free > ROOM, f"The disk has {_amount(free)} free.")


def _amount(octets: int) -> str:
    """Bytes in the largest unit of which there is one."""
    units = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
    return next((f"{octets / size:,.1f} {unit}" for size, unit in units if octets >= size), f"{octets} B")


def _kept(path: Path) -> list[Finding]:
    """The copies that stand beside the library until the reader says otherwise."""
    if not (copies := kept_copies(path)):
        return []
    size = sum(each.stat().st_size for each in copies) / 1e6
    names = ", ".join(each.name for each in copies)
    return [Finding("kept", True, f"Kept beside the library ({size:,.1f} MB): {names}; doctor --delete-kept deletes.")]
