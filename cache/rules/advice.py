"""What a reader can do about a source that gives nothing, as sentences behind what went wrong; pure."""

from __future__ import annotations

from cache.rules.backoff import DAY
from fetch.errors import NewsError

LONG_EMPTY = 14 * DAY
"""Seconds of nothing but empty lists after which a source is told to have no stories any more."""
_ADD_AGAIN = "adding its site again finds its feed"
_ADVICE = {
    "gone": f"It is not asked again; {_ADD_AGAIN}, if there is one.",
    "login": "`broadsheet arrange` has a login sent with every request.",
    "not found": f"If that lasts, {_ADD_AGAIN}.",
    "not a source": f"If that lasts, {_ADD_AGAIN}.",
}


def with_advice(error: NewsError) -> str:
    """What went wrong with a source, and what to do about it where there is something to be done."""
    return " ".join(filter(None, (str(error), _ADVICE.get(getattr(error, "reason", "")))))


def of_empty_list(url: str, since: float, now: float) -> str:
    """What to say of a source that has listed nothing since then, "" where that is not long."""
    if not since or now - since < LONG_EMPTY:
        return ""
    days = int((now - since) / DAY)
    return f"{url} has listed nothing for {days} days. It may have moved: {_ADD_AGAIN}."
