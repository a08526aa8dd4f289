"""Keeps the levels of a full-text index few: merging all of it adds one, and FTS5 refuses an index of 2,000.

The structure record of an FTS5 table (`%_data`, row 10) counts levels, and the segments on each. Merging everything
moves all segments to a new level on top and leaves those below empty. Empty levels say nothing, but versions of SQLite
that are in use neither drop them nor bound their number. Source: `fts5StructureDecode` and `fts5IndexOptimizeStruct`
in SQLite's fts5_index.c.
"""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from cache.db import opening
from cache.db.transaction import transaction

if TYPE_CHECKING:
    from pathlib import Path

_RECORD = 10
_COOKIE = 4
"""Bytes before the counts, which stay as they are."""
_LATER_FORM = b"\xff\x00\x00\x01"
"""What follows them in a form that only versions write which bound the levels themselves."""
_EMPTY = [0, 0]
"""A level: how many of its segments are being merged, and how many there are."""


def drop_empty_levels(path: Path, index: str) -> None:
    """Drops the empty levels of an index; where another program writes for long, another time.

    A connection of its own does it: one that has used the index would go on with the structure as it knows it, and
    others look again once somebody else has written.
    """
    with (
        contextlib.suppress(sqlite3.Error),
        closing(opening.connect(path, "?mode=rw")) as connection,
        transaction(connection, lambda waited: waited < 1.0),
    ):
        row = connection.execute(f"SELECT block FROM {index}_data WHERE id = ?", (_RECORD,)).fetchone()
        if row and isinstance(row[0], bytes) and (fewer := without_empty_levels(row[0])) != row[0]:
            connection.execute(f"UPDATE {index}_data SET block = ? WHERE id = ?", (fewer, _RECORD))


def levels_in(structure: bytes) -> list[list[int]]:
    """The levels of a structure record, each as its numbers: segments in a merge, segments, three for each of them."""
    numbers = _numbers(structure[_COOKIE:])
    count, _, _, *rest = numbers
    levels, at = [], 0
    for _ in range(count):
        end = at + 2 + 3 * rest[at + 1]
        levels.append(rest[at:end])
        at = end
    if at != len(rest):
        raise ValueError("no structure of this form")
    return levels


def without_empty_levels(structure: bytes) -> bytes:
    """The record with all levels that hold something, in their order; as it is where its form is another.

    Two levels between which segments are being merged stay side by side: neither is empty.
    """
    if structure[_COOKIE : 2 * _COOKIE] == _LATER_FORM:
        return structure
    try:
        levels = [level for level in levels_in(structure) if level != _EMPTY]
        _, segments, writes = _numbers(structure[_COOKIE:])[:3]
    except (ValueError, IndexError):
        return structure
    numbers = [len(levels), segments, writes, *(number for level in levels for number in level)]
    return structure[:_COOKIE] + b"".join(map(_varint, numbers))


def _numbers(content: bytes) -> list[int]:
    """The numbers in a row of SQLite's variable-length integers; none here takes the ninth byte of one."""
    found, number, length = [], 0, 0
    for byte in content:
        number, length = number << 7 | byte & 0x7F, length + 1
        if length > 8:
            raise ValueError("a number beyond measure")
        if byte < 0x80:
            found.append(number)
            number = length = 0
    if length:
        raise ValueError("cut")
    return found


def _varint(number: int) -> bytes:
    low = [number & 0x7F]
    while number := number >> 7:
        low.append(number & 0x7F | 0x80)
    return bytes(reversed(low))
