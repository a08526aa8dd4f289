"""What stands beside an open article: the stories its page names, then those in the library about the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.entry import Related

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection
    from cache.entry import Entry
    from cache.related.related import Match
    from cache.related.timeline import Timeline
    from fetch.article import Article, Teaser

_LINKS = 12  # of an article's links, those that are looked up


def related(connection: Connection, entry: Entry, limit: int) -> list[Related]:
    """The related stories of an entry, those its page names first."""
    article = reads.article(connection, entry)
    teasers = article.related if article else ()
    known = {teaser.url: found for teaser in teasers if (found := reads.find(connection, teaser.url))}
    matches = _matches(connection, entry, article, limit)
    wanted = [number for match in matches for number in (match.entry_id, *match.also)] + list(known.values())
    entries = {found.id: found for found in reads.entries(connection, wanted)}
    return sidebar(teasers, matches, entries, known)[:limit]


def sidebar(
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
    rows = [_row(match, entries) for match in matches if match.entry_id in entries and match.entry_id not in shown]
    return named + rows


def _matches(connection: Connection, entry: Entry, article: Article | None, limit: int) -> list[Match]:
    """Who tells of the same thing; asked by its own words where only a teaser is here."""
    from cache.db.codec import links_in
    from cache.related import related as index

    if article is not None:
        linked = {reads.find(connection, link) for link in links_in(article)[:_LINKS]} - {None, entry.id}
        return index.find(
            connection.sql, entry.id, headline=entry.headline, text=article.text, url=entry.url,
            names=frozenset(number for number in linked if number), limit=limit,
        )  # fmt: skip
    found = index.find_text(
        connection.sql, headline=entry.headline, text=entry.summary, published=entry.published, limit=limit + 1
    )
    return [match for match in found if match.entry_id != entry.id][:limit]


def _named(teaser: Teaser, entry: Entry | None) -> Related:
    return Related(
        url=teaser.url,
        headline=teaser.headline or (entry.headline if entry else ""),
        group="page",
        why="linked by the page",
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


def repeats(connection: Connection, entry_ids: Sequence[int]) -> list[int]:
    """Of these entries, those that say only what an earlier report of their story has said: nothing new to read."""
    return [one for one in entry_ids if _repeats(connection, one)]


def _repeats(connection: Connection, entry_id: int) -> bool:
    """Whether it has an earlier report's text, to the figures: one that changed is news."""
    from cache.related.stories import copy_of

    other = copy_of(connection.sql, entry_id)
    if not other:
        return False
    told = _in_order(connection, [entry_id, other])
    return any(report.copy_of for report in told.reports)


def timeline(connection: Connection, entry: Entry) -> Timeline:
    """The reports that tell the same story as an entry, put in order."""
    from cache.related.stories import told_with

    return _in_order(connection, sorted({entry.id} | told_with(connection.sql, entry.id)))


def _in_order(connection: Connection, entry_ids: Sequence[int]) -> Timeline:
    from cache.related.timeline import Told
    from cache.related.timeline import timeline as in_order

    return in_order([Told(entry, _text(connection, entry)) for entry in reads.entries(connection, entry_ids)])


def _text(connection: Connection, entry: Entry) -> str:
    article = reads.article(connection, entry)
    return article.text if article else entry.summary
