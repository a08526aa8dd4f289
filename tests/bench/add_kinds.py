"""What `add` chooses on twenty kinds of site, replayed from the saved pages: `python tests/bench/add_kinds.py`."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
sys.path.insert(0, str(ROOT))

from fetch.article import Teaser  # noqa: E402
from fetch.discovery.discover import discover  # noqa: E402
from fetch.fetcher import Fetcher  # noqa: E402
from fetch.sections import find_teasers  # noqa: E402
from fetch.source import Candidate, Kind  # noqa: E402
from tests.replay import Replay  # noqa: E402

Pages = Mapping[str, bytes | Path]
FRONT, AFPIMS, FEEDS = CORPORA / "frontpages", CORPORA / "afpims", CORPORA / "feeds"
JUSTICE, WIRED = FRONT / "misc" / "justice.gov-home.html", FRONT / "newspaper" / "wired_main_site.html"
ASHX = "https://www.af.mil/DesktopModules/ArticleCS/RSS.ashx?ContentType=1&Site=13&max=20"


@dataclass(frozen=True)
class Site:
    """A kind of site: what is typed, what answers there, and the source that serves the reader best."""

    kind: str
    typed: str
    pages: Callable[[], Pages]
    best: Kind
    url: str
    stories: int
    plain: bool = False  # it serves http: only


def rss(teasers: list[Teaser]) -> bytes:
    """A feed of the stories that a page lists: the pages were saved, their feeds were not."""
    entries = "".join(
        f"<item><title>{escape(teaser.headline)}</title><link>{escape(teaser.url)}</link></item>" for teaser in teasers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'.encode()


def without_links(page: Path) -> bytes:
    """The page as one is that only JavaScript fills: its data are there, its links are not."""
    return re.sub(rb"<a\b", b"<b", page.read_bytes())


def _named() -> Pages:
    url = "https://www.justice.gov/"
    teasers = find_teasers(JUSTICE.read_bytes(), url)
    return {url: JUSTICE, "https://www.justice.gov/feeds/opa/justice-news.xml": rss(teasers)}


def _sitemaps() -> Pages:
    labels = json.loads((CORPORA / "articles" / "fundus" / "labels.json").read_text("utf-8"))
    urls = [label["url"] for label in labels.values() if "www.spiegel.de" in label["url"]] or ["https://x.example/a-b"]
    listed = "".join(
        f"<url><loc>{escape(url)}</loc><n:news><n:publication_date>2026-10-0{place % 9 + 1}</n:publication_date>"
        f"<n:title>Story {place}</n:title></n:news></url>"
        for place, url in enumerate(urls)
    )
    space = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    site, part = "https://www.spiegel.de", "https://www.spiegel.de/news-1.xml.gz"
    return {
        f"{site}/": b"<!doctype html><title>Home</title><p>Everything here is drawn by JavaScript.",
        f"{site}/robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site}/news-index.xml\n".encode(),
        f"{site}/news-index.xml": f"<sitemapindex {space}><sitemap><loc>{part}</loc></sitemap></sitemapindex>".encode(),
        part: gzip.compress(f'<?xml version="1.0"?><urlset {space}>{listed}</urlset>'.encode()),
    }


def _article() -> Pages:
    return {"https://www.tagesschau.de/story": CORPORA / "articles" / "fundus" / "de_Tagesschau_2023_04_28.html.gz"}


def _one(url: str, page: Path) -> Callable[[], Pages]:
    return lambda: {url: page}


def _ashx() -> Pages:
    told = AFPIMS / "spaceforce.mil-rss-2021-original.xml"
    return {"https://www.af.mil/": AFPIMS / "defense.gov-home-2020-11.html", ASHX: told}


BBC, JSON = FEEDS / "feed-rs" / "rss_2.0_bbc.xml", FEEDS / "feed-rs" / "jsonfeed_example_1.json"
ATOM, RDF = FEEDS / "feed-rs" / "atom_example_1.xml", FEEDS / "feed-rs" / "rss_1.0_example_2.xml"
BROKEN = b'\n<opml><body><outline text="A & B" xmlUrl="https://mole.example/feed?a=1&b=2"/><outline text="cut'
SITES = (
    Site("a page that names its feed", "https://www.justice.gov/", _named, "feed",
         "https://www.justice.gov/feeds/opa/justice-news.xml", 20),
    Site("a bare domain", "www.justice.gov", _one("https://www.justice.gov/", JUSTICE), "section",
         "https://www.justice.gov/", 12),
    Site("a section page without a feed", "http://www.gov.cn/",
         _one("http://www.gov.cn/", FRONT / "mediacloud" / "httpwwwgovcn.html"), "section", "http://www.gov.cn/", 30),
    Site("AFPIMS, RSS.ashx", "https://www.af.mil/", _ashx, "feed", ASHX, 10),
    Site("a news sitemap: index, gzip", "https://www.spiegel.de/", _sitemaps, "sitemap",
         "https://www.spiegel.de/news-index.xml", 1),
    Site("a feed", "https://news.example/rss.xml", _one("https://news.example/rss.xml", BBC), "feed",
         "https://news.example/rss.xml", 1),
    Site("a feed that says it is HTML", "https://news.example/rss",
         lambda: {"https://news.example/rss": b"\xef\xbb\xbf" + BBC.read_bytes()}, "feed",
         "https://news.example/rss", 1),
    Site("a JSON feed", "https://news.example/feed.json", _one("https://news.example/feed.json", JSON), "feed",
         "https://news.example/feed.json", 1),
    Site("a list of subscriptions", "https://news.example/mine.opml",
         _one("https://news.example/mine.opml", FEEDS / "opml" / "category.opml"), "feed",
         "http://feeds.bbci.co.uk/news/business/rss.xml?edition=int", 0),
    Site("a single article", "https://www.tagesschau.de/story", _article, "page", "https://www.tagesschau.de/story", 1),
    Site("JSON-LD ItemList alone", "http://www.nytimes.com/",
         lambda: {"http://www.nytimes.com/": without_links(FRONT / "mediacloud" / "httpwwwnytimescom.html")}, "section",
         "http://www.nytimes.com/", 4),
    Site("a misspelt scheme", "htp://www.justice.gov/", _named, "feed",
         "https://www.justice.gov/feeds/opa/justice-news.xml", 20),
    Site("an address in a sentence", "Do read https://news.example/rss.xml, it is good.",
         _one("https://news.example/rss.xml", BBC), "feed", "https://news.example/rss.xml", 1),
    Site("feed: before it", "feed://news.example/rss.xml", _one("https://news.example/rss.xml", BBC), "feed",
         "https://news.example/rss.xml", 1),
    Site("a host that serves http: only", "news.example/rss.xml", _one("http://news.example/rss.xml", BBC), "feed",
         "http://news.example/rss.xml", 1, plain=True),
    Site("an Atom feed", "https://news.example/atom.xml", _one("https://news.example/atom.xml", ATOM), "feed",
         "https://news.example/atom.xml", 1),
    Site("an RDF feed", "https://news.example/rdf", _one("https://news.example/rdf", RDF), "feed",
         "https://news.example/rdf", 1),
    Site("a feed in UTF-16", "https://news.example/rss",
         lambda: {"https://news.example/rss": BBC.read_text("utf-8").replace("UTF-8", "UTF-16").encode("utf-16")},
         "feed", "https://news.example/rss", 1),
    Site("a broken list of subscriptions", "https://news.example/mine.opml",
         lambda: {"https://news.example/mine.opml": BROKEN}, "feed", "https://mole.example/feed?a=1&b=2", 0),
    Site("embedded state alone", "https://www.wired.com/",
         lambda: {"https://www.wired.com/": without_links(WIRED)}, "section", "https://www.wired.com/", 20),
)  # fmt: skip


class OnlyHttp(Replay):
    """Answers as a host does that knows nothing of https:."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme == "https":
            raise httpx.ConnectError("refused")
        return await super().handle_async_request(request)


async def added(site: Site) -> list[Candidate]:
    """What `add` has to choose from, best first."""
    replay = OnlyHttp(site.pages()) if site.plain else Replay(site.pages())
    async with Fetcher(transport=replay) as fetcher:
        return await discover(fetcher, site.typed)


def main() -> None:
    """Prints a line a kind of site: what was chosen, of how many, and why."""
    for site in SITES:
        best, *others = asyncio.run(added(site))
        right = "" if (best.source.kind, best.source.url) == (site.best, site.url) else f" (not {site.url})"
        print(
            f"{site.kind:30} {best.source.kind:8} {best.stories:4} stories  {best.source.url[:60]:60}"
            f"  {best.why}; {len(others)} others{right}"
        )


if __name__ == "__main__":
    main()
