"""How syncing stands, on the status line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui.local_time import LOCAL
from tui.typeset.wording import ago_in_english

if TYPE_CHECKING:
    from cache.sync.standing import Standing

_FAILURES = {
    "password": "wrong password",
    "login": "not let in",
    "switched off": "API switched off",
    "HTTP 503": "API switched off, or HTTP 503",
    "certificate": "certificate not in order",
    "not this protocol": "no such server there",
    "slow": "too slow",
    "set up anew": "server set up anew",
}
"""The reasons of a failure that are said in other words than a script is told."""


@dataclass(frozen=True, slots=True)
class SyncFigures:
    """How all places stand together: `at`, when the one that was synced longest ago was, None for never; how many
    entries have marks to be sent; why the last sync of one of them failed, "" where none did; how many sources servers
    have no more, of which nothing was decided.
    """

    at: datetime | None = None
    waiting: int = 0
    reason: str = ""
    under_way: bool = False
    gone: int = 0


def figures(places: Sequence[Standing], *, under_way: bool = False) -> SyncFigures:
    """How places stand together."""
    oldest = min((each.synced for each in places), default=0.0)
    return SyncFigures(
        datetime.fromtimestamp(oldest, LOCAL) if oldest else None,
        sum(each.waiting for each in places),
        next((each.reason for each in places if each.reason), ""),
        under_way,
        sum(len(each.gone) for each in places),
    )


def sync_line(figures: SyncFigures, now: datetime) -> str:
    """As in "synced 2 min ago · 3 to send"; why it failed, where it did, in place of when."""
    if figures.under_way:
        said = "syncing"
    elif figures.reason:
        said = f"not synced: {_FAILURES.get(figures.reason, figures.reason)}"
    else:
        said = f"synced {_ago(figures.at, now)}" if figures.at else "never synced"
    said += f" · {figures.waiting:,} to send" if figures.waiting else ""
    return f"{said} · {figures.gone:,} gone there" if figures.gone else said


def _ago(at: datetime, now: datetime) -> str:
    """As short as a status line wants it; within a day by the minute, or the hour."""
    minutes = int((now - at).total_seconds() // 60)
    if not 0 < minutes < 24 * 60:
        return ago_in_english(at, now)
    return f"{minutes} min ago" if minutes < 60 else f"{minutes // 60} h ago"
