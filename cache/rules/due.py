"""What is due, and when to try again; pure: now is an argument, times are seconds since 1970."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_PASSING = frozenset({"unreachable", "timed out", "no such host", "refused connection", "broken answer"})
_BUSY = frozenset({"rate limited", "blocked", "forbidden"})


def retry_after(reason: str, tries: int) -> float:
    """Seconds until a failed page is asked for again, after `tries` failures in a row; it is never given up."""
    if reason in _PASSING:
        return 0.0 if tries <= 2 else _doubled(10 * MINUTE, tries - 3, 6 * HOUR)
    if reason in _BUSY or reason.startswith("HTTP 5"):
        return _doubled(HOUR, tries - 1, DAY)
    return _doubled(DAY, tries - 1, 14 * DAY)


def _doubled(first: float, times: int, most: float) -> float:
    return min(first * 2.0 ** min(max(times, 0), 30), most)


class Kept(NamedTuple):
    """An entry as keeping sees it: its number, when it was published, and whether the reader wants it to stay."""

    entry_id: int
    at: float
    protected: bool


def outlived(kept: Iterable[Kept], now: float, days: int | None, count: int | None) -> list[int]:
    """The entries, given newest first, that are older than `days` or more than `count`; protected ones stay."""
    oldest = now - days * DAY if days is not None else 0.0
    return [
        entry.entry_id
        for place, entry in enumerate(kept)
        if not entry.protected and (entry.at < oldest or (count is not None and place >= count))
    ]
