"""Reads the rows of leaf pages that no tree of a SQLite file leads to any more, because a page above them is damaged.

Source: the SQLite file format, https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cache.db.sqlite_errors import UNREADABLE

_INTERIOR, _LEAVES, _TABLE_LEAF = (2, 5), (10, 13), 13
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer, by its serial type."""
_MALFORMED = (ValueError, IndexError)


@dataclass(frozen=True, slots=True)
class Lost:
    """The tables whose trees are broken, and the leaf pages that belong to no tree nor to the free pages."""

    tables: frozenset[str]
    leaves: tuple[int, ...]


class PageFile:
    """A SQLite file, page by page; pages are counted from 1. Raises ValueError where it is none."""

    def __init__(self, file: BinaryIO) -> None:
        header = file.read(100)
        if len(header) < 100:
            raise ValueError("too short for a header")
        size = int.from_bytes(header[16:18], "big")
        self._file = file
        self._size = 65536 if size == 1 else size
        self._usable = self._size - header[20]
        if self._size < 512 or self._usable < 480:
            raise ValueError("no size that a page can have")
        self.count = file.seek(0, 2) // self._size
        self._free, self._free_count = int.from_bytes(header[32:36], "big"), int.from_bytes(header[36:40], "big")

    def page(self, number: int) -> bytes:
        """The bytes of a page; raises ValueError where there is none of this number."""
        if not 0 < number <= self.count:
            raise ValueError("no such page")
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size)

    def kind(self, number: int) -> int:
        """The first byte of a page; raises ValueError."""
        if not 0 < number <= self.count:
            raise ValueError("no such page")
        self._file.seek((number - 1) * self._size)
        return self._file.read(1)[0]

    def free(self) -> set[int]:
        """The pages that hold nothing any more; raises ValueError where their list is damaged."""
        found: set[int] = set()
        trunk = self._free
        while trunk:
            raw = self.page(trunk)
            count = _u32(raw, 4)
            if trunk in found or count > self._usable // 4 - 2:
                raise ValueError("the list of free pages is damaged")
            found.add(trunk)
            found.update(_u32(raw, 8 + 4 * place) for place in range(count))
            trunk = _u32(raw, 0)
        if len(found) != self._free_count:
            raise ValueError("the list of free pages is damaged")
        return found

    def tree(self, root: int, reached: set[int]) -> bool:
        """Adds the pages of a tree to those reached; whether every page of it is what it should be."""
        whole, open_pages = True, [root]
        while open_pages:
            number = open_pages.pop()
            if number in reached or not 0 < number <= self.count:
                whole = False
                continue
            kind = self.kind(number) if number > 1 else self.page(1)[100]
            if kind in _INTERIOR:
                open_pages += _children(self.page(number), 100 if number == 1 else 0)
            elif kind not in _LEAVES:
                whole = False
                continue
            reached.add(number)
        return whole

    def rows(self, number: int) -> Iterator[tuple[int, list[Any]]]:
        """The number and the values of each row of a leaf page that can be read."""
        raw = self.page(number)
        for place in range(min(_u16(raw, 3), (self._size - 8) // 2)):
            try:
                yield self._row(raw, _u16(raw, 8 + 2 * place))
            except _MALFORMED:
                continue

    def _row(self, raw: bytes, at: int) -> tuple[int, list[Any]]:
        length, at = _varint(raw, at)
        number, at = _varint(raw, at)
        if length > self.count * self._size:
            raise ValueError("longer than the file")
        return number - (number >> 63 << 64), _values(self._payload(raw, at, length))

    def _payload(self, raw: bytes, at: int, length: int) -> bytes:
        most, least = self._usable - 35, (self._usable - 12) * 32 // 255 - 23
        here = length
        if length > most:
            here = least + (length - least) % (self._usable - 4)
            here = here if here <= most else least
        parts, left = [raw[at : at + here]], length - here
        following = _u32(raw, at + here) if left else 0
        while left > 0:
            page = self.page(following)
            parts.append(page[4 : 4 + min(left, self._usable - 4)])
            left -= len(parts[-1])
            following = _u32(page, 0)
        return b"".join(parts)


def lost_leaves(pages: PageFile, roots: Sequence[tuple[str, int]]) -> Lost:
    """What the trees of a file do not lead to; nothing where free pages cannot be told from such. `roots`: by table."""
    reached: set[int] = set()
    broken = frozenset([name for name, root in roots if not pages.tree(root, reached)])
    try:
        reached |= pages.free() if broken else set()
    except _MALFORMED:
        return Lost(broken, ())
    numbers = range(2, pages.count + 1) if broken else range(0)
    return Lost(broken, tuple(one for one in numbers if one not in reached and pages.kind(one) == _TABLE_LEAF))


def find_lost(old: sqlite3.Connection, path: Path) -> Lost:
    """The broken tables of a file that is open, and the leaf pages that may be theirs."""
    try:
        query = "SELECT name, rootpage FROM sqlite_schema WHERE typeof(rootpage) = 'integer' AND rootpage > 0"
        roots = old.execute(query).fetchall()
        with path.open("rb") as file:
            return lost_leaves(PageFile(file), [("sqlite_schema", 1), *roots])
    except (*UNREADABLE, *_MALFORMED):
        return Lost(frozenset(), ())


def lost_rows(path: Path, lost: Lost, table: str) -> Iterator[list[Any]]:
    """The rows of leaf pages that may be a table's where its tree is broken: the row's number, then its other values.

    Whose they are the caller tells by their values: they may be another broken table's.
    """
    if table not in lost.tables:
        return
    with path.open("rb") as file:
        pages = PageFile(file)
        for leaf in lost.leaves:
            for number, values in pages.rows(leaf):
                if values and values[0] is None:
                    yield [number, *values[1:]]


def _children(raw: bytes, at: int) -> list[int]:
    count = min(_u16(raw, at + 3), len(raw) // 2)
    try:
        cells = [_u32(raw, _u16(raw, at + 12 + 2 * place)) for place in range(count)]
        return [*cells, _u32(raw, at + 8)]
    except _MALFORMED:
        return [0]  # no page has this number: the tree is broken here


def _values(record: bytes) -> list[Any]:
    end, at = _varint(record, 0)
    types = []
    while at < end:
        kind, at = _varint(record, at)
        types.append(kind)
    values, at = [], end
    for kind in types:
        size = _size(kind)
        if at + size > len(record):
            raise ValueError("the row ends too early")
        values.append(_value(kind, record[at : at + size]))
        at += size
    return values


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)


def _value(kind: int, raw: bytes) -> Any:
    from struct import unpack

    if kind >= 12:
        return raw.decode("utf-8", "replace") if kind % 2 else raw
    if kind in _INTEGERS:
        return int.from_bytes(raw, "big", signed=True)
    if kind in (10, 11):
        raise ValueError("a kind that no file has")
    return {0: None, 8: 0, 9: 1}[kind] if kind != 7 else unpack(">d", raw)[0]


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = raw[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 127
        if byte < 128:
            break
    return value, at + place + 1


def _u16(raw: bytes, at: int) -> int:
    return raw[at] << 8 | raw[at + 1]


def _u32(raw: bytes, at: int) -> int:
    return _u16(raw, at) << 16 | _u16(raw, at + 2)
