"""Topics that the reader follows, and the entries that were found to be of each; both are kept as settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cache.db import reads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cache.db.connection import Connection

FOLLOWED = "front.followed"
"""The setting that holds the numbers of the reports by which topics are followed: a topic is known by its report."""
FOUND = "front.topics"
"""The setting that holds the entries of each topic, of those followed no longer, too: undo brings them back."""
MOST_FOLLOWED = 50
"""Topics that are followed, the last ones: every entry that lands is compared with each."""
MOST_OF_TOPIC = 1000
"""Entries of a topic, the last ones."""

_LARGEST = 2**63 - 1  # that SQLite takes for a number
_REPORTS = (
    "SELECT entry_id FROM reports WHERE story > 0"
    " AND story IN (SELECT story FROM reports WHERE entry_id IN (SELECT value FROM json_each(?)))"
)


def followed(connection: Connection) -> list[int]:
    """The reports by which topics are followed, in the order they were chosen."""
    return numbers_in(reads.setting(connection, FOLLOWED, []))[-MOST_FOLLOWED:]


def found(connection: Connection) -> dict[int, list[int]]:
    """By topic the entries that were found to be of it, the last that landed last."""
    kept: dict[str, Any] = reads.setting(connection, FOUND, {})
    topics = {int(name): value for name, value in kept.items() if name.isascii() and name.isdigit() and len(name) < 19}
    return {topic: numbers_in(value)[-MOST_OF_TOPIC:] for topic, value in topics.items()}


def entries(connection: Connection, topics: Iterable[int]) -> list[int]:
    """The entries of topics: those that were found to be of one, and all reports of the story that it began with."""
    known, wanted = found(connection), list(topics)
    rows = connection.rows(_REPORTS, (f"[{','.join(map(str, wanted))}]",))
    return sorted({*wanted, *(one for topic in wanted for one in known.get(topic, ())), *(row[0] for row in rows)})


def numbers_in(kept: object) -> list[int]:
    """The numbers of entries in what a setting holds; what is none is passed by."""
    listed = kept if isinstance(kept, list) else []
    return [one for one in listed if isinstance(one, int) and not isinstance(one, bool) and 0 < one <= _LARGEST]
