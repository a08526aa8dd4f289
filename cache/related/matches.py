"""The entries related to one story, in groups: linked by its page, the same story, what came before and after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from cache.db.rows import to_when
from cache.found import Group
from cache.related import backlinks, index, stories
from cache.related.index import Idf
from cache.related.nearest import COPY, Neighbour, Scope, nearest, overlap
from cache.related.reasons import Reasons
from cache.related.vector import CHARACTERS_THAT_COUNT, UNDATED, Vector, day_of, pack, term_weights
from fetch.article import When

FLOOR = 0.07  # less alike than this, every second story is a guess: see tests/bench/pairs.tsv;
BACKGROUND_FLOOR = 0.1  # the same for stories from other weeks
SURE = 0.11  # above this no shared name need speak for it
_VARIED = 0.55  # two background stories more alike than this tell the same
_REPORTS = 40  # most reports of a story that are looked at
_ZONES = 1  # days between which the time tells what was first: it is another day elsewhere
_BACKGROUND = 6  # most rows of earlier and of later stories

NeighbourRow: TypeAlias = tuple[Neighbour, list[Neighbour]]
"""An entry to show, and those folded under it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry related to the open story, why, and the entries folded under it."""

    entry_id: int
    group: Group
    why: str
    also: tuple[int, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class OpenStory:
    """The story that others are to stand beside; `links` are the entries it links to."""

    headline: str
    text: str
    url: str = ""
    published: When | None = None
    links: frozenset[int] = frozenset()


def find(connection: sqlite3.Connection, entry_id: int, story: OpenStory, *, limit: int = 20) -> list[Match]:
    """What the page of an entry links to, who else tells its story, and what came before and after."""
    known = index.vector(connection, entry_id)
    if known is None:
        return []
    linking = backlinks.linking_to(connection, story.url) if story.url else frozenset()
    idf = Idf(connection)
    same_story = stories.same_story(connection, entry_id)
    always = story.links | linking | frozenset(sorted(same_story)[:_REPORTS])
    found = nearest(connection, known, idf, Scope(entry_id, same_story=same_story, always=always))
    reasons = Reasons(story.headline, story.text[:CHARACTERS_THAT_COUNT], idf, story.links, linking)
    later = _later_by_the_clock(connection, story.published, known.day, found)
    return _Grouping(known, same_story, reasons, later).matches(found)[:limit]


def find_text(connection: sqlite3.Connection, story: OpenStory, *, limit: int = 20) -> list[Match]:
    """The same for a story that is not in the library."""
    known = Vector(day_of(story.published), 0, pack(term_weights(story.headline, story.text)))
    idf = Idf(connection)
    found = nearest(connection, known, idf, Scope())
    reasons = Reasons(story.headline, story.text[:CHARACTERS_THAT_COUNT], idf)
    same_story = stories.would_join(connection, known, idf, found)
    later = _later_by_the_clock(connection, story.published, known.day, found)
    return _Grouping(known, same_story, reasons, later).matches(found)[:limit]


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Decides which neighbours of a story are worth showing beside it, and in which group; `same` tell the same.

    `later` says of those whose time is known whether they came after the story; of the others their day does.
    """

    story: Vector
    same: frozenset[int]
    reasons: Reasons
    later: Mapping[int, bool]

    def matches(self, found: Sequence[Neighbour]) -> list[Match]:
        """Those worth showing, group by group."""
        reasons = {one.entry_id: self._reason(one) for one in found if self._is_good(one)}
        good = [one for one in found if reasons.get(one.entry_id) or self._is_certain(one)]
        good.sort(key=self._is_unlinked)
        rest = sorted(good, key=lambda one: (self._is_unlinked(one), -one.background))
        rows: dict[Group, list[NeighbourRow]] = {
            "page": [(one, []) for one in good if self._group(one) == "page"],
            "story": _fold([one for one in good if self._group(one) == "story"], _is_one_report),
            "earlier": _fold([one for one in rest if self._group(one) == "earlier"], _is_one_event)[:_BACKGROUND],
            "later": _fold([one for one in rest if self._group(one) == "later"], _is_one_event)[:_BACKGROUND],
        }
        return [
            Match(one.entry_id, group, reasons[one.entry_id], tuple(each.entry_id for each in also), one.likeness)
            for group, grouped in rows.items()
            for one, also in grouped
        ]

    def _reason(self, neighbour: Neighbour) -> str:
        return self.reasons.reason(neighbour.entry_id, neighbour.known.weights)

    def _group(self, neighbour: Neighbour) -> Group:
        if neighbour.entry_id in self.reasons.links:
            return "page"
        if neighbour.entry_id in self.same:
            return "story"
        by_day = neighbour.known.day > self.story.day != UNDATED
        return "later" if self.later.get(neighbour.entry_id, by_day) else "earlier"

    def _is_unlinked(self, neighbour: Neighbour) -> bool:
        return neighbour.entry_id not in self.reasons.backlinks

    def _is_certain(self, neighbour: Neighbour) -> bool:
        """Whether no reason is needed: it tells the same story, or there is a link."""
        return neighbour.entry_id in self.same | self.reasons.links | self.reasons.backlinks

    def _is_good(self, neighbour: Neighbour) -> bool:
        """Whether a reader is glad of it."""
        if self._is_certain(neighbour):
            return True
        if neighbour.likeness < FLOOR and neighbour.background < BACKGROUND_FLOOR:
            return False
        return neighbour.likeness >= SURE or self.reasons.vouch_for(neighbour.known.weights)


def _later_by_the_clock(
    connection: sqlite3.Connection, published: When | None, day: int, found: Sequence[Neighbour]
) -> dict[int, bool]:
    """Of neighbours of about that day whose time is known, whether they came later; none where the story's is not."""
    if not isinstance(published, datetime):
        return {}
    about = [one.entry_id for one in found if abs(one.known.day - day) <= _ZONES]
    rows = connection.execute(f"SELECT id, published FROM entry WHERE id IN {index.AMONG}", index.id_list(about))
    moments = ((entry_id, to_when(moment)) for entry_id, moment in rows)
    return {entry_id: moment > published for entry_id, moment in moments if isinstance(moment, datetime)}


def _fold(found: Sequence[Neighbour], same: Callable[[Neighbour, Neighbour], bool]) -> list[NeighbourRow]:
    """The best of those that are the same, each with the others folded under it."""
    rows: list[NeighbourRow] = []
    for one in found:
        under = next((also for shown, also in rows if same(shown, one)), None)
        if under is None:
            rows.append((one, []))
        else:
            under.append(one)
    return rows


def _is_one_report(shown: Neighbour, other: Neighbour) -> bool:
    """Whether two reports of an event stand in one row: of one source, or one text printed twice."""
    one_source = shown.known.source_id == other.known.source_id != 0
    return one_source or overlap(shown.known, other.known) >= COPY


def _is_one_event(shown: Neighbour, other: Neighbour) -> bool:
    """Whether two stories before or after an event tell of the same one."""
    return overlap(shown.known, other.known) >= _VARIED
