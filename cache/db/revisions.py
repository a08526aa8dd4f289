"""What an article said before its site changed it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.rows import to_moment
from cache.diff import Difference, difference

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.entry import Entry
    from fetch.article import Article


@dataclass(frozen=True, slots=True)
class Revision:
    """An article as it was when it was fetched, before its site changed it."""

    fetched: datetime | None
    article: Article


def revisions(connection: Connection, entry: Entry) -> list[Revision]:
    """The kept revisions of an entry, the latest first; the present text is not among them."""
    from cache.db.codec import decode

    rows = connection.rows(
        "SELECT fetched, headline, packed FROM revision WHERE entry_id = ? ORDER BY id DESC", (entry.id,)
    )
    return [
        Revision(to_moment(fetched), decode(packed, replace(entry, headline=headline)))
        for fetched, headline, packed in rows
    ]


def last_difference(connection: Connection, entry: Entry, *, back: int = 1) -> Difference | None:
    """What was changed since the revision `back` steps ago; None if there is none, or no present text."""
    kept, now = revisions(connection, entry), reads.article(connection, entry)
    if now is None or not 0 < back <= len(kept):
        return None
    return difference(kept[back - 1].article, now, kept[back - 1].fetched)
