"""Bytes of feeds and sitemaps → teasers.

Imports the link classifier (for sitemaps that name no headlines) and the values of fetch.
"""

from __future__ import annotations

from fetch.article import Teaser
from fetch.errors import interpreting

__all__ = ["parse_feed"]


def parse_feed(body: bytes, content_type: str, url: str) -> list[Teaser]:
    """The stories a feed names, each once, in its order; raises NotASource for what is no feed."""
    from fetch.feeds.feed import read_feed

    with interpreting(url):
        return read_feed(body, content_type, url).teasers
