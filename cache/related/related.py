"""Related stories: what the page names, who else tells the same story, what came before and what came after.

The one door to the index for `Library` and the refresh. Every function works on the connection it is given, inside the
caller's transaction, and remembers nothing between calls: several processes may have the library open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cache.db.related_tables import SCHEMA
from cache.entry import Group
from cache.related import backlinks, index, stories
from cache.related import nearest as query
from cache.related import reasons as why
from cache.related.index import Rarity
from cache.related.nearest import Near
from cache.related.vector import READ, UNDATED, Vector, day_of, pack, weigh
from fetch.article import When

__all__ = ["SCHEMA", "Match", "add", "find", "find_text", "near", "remove", "settle", "waiting"]

FLOOR = 0.07  # less alike than this, every second story is a guess: see tests/bench/pairs.tsv;
BACKGROUND_FLOOR = 0.1  # the same for stories from other weeks
SURE = 0.11  # above this no shared name need speak for it
_VARIED = 0.55  # two background stories more alike than this tell the same
_REPORTS = 40  # most reports of a story that are looked at
_BACKGROUND = 6  # most rows of earlier and of later stories

Row: TypeAlias = tuple[Near, list[Near]]
"""An entry to show, and those folded under it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry related to the open story, why, and the entries folded under it."""

    entry_id: int
    group: Group
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
    """Take an article into the index as it lands; one that was there is replaced.

    `links` are the addresses that it leads to, `source_id` is 0 where unknown.
    """
    if index.knows(connection, entry_id):
        _take_out(connection, (entry_id,))
    index.keep(connection, entry_id, Vector(day_of(published), source_id, pack(weigh(headline, text))))
    backlinks.keep(connection, entry_id, url, links)
    stories.expect(connection, entry_id)


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out, as if they had never been there."""
    gone = list(entry_ids)
    _take_out(connection, gone)
    backlinks.drop(connection, gone)


def waiting(connection: sqlite3.Connection, *, limit: int = 50) -> list[int]:
    """The entries that `settle` will give their story next."""
    return stories.waiting(connection, limit)


def settle(connection: sqlite3.Connection, *, limit: int = 50) -> bool:
    """Give up to `limit` new entries their story; whether more are waiting. A millisecond or two an entry.

    In a library that has grown much, what is in it is measured anew first, a part at each call.
    """
    index.file(connection)
    return index.measure(connection) or stories.assign(connection, limit) == limit


def near(connection: sqlite3.Connection, entry_id: int, *, limit: int = 48) -> list[Near]:
    """The entries nearest to one in the library, best first, good or poor."""
    known = index.vector(connection, entry_id)
    if known is None:
        return []
    told = stories.told_with(connection, entry_id)
    rarity = Rarity(connection)
    return query.nearest(connection, known, rarity, without=entry_id, limit=max(limit, 48), told=told)[:limit]


def find(
    connection: sqlite3.Connection,
    entry_id: int,
    *,
    headline: str,
    text: str,
    url: str = "",
    names: frozenset[int] = frozenset(),
    limit: int = 20,
) -> list[Match]:
    """What its page names, who else tells the story of an entry, and what came before and after.

    Headline, text and address are the entry's own; `names` are the entries that it links to.
    """
    known = index.vector(connection, entry_id)
    if known is None:
        return []
    linking = backlinks.to(connection, url) if url else frozenset()
    rarity = Rarity(connection)
    told = stories.told_with(connection, entry_id)
    beside = names | linking | frozenset(sorted(told)[:_REPORTS])
    found = query.nearest(connection, known, rarity, without=entry_id, told=told, beside=beside)
    reasons = _Reasons(headline, text[:READ], rarity, names, linking)
    return _Page(known, told, reasons).match(found)[:limit]


