"""What one entry of a feed says, taken only where feedparser would take it the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from html import entities, escape
from typing import NamedTuple
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from fetch.article import Enclosure, Figure, When
from fetch.feeds.entry import authors_in
from fetch.feeds.feed_dates import FeedDates, first_date
from fetch.links import absolute
from fetch.text import clean, unescape

_ORIGINAL = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_MEANT_BY_FEEDPARSER = re.compile(  # the namespaces in which feedparser gives a meaning to what they hold
    "/dc/|itunes|mrss|/atom|purl.org/(?:rss/1.0/(?:}|modules/(?:content|rss091))|pie|echo)|userland|blogs.law|xhtml"
    "|netscape|/necho|newformat|podlove|rdf-syntax|feedburner|XML/1998",
    re.IGNORECASE,
)
_MEANT_WITHOUT_NAMESPACE = frozenset(
    """
    author authors body category channel cloud content contributor contributors copyright created description email
    enclosure enclosures entry expirationdate expired feed fullitem generator guid height homepage href id image info
    issued item keywords language lastbuilddate link links managingeditor modified name newlocation pubdate published
    published_parsed publisher rights rss source subtitle summary svg tagline tags textinput title updated uri url
    webmaster where width abstract
    """.split()
)
_SAYS_NOTHING = frozenset(
    [_ITUNES + name for name in "block duration episode episodeType explicit order season subtitle title".split()]
    + [_DC + name for name in "contributor coverage format identifier publisher relation rights".split()]
    + [_DC + name for name in "source type".split()]
)
"""Elements that feedparser keeps under names of their own, which nothing here asks for."""
_MEDIA_PASSED_OVER = frozenset(
    "adult comments community copyright embed hash license location peerLink player price rating restriction "
    "statistics status text".split()
)
_CLOSES = re.compile(r"</(\w+)>|&#?\w+;")
_TAG_NAME = re.compile(r"</?(\w+)")
_ENTITY = re.compile(r"&(\w+);")
_LEADS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)/*")
_ONE_WORD = re.compile(r"[^\s<>\"]+")
_OF_A_QUERY = re.compile(r"&(\w+);", re.ASCII)


class NeedsFeedparser(Exception):
    """Something in a feed that only feedparser should judge."""


class Described(NamedTuple):
    """A text of an entry, and whether it is plain text and not HTML."""

    text: str
    plain: bool


class EntryBuilder:
    """What the children of one entry say, gathered in one pass, in the order and by the rules of feedparser.

    `guesses` says that plain text may turn out to be HTML, as in all of RSS.
    """

    def __init__(self, url: str, dates: FeedDates, *, guesses: bool) -> None:
        self.url, self.dates, self._guesses = url, dates, guesses
        self.once: dict[str, str] = {}
        self.summary: Described | None = None
        self.contents: list[Described] = []
        self.bylines: list[str] = []
        self.terms: list[str] = []
        self.media: list[str] = []
        self.recordings: list[Enclosure] = []
        self.enclosures: list[Enclosure] = []
        self.thumbnails: list[str] = []
        self.credit: str | None = None
        self.image = ""
        self.named = ""
        self.told_by_media = ""
        self._titled_by_media = False

    def set_once(self, name: str, text: str) -> None:
        """Note what may be said once only; feedparser has rules for the second time."""
        if name in self.once:
            raise NeedsFeedparser(name)
        self.once[name] = text

    def describe(self, text: str, kind: str) -> None:
        """Take a description or a summary: the first is the summary, another one the full text if there is none yet.

        `kind` is "plain", "html" or what the element does not say, the custom of its name: "?html" or "?plain".
        """
        if self.summary is not None and not self.contents:
            self.take_content(text, "plain" if kind.startswith("?") else kind)
        else:
            self.summary = self._described(text, kind.lstrip("?"))

    def take_content(self, text: str, kind: str) -> None:
        """Take a full text, "html" or "plain"."""
        self.contents.append(self._described(text, kind))

    def _described(self, text: str, kind: str) -> Described:
        return Described(text, kind == "plain" and not (self._guesses and looks_like_html(text)))

    def take_term(self, child: Element) -> None:
        """Take a subject of RSS; feedparser has rules for one with strange attributes."""
        if not child.attrib.keys() <= {"domain", "scheme"}:
            raise NeedsFeedparser("category")
        self.terms.append(text_of(child))

    def take_enclosure(self, address: str, kind: str, length: str) -> None:
        """Take a file that is handed out with the entry."""
        if found := enclosure_at(address, kind, length, self.url):
            self.enclosures.append(found)

    def take_extension(self, child: Element) -> None:
        """Take a child of a known extension, pass over one that says nothing, give up at any other."""
        tag = child.tag
        if tag == _ORIGINAL and not child.attrib:
            self.set_once("original", clean(text_of(child)))
        elif tag.startswith(_MEDIA):
            self._medium(child, tag.rpartition("}")[2])
        elif tag.startswith(_ITUNES):
            self._of_podcast(child, tag.rpartition("}")[2])
        elif tag.endswith("}publicationDate") and "prismstandard" in tag and not child.attrib:
            self.once.setdefault("published_in_print", text_of(child))
        elif tag.startswith(_TERMS) and (name := _DATES_OF_TERMS.get(tag.rpartition("}")[2])):
            self.set_once(name, text_of(child))
        elif tag not in _SAYS_NOTHING or len(child):
            for element in child.iter():
                if has_meaning(element.tag):
                    raise NeedsFeedparser(element.tag)

    def _of_podcast(self, child: Element, name: str) -> None:
        if child.attrib and name in ("author", "keywords", "summary"):
            raise NeedsFeedparser(name)
        if name == "author":
            self.bylines.append(text_of(child))
        elif name == "summary":
            self.describe(text_of(child), "?plain")
        elif name == "keywords":
            self.terms += _parted(text_of(child))
        elif name == "title" and not len(child):
            self.named = text_of(child)
        elif name == "image" and not len(child):
            self.image = child.get("href") or child.get("url") or self.image
        elif child.tag not in _SAYS_NOTHING or len(child):
            raise NeedsFeedparser(name)

    def _medium(self, child: Element, name: str) -> None:
        if name in ("group", "content"):
            if name == "content":
                self._media_content(child)
            for inner in child:
                if not inner.tag.startswith(_MEDIA):
                    raise NeedsFeedparser(inner.tag)
                self._medium(inner, inner.tag.rpartition("}")[2])
        elif len(child):
            if name not in _MEDIA_PASSED_OVER or any(not inner.tag.startswith(_MEDIA) for inner in child.iter()):
                raise NeedsFeedparser(name)
        elif name not in _MEDIA_PASSED_OVER:
            self._media_words(child, name)

    def _media_content(self, child: Element) -> None:
        if child.get("medium") == "image" or child.get("type", "").startswith("image/"):
            self.media.append(child.get("url", ""))
        elif found := recording(child.get("medium", ""), child.get("type", ""), child.get("url", ""), self.url):
            self.recordings.append(replace(found, size=size_of(child.get("fileSize", ""))))

    def handed_out(self) -> tuple[Enclosure, ...]:
        """The files that are handed out with the entry, each once."""
        return all_once(self.enclosures, self.recordings)

    def _media_words(self, child: Element, name: str) -> None:
        match name:
            case "thumbnail" if child.get("url"):
                self.thumbnails.append(child.get("url", ""))
            case "credit":
                self.credit = text_of(child) if self.credit is None else self.credit
            case "title":
                self._titled_by_media = True
            case "description":
                self.told_by_media = text_of(child)
            case "keywords":
                self.terms += _parted(text_of(child))
            case "category":
                self.terms.append(text_of(child))
            case _:
                raise NeedsFeedparser(name)

    def title(self) -> str:
        """The entry's own title, or what podcasts call it; one that only a medium has is left to feedparser."""
        if self._titled_by_media and not self.once.get("title"):
            raise NeedsFeedparser("title")
        return self.once.get("title", "") or self.named

    def described(self) -> Described:
        """The summary; what a picture or film shows where nothing else is said."""
        told = self.summary or Described("", False)
        if self.told_by_media and not told.text and not any(content.text for content in self.contents):
            return Described(self.told_by_media, not looks_like_html(self.told_by_media))
        return told

    def content(self) -> str:
        """The longest full text, as HTML."""
        longest = max(self.contents, key=lambda described: len(described.text), default=Described("", False))
        return paragraphs(longest.text) if longest.plain else longest.text

    def picture(self) -> Figure | None:
        """The entry's picture, the best named first."""
        handed_out = [enclosure.url for enclosure in self.enclosures if enclosure.type.startswith("image/")]
        for src in (*self.media, *handed_out, *self.thumbnails, self.image):
            if found := absolute(src, self.url):
                return Figure(found, credit=unescape(self.credit or ""))
        return None

    def address(self, written: str) -> str:
        """A link or a key that stands for an address, resolved as feedparser does, which is left what is no word."""
        if not written:
            return ""
        if not is_one_word(written):
            raise NeedsFeedparser(written)
        try:
            return urljoin(self.url, _SLASHES.sub(r"\1", written))
        except ValueError:
            return ""

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
        return first_date(self.dates, (self.once.get(name, "") for name in _DATES))


