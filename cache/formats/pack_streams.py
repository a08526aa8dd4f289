"""The streams of a pack: lines of JSON, compressed some megabytes at a time, each stream and each line with a checksum.

Lines that are alike stand in one stream, which so takes a third less than a handful of articles each would. xz makes
them smaller than zstd and brotli at their utmost, in the time of the one and half that of the other, and Python has it.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import BinaryIO, NamedTuple
from zlib import crc32

from cache.formats.file_limits import LONGEST_LINE

STREAM_BYTES = 4_000_000
"""Bytes of lines in a stream: twice as many save a fiftieth, and a fault in one costs all that stands behind it."""
_MOST_UNPACKED = 64_000_000
"""Bytes of lines that a stream may hold: what is longer was not written by us."""
_MOST_PACKED = 100_000_000
_MOST_MEMORY = 64_000_000
_HEADER = 160
"""Bytes of the line that says what the whole pack holds, written once that is known."""
_LONGEST_HEADER = 1000
_MARK = b"STREAM "
_SAID = re.compile(rb"STREAM ((\d{1,9}) (\d{1,9}) (\d{1,9})) ([0-9a-f]{8})\n")
_LONGEST_SAID = 60
_PIECE, _SMALL_PIECE = 1 << 20, 1 << 9
_FILTER = {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 22, "lc": 4, "pb": 0}
_TIGHTLY = 9 | lzma.PRESET_EXTREME
_QUICKLY = 1  # what is mostly pictures becomes no smaller by any effort


class StreamPart(NamedTuple):
    """What a place of a pack holds: the lines that arrived whole, and how many did not, None where nobody knows."""

    lines: list[bytes]
    missing: int | None = 0


class KinLine(NamedTuple):
    """A line without its end, and by what it is like others."""

    kin: tuple[str, ...]
    line: bytes


class _Place(NamedTuple):
    """Where the line stands that begins a stream (`at`), and what it says of it."""

    at: int
    begin: int
    first: int
    number: int
    length: int


def compressed(lines: Sequence[KinLine], *, quickly: bool = False) -> bytes:
    """The content of a stream: lines that are alike beside each other, each with its place, behind its CRC-32."""
    alike = sorted(enumerate(lines), key=lambda each: (each[1].kin, each[0]))
    placed = (b"%d %s" % (place, each.line) for place, each in alike)
    checked = b"".join(b"%08x %s\n" % (crc32(line), line) for line in placed)
    chosen: Mapping[str, int] = _FILTER | {"preset": _QUICKLY if quickly else _TIGHTLY}
    return lzma.compress(checked, lzma.FORMAT_XZ, lzma.CHECK_SHA256, filters=[dict(chosen)])


def framed(stream: bytes, first: int, number: int) -> bytes:
    """A stream behind the line that says which articles it holds and how long it is."""
    said = f"{first} {number} {len(stream)}".encode()
    return b"%s%s %08x\n" % (_MARK, said, crc32(said)) + stream


def header(says: Mapping[str, object]) -> bytes:
    """The line that says what a pack is, as long for every pack, behind its own CRC-32."""
    text = json.dumps(says, separators=(",", ":")).encode()
    return (b"%08x %s" % (crc32(text), text)).ljust(_HEADER - 1) + b"\n"


def read_header(file: BinaryIO) -> dict[str, object]:
    """What a pack says of itself; nothing where that did not arrive whole, and the file stands where streams begin."""
    line = file.readline(_LONGEST_HEADER)
    if line.startswith(_MARK):
        file.seek(-len(line), 1)
    if not (text := _checked(line.rstrip())):
        return {}
    try:
        says = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return says if isinstance(says, dict) else {}


def streams(file: BinaryIO, total: int | None) -> Iterator[StreamPart]:
    """What each stream holds, from where the file stands, and what is missing between them and at the end."""
    expected = 0
    for here, behind in pairwise(chain(_places(file), [None])):
        assert here is not None
        if here.first > expected:
            yield StreamPart([], here.first - expected)
        file.seek(here.begin)
        packed = file.read(min(here.length, _MOST_PACKED, behind.at - here.begin if behind else here.length))
        lines = _lines(packed)[: here.number]
        yield StreamPart(lines, here.number - len(lines))
        expected = max(expected, here.first) + here.number
    if total is None or total > expected:
        yield StreamPart([], None if total is None else total - expected)


def _lines(packed: bytes) -> list[bytes]:
    """The lines of a stream that are whole, in their order."""
    found = (_checked(line).partition(b" ") for line in _unpacked(packed).split(b"\n"))
    placed = [(int(place), line) for place, _, line in found if line and place.isdigit() and len(place) < 10]
    return [line for _, line in sorted(placed, key=lambda each: each[0])]


def _unpacked(packed: bytes) -> bytes:
    """The content of a stream as far as it can be read, and no more than any has."""
    whole, content = _opened(packed, _PIECE)
    return content if whole else _opened(packed, _SMALL_PIECE)[1]  # a fault takes the piece along in which it is met


def _opened(packed: bytes, piece: int) -> tuple[bool, bytes]:
    """Whether a stream is without a fault, and its content before the piece of that size in which the first one is."""
    opener, content = lzma.LZMADecompressor(lzma.FORMAT_XZ, _MOST_MEMORY), bytearray()
    try:
        content += opener.decompress(packed, piece)
        while not opener.eof and not opener.needs_input and len(content) < _MOST_UNPACKED:
            content += opener.decompress(b"", piece)
    except lzma.LZMAError:  # the lines before the fault are whole, as their own checksums say
        return False, bytes(content)
    return True, bytes(content)


def _checked(line: bytes) -> bytes:
    """A line without its checksum; b"" where that says that it is another."""
    said, _, text = line.partition(b" ")
    return text if len(text) <= LONGEST_LINE and said == b"%08x" % crc32(text) else b""


def _places(file: BinaryIO) -> Iterator[_Place]:
    """Where streams begin, from where the file stands; one whose line is damaged counts as none."""
    at, before = file.tell(), b""
    while True:
        file.seek(at)
        piece = file.read(_PIECE)
        window, start, end = before + piece, at - len(before), 0
        for found in _SAID.finditer(window):
            end = found.end()
            if found[5] == b"%08x" % crc32(found[1]):
                first, number, length = map(int, found.group(2, 3, 4))
                yield _Place(start + found.start(), start + end, first, number, length)
        if not piece:
            return
        at += len(piece)
        before = window[max(end, len(window) - _LONGEST_SAID) :]
