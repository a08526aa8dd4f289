"""The reports of one story as the library holds them: in the order of time, and which only repeat another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.errors import TextDamaged
from cache.related import stories
from cache.related.timeline import Report, Timeline
from cache.related.timeline import timeline as in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.connection import Connection
    from cache.entry import Entry


def timeline(connection: Connection, entry: Entry) -> Timeline:
    """The reports that tell the same story as an entry, put in order."""
    return _in_order(connection, sorted({entry.id} | stories.same_story(connection.sql, entry.id)))


def repeats(connection: Connection, entry_ids: Sequence[int]) -> list[int]:
    """Of these entries, those that say only what an earlier report of their story has said: nothing new to read."""
    return [one for one in entry_ids if _repeats(connection, one)]


def _repeats(connection: Connection, entry_id: int) -> bool:
    """Whether it has an earlier report's text, to the quantities: one that changed is news."""
    other = stories.copy_of(connection.sql, entry_id)
    if not other:
        return False
    return any(report.copy_of for report in _in_order(connection, [entry_id, other]).reports)


def _in_order(connection: Connection, entry_ids: Sequence[int]) -> Timeline:
    return in_order([Report(entry, _text(connection, entry)) for entry in reads.entries(connection, entry_ids)])


def _text(connection: Connection, entry: Entry) -> str:
    try:
        article = reads.article(connection, entry)
    except TextDamaged:
        article = None
    return article.text if article else entry.summary
