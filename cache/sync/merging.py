"""Three-way merging of marks: what is done on one side since the last sync goes to the other, and nothing is undone.

A state is a set of marks in one number. As each mark is set or not, two sides that both changed one since the last sync
changed it alike: there is no conflict to decide.
"""

from __future__ import annotations

from typing import NamedTuple

READ, SAVED = 1, 2
ALL_MARKS = READ | SAVED
GONE_THERE = 4
"""Of what is remembered of an entry: the server had it no more when all of its lists had been read."""
NO_BASE = 0
"""The state before the first sync: so what is read, or saved, on either side is read, or saved, then."""


class Merged(NamedTuple):
    """The state that both sides are to have, and the marks that are otherwise here, and there."""

    state: int
    here: int
    there: int


def merged(base: int, local: int, remote: int) -> Merged:
    """What becomes of two states that come from one."""
    state = (local & (local ^ base)) | (remote & ~(local ^ base)) & ALL_MARKS
    return Merged(state, state ^ local, state ^ remote)
