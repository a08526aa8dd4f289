"""The sources that a page names, or that its site is likely to have: addresses only, nothing is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from fetch.extract.markup.document import base_url, parse
from fetch.feeds.outlines import OF_A_READER, source_address
from fetch.links import absolute
from fetch.source import Kind
from fetch.text import clean

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LOOSE_TYPES = ("application/json", "text/xml", "application/xml")
_LIKE_A_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:[/._-]|2?\.0|$)|\.(?:rss|atom|rdf)\b|rss\.ashx|[?&](?:feed|format|type)=(?:rss|atom)"
    r"|/(?:index|feed|news)\.xml$",
    re.IGNORECASE,
)
_NO_FEED = re.compile(r"\.(?:html?|jpe?g|png|gif|svg|css|js|pdf)$", re.IGNORECASE)
_FEED_PAGE = re.compile(
    r"/(?:rss|(?:rss-?)?feeds?|rss-?(?:kan[aá]le|services?|list))(?:\.(?:html?|php|aspx?)|/)?$", re.IGNORECASE
)
_FEED_WORDS = re.compile(
    r"(?:our |all )?(?:rss|(?:rss|web|news)[ -]?feeds?|feeds|rss[ -](?:service|kanäle|canales|lists?))", re.IGNORECASE
)
_COMMENTS = re.compile(r"comments?(?:/|\b)|kommentare|commentaires", re.IGNORECASE)
_AFPIMS = re.compile(rb"DesktopModules/ArticleCS|AFPIMS|afpims", re.IGNORECASE)
_AFPIMS_SITE = re.compile(
    rb"RSS\.ashx\?[^\"'<>\s]{0,300}?Site=(\d+)|[?&;]Site=(\d+)|\"?siteId\"?\s*[:=]\s*\"?(\d+)", re.IGNORECASE
)
_USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/feeds/posts/default")
_USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """An address that may be a source, and how we came by it."""

    url: str
    kind: Kind
    title: str = ""
    how: str = ""

    @property
    def comments(self) -> bool:
        """Whether it looks like readers' comments rather than stories."""
        return bool(_COMMENTS.search(urlsplit(self.url).path) or _COMMENTS.search(self.title))


def feeds_named(page: bytes, url: str) -> list[NamedSource]:
    """The feeds a page names, those meant for programs first, each once."""
    tree = parse(page)
    base = base_url(tree, url)
    found = {
        named.url: named for named in reversed([*_by_link(tree, base), *_afpims(page, url), *_by_anchor(tree, base)])
    }
    return [named for named in reversed(found.values()) if named.url != url]


def feed_pages_named(page: bytes, url: str) -> tuple[str, ...]:
    """The pages of a site that it calls its feeds, by the words or the address of a link, each once."""
    tree = parse(page)
    base = base_url(tree, url)
    found: dict[str, None] = {}
    for link in tree.css("a[href]"):
        address = absolute(link.attributes.get("href") or "", base).partition("#")[0]
        path = urlsplit(address).path
        if address and address != url and (_FEED_PAGE.search(path) or _FEED_WORDS.fullmatch(clean(link.text()))):
            found[address] = None
    return tuple(found)


def usual_feeds(url: str) -> list[NamedSource]:
    """The addresses at which sites usually keep a feed they do not name, nearest to the page first."""
    parts = urlsplit(url)
    folders = dict.fromkeys([parts.path.rstrip("/"), ""])
    paths = [folder + usual for folder in folders for usual in (_USUAL[:3] if folder else _USUAL)]
    return [NamedSource(urljoin(url, path), "feed", how="at a usual place") for path in paths]


def usual_feeds_of_a_closed_site(url: str) -> list[NamedSource]:
    """A few addresses to try where the page itself is refused: some sites let programs have the feed made for them."""
    paths = (*_USUAL[:2], "/DesktopModules/ArticleCS/RSS.ashx?ContentType=1&max=20")
    return [
        NamedSource(urljoin(url, path), "feed", how="at a usual place, as the page itself is refused") for path in paths
    ]


def usual_sitemaps(url: str) -> list[NamedSource]:
    """The addresses at which sites usually keep a news sitemap they do not name."""
    return [NamedSource(urljoin(url, path), "sitemap", how="at a usual place") for path in _USUAL_SITEMAPS]


def sitemaps_named(addresses: tuple[str, ...], url: str) -> list[NamedSource]:
    """The sitemaps that robots.txt names, those for news first."""
    absolutes = [address for said in addresses if (address := absolute(said, url))]
    absolutes.sort(key=lambda address: "news" not in address.lower())
    return [NamedSource(address, "sitemap", how="named by robots.txt") for address in absolutes]


def title_of(page: bytes) -> str:
    """What a page calls itself: its site's name, else its title."""
    tree = parse(page)
    name = tree.css_first('meta[property="og:site_name"]')
    if name is not None and name.attributes.get("content"):
        return clean(name.attributes["content"] or "")
    title = tree.css_first("title")
    return clean(title.text()) if title is not None else ""


def _by_link(tree: LexborHTMLParser, base: str) -> Iterator[NamedSource]:
    for link in tree.css("link[rel][href]"):
        attributes = link.attributes
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        related = (attributes.get("rel") or "").lower().split()
        href = attributes.get("href") or ""
        address = source_address(href) if OF_A_READER.match(href.strip()) else absolute(href, base)
        said = kind in _FEED_TYPES or (kind in _LOOSE_TYPES and _LIKE_A_FEED.search(address))
        if address and said and ("alternate" in related or "feed" in related):
            yield NamedSource(address, "feed", clean(attributes.get("title") or ""), "named by the page")


def _by_anchor(tree: LexborHTMLParser, base: str) -> Iterator[NamedSource]:
    for link in tree.css("a[href]"):
        href = link.attributes.get("href") or ""
        for_readers = OF_A_READER.match(href.strip())
        address = source_address(href) if for_readers else absolute(href, base)
        parts = urlsplit(address)
        path_and_query = parts.path + ("?" + parts.query if parts.query else "")
        if address and (for_readers or (_LIKE_A_FEED.search(path_and_query) and not _NO_FEED.search(parts.path))):
            yield NamedSource(address, "feed", clean(link.text()), "linked from the page")


def _afpims(page: bytes, url: str) -> Iterator[NamedSource]:
    """The feed of a site on AFPIMS, whose own links to it are often mangled."""
    if not _AFPIMS.search(page):
        return
    found = _AFPIMS_SITE.search(page)
    site = next((number.decode() for number in found.groups() if number), "") if found else ""
    at = f"/DesktopModules/ArticleCS/RSS.ashx?ContentType=1&{f'Site={site}&' if site else ''}max=20"
    yield NamedSource(urljoin(url, at), "feed", how="at the place that AFPIMS sites keep it")
