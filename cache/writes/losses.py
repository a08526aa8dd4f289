"""Counts what a damaged library held and what a repair saved of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from cache.db.sqlite_errors import UNREADABLE

Counts = Mapping[str, int]
"""How many there are of each kind."""

_IS_TAG = "typeof(entry_id) = 'integer' AND typeof(name) = 'text'"  # a page of another table may stand in its place
_QUERIES: dict[str, tuple[str, ...]] = {
    "articles": ("SELECT count(*) FROM entry", "SELECT count(*) FROM shelf"),
    "texts": (
        "SELECT count(*) FROM article",
        "SELECT count(*) FROM entry WHERE offline IN (1, 3)",
        "SELECT count(*) FROM shelf WHERE offline IN (1, 3)",
    ),
    "read marks": (
        "SELECT count(*) FROM mark WHERE read <> 0",
        "SELECT count(*) FROM shelf WHERE read <> 0",
    ),
    "saved": (
        "SELECT count(*) FROM mark WHERE saved IS NOT NULL",
        "SELECT count(*) FROM shelf WHERE saved IS NOT NULL",
    ),
    "notes": ("SELECT count(*) FROM mark WHERE note <> ''",),
    "tags": (
        f"SELECT count(*) FROM tag WHERE {_IS_TAG}",
        f"SELECT count(*) FROM tag INDEXED BY tag_entry WHERE entry_id > -1 AND {_IS_TAG}",
    ),
    "highlights": ("SELECT count(*) FROM highlight WHERE withdrawn IS NULL",),
    "site rules": ("SELECT count(*) FROM site_rule WHERE typeof(host) = 'text' AND typeof(text) = 'text'",),
    "sources": (
        "SELECT count(*) FROM source",
        "SELECT count(*) FROM tally WHERE source_id > 0 AND total > 0",
        "SELECT count(DISTINCT source_id) FROM entry WHERE source_id > 0",
        "SELECT count(DISTINCT source_id) FROM shelf WHERE source_id > 0",
    ),
}
"""Where each kind can be counted: of the first what is there, of all the most that was."""
_SELDOM = ("highlights", "site rules")
"""Kinds that are told of where there are any."""
_ONE = {kind: kind.removesuffix("s") for kind in _QUERIES}
_NAMES = {
    "entry": "articles",
    "article": "texts",
    "mark": "marks and notes",
    "tag": "tags",
    "source": "sources",
    "revision": "revisions",
    "saved_search": "saved searches",
    "highlight": "highlights",
    "site_rule": "site rules",
    "setting": "settings",
}
"""The tables whose rows exist nowhere else, and what a reader calls those."""


class Held(NamedTuple):
    """What a damaged file held: as many as anything readable knows of, and the tables not all of which can be read."""

    counts: Counts
    unreadable: tuple[str, ...]


class Salvage(NamedTuple):
    """What a repair saved, as a sentence, and whether that is all there was."""

    whole: bool
    sentence: str

    @property
    def fact(self) -> str:
        """What a reader is to know first, short enough for a status line."""
        if self.whole:
            return "A damaged library was repaired, and nothing was lost."
        return "A damaged library was repaired; part is lost: broadsheet doctor says what."


def held(old: sqlite3.Connection) -> Held:
    """What a damaged file held."""
    counts = {kind: max(_counted(old, query) for query in queries) for kind, queries in _QUERIES.items()}
    return Held(counts, tuple(table for table in _NAMES if not _reads_whole(old, table)))


def compared(before: Held, new: sqlite3.Connection) -> Salvage:
    """What of it stands in the new library."""
    saved = {kind: _counted(new, queries[0]) for kind, queries in _QUERIES.items()}
    lost = {kind: before.counts[kind] - count for kind, count in saved.items() if before.counts[kind] > count}
    told = {kind: count for kind, count in saved.items() if count or kind not in _SELDOM}
    sentence = f"The library was damaged: saved {_listed(told)}"
    sentence += f"; lost {_listed(lost)}." if lost else "."
    if before.unreadable:
        names = ", ".join(_NAMES[table] for table in before.unreadable)
        sentence += f" Pages could not be read of: {names}; what only they held is lost."
    return Salvage(not lost and not before.unreadable, sentence)


def _listed(counts: Counts) -> str:
    parts = [f"{count:,} {kind if count != 1 else _ONE[kind]}" for kind, count in counts.items()]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _counted(connection: sqlite3.Connection, query: str) -> int:
    try:
        return int(connection.execute(query).fetchone()[0])
    except UNREADABLE:
        return 0


def _reads_whole(old: sqlite3.Connection, table: str) -> bool:
    """Whether all rows of a table can be read; one that the library's format had not yet has none."""
    try:
        if table in ("site_rule", "highlight") and not list(old.execute(f"PRAGMA table_info({table})")):
            return True
        for _ in old.execute(f"SELECT * FROM {table} NOT INDEXED"):
            pass
    except UNREADABLE:
        return False
    return True
