"""Well-formed feeds, read four times as fast as feedparser reads them, with the same result.

It takes RSS, RDF and Atom that uses only what it knows; at the first thing that it does not know it gives the whole
feed up to fetch/feeds/feedparser_adapter.py. tests/fetch/feeds/test_fast_xml.py shows that both give the same.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from fetch.feeds.entry import Feed, FeedEntry, authors_in
from fetch.feeds.entry_builder import (
    EntryBuilder,
    NeedsFeedparser,
    has_meaning,
    is_meant,
    is_one_word,
    leads_somewhere,
    looks_like_html,
    text_of,
    without_references,
)
from fetch.feeds.feed_dates import FeedDates
from fetch.feeds.xml_text import UTF_8_TWICE
from fetch.links import absolute
from fetch.text import clean, unescape

ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_OF_RDF = ("{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_OF_CHANNEL = {
    "title": "title",
    "link": "link",
    ATOM + "link": "link",
    "language": "language",
    DC + "language": "language",
    _ITUNES + "summary": "summary",
    ATOM + "id": "id",
    "id": "id",
    "guid": "id",
}
_NAMES_OF_A_CHANNEL = frozenset("title link language item entry summary description channel content encoded".split())
_PASSED_OVER = ("item", _ITUNES + "title")
_OF_BOXES = {
    "image": frozenset("title link description url href width height".split()),
    "textinput": frozenset("title link description name".split()),
}
_BESIDE_CHANNEL = ("channel", "item", "image", "textinput", "textInput")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_IN_A_NAMESPACE = re.compile(r"<(?!feed\s|rss\s)([A-Za-z][\w-]*)\s[^<>]*?\bxmlns=")
_PREFIX = re.compile(r"xmlns:(?i:content|dc|dcterms|feedburner|itunes|media|psc|xhtml)\s*=\s*[\"']([^\"']*)")
"""Prefixes to which feedparser gives a meaning whatever they stand for, where that is no namespace it knows."""
_HTML_TYPES = ("", "html", "xhtml", "text/html", "application/xhtml+xml")
_ATOM_TYPES = {"text": "plain", "text/plain": "plain", "plain": "plain", "html": "html", "text/html": "html"}


def read_quickly(root: Element, text: str, url: str) -> Feed | None:
    """The feed of a document, given as a tree and as text; None if it holds what feedparser might read otherwise.

    Such are a document type of its own, xml:base, xml:lang but on its root, and UTF-8 put into UTF-8 once more.
    """
    if text.startswith("<!") or "xml:base" in text or text.count("xml:lang") > 1 or UTF_8_TWICE.search(text):
        return None
    if not all(has_meaning(f"{{{uri}}}") or f"{{{uri}}}" == _TERMS for uri in _PREFIX.findall(text)):
        return None
    if text.count("xmlns=") > 1 and any(map(is_meant, _IN_A_NAMESPACE.findall(text))):
        return None
    try:
        if root.tag == "rss":
            return _feed(root, "", text, url)
        if root.tag == _RDF + "RDF":
            return _feed(
                root, next((name for name in _OF_RDF if root.find(name + "channel") is not None), "?"), text, url
            )
        if root.tag == ATOM + "feed":
            return _atom(root, text, url)
    except NeedsFeedparser:
        return None
    return None


def _only_child(parent: Element, tag: str) -> Element:
    found = parent.findall(tag)
    if len(found) != 1:
        raise NeedsFeedparser(tag)
    return found[0]


def _feed(root: Element, namespace: str, text: str, url: str) -> Feed:
    """The feed of an RSS or RDF root; in RDF the items stand beside the channel, in some RSS too."""
    channel = _only_child(root, namespace + "channel")
    said: dict[str, str] = {}
    for child in channel:
        _take_of_channel(child, child.tag.removeprefix(namespace), said)
    link = said.get("link", "")
    if ("id" in said and not link) or (link and not is_one_word(link)):
        raise NeedsFeedparser("link")
    language = clean(said.get("language") or ("" if namespace else root.get(_XML + "lang", "").replace("_", "-")))
    elements = [*channel.findall(namespace + "item"), *root.findall(namespace + "item")]
    dates = FeedDates(language, url, text)
    for child in root:
        name = child.tag.removeprefix(namespace)
        if name not in _BESIDE_CHANNEL:
            raise NeedsFeedparser(name)
        if name not in ("channel", "item"):
            _check_insides(child)
    return Feed(
        title=unescape(said.get("title", "")),
        home=absolute(without_references(link), url),
        language=language,
        entries=tuple(_Rss(element, namespace, url, dates).entry(root.get(_XML + "lang", "")) for element in elements),
    )


def _take_of_channel(child: Element, name: str, said: dict[str, str]) -> None:
    """Notes what a child of a channel says of the feed; gives up where feedparser has a way of its own."""
    if name == ATOM + "link" and child.get("rel", "alternate") != "alternate":
        return
    known = _OF_CHANNEL.get(name, "")
    if known in said or (known and child.attrib and name != ATOM + "link"):
        raise NeedsFeedparser(name)
    if len(child) and name != "item":
        _check_insides(child)
    if known:
        said[known] = child.get("href", "") if name == ATOM + "link" else text_of(child)
    elif name == "description":
        if "summary" in said:  # it takes this one for the text of the first item
            raise NeedsFeedparser(name)
    elif name not in _PASSED_OVER and name.rpartition("}")[2].lower() in _NAMES_OF_A_CHANNEL and has_meaning(name):
        raise NeedsFeedparser(name)
    if said.get(known) == "" and known == "link":
        raise NeedsFeedparser(name)


def _check_insides(box: Element) -> None:
    """Gives up where a picture or a form of the feed holds what feedparser would take for the feed's own."""
    known = _OF_BOXES.get(box.tag.rpartition("}")[2].lower(), frozenset())
    for element in box.iter():
        plain = element.tag.rpartition("}")[2].lower()
        if element is not box and plain not in known and (known or plain in _NAMES_OF_A_CHANNEL):
            raise NeedsFeedparser(box.tag)


