"""Sitemaps (sitemaps.org, Google News): the stories of a news sitemap, and the sitemaps an index names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from fetch.article import Figure, Teaser, When, moment_of
from fetch.article_limits import bounded_teaser
from fetch.errors import NotASource
from fetch.feeds.feed_dates import feed_date
from fetch.feeds.feed_limits import entry_pattern, first_entries
from fetch.feeds.gzip_file import unpacked
from fetch.feeds.xml_text import decoded, document_in, mended
from fetch.feeds.xml_tree import IllFormed, parse_xml
from fetch.link_classifier.classifier import headline_from, is_story
from fetch.links import absolute, canonical
from fetch.text import clean, unescape

MOST_STORIES = 1000  # what Google allows a news sitemap; of an archive the newest are enough
MOST_CHILDREN = 500
MOST_FRESH = 8
"""Sitemaps of an index that are read at a visit."""
STILL_CHANGING = 2 * 86400.0
"""Seconds before the last change of any: what changed then is being written still."""
MOST_SITEMAP_ENTRIES = 50_000
"""Pages of a sitemap, and sitemaps of an index, that are read (sitemaps.org: "no more than 50,000 URLs")."""
_OF_NEWS = re.compile(r"(?<![a-z])news(?![a-z])", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_PREFIX = re.compile(r"(<(?:/|(?=\w)))[\w-]{1,40}:(?=\w)")
_ENTRIES = {"urlset": "url", "sitemapindex": "sitemap"}
"""The roots of sitemaps, and what their entries are called."""
_ENTRY_BEGINS = {root: entry_pattern(name) for root, name in _ENTRIES.items()}
_MOST_ILL_FORMED = 8_000_000
"""Characters of one that is mended, which takes as much memory again."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The stories a sitemap names; of an index the further sitemaps, those of news first, then the last changed.

    `fresh` is how many of them are of news, or changed within `STILL_CHANGING` of the last that did.
    """

    teasers: tuple[Teaser, ...] = ()
    children: tuple[str, ...] = ()
    fresh: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The sitemaps to read at a visit: those that are fresh; where none says so the first and the last named."""
        if self.fresh:
            return self.children[: min(self.fresh, MOST_FRESH)]
        return tuple(dict.fromkeys((*self.children[:1], *self.children[-1:])))


def parse_sitemap(body: bytes, url: str, content_type: str = "") -> Sitemap:
    """The sitemap in a body, packed or not; raises NotASource for anything else, Refused if it is too large."""
    body = unpacked(body, url)
    if stories := tuple(_of_addresses(_addresses_alone(body))):
        return Sitemap(teasers=stories)
    text, name = document_in(decoded(body, content_type))
    if name not in _ENTRIES:
        raise NotASource(f"{url} is not a sitemap.", url)
    root = _tree_of(text, name, url)
    if name == "sitemapindex":
        return _index(root, url)
    return Sitemap(teasers=tuple(_stories(root, url)))


def _addresses_alone(body: bytes) -> list[str]:
    """The lines of a sitemap that is a text file (sitemaps.org), an address each; none where others stand in it."""
    if not body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"http"):
        return []
    lines = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines()]
    named = [line for line in lines if line]
    return named[:MOST_SITEMAP_ENTRIES] if all(map(_ADDRESS.fullmatch, named)) else []


def _of_addresses(addresses: list[str]) -> Iterator[Teaser]:
    """The stories among addresses of which nothing else is said, each once."""
    stories = (address for address in dict.fromkeys(map(canonical, addresses)) if address)
    for address in islice(filter(_looks_like_a_story, stories), MOST_STORIES):
        yield Teaser(url=address, headline=headline_from(address))


def _tree_of(text: str, name: str, url: str) -> Element:
    """The sitemap as a tree: mended if need be, and one that is cut short or endless as far as it goes."""
    text, is_cut = first_entries(text, _ENTRY_BEGINS[name], MOST_SITEMAP_ENTRIES)
    try:
        return parse_xml(text, cut=is_cut)
    except IllFormed:
        text = _without_prefixes(mended(text[:_MOST_ILL_FORMED]))
    try:
        return parse_xml(text, cut=is_cut)
    except IllFormed:
        whole, end, _ = text.rpartition(f"</{_ENTRIES[name]}>")
    try:
        return parse_xml(f"{whole}{end}</{name}>")
    except IllFormed as error:
        raise NotASource(f"{url} is a sitemap that cannot be read.", url) from error


def _without_prefixes(text: str) -> str:
    """The text with each element under its plain name: a prefix may be one that nothing declares."""
    return _PREFIX.sub(r"\1", text)


def _index(root: Element, url: str) -> Sitemap:
    """The sitemaps an index names: those of news, then the last changed, in its own order where it gives no dates."""
    named: dict[str, When | None] = {}
    for child in root:
        if address := absolute(_text(child, "loc"), url):
            named.setdefault(address, feed_date(_text(child, "lastmod")))
    ages = [_age(changed) for changed in named.values() if changed]
    newest = min(ages, default=0.0)

    def place(address: str) -> tuple[bool, float]:
        return not _OF_NEWS.search(address.rpartition("/")[2]), _age(named[address])

    def is_fresh(address: str) -> bool:
        is_other, age = place(address)
        return not is_other or (named[address] is not None and age <= newest + STILL_CHANGING)

    children = sorted(named, key=place)[:MOST_CHILDREN]
    return Sitemap(children=tuple(children), fresh=sum(map(is_fresh, children)))


def _stories(root: Element, url: str) -> Iterator[Teaser]:
    """The stories in the sitemap's own order; of an archive, which may have any, the newest first."""
    elements = list(root)
    if not any(_find(element, "news") is not None for element in elements):
        elements.sort(key=lambda element: _age(feed_date(_text(element, "lastmod"))))
    found: set[str] = set()
    for element in elements:
        if len(found) < MOST_STORIES and (teaser := _teaser(element, url)) and teaser.url not in found:
            found.add(teaser.url)
            yield bounded_teaser(teaser)


def _teaser(url_element: Element, url: str) -> Teaser | None:
    address = canonical(absolute(_text(url_element, "loc"), url))
    news = _find(url_element, "news")
    if not address or (news is None and not _looks_like_a_story(address)):
        return None
    about = news if news is not None else url_element
    publication = _find(about, "publication")
    return Teaser(
        url=address,
        headline=unescape(_text(about, "title")) or headline_from(address),
        published=feed_date(_text(about, "publication_date")) or feed_date(_text(url_element, "lastmod")),
        keywords=tuple(filter(None, (clean(word) for word in _text(about, "keywords").split(",")))),
        picture=_picture(url_element, url),
        language=clean(_text(publication if publication is not None else about, "language")),
    )


def _picture(url_element: Element, url: str) -> Figure | None:
    image = _find(url_element, "image")
    src = absolute(_text(image, "loc"), url) if image is not None else ""
    return Figure(src, caption=unescape(_text(image, "caption"))) if image is not None and src else None


def _looks_like_a_story(address: str) -> bool:
    return is_story(headline_from(address), address)


def _age(when: When | None) -> float:
    """A number that is smaller the newer something is; what has no date comes last, in its order."""
    return -moment_of(when).timestamp() if when is not None else 0.0


def _find(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if _name(child.tag) == name), None)


def _text(parent: Element, name: str) -> str:
    """The text of the first child of that name, whatever its namespace: sitemaps in the wild mix them up."""
    found = _find(parent, name)
    return (found.text or "").strip() if found is not None else ""


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
