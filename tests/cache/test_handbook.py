"""The handbook as a new library has it is what its pages say."""

from __future__ import annotations

from cache import handbook
from cache.formats.jsonl import read_lines
from fetch.feeds import parse_feed
from fetch.handbook.bundled import page
from tests.bench.handbook_edition import EDITION, edition


def test_the_edition_is_what_the_pages_say():
    assert EDITION.read_bytes() == b"".join(edition()), "python tests/bench/handbook_edition.py sets it anew"


def test_a_refresh_of_the_handbook_finds_nothing_new(store):
    source_id = handbook.add(store, 2e9)
    teasers = parse_feed(*page(handbook.FEED_URL), handbook.FEED_URL)
    assert store.entries.store_listing(source_id, teasers, 2e9) == []
    articles = [each.article for each in read_lines(EDITION.read_text().splitlines(), "")]
    rows = store.connection.rows("SELECT headline, summary, section, words FROM entry ORDER BY at DESC, id DESC")
    assert [row[0] for row in rows] == [teaser.headline for teaser in teasers]
    assert [row[1] for row in rows] == [teaser.summary for teaser in teasers]
    assert [row[2:] for row in rows] == [(article.section, article.words) for article in articles]
