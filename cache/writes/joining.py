"""Makes one entry of two that turn out to be the same story: nothing that the reader did or keeps is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.acts import Mark, TimedAct
from cache.db.rows import FULL, PART
from cache.writes import highlights
from cache.writes.merge import merge
from cache.writes.reader_rows import LATER, set_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cache.db.connection import Connection
    from cache.writes.indexing import Indexing

_MARKS: tuple[Mark, ...] = ("read", "saved", "queued")
_OF_THE_TEXT = "headline, authors, published, fetched, dateline, section, language, summary, words, offline, reason"
"""Columns in which what an article says takes the place of what its teaser said."""


def join(connection: Connection, indexing: Indexing, kept: int, doubled: int) -> None:
    """Moves all that is known of `doubled` to `kept`, and deletes what is left of it; in one transaction.

    Of two acts on one thing the newest wins; of two texts the whole one stays, of two notes both do.
    """
    with connection.batch():
        indexing.unindex(kept)
        indexing.unindex(doubled)
        _join_marks(connection, kept, doubled)
        took = _take_text(connection, kept, doubled)
        for table in ("address", "revision", "sync_entry"):
            connection.run(f"UPDATE {table} SET entry_id = ? WHERE entry_id = ?", (kept, doubled))
        connection.run(
            "UPDATE entry SET (seen, at) = (SELECT min(seen), min(at) FROM entry WHERE id IN (?, ?)) WHERE id = ?",
            (kept, doubled, kept),
        )
        connection.run("DELETE FROM entry WHERE id = ?", (doubled,))
        indexing.unrelate([doubled])
        indexing.index(kept)
        if took and (article := reads.readable_article_at(connection, kept)):
            indexing.relate_article(kept, article)


def _take_text(connection: Connection, kept: int, doubled: int) -> bool:
    """Moves the text of the doubled entry, and what its feed carried, where the kept one has less; whether it did."""
    connection.run("UPDATE OR IGNORE pending SET id = ? WHERE id = ?", (kept, doubled))
    here, there = (connection.value("SELECT offline FROM entry WHERE id = ?", (each,)) for each in (kept, doubled))
    if here == FULL or there not in (FULL, PART) or (here == PART and there == PART):
        return False
    connection.run(
        f"UPDATE entry SET ({_OF_THE_TEXT}) = (SELECT {_OF_THE_TEXT} FROM entry WHERE id = ?) WHERE id = ?",
        (doubled, kept),
    )
    connection.run("DELETE FROM article WHERE id = ?", (kept,))
    connection.run("UPDATE article SET id = ? WHERE id = ?", (kept, doubled))
    return True


def _join_marks(connection: Connection, kept: int, doubled: int) -> None:
    gone = [connection.value("SELECT gone FROM mark WHERE id = ?", (each,)) for each in (kept, doubled)]
    stays = not all(gone) and _is_kept(connection, doubled if gone[0] else kept)
    _join_notes(connection, kept, doubled)
    highlights.join(connection, kept, doubled)
    for act in list(_acts(connection, doubled)):
        merge(connection, kept, act)
    if gone[0] and stays:  # of what was thrown away under one name, and kept under another
        merge(connection, kept, TimedAct("gone", False, float(gone[0]) + LATER))
    elif gone[1] and not stays:
        merge(connection, kept, TimedAct("gone", True, float(gone[1])))


def _join_notes(connection: Connection, kept: int, doubled: int) -> None:
    rows = connection.rows(
        "SELECT note, note_at FROM mark WHERE id IN (?, ?) AND note <> '' ORDER BY 2", (kept, doubled)
    )
    if rows:
        notes = "\n\n".join(dict.fromkeys(note for note, _ in rows))
        set_column(connection, "note", notes, [kept], max(at for _, at in rows))


def _acts(connection: Connection, entry_id: int) -> Iterator[TimedAct]:
    """What the reader did with an entry, each act with its time."""
    for mark in _MARKS:
        row = connection.row(f"SELECT {mark}, {mark}_at FROM mark WHERE id = ?", (entry_id,))
        if row:
            yield TimedAct(mark, row[0] is not None if mark == "saved" else row[0] == 1, row[1])
    for table in ("tag", "withdrawn_tag"):
        for name, at in connection.rows(f"SELECT name, at FROM {table} WHERE entry_id = ?", (entry_id,)):
            yield TimedAct("tag", table == "tag", at, name)


def _is_kept(connection: Connection, entry_id: int) -> bool:
    """Whether an entry is saved, queued, noted, tagged, or has highlights."""
    query = (
        "SELECT 1 FROM mark WHERE id = ? AND (saved IS NOT NULL OR queued = 1 OR note <> '')"
        " UNION SELECT 1 FROM tag WHERE entry_id = ?"
        " UNION SELECT 1 FROM highlight WHERE entry_id = ? AND withdrawn IS NULL"
    )
    return connection.value(query, (entry_id, entry_id, entry_id)) is not None
