"""Related stories: what the page names, who else tells the same story, what came before and what came after.

The one door to the index for `Library` and the refresh. Every function works on the connection it is given, inside the
caller's transaction, and remembers nothing between calls: several processes may have the library open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cache import related_index as index
from cache import related_query as query
from cache import stories, why
from cache.entry import Entry, Related
from cache.related_index import Rarity
from cache.related_query import Near
from cache.related_schema import SCHEMA
from cache.related_vector import UNDATED, Vector, day_of, pack, weigh
from fetch.article import Teaser, When

__all__ = ["SCHEMA", "Match", "Report", "add", "find", "find_text", "near", "rebuild", "remove", "settle", "sidebar"]

FLOOR = 0.07  # less alike than this, every second story is a guess: see tests/bench/pairs.tsv;
BACKGROUND_FLOOR = 0.1  # the same for stories from other weeks
SURE = 0.11  # above this no shared name need speak for it
_VARIED = 0.55  # two background stories more alike than this tell the same
_BACKGROUND = 6  # most rows of earlier and of later stories

Row: TypeAlias = tuple[Near, list[Near]]
"""An entry to show, and those folded under it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A story as the index takes it in; `links` are canonical URLs the page names, `source_id` 0 where unknown."""

    entry_id: int
    url: str
    source_id: int
    published: When | None
    headline: str
    text: str
    language: str = ""
    links: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An entry related to the open story, why, and the entries folded under it."""

    entry_id: int
    group: Literal["story", "earlier", "later"]
    why: str
    also: tuple[int, ...] = ()
    score: float = 0.0


def add(
    connection: sqlite3.Connection,
    entry_id: int,
    *,
    url: str,
    source_id: int,
    published: When | None,
    headline: str,
    text: str,
    language: str = "",
    links: Sequence[str] = (),
) -> None:
    """Take an article into the index as it lands; one that was there is replaced."""
    if index.knows(connection, entry_id):
        remove(connection, (entry_id,))
    index.keep(connection, entry_id, Vector(day_of(published), source_id, pack(weigh(headline, text))))
    stories.expect(connection, entry_id)


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out, as if they had never been there."""
    gone = list(entry_ids)
    index.drop(connection, gone)
    stories.forget(connection, gone)


def rebuild(connection: sqlite3.Connection, reports: Iterable[Report]) -> None:
    """Make the index anew from the library's articles."""
    index.clear(connection)
    for one in reports:
        add(
            connection,
            one.entry_id,
            url=one.url,
            source_id=one.source_id,
            published=one.published,
            headline=one.headline,
            text=one.text,
            language=one.language,
            links=one.links,
        )
    while settle(connection):
        pass


def settle(connection: sqlite3.Connection, *, limit: int = 50) -> bool:
    """Give up to `limit` new entries their story; whether more are waiting. A few milliseconds an entry.

    In a library that has grown much, what is in it is measured anew first, a part at each call.
    """
    index.file(connection)
    return index.measure(connection) or stories.assign(connection, limit) == limit


def near(connection: sqlite3.Connection, entry_id: int, *, limit: int = 48) -> list[Near]:
    """The entries nearest to one in the library, best first, good or poor."""
    known = index.vector(connection, entry_id)
    found = query.nearest(connection, known, without=entry_id, limit=max(limit, 48)) if known else []
    return found[:limit]


def find(connection: sqlite3.Connection, entry_id: int, *, headline: str, text: str, limit: int = 20) -> list[Match]:
    """Who else tells the story of an entry, and what came before and after; headline and text are the entry's own."""
    known = index.vector(connection, entry_id)
    if known is None:
        return []
    same = stories.told_with(connection, entry_id)
    found = query.nearest(connection, known, without=entry_id)
    return _grouped(connection, known, found, same, why.names(headline, text))[:limit]


def find_text(
    connection: sqlite3.Connection, *, headline: str, text: str, published: When | None = None, limit: int = 20
) -> list[Match]:
    """The same for a story that is not in the library."""
    known = Vector(day_of(published), 0, pack(weigh(headline, text)))
    found = query.nearest(connection, known)
    same = stories.would_join(connection, found)
    return _grouped(connection, known, found, same, why.names(headline, text))[:limit]


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


def _grouped(
    connection: sqlite3.Connection,
    story: Vector,
    found: Sequence[Near],
    same: frozenset[int],
    names: Sequence[why.Name],
) -> list[Match]:
    rarity = Rarity(connection)
    rarity.learn(story.weights)
    good = [one for one in found if one.entry_id in same or _is_good(one, names)]

    def match(group: Literal["story", "earlier", "later"], row: Near, also: Sequence[Near]) -> Match:
        reason = why.shared(names, row.known.weights, rarity)
        return Match(row.entry_id, group, reason, tuple(one.entry_id for one in also), row.likeness)

    told = _fold([one for one in good if one.entry_id in same], _one_report)
    rest = sorted((one for one in good if one.entry_id not in same), key=lambda one: -one.background)
    before = _fold([one for one in rest if not _is_later(one, story)], _one_step)
    after = _fold([one for one in rest if _is_later(one, story)], _one_step)
    return [
        *(match("story", *row) for row in told),
        *(match("earlier", *row) for row in before[:_BACKGROUND]),
        *(match("later", *row) for row in after[:_BACKGROUND]),
    ]


def _is_good(near: Near, names: Sequence[why.Name]) -> bool:
    if near.likeness < FLOOR and near.background < BACKGROUND_FLOOR:
        return False
    return near.likeness >= SURE or why.vouched(names, near.known.weights)


def _fold(found: Sequence[Near], same: Callable[[Near, Near], bool]) -> list[Row]:
    """The best of those that are the same, each with the others folded under it."""
    rows: list[Row] = []
    for one in found:
        under = next((also for shown, also in rows if same(shown, one)), None)
        if under is None:
            rows.append((one, []))
        else:
            under.append(one)
    return rows


def _one_report(shown: Near, other: Near) -> bool:
    """Whether two reports of an event stand in one row: of one source, or one text printed twice."""
    one_source = shown.known.source_id == other.known.source_id != 0
    return one_source or query.overlap(shown.known, other.known) >= query.COPY


def _one_step(shown: Near, other: Near) -> bool:
    """Whether two stories before or after an event tell the same step of it."""
    return query.overlap(shown.known, other.known) >= _VARIED


def _is_later(near: Near, story: Vector) -> bool:
    return near.known.day > story.day != UNDATED


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
