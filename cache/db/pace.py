"""How long transactions take: as long as gathers enough work, and no longer than others may be kept waiting."""

from __future__ import annotations

from time import monotonic, thread_time

LONGEST_TURN = 0.015
"""Seconds that a transaction of several pieces of work takes, its end counted in; then it is another program's turn."""
_LONG = 0.005
"""Seconds of transactions after which others may have come meanwhile."""
_SHORT = 0.001
"""Seconds from which on a transaction tells how busy the machine is."""
_LEAST_SHARE = 0.2
"""What of the longest turn is left on the busiest machine: a transaction costs something by itself."""
_SLUGGISH = 0.7
"""How much of what was known of the end of transactions is still believed after another one."""


class Pace:
    """The times of the transactions of one connection."""

    def __init__(self) -> None:
        self._begun = self._gathered = 0.0
        self._ending = 1.0
        """Seconds that the end takes (the index, the commit) for each second of work."""
        self._since_given_way = 0.0
        self._share = 1.0
        """How much of a processor this thread has had inside transactions: less where many programs want one."""
        self._worked = 0.0

    def begin(self) -> None:
        """A transaction has begun."""
        self._begun, self._worked = monotonic(), thread_time()

    def gathered(self) -> None:
        """Its work is done, and only its end is left."""
        self._gathered = monotonic()
        took = self._gathered - self._begun
        if took > _SHORT:
            share = min((thread_time() - self._worked) / took, 1.0)
            self._share = _SLUGGISH * self._share + (1 - _SLUGGISH) * share

    def end(self) -> None:
        """The transaction has ended."""
        now = monotonic()
        took = now - self._begun
        self._since_given_way += took
        if took > _LONG and self._gathered > self._begun:
            share = min((now - self._gathered) / (self._gathered - self._begun), 4.0)
            self._ending = _SLUGGISH * self._ending + (1 - _SLUGGISH) * share

    def is_long_since_given_way(self) -> bool:
        """Whether transactions have taken long, one or several short ones, since others were given their turn."""
        return self._since_given_way > _LONG

    def gave_way(self) -> None:
        """Others had their turn."""
        self._since_given_way = 0.0

    def is_over(self) -> bool:
        """Whether the transaction under way has gathered as much work as it may: the less, the busier the machine."""
        return (monotonic() - self._begun) * (1 + self._ending) > LONGEST_TURN * max(self._share, _LEAST_SHARE)
