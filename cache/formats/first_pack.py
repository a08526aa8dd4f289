"""Packs of the first version, which are still read: xz streams of a handful of articles each, one after the other.

Behind the first line stands the SHA-256 of all that follows; each stream has a checksum of its own, by which what is
whole of one that did not arrive whole is told.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from cache.formats.exchanged_articles import PACK

MAGIC_1 = PACK + b"1\n"
_STREAM = b"\xfd7zXZ\0"
_LONGEST_CHECKSUM = 65
_MOST_PACKED = 100_000_000  # bytes of a stream
_MOST_UNPACKED = 64_000_000
_MOST_MEMORY = 256_000_000
_PIECE = 1 << 20


def lines_of(file: BinaryIO) -> Iterator[list[bytes] | None]:
    """The lines of each stream of a file that stands behind the first line; None where one did not arrive whole."""
    file.readline(_LONGEST_CHECKSUM)
    for packed in _streams(file):
        content = _unpacked(packed)
        yield None if content is None else [line for line in content.split(b"\n") if line.strip()]


def _streams(file: BinaryIO) -> Iterator[bytes]:
    """What stands between the beginnings of streams."""
    waiting = bytearray()
    while piece := file.read(_PIECE):
        looked_at = max(len(waiting) - len(_STREAM), 1)
        waiting += piece
        while (end := waiting.find(_STREAM, looked_at)) > 0:
            yield bytes(waiting[:end])
            del waiting[:end]
            looked_at = 1
        if len(waiting) > _MOST_PACKED:
            waiting.clear()
            yield b""
    yield bytes(waiting)


def _unpacked(packed: bytes) -> bytes | None:
    """The content of a stream; None for one that is not whole, or larger than any."""
    opener, content = lzma.LZMADecompressor(lzma.FORMAT_XZ, _MOST_MEMORY), bytearray()
    with suppress(lzma.LZMAError):
        content += opener.decompress(packed, _PIECE)
        while not opener.eof and not opener.needs_input and len(content) < _MOST_UNPACKED:
            content += opener.decompress(b"", _PIECE)
    return bytes(content) if opener.eof else None
