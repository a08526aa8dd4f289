"""Reads of what a library knows of a site: by what its latest articles' passages are known, and its reader's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.rows import hashed
from cache.db.values import integer, text
from cache.site import Site, SiteRule, host_of

if TYPE_CHECKING:
    from cache.db.connection import Connection

LATEST = 64
"""Articles of a site whose passages are remembered; some 6 KB."""


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
    articles = (from_bytes(digests) for (digests,) in rows if isinstance(digests, bytes))
    return Site(tuple(articles), tuple(rules(connection, name)))


def rules(connection: Connection, name: str = "") -> list[SiteRule]:
    """The reader's rules for a site, or for all, as they are listed: by site, then by what they say."""
    where = "host = ?" if name else "? = ''"
    rows = connection.rows(f"SELECT host, text, how, kept FROM site_rule WHERE {where} ORDER BY host, text", (name,))
    return [
        SiteRule(text(site), text(said), "begins" if how == "begins" else "same", bool(integer(kept)))
        for site, said, how, kept in rows
    ]
