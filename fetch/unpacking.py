"""Packed bytes unpacked member by member, never past a limit, and never taken for whole where they are cut short."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

GZIP = b"\x1f\x8b"
"""How a gzip file, and each further member of one, begins."""
_PIECE = 16_384
"""Bytes that are handed over at a time: what is left of them after a member is copied."""


class Decompressor(Protocol):
    """Unpacks one member, as those of zlib and zstd do."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind its end."""

    def decompress(self, packed: bytes, max_length: int, /) -> bytes:
        """The next of its bytes, at most so many."""


def unpack_members(
    packed: bytes, limit: int, new: Callable[[], Decompressor], magic: tuple[bytes, ...], *, cut: bool = False
) -> bytes:
    """All members one after the other, at most `limit` + 1 bytes; what does not begin with a `magic` ends them.

    Raises EOFError where the last is cut short, unless it may be `cut`, and what the library raises for damage.
    """
    machine, parts, size = new(), list[bytes](), 0
    for begin in range(0, len(packed), _PIECE):
        piece = packed[begin : begin + _PIECE]
        left, end = piece, begin + len(piece)
        while left:
            if machine.eof:
                if not packed.startswith(magic, end - len(left)):
                    return b"".join(parts)
                machine = new()
            part = machine.decompress(left, limit + 1 - size)
            parts.append(part)
            size += len(part)
            if size > limit:
                return b"".join(parts)
            left = machine.unused_data if machine.eof else b""
    if not machine.eof and not cut:
        raise EOFError("it ends before its last member does")
    return b"".join(parts)


def gunzip(packed: bytes, limit: int, *, cut: bool = False) -> bytes:
    """The members of a gzip file, at most `limit` + 1 bytes; raises zlib.error and EOFError."""
    return unpack_members(packed, limit, lambda: zlib.decompressobj(16 + zlib.MAX_WBITS), (GZIP,), cut=cut)
