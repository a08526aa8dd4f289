"""Content codings undone, never past a limit: a few kilobytes on the wire can stand for gigabytes."""

from __future__ import annotations

import sys
import zlib

from fetch.article_limits import shortened
from fetch.errors import Refused, Unreachable
from fetch.unpacking import Decompressor, gunzip, unpack_members

_ANY = (b"",)
"""Behind a zstd frame stands another one: RFC 8878 knows of no padding."""
_LARGEST_WINDOW = 23
"""As a power of two: 8 MB, the most that a zstd body may ask for on the web (RFC 9659)."""

_LONGEST_NAMED = 40
"""Characters of a coding that are said of one that is not known."""


def accept_encoding() -> str:
    """The Accept-Encoding header: the codings that `unpack` can undo, and no others."""
    return "gzip, deflate, br, zstd"


def unpack(body: bytes, codings: str, limit: int, url: str) -> bytes:
    """The body with its Content-Encoding undone, last coding first.

    Raises Refused where it unpacks to more than `limit` bytes or in a coding we lack, Unreachable where it is damaged
    or cut short.
    """
    for coding in _named(codings):
        body = _undo(coding, body, limit, url, cut=False)
        if len(body) > limit:
            raise too_large(url, limit)
    return body


def unpack_start(body: bytes, codings: str, limit: int, url: str) -> bytes:
    """The first `limit` bytes of a body whose beginning is all we have, or want; raises as `unpack` does."""
    for coding in _named(codings):
        body = _undo(coding, body, limit, url, cut=True)
    return body[:limit]


def too_large(url: str, limit: int) -> Refused:
    """The error for a body over its limit in bytes."""
    return Refused(f"{url} is larger than {limit // 1000:,} kB.", url, reason="too large")


def _named(codings: str) -> list[str]:
    named = [name.strip().lower() for name in codings.split(",")]
    return [name for name in reversed(named) if name not in ("", "identity")]


def _undo(coding: str, body: bytes, limit: int, url: str, *, cut: bool) -> bytes:
    try:
        match coding:
            case "gzip" | "x-gzip":
                return gunzip(body, limit, cut=cut)
            case "deflate":
                return _inflate(body, limit, cut=cut)
            case "br":
                return _brotli(body, limit, cut=cut)
            case "zstd":
                return _zstandard(body, limit, cut=cut)
    except (zlib.error, EOFError, ValueError) as error:
        raise Unreachable(f"{url} answered with a damaged {coding} body.", url, reason="broken answer") from error
    named = shortened(coding, _LONGEST_NAMED)
    raise Refused(f"{url} answered in a coding we cannot read ({named}).", url, reason="coding")


def _inflate(body: bytes, limit: int, *, cut: bool) -> bytes:
    try:
        return unpack_members(body, limit, lambda: zlib.decompressobj(zlib.MAX_WBITS), (), cut=cut)
    except zlib.error:  # some servers send the bare stream, without the zlib header that the standard asks for
        return unpack_members(body, limit, lambda: zlib.decompressobj(-zlib.MAX_WBITS), (), cut=cut)


def _brotli(body: bytes, limit: int, *, cut: bool) -> bytes:
    import brotli  # type: ignore[import-untyped,unused-ignore]

    machine, parts, size = brotli.Decompressor(), [], 0
    fed = body
    while size <= limit:
        try:
            part = machine.process(fed, output_buffer_limit=limit + 1 - size)
        except brotli.error as error:
            raise ValueError(str(error)) from error
        if not part and not fed:
            break
        fed = b""
        parts.append(part)
        size += len(part)
    if size <= limit and not cut and not machine.is_finished():
        raise EOFError("it ends before its last block does")
    return b"".join(parts)


def _zstandard(body: bytes, limit: int, *, cut: bool) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}

    def frame() -> Decompressor:
        return zstd.ZstdDecompressor(options=options)

    try:
        return unpack_members(body, limit, frame, _ANY, cut=cut)
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