def find_text(
    connection: sqlite3.Connection, *, headline: str, text: str, published: When | None = None, limit: int = 20
) -> list[Match]:
    """The same for a story that is not in the library."""
    known = Vector(day_of(published), 0, pack(weigh(headline, text)))
    rarity = Rarity(connection)
    found = query.nearest(connection, known, rarity)
    reasons = _Reasons(headline, text[:READ], rarity)
    return _Page(known, stories.would_join(connection, found), reasons).match(found)[:limit]


@dataclass(frozen=True)
class _Reasons:
    """What the open story can say of why another stands beside it; `names` it links to, `linking` link to it."""

    headline: str
    text: str
    rarity: Rarity
    names: frozenset[int] = frozenset()
    linking: frozenset[int] = frozenset()

    @cached_property
    def written(self) -> Sequence[why.Name]:
        """The names the story writes."""
        return self._known(why.names(self.headline, self.text))

    @cached_property
    def _words(self) -> Sequence[why.Name]:
        return self._known(why.words(self.headline, self.text))

    def _known(self, names: Sequence[why.Name]) -> Sequence[why.Name]:
        """The names, how rare their words are having been looked up."""
        self.rarity.learn({word for name in names for word in name.words})
        return names

    def say(self, near: Near) -> str:
        """The reason in words; empty where there is none."""
        link = "linked by the page" if near.entry_id in self.names else ""
        if not link and near.entry_id in self.linking:
            link = "links here"
        return " · ".join(filter(None, (link, self._shared(near.known.weights))))

    def _shared(self, words: Mapping[int, int]) -> str:
        return why.shared(self.written, words, self.rarity) or why.shared(self._words, words, self.rarity, most=2)


@dataclass(frozen=True, slots=True)
class _Page:
    """The open story and those that tell the same: where does another belong beside it, and does it at all?"""

    story: Vector
    same: frozenset[int]
    reasons: _Reasons

    def match(self, found: Sequence[Near]) -> list[Match]:
        """Those that belong there, as they stand beside it."""
        reasons = {one.entry_id: self.reasons.say(one) for one in found if self._is_good(one)}
        good = [one for one in found if reasons.get(one.entry_id) or self._is_certain(one)]
        good.sort(key=self._is_unlinked)
        rest = sorted(good, key=lambda one: (self._is_unlinked(one), -one.background))
        rows: dict[Group, list[Row]] = {
            "page": [(one, []) for one in good if self._group(one) == "page"],
            "story": _fold([one for one in good if self._group(one) == "story"], _one_report),
            "earlier": _fold([one for one in rest if self._group(one) == "earlier"], _one_step)[:_BACKGROUND],
            "later": _fold([one for one in rest if self._group(one) == "later"], _one_step)[:_BACKGROUND],
        }
        return [
            Match(one.entry_id, group, reasons[one.entry_id], tuple(each.entry_id for each in also), one.likeness)
            for group, grouped in rows.items()
            for one, also in grouped
        ]

    def _group(self, near: Near) -> Group:
        if near.entry_id in self.reasons.names:
            return "page"
        if near.entry_id in self.same:
            return "story"
        return "later" if near.known.day > self.story.day != UNDATED else "earlier"

    def _is_unlinked(self, near: Near) -> bool:
        return near.entry_id not in self.reasons.linking

    def _is_certain(self, near: Near) -> bool:
        """Whether no reason is needed: it tells the same story, or there is a link."""
        return near.entry_id in self.same | self.reasons.names | self.reasons.linking

    def _is_good(self, near: Near) -> bool:
        """Whether a reader is glad of it."""
        if self._is_certain(near):
            return True
        if near.likeness < FLOOR and near.background < BACKGROUND_FLOOR:
            return False
        return near.likeness >= SURE or why.vouched(self.reasons.written, near.known.weights, self.reasons.rarity)


def _take_out(connection: sqlite3.Connection, entry_ids: Sequence[int]) -> None:
    index.drop(connection, entry_ids)
    stories.forget(connection, entry_ids)


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