class _Rss(EntryBuilder):
    """One item of RSS or RDF."""

    def __init__(self, element: Element, namespace: str, url: str, dates: FeedDates) -> None:
        super().__init__(url, dates, guesses=True)
        self.key, self.key_is_link = element.get(_RDF + "about", ""), False
        for child in element:
            self._take(child, child.tag.removeprefix(namespace) if namespace else child.tag)

    def _take(self, child: Element, name: str) -> None:
        if name in _SAID_ONCE:
            if (name == "title" and child.attrib) or (name == "link" and "href" in child.attrib):
                raise NeedsFeedparser("attributes")
            self.set_once(_SAID_ONCE[name], text_of(child))
        elif name in ("description", DC + "description", _CONTENT + "encoded"):
            self._take_text(child, name)
        elif name in ("author", DC + "creator"):
            self.bylines.append(text_of(child))
        elif name in ("category", DC + "subject"):
            self.take_term(child)
        elif name == "guid":
            self.set_once("guid", text_of(child))
            self.key, self.key_is_link = text_of(child), child.get("isPermaLink", "true") == "true"
        elif name in ("enclosure", ATOM + "link"):
            self._take_file(child, name)
        elif name not in ("comments", "source") or len(child):
            self.take_extension(child)

    def _take_file(self, child: Element, name: str) -> None:
        if name == "enclosure":
            self.take_enclosure(child.get("url", ""), child.get("type", ""), child.get("length", ""))
        elif child.get("rel", "alternate") == "alternate":
            raise NeedsFeedparser("link")
        elif child.get("rel") == "enclosure":
            self.take_enclosure(child.get("href", ""), child.get("type", ""), child.get("length", ""))

    def _take_text(self, child: Element, name: str) -> None:
        if child.attrib:
            raise NeedsFeedparser("attributes")
        if name == _CONTENT + "encoded":
            self.take_content(text_of(child), "html")
        else:
            self.describe(text_of(child), "?html")

    def entry(self, language: str) -> FeedEntry:
        """The item as an entry."""
        title = self.title()
        key = self.address(self.key) if self.key_is_link else self.key
        key_leads = "link" in self.once or not self.key_is_link or not self.key or leads_somewhere(self.key)
        link = key if self.key_is_link and key_leads else ""
        link = self.address(self.once["link"]) if "link" in self.once else link
        summary = self.described()
        return FeedEntry(
            title=title,
            title_plain=("title" in self.once or bool(title)) and not looks_like_html(title),
            link=without_references(link) if "link" in self.once else link,
            original_link=self.once.get("original", ""),
            key=clean(key),
            key_leads=key_leads,
            summary=summary.text,
            summary_plain=summary.plain,
            content=self.content(),
            published=self.published(),
            authors=self.authors(),
            keywords=self.keywords(),
            picture=self.picture(),
            enclosures=self.handed_out(),
            language=clean(language.replace("_", "-")) if "title" in self.once else "",
            base=self.url,
        )


