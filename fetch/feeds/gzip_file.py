"""Feeds and sitemaps that are a gzip file, whatever their headers say of them: told by their first bytes."""

from __future__ import annotations

import zlib

from fetch.errors import NotASource, Refused
from fetch.unpacking import GZIP, gunzip

_MOST_BYTES = 50 * 1024 * 1024  # sitemaps.org: "no larger than 50 MB" unpacked
_MOST_TIMES = 2


def unpacked(body: bytes, url: str) -> bytes:
    """The body, unpacked where it is a gzip file, by mistake packed twice perhaps.

    Raises NotASource for a damaged one, Refused for a large one.
    """
    for _ in range(_MOST_TIMES):
        body = _unpacked_once(body, url) if body.startswith(GZIP) else body
    return body


def _unpacked_once(body: bytes, url: str) -> bytes:
    try:
        content = gunzip(body, _MOST_BYTES)
    except (zlib.error, EOFError) as error:
        sentence = f"{url} is a gzip file that is damaged or cut short."
        raise NotASource(sentence, url, reason="broken answer") from error
    if len(content) > _MOST_BYTES:
        raise Refused(f"{url} is larger than {_MOST_BYTES // 2**20} MB.", url, reason="too large")
    return content
