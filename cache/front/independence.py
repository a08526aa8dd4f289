"""Which reports of a story stand for themselves: those that print another's text count as one with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.related import index, neighbours
from cache.related.nearest import COPY, overlap

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from cache.front.candidates import ReportRow
    from cache.related.vector import Vector

_MIGHT_BE = 0.5
"""How alike two reports are at least on the lists of neighbours, days and source counted, that might be one text."""
_COMPARED = 2
"""Of these, those whose words are compared, the most alike: copies of one text are alike to one another."""
_WITHIN = 0.9
"""Of the weight of a shorter report's words, in a longer one: it is cut from it …"""
_FEWEST_WORDS = 40
"""… where it has so many words: a short text is soon within a long one by chance."""


def originals(connection: sqlite3.Connection, reports: Sequence[ReportRow]) -> dict[int, int]:
    """By report the first one, by landing, that has its text: itself where it tells something of its own."""
    ids = sorted(report.entry_id for report in reports)
    near = _near(neighbours.read(connection, ids), ids)
    wanted = {one for one, others in near.items() if others} | {other for others in near.values() for other in others}
    known = dict(index.vectors(connection, wanted))
    found: dict[int, int] = {}
    for one in ids:
        first = dict.fromkeys(found[other] for other in near[one])
        found[one] = next((other for other in first if _is_copy(known.get(one), known.get(other))), one)
    return found


def _near(lists: Mapping[int, Mapping[int, float]], ids: Sequence[int]) -> dict[int, list[int]]:
    """By report the earlier ones that might have its text, the most alike first."""
    found: dict[int, list[int]] = {}
    for one in ids:
        likely = {other: alike for other, alike in lists.get(one, {}).items() if other < one and alike >= _MIGHT_BE}
        likely = {other: alike for other, alike in likely.items() if other in lists}
        found[one] = sorted(likely, key=lambda other: (-likely[other], other))[:_COMPARED]
    return found


def _is_copy(one: Vector | None, other: Vector | None) -> bool:
    if one is None or other is None:
        return False
    if overlap(one, other) >= COPY:
        return True
    shorter = min(one, other, key=lambda vector: vector.mass)
    if len(shorter.weights) < _FEWEST_WORDS:
        return False
    return overlap(one, other) * (one.mass + other.mass) / 2 >= _WITHIN * shorter.mass
