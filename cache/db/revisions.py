"""What an article said before its site changed it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.rows import to_moment
from cache.db.values import text
from cache.diff import Difference, difference
from cache.errors import LibraryDamaged

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.entry import Entry
    from fetch.article import Article


MOST_REVISIONS = 10
"""What an article said before is kept so many times, the newest."""


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
    found = []
    for fetched, headline, packed in rows:
        with suppress(LibraryDamaged):  # the others can still be read
            found.append(Revision(to_moment(fetched), decode(packed, entry._replace(headline=text(headline)))))
    return found


def changes(connection: Connection, entry: Entry) -> list[Difference]:
    """What its site changed in an article, step by step, the latest first."""
    kept, now = revisions(connection, entry), reads.article(connection, entry)
    if now is None:
        return []
    after = [now, *(revision.article for revision in kept)]
    return [difference(before.article, later, before.fetched) for before, later in zip(kept, after, strict=False)]
