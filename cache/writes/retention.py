"""Makes room: what a source's keeping time is over for, and what the reader threw away, really leaves the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cache.db.rows import IS_KEPT
from cache.db.values import integer_or_none
from cache.rules.retention import GRACE, KeepLimits, KeptEntry, Pruned, outlived
from cache.search.index_levels import drop_empty_levels

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.store import Store

_AT_ONCE = 4
"""Entries that are deleted together; a transaction deletes some of these groups, as long as others may wait."""
_MERGED = 64
"""Pages of a full-text index that are merged in one transaction."""

_NONE = KeepLimits()
_LIMITED = "SELECT id, keep_days, keep_count FROM source WHERE keep_days IS NOT NULL OR keep_count IS NOT NULL"
_LISTED = (
    "SELECT id, keep_days, keep_count FROM source WHERE removed IS NULL AND kind <> 'bundled'"
    " OR keep_days IS NOT NULL OR keep_count IS NOT NULL"
)
"""The sources that limits of the reader's own for all of them may be for; the handbook is none."""
_PROTECTED = f"({IS_KEPT} OR shelf.id IN (SELECT id FROM mark WHERE read = 0 AND read_at > 0))"
"""What is kept, and what the reader marked unread; that an article merely lay open protects nothing."""


def keep_for(connection: Connection, source_id: int, days: int | None, count: int | None) -> None:
    """How long, and how many of, a source's articles are kept; None is without end."""
    connection.run("UPDATE source SET keep_days = ?, keep_count = ? WHERE id = ?", (days, count, source_id))


def plan(connection: Connection, now: float, default: KeepLimits = _NONE) -> tuple[list[int], list[int]]:
    """The entries past their time, and those thrown away for good; `default` is for sources without limits."""
    past: list[int] = []
    for source_id, *own in connection.rows(_LIMITED if default == _NONE else _LISTED):
        limits = KeepLimits(*map(integer_or_none, own))
        limits = default if limits == _NONE else limits
        past += outlived(_kept(connection, source_id), now, limits.days, limits.count)
    past += _left_behind(connection, now)
    gone = connection.rows("SELECT id FROM mark JOIN entry USING (id) WHERE gone < ?", (now - GRACE,))
    return past, [row[0] for row in gone]


def preview(connection: Connection, now: float, default: KeepLimits = _NONE) -> Pruned:
    """What pruning would remove now."""
    past, gone = plan(connection, now, default)
    return Pruned(len(past), len(gone), _weight(connection, past + gone))


def prune(store: Store, now: float, default: KeepLimits = _NONE) -> Pruned:
    """Removes what is past its time and gives the space back to the disk; what is kept, or unread by choice, stays."""
    connection = store.connection
    past, gone = plan(connection, now, default)
    pruning = Pruned(len(past), len(gone), _weight(connection, past + gone))
    for ids, condition in ((past, f"shelf.id IS NOT NULL AND NOT {_PROTECTED}"), (gone, "mark.gone IS NOT NULL")):
        groups = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
        deque(connection.in_batches(groups, partial(_delete, store, condition)), 0)
    with store.batch():
        connection.run(
            "DELETE FROM source WHERE removed < ? AND kind <> 'bundled'"
            " AND NOT EXISTS (SELECT 1 FROM entry WHERE source_id = source.id)",
            (now - GRACE,),
        )
        # Added again, a source is a new one, and all of its stories are.
        connection.run("DELETE FROM buried WHERE source_id > 0 AND source_id NOT IN (SELECT id FROM source)")
    if past or gone:
        give_back(connection)
    return pruning


def give_back(connection: Connection) -> None:
    """Returns what is free to the disk, the words of what is gone among it."""
    for index in ("text_index", "headline_index"):
        drop_empty_levels(connection.path, index)  # merging adds one
        _optimize(connection, index)
    free = range(connection.value("PRAGMA freelist_count") or 0)
    # `execute` takes one step of this, which frees one page.
    deque(connection.in_batches(free, lambda _: connection.run("PRAGMA incremental_vacuum(1)")), 0)
    connection.fold()


def _optimize(connection: Connection, index: str) -> None:
    """Merges a full-text index into one piece as FTS5's `optimize` does, but in steps between which others write.

    A negative number of pages marks all pieces for merging; where fewer than two rows change, nothing is left to do.
    """
    pages, changed = -_MERGED, 2
    while changed >= 2:
        before = connection.sql.total_changes
        with connection.batch():
            connection.run(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (pages,))
        pages, changed = _MERGED, connection.sql.total_changes - before


def _delete(store: Store, condition: str, ids: Sequence[int]) -> None:
    """Deletes those that are still to go: the reader may have kept one, or brought it back, since they were found."""
    rows = store.connection.rows(
        "SELECT entry.id FROM entry LEFT JOIN shelf USING (id) LEFT JOIN mark USING (id)"
        f" WHERE entry.id IN ({','.join(map(str, ids))}) AND {condition}"
    )
    store.entries.delete([row[0] for row in rows])


def _left_behind(connection: Connection, now: float) -> list[int]:
    """What stayed when its source was removed, because the reader kept it, and is kept no longer."""
    rows = connection.rows(
        # CROSS: the sources first, of which few are removed.
        "SELECT shelf.id FROM source CROSS JOIN shelf ON source.id = shelf.source_id"
        f" WHERE source.removed < ? AND NOT {_PROTECTED}",
        (now - GRACE,),
    )
    return [row[0] for row in rows]


def _kept(connection: Connection, source_id: int) -> list[KeptEntry]:
    """A source's entries, newest first; protected is what the reader saved, tagged, noted or marked unread."""
    rows = connection.rows(
        f"SELECT shelf.id, CAST(at AS INTEGER), {_PROTECTED} FROM shelf WHERE source_id = ?"
        " ORDER BY at DESC, shelf.id DESC",
        (source_id,),
    )
    return [KeptEntry(entry_id, at, protected == 1) for entry_id, at, protected in rows]


def _weight(connection: Connection, ids: Sequence[int]) -> int:
    """About how many bytes the entries take: their share of the file."""
    total = connection.value("SELECT count(*) FROM entry") or 1
    size = connection.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") or 0
    return int(size) * len(ids) // int(total)
