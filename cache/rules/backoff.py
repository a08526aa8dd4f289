"""When a page that could not be had, or a server that was not synced with, is asked again; pure."""

from __future__ import annotations

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LONGEST_RETRY = 14 * DAY
"""Seconds that no page has to wait longer than."""

_PASSING = frozenset({"unreachable", "timed out", "no such host", "refused connection", "broken answer"})
SLOW = "slow"
"""Why a sync was left for the next time: it took longer than one that begins by itself may."""
_BUSY = frozenset({"rate limited", "blocked", "forbidden", "robots.txt unreadable"})


def retry_after(reason: str, tries: int) -> float:
    """Seconds until a failed page is asked for again, after `tries` failures in a row; it is never given up."""
    if reason in _PASSING:
        return 0.0 if tries <= 2 else _doubled(10 * MINUTE, tries - 3, 6 * HOUR)
    if reason in _BUSY or reason.startswith("HTTP 5"):
        return _doubled(HOUR, tries - 1, DAY)
    return _doubled(DAY, tries - 1, LONGEST_RETRY)


def sync_after(reason: str, failures: int) -> float:
    """Seconds until a refresh asks a server to sync once more, after failures in a row.

    What only its reader can mend, such as a password, is left alone longest: it might lock the account. A server that
    says it is not available (HTTP 503) may be starting, too.
    """
    if reason in _PASSING or reason in (SLOW, "switched off") or reason.startswith("HTTP 5"):
        return _doubled(MINUTE, failures - 1, 15 * MINUTE)
    return _doubled(HOUR, failures - 1, DAY)


def _doubled(first: float, times: int, most: float) -> float:
    return min(first * 2.0 ** min(max(times, 0), 30), most)