_SAID_ONCE = {
    "title": "title",
    "link": "link",
    "pubDate": "published",
    DC + "date": "updated",
    ATOM + "published": "published",
    ATOM + "updated": "updated",
}


def _atom(root: Element, text: str, url: str) -> Feed:
    said: dict[str, str] = {}
    bylines = []
    for child in root:
        name = child.tag.removeprefix(ATOM)
        if name == "author":
            bylines.append(_person(child))
        elif name in ("id", "title") or (name == "link" and _is_the_page(child)):
            if name in said:
                raise NeedsFeedparser(name)
            _atom_type(child) if name == "title" else ""
            said[name] = child.get("href", "") if name == "link" else text_of(child)
        elif name.startswith("{") and name.rpartition("}")[2].lower() in _NAMES_OF_A_CHANNEL and has_meaning(name):
            raise NeedsFeedparser(name)
    language = root.get(_XML + "lang", "").replace("_", "-")
    dates = FeedDates(clean(language), url, text)
    return Feed(
        title=unescape(said.get("title", "")),
        home=absolute(said.get("link") or said.get("id", ""), url),
        language=clean(language),
        authors=authors_in(bylines),
        entries=tuple(_Atom(entry, url, dates).entry(language) for entry in root.findall(ATOM + "entry")),
    )


class _Atom(EntryBuilder):
    """One entry of Atom 1.0."""

    def __init__(self, entry: Element, url: str, dates: FeedDates) -> None:
        super().__init__(url, dates, guesses=False)
        self.link = ""
        self.title_plain = False
        for child in entry:
            self._take(child, child.tag.removeprefix(ATOM))

    def _take(self, child: Element, name: str) -> None:
        if name == "title":
            self.title_plain = _atom_type(child) == "plain"
            self.set_once(name, text_of(child))
        elif name == "summary":
            self.describe(text_of(child), _atom_type(child) if "type" in child.attrib else "?plain")
        elif name == "content":
            self.take_content(text_of(child), _atom_type(child))
        elif name in ("id", "published", "updated"):
            self.set_once(name, text_of(child))
        elif name == "link":
            self._take_link(child)
        elif name == "author":
            self.bylines.append(_person(child))
        elif name == "category" and not child.text:
            self.terms.append(child.get("term", ""))
        elif name != "rights":
            self.take_extension(child)

    def _take_link(self, child: Element) -> None:
        if _is_the_page(child):
            self.link = child.get("href", "")
        elif child.get("rel") == "enclosure":
            self.take_enclosure(child.get("href", ""), child.get("type", ""), child.get("length", ""))

    def entry(self, language: str) -> FeedEntry:
        """The entry as an entry of any feed."""
        title, summary = self.title(), self.described()
        called = self.once.get("id", "")
        key, key_leads = self.address(called), bool(self.link or not called or leads_somewhere(called))
        return FeedEntry(
            title=title,
            title_plain=self.title_plain,
            link=self.address(self.link) if self.link else key if key_leads else "",
            original_link=self.once.get("original", ""),
            key=clean(key),
            key_leads=key_leads,
            summary=summary.text,
            summary_plain=summary.plain,
            content=self.content(),
            published=self.published(),
            authors=self.authors(),
            keywords=self.keywords(),
            picture=self.picture(),
            enclosures=self.handed_out(),
            language=clean(language) if "title" in self.once else "",
            base=self.url,
        )


def _is_the_page(link: Element) -> bool:
    if not link.get("href"):
        raise NeedsFeedparser("link")
    return link.get("rel", "alternate") == "alternate" and link.get("type", "") in _HTML_TYPES


def _atom_type(child: Element) -> str:
    kind = _ATOM_TYPES.get(child.get("type", "text"))
    if kind is None or child.get("src") or child.get("mode"):
        raise NeedsFeedparser(child.get("type", ""))
    return kind


def _person(author: Element) -> str:
    named = {child.tag.removeprefix(ATOM): text_of(child) for child in author}
    if not named.keys() <= {"name", "email", "uri"} or (author.text or "").strip():
        raise NeedsFeedparser("author")
    name, mail = named.get("name", ""), named.get("email", "")
    return f"{name} ({mail})" if name and mail else name or mail
