"""Makes entries anew whose rows are lost, from what else is known of them, so that no text or mark goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from time import time

from cache.db.codec import decode
from cache.db.rows import FAILED, FULL
from cache.entry import Entry
from cache.errors import LibraryDamaged
from cache.writes.store import Store
from fetch.article import Article

ListPlaces = Mapping[int, tuple[int, int, int]]
"""What the lists know of an entry, by its number: its moment, its source, how much of it is offline."""

_LOST_HEADLINE = "(lost headline)"
_REASON = "address lost"
_HEADLINE_WORDS = 12
_NEVER = 1e12
"""Seconds since 1970: there is no address to fetch the text from."""
_ORPHANS = (
    "SELECT id FROM article UNION SELECT id FROM mark UNION SELECT entry_id FROM tag"
    " UNION SELECT entry_id FROM revision EXCEPT SELECT id FROM entry"
)


def rebuild_entries(new: Store, listed: ListPlaces) -> None:
    """Gives every text, mark, tag and revision without an entry one that says what is known."""
    connection = new.connection
    for (entry_id,) in connection.rows(_ORPHANS):
        _rebuild(new, entry_id, listed.get(entry_id))
        # Told to the lists again, which had no such entry when the mark came.
        connection.run("INSERT OR REPLACE INTO mark SELECT * FROM mark WHERE id = ?", (entry_id,))


def _rebuild(new: Store, entry_id: int, listed: tuple[int, int, int] | None) -> None:
    article = _text_of(new, entry_id)
    at, source_id, offline = listed or (int(time()), 0, FULL)
    url = article.url if article and article.url else f"broadsheet:recovered/{entry_id}"
    new.connection.run(
        "INSERT INTO entry (id, url, source_id, headline, at, seen, summary, words, offline, reason, retry)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry_id,
            url,
            source_id,
            _headline(new, entry_id, article),
            at,
            at,
            article.dek if article else "",
            article.words if article else 0,
            (offline or FULL) if article else FAILED,
            "" if article else _REASON,
            0 if article else _NEVER,
        ),
    )


def _text_of(new: Store, entry_id: int) -> Article | None:
    encoded = new.connection.value("SELECT packed FROM article WHERE id = ?", (entry_id,))
    try:
        return decode(encoded, Entry(entry_id, "", "")) if encoded else None
    except LibraryDamaged:
        return None


def _headline(new: Store, entry_id: int, article: Article | None) -> str:
    """The last headline that a revision keeps, or the text's first words."""
    known: str | None = new.connection.value(
        "SELECT headline FROM revision WHERE entry_id = ? AND headline <> '' ORDER BY id DESC LIMIT 1", (entry_id,)
    )
    words = article.text.split(maxsplit=_HEADLINE_WORDS) if article else []
    if known or not words:
        return known or _LOST_HEADLINE
    return " ".join(words[:_HEADLINE_WORDS]) + ("…" if len(words) > _HEADLINE_WORDS else "")