_DATES = ("published", "updated", "created", "published_in_print")
_DATES_OF_TERMS = {"issued": "published", "modified": "updated", "created": "created"}


def leads_somewhere(guid: str) -> bool:
    """Whether a guid that is said to be a link is one: with a scheme, or from the root of its site on."""
    return bool(_LEADS.match(guid))


def has_meaning(tag: str) -> bool:
    """Whether feedparser gives an element a meaning that we do not know of."""
    if tag in _SAYS_NOTHING:
        return False
    if tag.startswith("{"):
        return bool(_MEANT_BY_FEEDPARSER.search(tag)) and not tag.startswith(_TERMS)
    return is_meant(tag)


def is_meant(name: str) -> bool:
    """Whether feedparser gives a meaning to an element of that name without a prefix, whatever its namespace."""
    return name.lower() in _MEANT_WITHOUT_NAMESPACE or not name.isascii()


def _parted(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def enclosure_at(address: str, kind: str, length: str, base: str) -> Enclosure | None:
    """The file at an address; its size where a figure says one."""
    url = absolute(clean(address), base)
    return Enclosure(url, clean(kind).lower(), size_of(length)) if url else None


def size_of(length: str) -> int:
    """The size that a feed says of a file, 0 where that is no figure."""
    length = length.strip().replace(",", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0


def recording(medium: str, kind: str, address: str, base: str) -> Enclosure | None:
    """A sound or film of Media RSS as a file; None for anything else."""
    if medium not in ("audio", "video") and not kind.lower().startswith(("audio/", "video/")):
        return None
    return enclosure_at(address, kind, "", base)


def all_once(enclosures: Iterable[Enclosure], recordings: Sequence[Enclosure]) -> tuple[Enclosure, ...]:
    """The files of an entry, each once; a film of Media RSS, which comes in many sizes, where there is nothing else."""
    found = {enclosure.url: enclosure for enclosure in enclosures}
    return tuple(found.values()) or tuple(recordings[:1])


def paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph for each part between empty lines."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def text_of(element: Element) -> str:
    """The text of an element that holds nothing else."""
    if len(element):
        raise NeedsFeedparser(element.tag)
    return (element.text or "").strip()


def is_one_word(address: str) -> bool:
    """Whether an address is such that its parts can't be taken for anything else."""
    return bool(_ONE_WORD.fullmatch(address))


def without_references(link: str) -> str:
    """A link whose query was taken for character references, put right as feedparser does."""
    return _OF_A_QUERY.sub(r"&\1", link.replace("&amp;", "&")) if ";" in link else link


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
