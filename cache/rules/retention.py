"""What is kept of a source and for how long; pure: times are seconds since 1970."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cache.rules.backoff import DAY

GRACE = DAY
"""Seconds that what was thrown away can still be brought back from another sitting."""


@dataclass(frozen=True, slots=True)
class KeepLimits:
    """How many days, and how many of a source's articles are kept; None is without end."""

    days: int | None = None
    count: int | None = None


class KeptEntry(NamedTuple):
    """An entry as keeping sees it: its number, when it was published, and whether the reader wants it to stay."""

    entry_id: int
    at: float
    protected: bool


def outlived(kept: Iterable[KeptEntry], now: float, days: int | None, count: int | None) -> list[int]:
    """The entries, given newest first, that are older than `days` or more than `count`; protected ones stay."""
    oldest = now - days * DAY if days is not None else 0.0
    return [
        entry.entry_id
        for place, entry in enumerate(kept)
        if not entry.protected and (entry.at < oldest or (count is not None and place >= count))
    ]


class Pruned(NamedTuple):
    """What pruning would remove, or did: entries past their time, entries thrown away, and about how many bytes."""

    outlived: int
    thrown_away: int
    bytes: int

    @property
    def sentence(self) -> str:
        """The pruning in words, behind "Removed:" or what it would be."""
        kinds = {"past their time": self.outlived, "thrown away": self.thrown_away}
        removed = " and ".join(f"{_articles(number)} {why}" for why, number in kinds.items() if number)
        return f"{removed}, about {self.bytes / 1e6:,.1f} MB." if removed else "nothing; no article is past its time."


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"
