"""What a server has, landed in a library: each in a short transaction that reads what is here in the same moment.

Nothing foreign is parsed here: entries come as the parsers made them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import time
from typing import TYPE_CHECKING, NamedTuple

from cache.sync.accounts import STATE_HERE
from cache.sync.merging import ALL_MARKS, GONE_THERE, NO_BASE, READ, SAVED, merged
from cache.writes import marks
from cache.writes.entry_names import Listed

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.sync.remote import RemoteEntry
    from cache.writes.store import Store
    from fetch.article import Teaser


class KnownEntry(NamedTuple):
    """What is remembered of an entry: its number here (0 for none any more), its state at the last sync, and now."""

    entry_id: int
    base: int
    here: int


class Settled(NamedTuple):
    """An entry whose two states were merged: what has changed here, and is to be changed there, and its state."""

    remote: str
    here: int
    there: int
    state: int


def known_entries(connection: Connection, account_id: int) -> dict[str, KnownEntry]:
    """All entries of an account, by what the server calls them."""
    rows = connection.rows(
        f"SELECT remote, entry_id, base, {STATE_HERE} FROM sync_entry LEFT JOIN mark ON mark.id = entry_id"
        " WHERE account_id = ?",
        (account_id,),
    )
    return {
        remote: KnownEntry(entry_id, base, here if entry_id else base & ALL_MARKS)
        for remote, entry_id, base, here in rows
    }


def land_some(
    store: Store, account_id: int, waiting: Sequence[RemoteEntry], sources: Mapping[str, int]
) -> list[tuple[bool, Settled]]:
    """Takes in entries that are not known yet, as many as a short transaction holds; whether each is new here."""
    beside = _Beside(waiting, sources)
    return next(store.connection.in_batches(waiting, lambda coming: _land(store, account_id, coming, beside)), [])


class _Beside:
    """The number here of what a server calls a source, and what stands beside an entry of it in what has come."""

    def __init__(self, waiting: Sequence[RemoteEntry], sources: Mapping[str, int]) -> None:
        by_source: dict[int, list[Teaser]] = {}
        for each in waiting:
            by_source.setdefault(sources.get(each.source, 0), []).append(each.teaser)
        self._sources = sources
        self._listed = {number: Listed(number, teasers) for number, teasers in by_source.items()}

    def of(self, source: str) -> tuple[int, Listed]:
        number = self._sources.get(source, 0)
        return number, self._listed[number]


def _land(store: Store, account_id: int, coming: RemoteEntry, beside: _Beside) -> tuple[bool, Settled]:
    """Keeps an entry of the server's: matched to one that is here by its address, else as a new one.

    What was thrown away here and is gone stays away.
    """
    db, (source_id, listed) = store.connection, beside.of(coming.source)
    entry_id = store.entries.names.known(source_id, coming.teaser, listed).entry_id
    is_new = False
    if not entry_id:
        wanted = store.entries.store_teaser(source_id, coming.teaser, time(), listed)
        is_new = wanted is not None
        entry_id = wanted.entry_id if wanted else 0
    db.run(
        "INSERT INTO sync_entry (account_id, remote, entry_id, base) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, remote) DO UPDATE SET entry_id = excluded.entry_id",
        (account_id, coming.remote, entry_id, NO_BASE),
    )
    there = coming.read * READ | coming.saved * SAVED
    return is_new, _settle(db, account_id, coming.remote, there)


def settle_some(store: Store, account_id: int, waiting: Sequence[tuple[str, int]]) -> list[Settled]:
    """Merges entries with the states that they have on the server, as many as a short transaction holds."""
    work = store.connection.in_batches(waiting, lambda each: _settle(store.connection, account_id, *each))
    return next(work, [])


def _settle(db: Connection, account_id: int, remote: str, there: int) -> Settled:
    """Lands what was done on the server since the last sync, whose state is then the one to go by."""
    row = db.row(
        f"SELECT entry_id, base, {STATE_HERE} FROM sync_entry LEFT JOIN mark ON mark.id = entry_id"
        " WHERE account_id = ? AND remote = ?",
        (account_id, remote),
    )
    entry_id, base, here = row or (0, NO_BASE, NO_BASE)
    if not entry_id:
        here = there = there & ALL_MARKS
    result = merged(base & ALL_MARKS, here, there)
    if result.here & READ:
        marks.mark_read(db, [entry_id], bool(result.state & READ))
    if result.here & SAVED:
        marks.save(db, [entry_id], bool(result.state & SAVED))
    db.run("UPDATE sync_entry SET base = ? WHERE account_id = ? AND remote = ?", (there, account_id, remote))
    return Settled(remote, result.here, result.there, result.state)


def note_lost(store: Store, account_id: int, remotes: Sequence[str]) -> None:
    """Remembers that the server has entries no more: theirs is not to be heard, and nothing here changes."""
    for begin in range(0, len(remotes), 1000):
        store.connection.run(
            f"UPDATE sync_entry SET base = base | {GONE_THERE}"
            " WHERE account_id = ? AND remote IN (SELECT value FROM json_each(?))",
            (account_id, _as_json(remotes[begin : begin + 1000])),
        )


def note_absent(store: Store, account_id: int, remotes: Sequence[str]) -> None:
    """Remembers entries that the server lists and does not give, so that they are not asked for at each sync."""
    with store.batch():
        for remote in remotes:
            store.connection.run(
                f"INSERT OR IGNORE INTO sync_entry (account_id, remote, entry_id, base) VALUES (?, ?, 0, {GONE_THERE})",
                (account_id, remote),
            )


def _as_json(remotes: Sequence[str]) -> str:
    import json

    return json.dumps(list(remotes))
