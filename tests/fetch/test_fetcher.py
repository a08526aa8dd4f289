from __future__ import annotations

import subprocess
import sys

import pytest

from fetch.errors import BadStatus, NotAnArticle, NotASource
from fetch.fetcher import Fetcher
from fetch.http.request import Request
from fetch.source import Source
from tests.loopback import Loopback, Reply
from tests.newsroom import RSS, feed, fetcher, headline, page, text
from tests.replay import Replay

pytestmark = pytest.mark.anyio


async def test_an_article_is_fetched_with_all_its_pages(site: Loopback) -> None:
    further = "<link rel=next href='/news/mole?page=2'></head>"
    site.put("/news/mole", page("mole").replace("</head>", further))
    site.put("/news/mole?page=2", page("mole", text("second page")))
    async with fetcher() as one:
        article = await one.article(site.url("/news/mole"))
    assert article.headline == headline("mole")
    assert "(mole)" in article.text
    assert "(second page)" in article.text


async def test_what_is_no_article_is_told(site: Loopback) -> None:
    site.put("/login", "<html><body><form><input name=user></form></body></html>")
    async with fetcher() as one:
        with pytest.raises(NotAnArticle):
            await one.article(site.url("/login"))


async def test_a_source_lists_its_teasers_and_then_nothing_new(site: Loopback) -> None:
    site.put("/feed", feed(site.url(""), ["mole", "tide"]), etag='"1"', kind=RSS)
    source = Source(site.url("/feed"), "feed")
    async with fetcher() as one:
        listing = await one.teasers(source)
        assert [teaser.headline for teaser in listing.teasers] == [headline("mole"), headline("tide")]
        assert (listing.title, listing.home) == ("Harbour Gazette", site.url("/"))
        site.put("/feed", status=304)
        again = await one.teasers(source, listing.validators)
    assert again.unchanged
    assert again.validators == listing.validators


async def test_a_page_that_lists_nothing_is_no_source(site: Loopback) -> None:
    site.put("/page", "<html><body><p>Nothing here.</p></body></html>")
    async with fetcher() as one:
        for kind in ("feed", "section", "sitemap"):
            with pytest.raises(NotASource):
                await one.teasers(Source(site.url("/page"), kind))  # type: ignore[arg-type]


async def test_the_handbook_comes_from_the_package() -> None:
    async with Fetcher() as one:
        listing = await one.teasers(Source("broadsheet:handbook", "bundled"))
        article = await one.article(listing.teasers[0].url)
        assert (await one.teasers(Source("broadsheet:handbook", "bundled"), listing.validators)).unchanged
        for url in ("broadsheet:handbook/../fetcher", "broadsheet:elsewhere", "broadsheet:handbook/no-such-page"):
            with pytest.raises(BadStatus):
                await one.get(Request(url))
    assert len(listing.teasers) >= 12
    assert article.words > 50


async def test_a_transport_that_was_handed_in_stands_for_the_network() -> None:
    replay = Replay({"https://harbour.example/news/mole": page("mole").encode()})
    async with Fetcher(transport=replay) as one:
        article = await one.article("https://harbour.example/news/mole")
        with pytest.raises(BadStatus):
            await one.get(Request("https://harbour.example/other"))
    assert article.headline == headline("mole")
    assert replay.asked == ["https://harbour.example/news/mole", "https://harbour.example/other"]


def test_importing_the_fetcher_loads_no_network_library() -> None:
    code = "import sys, fetch.fetcher; print({'httpx', 'httpcore', 'protego', 'selectolax'} & sys.modules.keys())"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


async def test_where_a_part_of_a_sitemap_moved_is_not_where_the_source_did() -> None:
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://gazette.example/mole</loc><news:news><news:title>Mole</news:title></news:news></url></urlset>"
    )
    with Loopback() as site:
        site.put("/index.xml", f"<sitemapindex><sitemap><loc>{site.url('/news.xml')}</loc></sitemap></sitemapindex>")
        site.routes["/news.xml"] = Reply(status=301, headers={"Location": "/moved.xml"})
        site.put("/moved.xml", news)
        async with Fetcher() as one:
            listing = await one.teasers(Source(site.url("/index.xml"), "sitemap"))
    assert [teaser.headline for teaser in listing.teasers] == ["Mole"]
    assert listing.moved == ""
