"""Content codings undone, never past a limit: a few kilobytes on the wire can stand for gigabytes."""

from __future__ import annotations

import sys
import zlib

from fetch.errors import Refused, Unreachable

_WINDOW = 23  # log2 of the bytes a zstd decoder must remember: 8 MB, the most RFC 9659 allows on the web


def accept_encoding() -> str:
    """The Accept-Encoding header: the codings that `unpack` can undo, and no others."""
    return "gzip, deflate, br, zstd"


def unpack(body: bytes, codings: str, limit: int, url: str) -> bytes:
    """The body with its Content-Encoding undone, last coding first.

    Raises Refused where it unpacks to more than `limit` bytes or in a coding we lack, Unreachable where it is damaged.
    """
    for coding in reversed([name.strip().lower() for name in codings.split(",")]):
        if coding in ("", "identity"):
            continue
        body = _undo(coding, body, limit, url)
        if len(body) > limit:
            raise too_large(url, limit)
    return body


def too_large(url: str, limit: int) -> Refused:
    """The error for a body over its limit in bytes."""
    return Refused(f"{url} is larger than {limit // 1000:,} kB.", url, reason="too large")


def _undo(coding: str, body: bytes, limit: int, url: str) -> bytes:
    try:
        match coding:
            case "gzip" | "x-gzip":
                return _inflate(body, limit, 16 + zlib.MAX_WBITS)
            case "deflate":
                return _deflated(body, limit)
            case "br":
                return _brotli(body, limit)
            case "zstd":
                return _zstandard(body, limit)
    except (zlib.error, EOFError, ValueError) as error:
        raise Unreachable(f"{url} answered with a damaged {coding} body.", url, reason="broken answer") from error
    raise Refused(f"{url} answered in a coding we cannot read ({coding}).", url, reason="coding")


def _inflate(body: bytes, limit: int, bits: int) -> bytes:
    machine = zlib.decompressobj(bits)
    return machine.decompress(body, limit + 1)


def _deflated(body: bytes, limit: int) -> bytes:
    try:
        return _inflate(body, limit, zlib.MAX_WBITS)
    except zlib.error:  # some servers send the bare stream, without the zlib header that the standard asks for
        return _inflate(body, limit, -zlib.MAX_WBITS)


def _brotli(body: bytes, limit: int) -> bytes:
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
    return b"".join(parts)


def _zstandard(body: bytes, limit: int) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    parts, size, rest = [], 0, body
    try:
        while rest and size <= limit:  # a body may be several frames
            machine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
            part = machine.decompress(rest, limit + 1 - size)
            parts.append(part)
            size += len(part)
            if not machine.eof and size <= limit:
                raise EOFError("the body ends within a frame")
            rest = machine.unused_data
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
    return b"".join(parts)
