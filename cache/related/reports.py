"""The reports of one story as the library holds them: in the order of time, and which only repeat another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.errors import TextDamaged
from cache.related import stories
from cache.related.timeline import Report, Timeline
from cache.related.timeline import timeline as in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection
    from cache.entry import Entry


def timeline(connection: Connection, entry: Entry) -> Timeline:
    """The reports that tell the same story as an entry, put in order."""
    return _in_order(connection, sorted({entry.id} | stories.same_story(connection.sql, entry.id)))


def repeats(connection: Connection, entry_ids: Sequence[int]) -> list[int]:
    """Of these entries, those that say only what an earlier report of their story has said: nothing new to read."""
    copies = {one: other for one in entry_ids if (other := stories.copy_of(connection.sql, one))}
    return repeating(connection, copies)


def repeated(connection: Connection, entry: Entry) -> Entry | None:
    """The earlier report that an entry says nothing beyond."""
    other = stories.copy_of(connection.sql, entry.id)
    return _first_of_two(connection, entry.id, other) if other else None


def repeating(connection: Connection, copies: Mapping[int, int]) -> list[int]:
    """Of entries that have the text of an earlier report, those that have it to the quantities: one changed is news."""
    return [one for one, other in copies.items() if _first_of_two(connection, one, other)]


def _first_of_two(connection: Connection, one: int, other: int) -> Entry | None:
    """The first of two reports where the second adds nothing to it; both must be on the lists."""
    reports = _in_order(connection, [one, other]).reports
    return reports[0].entry if any(report.copy_of for report in reports) else None


def _in_order(connection: Connection, entry_ids: Sequence[int]) -> Timeline:
    return in_order([Report(entry, _text(connection, entry)) for entry in reads.entries(connection, entry_ids)])


def _text(connection: Connection, entry: Entry) -> str:
    try:
        article = reads.article(connection, entry)
    except TextDamaged:
        article = None
    return article.text if article else entry.summary
