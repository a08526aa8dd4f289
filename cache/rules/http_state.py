"""What we remember of a source between visits: validators, where it was found, where it says it has moved, how often
it failed; and when it may be asked again. Pure: `now` is an argument, in seconds since the epoch.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from typing import get_args

from cache.rules.backoff import DAY, HOUR
from fetch.errors import BadStatus, FetchError, RateLimited
from fetch.http.address_guard import Reach, Zone
from fetch.http.response import Response
from fetch.source import UNKNOWN, Validators

SIGHTINGS = 3
"""Visits at which a permanent redirect must have led to the same address, and to a source there, to be believed."""
LONGEST_UNSEEN = 7 * DAY
"""Seconds of nothing but "unchanged" after which a source is asked whole: a stuck server says it for ever."""
LONGEST_TTL = 7 * DAY
"""Seconds between two visits that a source can ask for."""
_PATIENCE = 4
SOON = 900.0
"""Seconds after which a reader who insists may ask again, though the server said that nothing would be new yet."""


@dataclass(frozen=True, slots=True)
class Visit:
    """How the last visit left things.

    `zone` is where the source was found at its first visit, and before that the zone of what named it, if a page did.
    `whole` is when a body last came, `wait` how many seconds the server wants us to stay away, `failures` how many
    visits in a row failed, `empty` since when it has listed nothing, 0 where it lists stories; `interval`
    how many seconds lie between two visits that nobody asks for; `cut` says that it lists more than is read.
    """

    validators: Validators = UNKNOWN
    zone: Zone | None = None
    moved: str = ""
    sightings: int = 0
    whole: float = 0.0
    wait: float | None = None
    failures: int = 0
    empty: float = 0.0
    interval: float = 0.0
    cut: bool = False

    @property
    def reach(self) -> Reach:
        """How far the source's pages may lead."""
        return self.zone or "public"

    @property
    def own_reach(self) -> Reach:
        """How far the source's own address may lead: anywhere while a reader's word is all that we have."""
        return self.zone or "anywhere"

    def asks_with(self, now: float) -> Validators:
        """The validators to send at this visit: none when nothing but "unchanged" has come for too long."""
        return self.validators if now - self.whole < LONGEST_UNSEEN else UNKNOWN

    @property
    def believed(self) -> str:
        """The address the source has moved to, once seen often enough; else empty."""
        return self.moved if self.sightings >= SIGHTINGS else ""


NEVER = Visit()
"""Of a source that was never asked."""


def load(state: str) -> Visit:
    """The visit as kept in the library; a state that cannot be read is none."""
    try:
        kept = json.loads(state or "{}")
        visit = Visit(**{**kept, "validators": Validators(**kept.get("validators", {}))})
    except (ValueError, TypeError):
        return NEVER
    return visit if visit.zone in (None, *get_args(Zone)) else replace(visit, zone=None)


def dump(visit: Visit) -> str:
    """The visit as text to keep."""
    return json.dumps(asdict(visit), ensure_ascii=False)


def named_in(zone: str | None, visit: Visit = NEVER) -> Visit:
    """The state of a source that a reader adds, named by something in this zone: where it was found before is past."""
    known: Zone | None = next((each for each in get_args(Zone) if each == zone), None)
    return replace(visit, zone=known, whole=0.0, validators=UNKNOWN)


def after(visit: Visit, answer: Response, now: float) -> Visit:
    """The visit after an answer that was a source, or "unchanged"."""
    seen = visit.sightings + 1 if answer.moved and answer.moved == visit.moved else int(bool(answer.moved))
    return Visit(
        validators=answer.validators,
        zone=found_in(visit, answer),
        moved=answer.moved,
        sightings=seen,
        whole=visit.whole if answer.unchanged else now,
        wait=visit.wait if answer.unchanged and answer.wait is None else answer.wait,
        failures=0,
        empty=visit.empty,
        interval=visit.interval,
        cut=visit.cut and answer.unchanged,
    )


def found_in(visit: Visit, answer: Response) -> Zone:
    """The zone that a source keeps: that of its first visit, whatever named it; its name may lead elsewhere later."""
    return visit.zone if visit.zone and visit.whole else answer.zone


def after_failure(visit: Visit) -> Visit:
    """The visit after one that failed; a redirect that led nowhere does not count as a sighting."""
    return replace(visit, failures=visit.failures + 1, moved="", sightings=0)


def due(visit: Visit, now: float) -> float:
    """When the server lets us come again after a visit that went well: at once where it does not say."""
    return now + visit.wait if visit.wait else 0.0


def due_after_failure(visit: Visit, error: FetchError, now: float, asked: str = "") -> float:
    """When to try again after a visit that failed (`visit` already counts it): never after 410 Gone, when it says so
    after 429, later and later after 403; anything else may be tried whenever the reader asks.
    """
    match error:
        case RateLimited():
            return error.until.timestamp()
        case BadStatus(status=410) if asked in ("", error.url):  # where a redirect leads may well go away
            return math.inf
        case BadStatus(status=403) if visit.failures > 1:
            return now + min(HOUR * 2.0 ** (visit.failures - 2), DAY)
    return 0.0


def interval_of(gap: float, newest: float, ttl: float, now: float) -> float:
    """Seconds between two visits that nobody asks for, by how often a source publishes and what it says itself.

    `gap` is what usually lies between two of its stories, `newest` when the last came, `ttl` what it wants; 0 is
    unknown. Half a gap, so that no story waits for a whole one; a source that has fallen silent is asked less.
    """
    silence = (now - newest) / _PATIENCE if newest else 0.0
    usual = max(gap, silence) / 2 if gap else 0.0
    return max(min(max(usual, HOUR), DAY) if usual else 0.0, min(ttl, LONGEST_TTL))


def time_to_ask(
    visit: Visit, due: float, last: float, *, force: bool = False, scheduled: bool = False, every: float = 0.0
) -> float:
    """When a source may be asked that a server lets us ask at `due` and that was last asked at `last`.

    A refresh of the reader's goes by what the server said. One that is `scheduled`, and that no person waits for,
    comes at the source's own `interval`, once an hour at most, and once a day where there is nothing to ask "changed
    since?" with: but for one that failed, which sent nothing. With `force` the
    reader insists on this very source: a server's caching then counts for `SOON` only, its "not now" as always.
    `every` is how many seconds the reader wants between two visits, in any refresh but such a one; a failure is none.
    """
    if force:
        return min(due, last + SOON) if not visit.failures and math.isfinite(due) else due
    if scheduled:
        conditional = visit.validators.etag or visit.validators.last_modified or visit.failures
        usual = max(HOUR if conditional else DAY, visit.interval)
        return max(due, last + (max(HOUR, every) if every > 0 and not visit.failures else usual))
    return max(due, last + every) if every > 0 and not visit.failures else due
