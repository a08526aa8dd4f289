"""Makes room: what a source's keeping time is over for, and what the reader threw away, really leaves the disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cache.db.sqlite_errors import raising_cache_errors
from cache.rules.retention import GRACE, KeptEntry, Pruning, outlived

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.store import Store

_BATCH = 500

_PROTECTED = (
    "saved IS NOT NULL OR queued = 1 OR read = 0 OR note <> '' OR EXISTS (SELECT 1 FROM tag WHERE entry_id = id)"
)


def keep_for(connection: Connection, source_id: int, days: int | None, count: int | None) -> None:
    """How long, and how many of, a source's articles are kept; None is without end."""
    connection.run("UPDATE source SET keep_days = ?, keep_count = ? WHERE id = ?", (days, count, source_id))


def plan(connection: Connection, now: float) -> tuple[list[int], list[int]]:
    """The entries past their time, and those thrown away for good."""
    past: list[int] = []
    for source_id, days, count in connection.rows(
        "SELECT id, keep_days, keep_count FROM source WHERE keep_days IS NOT NULL OR keep_count IS NOT NULL"
    ):
        past += outlived(_kept(connection, source_id), now, days, count)
    gone = connection.rows("SELECT id FROM mark JOIN entry USING (id) WHERE gone < ?", (now - GRACE,))
    return past, [row[0] for row in gone]


def preview(connection: Connection, now: float) -> Pruning:
    """What pruning would remove now."""
    past, gone = plan(connection, now)
    return Pruning(len(past), len(gone), _weight(connection, past + gone))


def prune(store: Store, now: float) -> Pruning:
    """Removes what is past its time and gives the space back to the disk; saved, unread by choice, tagged stays."""
    connection = store.connection
    past, gone = plan(connection, now)
    pruning = Pruning(len(past), len(gone), _weight(connection, past + gone))
    chosen = past + gone
    for start in range(0, len(chosen), _BATCH):
        with store.batch():
            store.entries.delete(chosen[start : start + _BATCH])
    with store.batch():
        connection.run(
            "DELETE FROM source WHERE removed < ? AND kind <> 'bundled'"
            " AND NOT EXISTS (SELECT 1 FROM entry WHERE source_id = source.id)",
            (now - GRACE,),
        )
    if chosen:
        give_back(connection)
    return pruning


def give_back(connection: Connection) -> None:
    """Returns what is free to the disk, the words of what is gone among it."""
    for index in ("text_index", "headline_index"):
        connection.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    with raising_cache_errors(connection.path):
        # `execute` takes one step of this, which frees one page; a script is run to its end.
        connection.sql.executescript("PRAGMA incremental_vacuum")
    connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _kept(connection: Connection, source_id: int) -> list[KeptEntry]:
    """A source's entries, newest first; protected is what the reader saved, tagged, noted or marked unread."""
    rows = connection.rows(
        f"SELECT shelf.id, at, EXISTS (SELECT 1 FROM mark WHERE mark.id = shelf.id AND ({_PROTECTED}))"
        " FROM shelf WHERE source_id = ? ORDER BY at DESC, shelf.id DESC",
        (source_id,),
    )
    return [KeptEntry(entry_id, at, protected == 1) for entry_id, at, protected in rows]


def _weight(connection: Connection, ids: Sequence[int]) -> int:
    """About how many bytes the entries take: their share of the file."""
    total = connection.value("SELECT count(*) FROM entry") or 1
    size = connection.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") or 0
    return int(size) * len(ids) // int(total)
