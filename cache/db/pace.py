"""How long transactions take: as long as gathers enough work, and no longer than others may be kept waiting."""

from __future__ import annotations

from time import monotonic

LONGEST_TURN = 0.015
"""Seconds that a transaction of several pieces of work takes, its end counted in; then it is another program's turn."""
_LONG = 0.005
"""Seconds of transactions after which others may have come meanwhile."""
_SLUGGISH = 0.7
"""How much of what was known of the end of transactions is still believed after another one."""


class Pace:
    """The times of the transactions of one connection."""

    def __init__(self) -> None:
        self._begun = self._gathered = 0.0
        self._ending = 1.0
        """Seconds that the end takes (the index, the commit) for each second of work."""
        self._since_given_way = 0.0

    def begin(self) -> None:
        """A transaction has begun."""
        self._begun = monotonic()

    def gathered(self) -> None:
        """Its work is done, and only its end is left."""
        self._gathered = monotonic()

    def end(self) -> None:
        """The transaction has ended."""
        now = monotonic()
        self._since_given_way += now - self._begun
        if now - self._begun > _LONG and self._gathered > self._begun:
            share = min((now - self._gathered) / (self._gathered - self._begun), 4.0)
            self._ending = _SLUGGISH * self._ending + (1 - _SLUGGISH) * share

    def is_long_since_given_way(self) -> bool:
        """Whether transactions have taken long, one or several short ones, since others were given their turn."""
        return self._since_given_way > _LONG

    def gave_way(self) -> None:
        """Others had their turn."""
        self._since_given_way = 0.0

    def is_over(self) -> bool:
        """Whether the transaction under way has gathered as much work as it may."""
        return (monotonic() - self._begun) * (1 + self._ending) > LONGEST_TURN
