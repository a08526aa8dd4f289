"""What one entry of a feed says, taken only where feedparser would take it the same way."""

from __future__ import annotations

import re
from functools import lru_cache
from html import entities, escape
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from fetch.article import Figure, When
from fetch.feeds.entry import authors_in
from fetch.feeds.feed_dates import FeedDates, first_date
from fetch.links import absolute
from fetch.text import clean, unescape

_ORIGINAL = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
_MEANT_BY_FEEDPARSER = re.compile(  # the namespaces in which feedparser gives a meaning to what they hold
    "/dc/|itunes|mrss|/atom|purl.org/(?:rss/1.0/(?:}|modules/(?:content|rss091))|pie|echo)|userland|blogs.law|xhtml"
    "|netscape|/necho|newformat|podlove|rdf-syntax|feedburner|XML/1998",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"</(\w+)>|&#?\w+;")
_TAG_NAME = re.compile(r"</?(\w+)")
_ENTITY = re.compile(r"&(\w+);")
_WHOLE = re.compile(r"[a-zA-Z][\w+.-]*:")
_ONE_WORD = re.compile(r"[\w-]+", re.ASCII)
_ONE_WORD_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class NeedsFeedparser(Exception):
    """Something in a feed that only feedparser should judge."""


class EntryBuilder:
    """What the children of one entry say, gathered in one pass."""

    def __init__(self, url: str, dates: FeedDates) -> None:
        self.url, self.dates = url, dates
        self.once: dict[str, str] = {}
        self.bylines: list[str] = []
        self.terms: list[str] = []
        self.media: list[str] = []
        self.enclosures: list[str] = []
        self.thumbnails: list[str] = []
        self.credit: str | None = None

    def set_once(self, name: str, text: str) -> None:
        """Note what may be said once only; feedparser has rules for the second time."""
        if name in self.once:
            raise NeedsFeedparser(name)
        self.once[name] = text

    def take_extension(self, child: Element) -> None:
        """Take a child of the media namespace, pass over one that says nothing, give up at any other."""
        tag = child.tag
        if tag == _ORIGINAL:
            self.set_once("original", clean(text_of(child)))
        elif tag.startswith(_MEDIA):
            self._medium(child, tag.rpartition("}")[2])
        elif len(child) or not tag.startswith("{") or _MEANT_BY_FEEDPARSER.search(tag):
            raise NeedsFeedparser(tag)

    def _medium(self, child: Element, name: str) -> None:
        if len(child):
            raise NeedsFeedparser(name)
        if name == "content":
            if child.get("medium") == "image" or child.get("type", "").startswith("image/"):
                self.media.append(child.get("url", ""))
        elif name == "thumbnail" and child.get("url"):
            self.thumbnails.append(child.get("url", ""))
        elif name == "credit" and self.credit is None:
            self.credit = text_of(child)
        elif name != "credit":
            raise NeedsFeedparser(name)

    def picture(self) -> Figure | None:
        """The entry's picture, the best named first."""
        for src in (*self.media, *self.enclosures, *self.thumbnails):
            if found := absolute(src, self.url):
                return Figure(found, credit=unescape(self.credit or ""))
        return None

    def absolute_key(self, key: str) -> str:
        """A key that stands for an address, as feedparser makes it one; anything but one word is left to it."""
        if not key or _WHOLE.match(key):
            return key
        if not _ONE_WORD.fullmatch(key):
            raise NeedsFeedparser(key)
        return urljoin(self.url, key)

    def authors(self) -> tuple[str, ...]:
        """The people named; addresses among several are left to feedparser."""
        if len(self.bylines) > 1 and any("@" in byline for byline in self.bylines):
            raise NeedsFeedparser("authors")
        return authors_in(self.bylines)

    def keywords(self) -> tuple[str, ...]:
        """The subjects named, each once."""
        return tuple(dict.fromkeys(unescape(term) for term in self.terms if term))

    def published(self) -> When | None:
        """The first date that can be read."""
        return first_date(self.dates, (self.once.get(name, "") for name in ("published", "updated")))


def paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph for each part between empty lines."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def text_of(element: Element) -> str:
    """The text of an element that holds nothing else."""
    if len(element):
        raise NeedsFeedparser(element.tag)
    return (element.text or "").strip()


def checked_link(link: str) -> str:
    """A link that needs no resolving and no mending."""
    if link and (not _ONE_WORD_ADDRESS.fullmatch(link) or ";" in link):
        raise NeedsFeedparser(link)
    return link


def looks_like_html(text: str) -> bool:
    """Whether the title of an RSS item is markup, by feedparser's rule: RSS itself does not say."""
    if not _CLOSES.search(text):
        return False
    if any(name.lower() not in _acceptable() for name in _TAG_NAME.findall(text)):
        return False
    return all(name in entities.entitydefs for name in _ENTITY.findall(text))


@lru_cache(maxsize=1)
def _acceptable() -> frozenset[str]:
    return frozenset(_HTML_ELEMENTS.split())


_HTML_ELEMENTS = """
    a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code
    col colgroup command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset
    figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd keygen label legend li m
    map menu meter multicol nav nextid noscript ol optgroup option output p pre progress q s samp section select
    small sound source spacer span strike strong sub sup table tbody td textarea tfoot th thead time tr tt u ul
    var video
"""
