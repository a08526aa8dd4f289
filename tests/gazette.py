"""An RSS feed of an invented paper, of entries that a test writes out itself."""

from __future__ import annotations

from fetch.article import Teaser
from fetch.feeds import parse_feed

URL = "https://gazette.example/feed.xml"
XML = "application/xml"


def rss(*entries: str, head: str = "", attributes: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        f' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" {attributes}><channel><title>The Gazette '
        f"&amp;amp; Herald</title><link>https://gazette.example/</link>{head}"
        + "".join(f"<item>{entry}</item>" for entry in entries)
        + "</channel></rss>"
    ).encode()


def only(body: bytes, content_type: str = XML, url: str = URL) -> Teaser:
    """The one teaser of a feed."""
    teasers = parse_feed(body, content_type, url)
    assert len(teasers) == 1
    return teasers[0]
