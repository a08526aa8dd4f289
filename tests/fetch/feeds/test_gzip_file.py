"""Feeds and sitemaps that are a gzip file themselves."""

from __future__ import annotations

import gzip

import pytest

from fetch.errors import NotASource, Refused
from fetch.feeds import parse_feed
from fetch.feeds.sitemap import parse_sitemap
from tests.newsroom import feed

URL = "https://harbour.example/feed.xml.gz"
SITEMAP = (
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    b" xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
    b"<url><loc>https://harbour.example/mole</loc><n:news><n:title>The mole</n:title></n:news></url></urlset>"
)
FEED = feed("https://harbour.example", ["mole", "tide"]).encode()


def test_a_feed_that_is_a_gzip_file_is_unpacked() -> None:
    assert parse_feed(gzip.compress(FEED), "application/gzip", URL) == parse_feed(FEED, "", URL)
    half = len(FEED) // 2
    packed = gzip.compress(FEED[:half]) + gzip.compress(FEED[half:])
    assert len(parse_feed(packed, "application/rss+xml", URL)) == 2


def test_a_sitemap_that_is_a_gzip_file_is_unpacked() -> None:
    assert [teaser.headline for teaser in parse_sitemap(gzip.compress(SITEMAP), URL).teasers] == ["The mole"]


def test_a_gzip_file_that_is_cut_short_is_a_failure() -> None:
    with pytest.raises(NotASource):
        parse_feed(gzip.compress(FEED)[:-3], "", URL)
    with pytest.raises(NotASource):
        parse_sitemap(gzip.compress(SITEMAP)[:-3], URL)


def test_a_gzip_file_is_unpacked_to_its_limit_and_no_further() -> None:
    with pytest.raises(Refused) as caught:
        parse_feed(gzip.compress(bytes(60 * 2**20)), "", URL)
    assert caught.value.reason == "too large"
