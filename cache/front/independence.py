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

_MIGHT_BE = 0.3
"""How alike two reports are at least on the lists of neighbours, days and source counted, that might be one text."""
_WITHIN = 0.9
"""Of the weight of a shorter report's words, in a longer one: it is cut from it …"""
_FEWEST_WORDS = 40
"""… where it has so many words: a short text is soon within a long one by chance."""


def originals(connection: sqlite3.Connection, reports: Sequence[ReportRow]) -> dict[int, int]:
    """By report the first one, by landing, that has its text: itself where it tells something of its own."""
    ids = sorted(report.entry_id for report in reports)
    lists = neighbours.read(connection, ids)
    near = {one: [other for other in ids if other < one and _likeness(lists, one, other) >= _MIGHT_BE] for one in ids}
    wanted = {one for one, others in near.items() if others} | {other for others in near.values() for other in others}
    known = dict(index.vectors(connection, wanted))
    found: dict[int, int] = {}
    for one in ids:
        first = dict.fromkeys(found[other] for other in near[one])
        found[one] = next((other for other in first if _is_copy(known.get(one), known.get(other))), one)
    return found


def _likeness(lists: Mapping[int, Mapping[int, float]], one: int, other: int) -> float:
    return max(lists.get(one, {}).get(other, 0.0), lists.get(other, {}).get(one, 0.0))


def _is_copy(one: Vector | None, other: Vector | None) -> bool:
    if one is None or other is None:
        return False
    if overlap(one, other) >= COPY:
        return True
    shorter = min(one, other, key=lambda vector: vector.mass)
    if len(shorter.weights) < _FEWEST_WORDS:
        return False
    return overlap(one, other) * (one.mass + other.mass) / 2 >= _WITHIN * shorter.mass
