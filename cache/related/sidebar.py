"""The rows of the pane beside an open article: what its page links to, then the library's related stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.errors import TextDamaged
from cache.found import Related
from cache.related.reasons import LINKED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection
    from cache.entry import Entry
    from cache.related.matches import Match
    from fetch.article import Article, Teaser

_LINKS = 12  # of an article's links, those that are looked up


def related(connection: Connection, entry: Entry, limit: int) -> list[Related]:
    """The related stories of an entry, those its page names first."""
    try:
        article = reads.article(connection, entry)
    except TextDamaged:
        article = None
    teasers = article.related if article else ()
    known = {teaser.url: found for teaser in teasers if (found := reads.find(connection, teaser.url))}
    matches = _matches(connection, entry, article, limit)
    wanted = [number for match in matches for number in (match.entry_id, *match.also)] + list(known.values())
    entries = {found.id: found for found in reads.entries(connection, wanted)}
    return rows(teasers, matches, entries, known)[:limit]


def rows(
    teasers: Sequence[Teaser],
    matches: Sequence[Match],
    entries: Mapping[int, Entry],
    known: Mapping[str, int],
) -> list[Related]:
    """The rows beside an open story: what its page names first, then the matches whose entries are given.

    `known` holds the entries' ids of those named stories that are in the library, by the teaser's URL.
    """
    named = [_named(teaser, entries.get(known.get(teaser.url, 0))) for teaser in teasers]
    shown = {row.entry_id for row in named}
    others = [_row(match, entries) for match in matches if match.entry_id in entries and match.entry_id not in shown]
    return named + others


def _matches(connection: Connection, entry: Entry, article: Article | None, limit: int) -> list[Match]:
    """The matches of an entry, found by its own words where only a teaser is here."""
    from cache.db.codec import links_in
    from cache.related.matches import OpenStory, find, find_text

    if article is not None:
        linked = {reads.find(connection, link) for link in links_in(article)[:_LINKS]} - {None, entry.id}
        links = frozenset(number for number in linked if number)
        story = OpenStory(entry.headline, article.text, entry.url, entry.published, links)
        return find(connection.sql, entry.id, story, limit=limit)
    teaser = OpenStory(entry.headline, entry.summary, published=entry.published)
    found = find_text(connection.sql, teaser, limit=limit + 1)
    return [match for match in found if match.entry_id != entry.id][:limit]


def _named(teaser: Teaser, entry: Entry | None) -> Related:
    return Related(
        url=teaser.url,
        headline=teaser.headline or (entry.headline if entry else ""),
        group="page",
        why=LINKED,
        entry_id=entry.id if entry else 0,
        source=entry.source if entry else "",
        published=teaser.published or (entry.published if entry else None),
        summary=teaser.summary,
        dateline=teaser.dateline,
        offline=entry.offline if entry else "",
    )


def _row(match: Match, entries: Mapping[int, Entry]) -> Related:
    entry = entries[match.entry_id]
    also = (entries[entry_id].source for entry_id in match.also if entry_id in entries)
    return Related(
        url=entry.url,
        headline=entry.headline,
        group=match.group,
        why=match.why,
        entry_id=entry.id,
        source=entry.source,
        published=entry.published,
        summary=entry.summary,
        dateline=entry.dateline,
        offline=entry.offline,
        also=tuple(dict.fromkeys(source for source in also if source != entry.source)),
    )
