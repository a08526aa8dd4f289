"""The list that each entry keeps of its nearest, with how alike `cache.related.nearest` found them.

Lists are kept both ways: an entry that lands enters the lists of those it is near to. So stories are clustered, and
neighbours of neighbours asked, without comparing any text again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from cache.related.index import AMONG, id_list

KEPT = 16  # neighbours a list holds
_DENSITY_ENTRIES = 4  # of these, how many tell how crowded it is around an entry
_LEAST_DENSITY = 0.03  # the least crowded an entry is taken to be
_UNKNOWN_DENSITY = 0.1  # how crowded it is around one that has no list yet
_FINENESS = (1 << 16) - 1

Likenesses: TypeAlias = Mapping[int, float]
"""How alike entries are to one, from 0 to 1, by their ids."""


def packed(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, bytes]:
    """The lists of these entries as they are kept, those that are in the index."""
    rows = connection.execute(
        f"SELECT entry_id, iif(typeof(nearest) = 'blob', nearest, x'') FROM reports WHERE entry_id IN {AMONG}",
        id_list(entry_ids),
    )
    return dict(rows)


def read(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, dict[int, float]]:
    """The lists of these entries, those that are in the index."""
    return {entry_id: _unpack(nearest) for entry_id, nearest in packed(connection, entry_ids).items()}


def linked(
    connection: sqlite3.Connection, found: Mapping[int, Likenesses]
) -> tuple[dict[int, bytes], dict[int, dict[int, float]]]:
    """New entries, and what is alike to each, entered in their own lists and in those of the others.

    Gives the lists as they are kept, and as they are to be; nothing is written.
    """
    alike: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one, others in found.items():
        for other, likeness in others.items():
            alike[one][other] = alike[other][one] = likeness
    held = packed(connection, alike.keys() | found.keys())
    return held, {one: _best({**_unpack(near), **alike[one]}) for one, near in held.items()}


def density(near: Likenesses) -> float:
    """How crowded it is around an entry: how alike its very nearest are, on average."""
    if not near:
        return _UNKNOWN_DENSITY
    return max(_LEAST_DENSITY, sum(sorted(near.values(), reverse=True)[:_DENSITY_ENTRIES]) / _DENSITY_ENTRIES)


def likeness_beyond(near: Likenesses) -> float:
    """How alike an entry is taken to be to one that is not on its list: half as alike as the last that is."""
    return min(near.values()) / 2 if len(near) == KEPT else 0.0


def likeness_between(lists: Mapping[int, Likenesses], one: int, other: int) -> float:
    """How alike two entries are that have lists, as far as these tell."""
    own, others = lists.get(one, {}), lists.get(other, {})
    known = own.get(other) or others.get(one)
    return known or min(likeness_beyond(own), likeness_beyond(others))


def _best(near: Likenesses) -> dict[int, float]:
    return {one: near[one] for one in sorted(near, key=near.__getitem__, reverse=True)[:KEPT]}


def pack(near: Likenesses) -> bytes:
    """A list as it is kept."""
    return array("Q", [one << 16 | round(likeness * _FINENESS) for one, likeness in near.items()]).tobytes()


def _unpack(packed: object) -> dict[int, float]:
    """The list in a column; an empty one for what is none, as SQLite keeps any kind of value there."""
    if not isinstance(packed, bytes) or len(packed) % 8:
        return {}
    found = array("Q")
    found.frombytes(packed)
    return {one >> 16: (one & _FINENESS) / _FINENESS for one in found}
