"""What is said of the places that a library is synced with, as lines and as JSON."""

from __future__ import annotations

from datetime import datetime
from time import time

from cache.sync.outcome import Synced
from cache.sync.standing import SHARED_FOLDER, Standing
from tui.local_time import LOCAL


def line(place: Standing) -> str:
    """A place on one line."""
    synced = f"synced {_iso(place.synced)}" if place.synced else "never synced"
    sentence = f" {place.sentence}" if place.sentence else ""
    if place.kind == SHARED_FOLDER:
        return f"{place.place}: {synced}.{sentence}"
    again = f" A refresh asks it again at {_iso(place.again)}." if place.again > time() else ""
    gone = f" It has {len(place.gone)} of our sources no more: {', '.join(place.gone[:3])}." if place.gone else ""
    named = place.server or place.kind
    texts = ", texts of the server" if place.takes_texts else ""
    return (
        f"{place.place} as {place.user} ({named}{texts}): {synced}, {place.waiting:,} to send.{sentence}{gone}{again}"
    )


def as_json(place: Standing, outcome: Synced | None = None) -> dict[str, object]:
    """A place as JSON, with what a sync did where one has just been made."""
    return {
        "place": place.place,
        "kind": place.kind,
        "user": place.user,
        "synced": _iso(place.synced),
        "whole": place.is_whole,
        "waiting": place.waiting,
        "counts": dict(outcome.counts) if outcome else {},
        "reason": place.reason,
        "again": _iso(place.again) if place.again > time() else None,
        "text": "server" if place.takes_texts else "pages",
        "gone": list(place.gone),
        "sentence": outcome.sentence if outcome else place.sentence,
    }


def _iso(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, LOCAL).isoformat(timespec="seconds") if moment else None
