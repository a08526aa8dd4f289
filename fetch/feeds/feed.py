"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, from their bytes to teasers."""

from __future__ import annotations

import re

from fetch.errors import NotASource
from fetch.feeds.entry import Feed
from fetch.feeds.fast_xml import read_quickly
from fetch.feeds.gzip_file import unpacked

_SPACE = b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"  # white space, byte order marks, the NULs of UTF-16
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|entry)[\s>/]", re.IGNORECASE)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" as mainframes write it
_FAR_ENOUGH = 16_000  # bytes: a long licence may stand before the root


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """The feed and what it says of itself, packed or not; raises NotASource for what is no feed."""
    body = unpacked(body, url)
    if body[:64].lstrip(_SPACE).startswith(b"{"):
        from fetch.feeds.json_feed import read_json

        return read_json(_decoded(body), url)
    if not body.startswith(_EBCDIC) and not _ROOT.search(body[:_FAR_ENOUGH].replace(b"\x00", b"")):
        raise NotASource(f"{url} is not a feed.", url)
    feed = read_quickly(body, content_type, url)
    if feed is None:
        from fetch.feeds.feedparser_adapter import read_leniently

        feed = read_leniently(body, content_type, url)
    return feed


def _decoded(body: bytes) -> str:
    """JSON is UTF-8, or UTF-16 or 32 that shows by its NULs (RFC 4627)."""
    import json

    return body.decode(json.detect_encoding(body), "replace")
