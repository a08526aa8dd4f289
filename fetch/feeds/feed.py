"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, from their bytes to teasers."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from fetch.errors import NotASource
from fetch.feeds.entry import Feed
from fetch.feeds.fast_xml import read_quickly
from fetch.feeds.feed_limits import bearable, first_entries
from fetch.feeds.gzip_file import unpacked
from fetch.feeds.xml_text import decoded, document_in, mended
from fetch.feeds.xml_tree import IllFormed, parse_xml
from fetch.links import host

_FIRST_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_SAID = re.compile(
    r"<(?:\w+:)?(ttl|updatePeriod|updateFrequency)\b[^<>]*>(?:<!\[CDATA\[)?\s*([a-z]{4,8}|[0-9]{1,9})\b",
    re.IGNORECASE | re.ASCII,
)
_SITE = re.compile(r"<link>\s*+(?:<!\[CDATA\[\s*+)?(https?://[^\s<\]&]+)", re.IGNORECASE)
"""Where a feed of RSS says that its site is; Atom says such things otherwise, and has rules for them (RFC 4287, 2)."""
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 7 * 86400.0, "monthly": 30 * 86400.0, "yearly": 365 * 86400.0}
_HEAD = 20_000
_LONGEST = 525_600
"""Minutes of a year."""
_ROOTS = frozenset("rss feed rdf channel entry item".split())
_SPACE = b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"  # white space, byte order marks, the NULs of UTF-16


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """The feed and what it says of itself, packed or not; raises NotASource for what is no feed."""
    body = unpacked(body, url)
    if body[:64].lstrip(_SPACE).startswith(b"{"):
        from fetch.feeds.json_feed import read_json

        return read_json(_decoded(body, content_type), url)
    text, root = document_in(decoded(body, content_type))
    if root not in _ROOTS:
        raise NotASource(f"{url} is not a feed.", url)
    return replace(read_xml(text, url), ttl=time_to_live(text))


def time_to_live(text: str) -> float:
    """Seconds that a feed wants between two visits, by RSS's <ttl> or sy:updatePeriod; 0 where it is silent."""
    end = _FIRST_ENTRY.search(text)
    head = text[: end.start() if end else _HEAD][:_HEAD]
    said = {found[1].lower(): found[2].lower() for found in _SAID.finditer(head)}
    minutes, frequency = (
        int(said[name]) if said.get(name, "").isdecimal() else 0 for name in ("ttl", "updatefrequency")
    )
    period = _PERIODS.get(said.get("updateperiod", ""), 0.0) / max(1, frequency)
    return max(60.0 * min(minutes, _LONGEST), period)


def read_xml(text: str, url: str) -> Feed:
    """The first entries of a document, mended if need be; by the quick reader where it can, else by the careful one.

    Links are relative to where a feed of RSS says that its site is, if it is not served from there.
    """
    url = _base_of(text, url)
    text, is_cut = first_entries(text)
    tree = _tree_of(text, is_cut=is_cut)
    if tree is None:
        text, is_shortened = bearable(text)
        is_cut |= is_shortened
        if not text.startswith("<!"):  # a document type of its own may declare what is to be mended
            text = mended(text)
            tree = _tree_of(text, is_cut=is_cut)
    feed = read_quickly(tree, text, url) if tree is not None else None
    if feed is None:
        from fetch.feeds.feedparser_adapter import read_leniently

        text, is_shortened = bearable(text)
        feed, is_cut = read_leniently(text, url), is_cut or is_shortened
    return replace(feed, is_cut=is_cut) if is_cut else feed


def _base_of(text: str, url: str) -> str:
    """The site's address where that is another host than the feed's; a mere name or number is its maker's mistake."""
    end = _FIRST_ENTRY.search(text)
    said = _SITE.search(text, 0, min(end.start() if end else _HEAD, _HEAD))
    own, name = host(url), host(said[1]) if said else ""
    elsewhere = name != own and _is_named(name) and _is_named(own)
    return said[1] if said and elsewhere and "xml:base" not in text else url


def _is_named(name: str) -> bool:
    """Whether a host has a name on the web, and is neither a number nor this machine."""
    return "." in name and name.rpartition(".")[2].isalpha() and not name.endswith(".localhost")


def _tree_of(text: str, *, is_cut: bool) -> Element | None:
    try:
        return parse_xml(text, cut=is_cut)
    except IllFormed:
        return None


def _decoded(body: bytes, content_type: str) -> str:
    """JSON is UTF-16 or 32 that shows by its NULs (RFC 4627), else UTF-8, unless it is not and another is stated."""
    import json

    codec = json.detect_encoding(body)
    return decoded(body, content_type) if codec == "utf-8" else body.decode(codec, "replace")
