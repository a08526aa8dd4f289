"""Row ↔ dataclass, nowhere else; what is inside an article's encoded bytes is `cache.db.codec`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cache.db.values import integer, integer_or_none, moment, one_of, text, when
from cache.entry import Entry, Offline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cache.source_entry import SourceEntry
    from fetch.article import Enclosure, When

OFFLINE: tuple[Offline, ...] = ("teaser", "full", "failed", "part")
"""What the column `offline` counts."""

TEASER, FULL, FAILED, PART = range(4)

ENTRY_COLUMNS = """
    entry.id, entry.url, entry.headline, entry.source_id, source.title, entry.authors, entry.published, entry.fetched,
    entry.dateline, entry.section, entry.language, entry.summary, entry.words, shelf.read, shelf.saved IS NOT NULL,
    entry.offline, entry.reason, shelf.queued, entry.changed, entry.enclosures
"""

SOURCE_COLUMNS = """
    source.id, source.url, source.kind, source.title, source.home, source.section, coalesce(total, 0),
    coalesce(unread, 0), answered, error, keep_days, keep_count, max_bytes, proxy, source.most,
    iif(json_valid(source.state), json_extract(source.state, '$.cut'), 0), source.paused, source.every, source.headers,
    source.place
"""

_SHORT = 300
"""Characters of an address whose key is remembered: a story is named again and again in lists and beside others."""
IS_KEPT = (
    "(shelf.saved IS NOT NULL OR shelf.queued = 1 OR shelf.id IN (SELECT entry_id FROM tag)"
    " OR shelf.id IN (SELECT id FROM mark WHERE note <> '')"
    " OR shelf.id IN (SELECT entry_id FROM highlight WHERE withdrawn IS NULL))"
)
"""What the reader keeps outlives its source and every limit: what on the lists is saved, queued, tagged, noted or has
highlights.
"""


def to_entry(row: tuple[Any, ...], story: int = 0, tags: tuple[str, ...] = (), reports: int = 1) -> Entry:
    """An entry from a row of ENTRY_COLUMNS; a value that is none shows as empty."""
    return Entry(
        row[0],
        text(row[1]),
        text(row[2]),
        integer(row[3]),
        text(row[4]),
        to_authors(row[5]),
        to_when(row[6]),
        to_moment(row[7]),
        text(row[8]),
        text(row[9]),
        text(row[10]),
        text(row[11]),
        integer(row[12]),
        row[13] == 1,
        row[14] == 1,
        one_of(OFFLINE, row[15]),
        text(row[16]),
        row[17] == 1,
        row[18] == 1,
        integer(story),
        tags,
        reports,
        to_enclosures(row[19]),
    )


def to_source(row: tuple[Any, ...]) -> SourceEntry:
    """A source from a row of SOURCE_COLUMNS; a value that is none shows as empty."""
    from cache.source_entry import SourceEntry

    *asked, budget, proxy, most, cut, paused, every, headers, place = row
    source_id, url, kind, title, home, section, total, unread, refreshed, error, days, count = asked
    address = text(url)
    return SourceEntry(
        source_id,
        address,
        text(kind),
        text(title) or address,
        text(home),
        tuple(filter(None, text(section).split("\n"))),
        integer(total),
        integer(unread),
        to_moment(refreshed),
        text(error),
        integer_or_none(days),
        integer_or_none(count),
        integer_or_none(budget),
        text(proxy),
        integer_or_none(most),
        cut == 1,
        paused == 1,
        integer_or_none(every),
        text(headers),
        integer_or_none(place),
    )


def to_authors(names: object) -> tuple[str, ...]:
    """The authors from their column, a name a line."""
    return tuple(text(names).split("\n")) if names else ()


def to_enclosures(kept: object) -> tuple[Enclosure, ...]:
    """The files handed out with an entry from their column: a line each of type, size and address."""
    if not kept:  # as nearly everywhere, and where a list is drawn the types of articles need not be loaded
        return ()
    from fetch.article import Enclosure

    found = []
    for line in text(kept).split("\n"):
        kind, _, rest = line.partition(" ")
        size, _, url = rest.partition(" ")
        if url and size.isascii() and size.isdecimal():
            found.append(Enclosure(url, kind, int(size[:18])))
    return tuple(found)


def from_enclosures(enclosures: Iterable[Enclosure]) -> str:
    """The files handed out with an entry as their column keeps them."""
    return "\n".join(f"{each.type.replace(' ', '')} {each.size} {each.url}" for each in enclosures)


def to_when(value: object) -> When | None:
    """A day or an aware moment from ISO 8601; None for what is none."""
    return when(value)


def to_moment(value: object) -> datetime | None:
    """An aware moment from seconds since 1970; None for what is none."""
    return moment(value)


def from_when(at: When | None) -> str | None:
    """A day or moment as ISO 8601, its offset kept."""
    return at.isoformat() if at else None


def to_epoch(at: When) -> int:
    """Seconds since 1970; a day without a time is its noon in UTC, so that it stands within that day everywhere."""
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, 12, tzinfo=UTC)
    return int(at.timestamp())


def address_key(url: str) -> int:
    """The key of a story's address in `address`, `buried` and `related_links`: a hash of its canonical form.

    http and https, with or without `www.`, with or without tracking parameters, are one.
    """
    return _key_of_short(url) if len(url) < _SHORT else _key_of(url)


def _key_of(url: str) -> int:
    from fetch.links import canonical

    whole = canonical(url) or url
    address = whole.partition("://")[2] or whole
    return hashed(address.removeprefix("www.").rstrip("/"))


_key_of_short = lru_cache(maxsize=8192)(_key_of)


def hashed(name: str) -> int:
    """A name of an entry as `address` and `buried` keep it: 64 bits."""
    from hashlib import blake2b

    digest = blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
