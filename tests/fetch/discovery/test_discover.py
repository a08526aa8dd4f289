"""What `add` finds on many kinds of site, over real HTTP; on saved pages of real ones: test_discover_replayed."""

from __future__ import annotations

import gzip
import json

import pytest

from fetch.discovery.discover import discover
from fetch.errors import Blocked, NotASource, Unreachable
from fetch.source import Candidate
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, fetcher, headline, page, text

pytestmark = pytest.mark.anyio
SLUGS = ("eastern-mole-caissons", "eastern-mole-cost-rises", "fish-market-roof-mended", "spring-tide-warning-given")


def front(slugs: tuple[str, ...] = SLUGS, head: str = "", foot: str = "", day: str = "2026-09-28") -> str:
    rows = "".join(
        f"<article><h2><a href='/news/{slug}'>{headline(slug)}</a></h2><time datetime='{day}'>x</time>"
        f"<p>{text(slug)[3:90]}</p></article>"
        for slug in slugs
    )
    return (
        f"<!doctype html><html lang=en><head><title>Harbour Gazette</title>{head}</head><body>"
        f"<nav><a href='/tides'>Tides</a> <a href='/about'>About us</a></nav><main>{rows}</main>{foot}</body></html>"
    )


def named(path: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f"<link rel=alternate type='{kind}' title='{title}' href='{path}'>"


async def found(site: Loopback, path: str = "/") -> list[Candidate]:
    async with fetcher() as one:
        return await discover(one, site.url(path))


def base(site: Loopback) -> str:
    return site.url("").rstrip("/")


async def test_a_page_that_names_its_feed(site: Loopback) -> None:
    site.put("/", front(head=named("/feed.xml")))
    site.put("/feed.xml", feed(base(site), SLUGS), kind=RSS)
    best, *others = await found(site)
    assert (best.source.url, best.source.kind, best.source.title) == (site.url("/feed.xml"), "feed", "Harbour Gazette")
    assert (best.stories, best.full, best.newest) == (4, 0, "2026-09-28T08:00:00+00:00")
    assert best.why == "named by the page"
    assert [other.source.kind for other in others] == ["section"]


async def test_of_two_feeds_of_the_same_stories_the_one_in_full_is_best(site: Loopback) -> None:
    site.put("/", front(head=named("/short.xml") + named("/comments/feed") + named("/full.xml")))
    site.put("/short.xml", feed(base(site), SLUGS), kind=RSS)
    site.put("/full.xml", feed(base(site), SLUGS, content=text("mole")), kind=RSS)
    site.put("/comments/feed", feed(base(site), ("c1", "c2")), kind=RSS)
    best, *others = await found(site)
    assert (best.source.url, best.full) == (site.url("/full.xml"), 4)
    assert others[-1].source.url == site.url("/comments/feed")
    assert site.url("/short.xml") not in [other.source.url for other in others]


async def test_a_teaser_in_the_place_of_the_text_is_not_the_text(site: Loopback) -> None:
    site.put(
        "/feed.xml", feed(base(site), SLUGS, content="<p>What the board heard. <a href='/n'>Read on</a></p>"), kind=RSS
    )
    (best,) = await found(site, "/feed.xml")
    assert (best.stories, best.full) == (4, 0)


async def test_a_feed_that_is_only_linked_as_a_word(site: Loopback) -> None:
    site.put("/", front(foot="<a href='/export/rss.php?lang=en'>RSS</a><a href='/about-feeds.html'>What is RSS?</a>"))
    site.put("/export/rss.php?lang=en", feed(base(site), SLUGS), kind="text/html")
    assert (await found(site))[0].source.url == site.url("/export/rss.php?lang=en")


@pytest.mark.parametrize("scheme", ["feed:http://", "feed://", "feed:"])
async def test_a_feed_that_is_named_for_a_reader_of_feeds(site: Loopback, scheme: str) -> None:
    site.put("/feed.xml", feed(base(site), SLUGS), kind=RSS)
    address = scheme + site.url("/feed.xml").removeprefix("http://")
    for page_ in (front(head=named(address)), front(foot=f"<a href='{address}'>Subscribe</a>")):
        site.put("/", page_)
        assert (await found(site))[0].source.url == site.url("/feed.xml")


@pytest.mark.parametrize("link", ["<a href='/rss-feeds.html'>All</a>", "<a href='/service/7'>RSS-Feeds</a>"])
async def test_a_page_of_feeds_is_looked_at_where_nothing_else_names_one(site: Loopback, link: str) -> None:
    site.put("/", front(foot=link))
    feeds = "<a href='/x/all.rss'>All</a> <a href='/x/sport.rss'>Sport</a>"
    for path in ("/rss-feeds.html", "/service/7"):
        site.put(path, f"<html><head><title>Feeds</title></head><body>{feeds}</body></html>")
    site.put("/x/all.rss", feed(base(site), SLUGS), kind=RSS)
    best = (await found(site))[0]
    assert (best.source.url, best.why) == (site.url("/x/all.rss"), "linked from the page")


async def test_a_feed_that_nothing_names(site: Loopback) -> None:
    site.put("/", front())
    site.put("/feed", feed(base(site), SLUGS), kind=RSS)
    best = (await found(site))[0]
    assert (best.source.url, best.why) == (site.url("/feed"), "at a usual place")


async def test_a_site_on_afpims(site: Loopback) -> None:
    mangled = (
        "<a href='DesktopModules/ArticleCS/RSS13be.ashx?ContentType=1&amp;Site=945&amp;Category=755&amp;max=20'>RSS</a>"
    )
    site.put("/", front(foot=mangled))
    right = "/DesktopModules/ArticleCS/RSS.ashx?ContentType=1&Site=945&max=20"
    site.put(right, feed(base(site), SLUGS), kind=RSS)
    best = (await found(site))[0]
    assert (best.source.url, best.stories) == (site.url(right), 4)


async def test_a_news_sitemap_behind_robots_and_an_index(site: Loopback) -> None:
    site.put("/", "<html><body><div id=app></div></body></html>")
    site.put("/robots.txt", f"User-agent: *\nDisallow: /admin\nSitemap: {site.url('/maps.xml')}", kind="text/plain")
    site.put(
        "/maps.xml",
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        f"<sitemap><loc>{site.url('/old.xml')}</loc><lastmod>2020-01-01</lastmod></sitemap>"
        f"<sitemap><loc>{site.url('/news.xml.gz')}</loc><lastmod>2026-09-28</lastmod></sitemap></sitemapindex>",
    )
    places = "".join(
        f"<url><loc>{site.url(f'/news/{slug}')}</loc><news:news><news:title>{headline(slug)}</news:title>"
        "<news:publication_date>2026-09-28</news:publication_date></news:news></url>"
        for slug in SLUGS
    )
    news = f"<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{places}</urlset>"
    site.put("/news.xml.gz", gzip.compress(news.encode()), kind="application/gzip")
    best = (await found(site))[0]
    assert (best.source.kind, best.source.url, best.stories) == ("sitemap", site.url("/maps.xml"), 4)
    assert best.newest.startswith("2026-09-28")


async def test_a_section_page_without_a_feed(site: Loopback) -> None:
    site.put("/harbour/", front())
    (best,) = await found(site, "/harbour/")
    assert (best.source.kind, best.source.url, best.stories) == ("section", site.url("/harbour/"), 4)
    assert best.source.title == "Harbour Gazette"


async def test_a_feed_itself(site: Loopback) -> None:
    site.put("/any", feed(base(site), SLUGS), kind="text/html")
    (best,) = await found(site, "/any")
    assert (best.source.kind, best.source.url, best.source.home) == ("feed", site.url("/any"), site.url("/"))


async def test_a_json_feed(site: Loopback) -> None:
    entries = [
        {"id": slug, "url": site.url(f"/news/{slug}"), "title": headline(slug), "content_html": text(slug)}
        for slug in SLUGS
    ]
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Gazette", "items": entries}
    site.put("/", front(head=named("/feed.json", "application/feed+json")))
    site.put("/feed.json", json.dumps(told), kind="application/json")
    best = (await found(site))[0]
    assert (best.source.url, best.stories, best.full) == (site.url("/feed.json"), 4, 4)


async def test_a_list_of_feeds(site: Loopback) -> None:
    site.put(
        "/list.opml",
        "<?xml version='1.0'?><opml version='2.0'><body><outline text='Sea'><outline type='rss' text='One' "
        "xmlUrl='/1.xml' htmlUrl='/one'/><outline xmlUrl='https://two.example/feed' title='Two'/>"
        "<outline xmlUrl='/1.xml' text='Again'/></outline><outline text='No feed'/></body></opml>",
        kind="text/x-opml",
    )
    one, two = await found(site, "/list.opml")
    assert (one.source.url, one.source.title, one.source.home) == (site.url("/1.xml"), "One", site.url("/one"))
    assert (two.source.url, two.source.title) == ("https://two.example/feed", "Two")


async def test_a_story_leads_to_the_feed_of_its_site(site: Loopback) -> None:
    site.put("/news/mole", page("eastern-mole-caissons"))
    site.put("/", front(head=named("/feed.xml")))
    site.put("/feed.xml", feed(base(site), SLUGS), kind=RSS)
    best, *others = await found(site, "/news/mole")
    assert best.source.url == site.url("/feed.xml")
    assert others[-1].source.kind == "page"


async def test_a_story_on_a_site_without_anything_else_is_kept_by_itself(site: Loopback) -> None:
    site.put("/news/mole", page("eastern-mole-caissons"))
    best = (await found(site, "/news/mole"))[-1]
    assert (best.source.kind, best.source.title, best.stories) == ("page", headline("eastern-mole-caissons"), 1)


async def test_a_bare_address_without_a_scheme(site: Loopback) -> None:
    site.put("/", front(head=named("/feed.xml")))
    site.put("/feed.xml", feed(base(site), SLUGS), kind=RSS)
    async with fetcher() as one:
        best = (await discover(one, site.url("").removeprefix("http://").rstrip("/")))[0]
    assert best.source.url == site.url("/feed.xml")


async def test_a_feed_left_to_rot_gives_way_to_the_page_that_is_kept_up(site: Loopback) -> None:
    site.put("/", front(head=named("/feed.xml")))
    site.put("/feed.xml", feed(base(site), ("old-1", "old-2")).replace("2026", "2019"), kind=RSS)
    best, *others = await found(site)
    assert best.source.kind == "section"
    assert others[0].source.url == site.url("/feed.xml")


async def test_a_section_whose_only_feed_is_that_of_the_whole_site(site: Loopback) -> None:
    site.put("/harbour/", front(head=named("/feed.xml")))
    site.put("/feed.xml", feed(base(site), ("council-meets", "bakers-strike", "bridge-opens")), kind=RSS)
    best, *others = await found(site, "/harbour/")
    assert best.source.kind == "section"
    assert others[0].source.url == site.url("/feed.xml")


async def test_a_section_has_a_feed_of_its_own_that_nothing_names(site: Loopback) -> None:
    site.put("/harbour/", front(head=named("/feed.xml")))
    site.put("/feed.xml", feed(base(site), ("council-meets", "bakers-strike", "bridge-opens")), kind=RSS)
    site.put("/harbour/feed", feed(base(site), SLUGS), kind=RSS)
    assert (await found(site, "/harbour/"))[0].source.url == site.url("/harbour/feed")


async def test_of_many_feeds_the_one_with_the_stories_of_the_front_page_is_best(site: Loopback) -> None:
    site.put("/", front(head=named("/sounds.xml", title="Podcast") + named("/news.xml")))
    site.put("/sounds.xml", feed(base(site), ("talk-1", "talk-2"), content="<p>Listen.</p>"), kind=RSS)
    site.put("/news.xml", feed(base(site), SLUGS), kind=RSS)
    assert (await found(site))[0].source.url == site.url("/news.xml")


@pytest.mark.parametrize("status", [200, 403])
async def test_a_site_that_refuses_its_page_but_not_its_feed(site: Loopback, status: int) -> None:
    site.put("/", "<HTML><TITLE>Access Denied</TITLE><H1>Access Denied</H1> Reference&#32;&#35;18.2d58</HTML>", status)
    site.put("/DesktopModules/ArticleCS/RSS.ashx?ContentType=1&max=20", feed(base(site), SLUGS), kind=RSS)
    (best,) = await found(site)
    assert (best.source.kind, best.stories) == ("feed", 4)
    assert len(site.seen) < 6


async def test_dead_and_empty_feeds_are_passed_over(site: Loopback) -> None:
    site.put("/", front(head=named("/gone.xml") + named("/empty.xml") + named("/page") + named("/good.xml")))
    site.put("/empty.xml", feed(base(site), ()), kind=RSS)
    site.put("/page", "<html>no feed</html>")
    site.put("/good.xml", feed(base(site), SLUGS), kind=RSS)
    assert (await found(site))[0].source.url == site.url("/good.xml")


async def test_what_gives_nothing_says_so(site: Loopback) -> None:
    site.put("/", "<html><body><p>Nothing.</p></body></html>")
    site.put(
        "/denied", "<HTML><TITLE>Access Denied</TITLE><H1>Access Denied</H1> Reference&#32;&#35;18.2d58db17.1521</HTML>"
    )
    with pytest.raises(NotASource):
        await found(site)
    with pytest.raises(Blocked):
        await found(site, "/denied")
    site.stop()
    with pytest.raises(Unreachable):
        await found(site)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_source_is_kept_at_the_address_that_was_asked(site: Loopback, status: int) -> None:
    site.put("/feed", status=status, location="/elsewhere?token=abc123")
    site.put("/elsewhere?token=abc123", feed(base(site), SLUGS), kind=RSS)
    site.put("/", front(head=named("/feed")))
    for path in ("/feed", "/"):
        assert (await found(site, path))[0].source.url == site.url("/feed")


async def test_what_a_list_names_is_in_the_zone_of_the_list(site: Loopback) -> None:
    site.put("/feeds.opml", "<opml><body><outline xmlUrl='http://10.0.0.1/feed'/></body></opml>", kind="text/x-opml")
    assert [one.zone for one in await found(site, "/feeds.opml")] == ["loopback"]


async def test_a_login_that_was_typed_is_said_to_its_origin_and_kept_apart(site: Loopback) -> None:
    def members(seen: Seen) -> Reply:
        if seen.headers.get("authorization") != "Basic dG9ydmlrOm1vbGU=":
            return Reply(status=401)
        return Reply(feed(base(site), SLUGS).encode(), kind=RSS)

    site.put("/", front(head=named("/members.xml")))
    site.routes["/members.xml"] = members
    async with fetcher() as one:
        best, *_ = await discover(one, site.url("/").replace("://", "://torvik:mole@"))
    assert best.source.url == site.url("/members.xml")
    assert [(name, secret.reveal()) for name, secret in best.login] == [("Authorization", "Basic dG9ydmlrOm1vbGU=")]
    assert "mole@" not in repr(best)
    assert "dG9y" not in repr(best)


async def test_a_page_to_log_in_at_is_told_as_such(site: Loopback) -> None:
    site.put("/feed", status=302, location="/login?next=/feed")
    site.put(
        "/login?next=/feed", "<html><body><h1>Members</h1><form><input type=password name=word></form></body></html>"
    )
    with pytest.raises(Blocked, match="answers with a page to log in at") as caught:
        await found(site, "/feed")
    assert caught.value.reason == "login"
