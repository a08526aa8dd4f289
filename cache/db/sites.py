"""Reads of what a library knows of a site: by what its latest articles' passages are known, and its reader's rules."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cache.db.rows import hashed
from cache.db.values import integer, text
from cache.site import Site, SiteRule, host_of, kept_passages

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from fetch.passages import How, KeptPassages

LATEST = 64
"""Articles of a site whose passages are remembered; some 6 KB."""


LONGEST_BYLINE = 8
"""Names of a byline that are remembered."""
BYLINE = 1
"""What stands between the digests of an article's passages and those of the names in its byline."""
_MARK = BYLINE.to_bytes(4, "little")


def host_key(name: str) -> int:
    """A site's name as `site_passages` keeps it."""
    return hashed(f"host:{name}")


def site_of(connection: Connection, entry_id: int, url: str) -> Site:
    """What is known of the site of an article, beside what that and other reports of its story say."""
    name = host_of(url)
    if not name:
        return Site()
    from fetch.passages import from_bytes

    rows = connection.rows(
        "SELECT digests FROM site_passages LEFT JOIN reports USING (entry_id) WHERE host = ? AND entry_id <> ?"
        " AND NOT (coalesce(story, 0) > 0 AND story = (SELECT story FROM reports WHERE entry_id = ?))"
        " ORDER BY entry_id DESC LIMIT ?",
        (host_key(name), entry_id, entry_id, LATEST),
    )
    articles = (_parted(from_bytes(digests))[0] for (digests,) in rows if isinstance(digests, bytes))
    return Site(tuple(articles), tuple(rules(connection, name)))


def bylines(connection: Connection, entry_id: int, url: str) -> list[frozenset[int]]:
    """By what the names in the bylines of a site's latest articles are known, that of an article apart."""
    rows = connection.rows(
        "SELECT substr(digests, ?) FROM site_passages WHERE host = ? AND entry_id <> ? ORDER BY entry_id DESC LIMIT ?",
        (-4 * (LONGEST_BYLINE + 1), host_key(host_of(url)), entry_id, LATEST),
    )
    found = [_behind_the_mark(digests) for (digests,) in rows if isinstance(digests, bytes)]
    return [_name_set(names) for names in found if names]


def _behind_the_mark(digests: bytes) -> bytes:
    """The names alone, as bytes: every article that lands asks for those of 64 others."""
    if len(digests) % 4:
        return b""
    at = digests.rfind(_MARK)
    while at > 0 and at % 4:  # these bytes belong to two digests
        at = digests.rfind(_MARK, 0, at + 3)
    return digests[at + 4 :] if at >= 0 else b""


@lru_cache(maxsize=2048)
def _name_set(names: bytes) -> frozenset[int]:
    """By what the names of a byline are known; those of a site come again and again."""
    from fetch.passages import from_bytes

    return frozenset(from_bytes(names))


def _parted(digests: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The digests of an article's passages, and behind the mark those of its names."""
    if BYLINE not in digests[-LONGEST_BYLINE - 1 :]:
        return digests, ()
    at = len(digests) - 1 - digests[::-1].index(BYLINE)
    return digests[:at], digests[at + 1 :]


_HOW: dict[object, How] = {"begins": "begins", "place": "place"}


def kept_by_site(connection: Connection) -> dict[str, tuple[KeptPassages, ...]]:
    """What the reader says is part of the stories of each site of which anything is said."""
    found = dict[str, list[SiteRule]]()
    for rule in rules(connection):
        if rule.kept:
            found.setdefault(rule.host, []).append(rule)
    return {site: kept_passages(kept) for site, kept in found.items()}


def rules(connection: Connection, name: str = "") -> list[SiteRule]:
    """The reader's rules for a site, or for all, as they are listed: by site, then by what they say."""
    where = "host = ?" if name else "? = ''"
    rows = connection.rows(f"SELECT host, text, how, kept FROM site_rule WHERE {where} ORDER BY host, text", (name,))
    return [
        SiteRule(text(site), text(said), _HOW.get(how, "same"), bool(integer(kept))) for site, said, how, kept in rows
    ]
