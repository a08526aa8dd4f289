"""What a refresh has to fetch: the sources whose turn it is, the pages still wanted, and how far each may lead."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cache.db.rows import FAILED, FULL, OFFLINE, PART, TEASER, to_when
from cache.db.values import integer_or_none, number, text
from cache.rules import http_state
from cache.rules.backoff import LONGEST_RETRY, MINUTE
from cache.rules.spreading import spread
from fetch.links import host

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from fetch.article import When
    from fetch.http.address_guard import Reach


@dataclass(frozen=True, slots=True)
class Due:
    """A source to ask now; `state` is what `http_state.load` reads."""

    id: int
    url: str
    kind: str
    title: str
    home: str
    language: str
    state: str
    max_bytes: int | None
    headers: str
    proxy: str
    most: int | None = None
    every: int | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose page is still to be fetched; `new` where the library did not know it before this visit."""

    entry_id: int
    url: str
    source_id: int
    queued: bool
    published: When | None
    reach: Reach = "public"
    new: bool = False


_WANTED = """
    SELECT entry.id, entry.url, entry.source_id, shelf.queued, entry.published, entry.reach
    FROM shelf JOIN entry ON entry.id = shelf.id
    WHERE {which} AND NOT (entry.retry > ? AND entry.retry <= ?) {sources}
"""

_AWAKE = "AND (shelf.queued = 1 OR entry.source_id NOT IN (SELECT id FROM source WHERE paused = 1))"


class FetchPlan:
    """What is to be fetched into a library; `now` is in seconds since 1970."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def due_sources(
        self, now: float, source_ids: Sequence[int] | None = None, *, force: bool = False, scheduled: bool = False
    ) -> list[Due]:
        """The sources to ask now, of those that are paused only what is chosen by number.

        `force` and `scheduled` are those of `http_state.time_to_ask`.
        """
        rows = self._db.rows(
            "SELECT id, url, kind, title, home, language, state, max_bytes, headers, proxy, most, every, paused, due,"
            f" coalesce(refreshed, 0) FROM source WHERE removed IS NULL {_among('id', source_ids)} ORDER BY id"
        )
        asked = [(_to_due(row), number(row[13]), number(row[14])) for row in rows]
        found = [
            (source, last)
            for source, due, last in asked
            if (source_ids is not None or not source.paused)
            and now >= _time_to_ask(source, due, last, now, force=force, scheduled=scheduled)
        ]
        if not scheduled:
            return [source for source, _ in found]
        turn = spread(
            [(host(source.url), last) for source, last in found], Counter(host(each.url) for each, *_ in asked)
        )
        return [source for (source, _), ours in zip(found, turn, strict=True) if ours]

    def wanted(self, now: float, source_ids: Sequence[int] | None = None, limit: int | None = None) -> list[Wanted]:
        """The entries without their full text whose turn it is: those the reader asked for first, then the newest.

        Of a paused source that is not chosen by number, only what the reader asked for. A time further away than any
        page has to wait is of a clock that was ahead.
        """
        sources = _AWAKE if source_ids is None else _among("entry.source_id", source_ids)
        short = _WANTED.format(which=f"shelf.offline IN ({TEASER}, {FAILED}, {PART})", sources=sources)
        stale = _WANTED.format(which=f"entry.stale = 1 AND shelf.offline = {FULL}", sources=sources)
        rows = self._db.rows(
            f"SELECT * FROM ({short} UNION ALL {stale}) JOIN shelf USING (id)"
            " ORDER BY 4 DESC, shelf.at DESC, id DESC LIMIT ?",
            (*(now, now + LONGEST_RETRY) * 2, -1 if limit is None else limit),
        )
        return [self._to_wanted(row[:6]) for row in rows]

    def reach_of_source(self, source_id: int) -> Reach:
        """How far a source's pages may lead: into the zone where the source itself was found."""
        state = self._db.value("SELECT state FROM source WHERE id = ?", (source_id,))
        return http_state.load(text(state)).reach

    def reach_of_entry(self, entry_id: int) -> Reach:
        """How far an entry's page may lead."""
        row = self._db.row("SELECT reach, source_id FROM entry WHERE id = ?", (entry_id,))
        own, source_id = row or ("", 0)
        return _known_reach(own) or self.reach_of_source(source_id)

    def receipt(self, source_ids: Sequence[int] | None = None) -> dict[str, Any]:
        """What is complete offline: how many full, part, teaser and failed, and how often each reason why."""
        where = f"WHERE 1 {_among('shelf.source_id', source_ids)}"
        counts = dict(self._db.rows(f"SELECT offline, count(*) FROM shelf {where} GROUP BY offline"))
        states = {name: counts.get(number, 0) for number, name in enumerate(OFFLINE)}
        return states | {
            "reasons": self._reasons(where, f"IN ({TEASER}, {FAILED})"),
            "part_reasons": self._reasons(where, f"= {PART}"),
        }

    def _reasons(self, where: str, states: str) -> dict[str, int]:
        """How often each reason is why an article in one of these states is not whole, the most frequent first."""
        rows = self._db.rows(
            f"SELECT reason, count(*) FROM shelf JOIN entry USING (id) {where} AND shelf.offline {states}"
            " AND reason <> '' GROUP BY reason ORDER BY 2 DESC"
        )
        return dict(rows)

    def _to_wanted(self, row: tuple[Any, ...]) -> Wanted:
        entry_id, url, source_id, queued, published, reach = row
        return Wanted(
            entry_id,
            text(url),
            source_id,
            queued == 1,
            to_when(published),
            _known_reach(reach) or self.reach_of_source(source_id),
        )


def _among(column: str, numbers: Sequence[int] | None) -> str:
    """A condition that a column is among the numbers; none at all when there are none to choose."""
    if numbers is None:
        return ""
    return f"AND {column} IN ({','.join(str(int(number)) for number in numbers)})"


def _to_due(row: tuple[Any, ...]) -> Due:
    url, kind, title, home, language, state = map(text, row[1:7])
    budget, headers, proxy, most = integer_or_none(row[7]), text(row[8]), text(row[9]), integer_or_none(row[10])
    every, paused = integer_or_none(row[11]), row[12] == 1
    return Due(row[0], url, kind, title, home, language, state, budget, headers, proxy, most, every, paused)


def _time_to_ask(source: Due, due: float, last: float, now: float, *, force: bool, scheduled: bool) -> float:
    if last > now + MINUTE and math.isfinite(due):  # the clock was ahead, and the time that it set is none
        return now
    visit = http_state.load(source.state)
    return http_state.time_to_ask(visit, due, last, force=force, scheduled=scheduled, every=source.every or 0)


def _known_reach(reach: object) -> Reach | None:
    """The reach in a column; None for what is none."""
    known: tuple[Reach, ...] = ("anywhere", "public", "private", "loopback", "local")
    return next((each for each in known if each == reach), None)
