"""The sources of one host, spread over several refreshes that no person waits for; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

AT_LEAST = 10
"""Sources of a host that are asked in one such refresh in any case."""
SHARES = 4
"""Refreshes over which the sources of a host are spread that has more of them."""


def spread(due: Sequence[tuple[str, float]], kept: Mapping[str, int]) -> list[bool]:
    """Of each source that is due, whether it is its turn: those that were asked longest ago.

    A source is its host and when it was last asked; `kept` is how many sources of each host there are.
    """
    taken: Counter[str] = Counter()
    turn = [False] * len(due)
    for place in sorted(range(len(due)), key=lambda at: due[at][1]):
        name = due[place][0]
        turn[place] = taken[name] < max(AT_LEAST, -(-kept[name] // SHARES))
        taken[name] += turn[place]
    return turn
