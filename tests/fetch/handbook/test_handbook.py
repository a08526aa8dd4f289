"""The handbook edition: its feed and pages are whole, linked to each other, and read by the same road as any news."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from fetch.article import Code, Points, Quote, Table
from fetch.extract import extract
from fetch.feeds import parse_feed

HANDBOOK = files("fetch") / "handbook"
FEED = (HANDBOOK / "feed.xml").read_bytes()
TEASERS = parse_feed(FEED, "application/rss+xml", "broadsheet:handbook")
SLUGS = [teaser.url.partition("/")[2] for teaser in TEASERS]


def page(slug: str) -> bytes:
    return (HANDBOOK / f"{slug}.html").read_bytes()


def test_the_feed_lists_every_page_once_newest_first() -> None:
    on_disk = {entry.name.removesuffix(".html") for entry in HANDBOOK.iterdir() if entry.name.endswith(".html")}
    assert len(SLUGS) >= 14
    assert sorted(SLUGS) == sorted(on_disk)
    assert SLUGS[0] == "welcome"
    dates = [teaser.published for teaser in TEASERS]
    assert None not in dates
    assert dates == sorted(dates, reverse=True)  # type: ignore[type-var]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_an_article_with_everything_a_reader_shows(slug: str) -> None:
    url = f"broadsheet:handbook/{slug}"
    teaser = TEASERS[SLUGS.index(slug)]
    article = extract(page(slug), url)
    assert article.url == url
    assert article.headline == teaser.headline
    assert article.dek == teaser.summary
    assert article.authors == ("The Broadsheet desk",)
    assert article.published == teaser.published
    assert article.section
    assert article.language == "en"
    assert (
        350
        <= article.words
        <= {
            "settings": 2400,
            "missing-text": 950,
            "keys": 2050,
            "adding-sources": 1200,
            "command-line": 4600,
            "keeping": 1050,
            "import-export": 1800,
            "several-machines": 1150,
        }.get(slug, 900)
    )  # where there is a table of keys or options, by its length
    assert article.headline not in article.text


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_names_related_stories_that_exist(slug: str) -> None:
    article = extract(page(slug), f"broadsheet:handbook/{slug}")
    related = [teaser.url.partition("/")[2] for teaser in article.related]
    assert len(related) >= 3
    assert set(related) <= set(SLUGS) - {slug}
    assert all(teaser.summary for teaser in article.related)
    assert not any(teaser.headline in article.text for teaser in article.related)


@pytest.mark.parametrize("slug", SLUGS)
def test_links_lead_to_pages_that_exist(slug: str) -> None:
    inside = re.findall(r'href="broadsheet:handbook/([^"]+)"', page(slug).decode())
    assert inside
    assert set(inside) <= set(SLUGS)


def test_the_edition_shows_what_the_reader_can_set() -> None:
    kinds = {type(block) for slug in SLUGS for block in extract(page(slug), f"broadsheet:handbook/{slug}").body}
    assert kinds >= {Table, Code, Points, Quote}
