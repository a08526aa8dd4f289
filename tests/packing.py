"""Packs as a stranger could write them: any lines at all, in either version of the form."""

from __future__ import annotations

import lzma
from hashlib import sha256

from cache.formats.first_pack import MAGIC_1
from cache.formats.pack import MAGIC
from cache.formats.pack_streams import KinLine, compressed, framed, header


def pack_of_lines(*streams: bytes, library: str = "") -> bytes:
    """A pack of lines, those of a stream together."""
    lines = [[KinLine((), line) for line in stream.split(b"\n") if line] for stream in streams]
    begins = [sum(map(len, lines[:at])) for at in range(len(lines) + 1)]
    framed_streams = [framed(compressed(some), at, len(some)) for at, some in zip(begins, lines, strict=False)]
    return MAGIC + header({"articles": begins[-1], "library": library}) + b"".join(framed_streams)


def first_pack_of_lines(*streams: bytes) -> bytes:
    """A pack of the first version."""
    packed = b"".join(lzma.compress(stream, preset=0) for stream in streams)
    return MAGIC_1 + sha256(packed).hexdigest().encode() + b"\n" + packed
