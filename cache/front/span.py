"""The span of a front page: when it begins, and from when on reports count as new."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from cache.db import reads

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.front_page import FrontWishes

LOOKED = "front.looked"
"""The setting that holds when the reader last looked, in seconds since 1970."""
SECONDS_AN_HOUR = 3600.0
_DAY = 24 * SECONDS_AN_HOUR
_LENGTHS = {"24h": _DAY, "week": 7 * _DAY}


@dataclass(frozen=True, slots=True)
class FrontSpan:
    """Seconds since 1970: the moment of looking, when the span began, when reports were published that may be news in
    it, and from when on what landed is new.
    """

    at: float
    since: float
    published: float
    new_since: float

    @property
    def length(self) -> float:
        """In seconds; an hour at least."""
        return max(self.at - self.since, SECONDS_AN_HOUR)


def span_of(connection: Connection, wishes: FrontWishes, now: float) -> FrontSpan:
    """The span that is wished for, seen at `now`; one since the last look is a day where there was none."""
    kept = reads.setting(connection, LOOKED, 0.0)
    looked = kept if 0 < kept < now else 0.0
    if wishes.since is not None:
        since = min(wishes.since.timestamp(), now)
    elif wishes.span == "looked":
        since = looked or now - _DAY
    elif wishes.span == "today" and wishes.midnight is not None:
        since = min(wishes.midnight.timestamp(), now)
    else:
        since = now - _LENGTHS.get(wishes.span, _DAY)
    # What landed since the last look may have been published before it, but old news is none because it came late.
    published = since - _DAY if wishes.span == "looked" and wishes.since is None else since
    return FrontSpan(now, since, published, max(since, floor(looked)))  # when things land is kept in whole seconds
