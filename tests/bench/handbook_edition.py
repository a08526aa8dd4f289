"""Sets the handbook's pages as a new library takes them in: `python tests/bench/handbook_edition.py`.

What a newcomer opens first is read without a parser of feeds or pages: an article a line, as a pack carries them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.entry import Entry  # noqa: E402
from cache.formats.exchanged_articles import Outgoing  # noqa: E402
from cache.formats.pack import line  # noqa: E402
from cache.handbook import FEED_URL  # noqa: E402
from fetch.extract import extract  # noqa: E402
from fetch.feeds import parse_feed  # noqa: E402
from fetch.handbook.bundled import page  # noqa: E402

EDITION = ROOT / "fetch" / "handbook" / "edition.jsonl"


def edition() -> Iterator[bytes]:
    """The articles in the order of the handbook's feed, on the road that all news takes."""
    for teaser in parse_feed(*page(FEED_URL), FEED_URL):
        body, content_type = page(teaser.url)
        article = extract(body, teaser.url, content_type=content_type)
        entry = Entry(0, teaser.url, teaser.headline, published=teaser.published, offline="full")
        yield line(Outgoing(entry, replace(article, url=teaser.url)))


if __name__ == "__main__":
    EDITION.write_bytes(b"".join(edition()))
