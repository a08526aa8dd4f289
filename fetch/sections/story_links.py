"""The stories that a page of links leads to: which of its links they are, and what each says.

Links to one address are one story. Whether it is one is judged by its words and address
(fetch/link_classifier/classifier.py), by where its links stand (in a heading, in a menu), and by what its neighbours
in the same list turned out to be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fetch.link_classifier.classifier import (
    headline_from,
    identifies_story,
    is_file,
    is_prompt,
    is_sponsored,
    likelihood,
    path_pattern,
    shared_words,
)
from fetch.link_classifier.link_words import MENU_CLASSES, SPONSORED_CLASSES, STORY_CLASSES
from fetch.links import absolute, canonical, host
from fetch.text import clean

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLED = (
    "h1, h2, h3, h4, h5, h6, [class*=headline], [class*=Headline], "
    "[class*=title]:not([class*=sub]), [class*=Title]:not([class*=Sub])"
)
_PARTS = "p:not(:has(p, div)), div:not(:has(p, div)), span:not(:has(p, div, span)), strong, b"
_TAGS = {"nav": -2.5, "footer": -2.0, "form": -1.5, "article": 1.0, "address": -2.0, "menu": -2.0, "dialog": -2.0}
_MENU = frozenset(MENU_CLASSES.split())
_SPONSORED = frozenset(SPONSORED_CLASSES.split())
_STORIES = frozenset(STORY_CLASSES.split())
_WORDS = re.compile("[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_BULLETS = " •·▪◦‣►▶»›>|*"
_SPACE_BEFORE_PUNCTUATION = re.compile(r"\s+([,.;:!?…’”»)\]])")
_LONG_HEADLINE = 16  # words; what is longer is the text below it
MOST_LINKS = 3000  # the largest front pages have a third of that
_DEEPEST = 60  # ancestors: no page that means well nests deeper


@dataclass(slots=True)
class Region:
    """An element that holds links: how many addresses, and what it says of them."""

    node: LexborNode
    parent: Region | None
    weight: float
    heading: bool
    label: str
    addresses: set[str] = field(default_factory=set)


@dataclass(slots=True)
class PageLink:
    """One link to a story."""

    node: LexborNode
    region: Region
    words: str
    rank: int  # 3 in a heading, 2 in an element called title, 1 text, 0 what stands for a picture


@dataclass(slots=True)
class LinkTarget:
    """An address, every link to it on the page, and the odds (logarithm) that it is a story."""

    url: str
    links: list[PageLink] = field(default_factory=list)
    headline: str = ""
    odds: float = 0.0

    @property
    def best(self) -> PageLink:
        """The link that says most."""
        return max(self.links, key=_informativeness)


def find_story_links(tree: LexborHTMLParser, url: str, base: str) -> list[LinkTarget]:
    """The stories on a page, in page order."""
    targets = _targets(tree, url, base)
    own_site = _site(host(url))
    for target in targets:
        target.headline = target.best.words
        target.odds = _odds(target, own_site)
    _move_towards_alike(targets)
    found = [target for target in targets if target.odds > 0]
    for target in found:
        for link in target.links:
            _note_address(link.region, target.url)
    for target in found:
        target.headline = _headline(target)
    return [target for target in found if target.headline]


def card_of(target: LinkTarget) -> LexborNode:
    """The largest element that speaks of this story alone: its picture, date and summary are in there."""
    region = target.best.region
    for _ in range(8):
        if region.parent is None or len(region.parent.addresses) > 1 or region.parent.node.tag in ("body", "main"):
            break
        region = region.parent
    return region.node


def _headline(target: LinkTarget) -> str:
    """What the story's best link says; where that is only a picture or "Read more", what the heading beside it says."""
    best = target.best
    if best.rank == 0 or is_prompt(best.words):
        for heading in card_of(target).css(_TITLED):
            if len((text := words_of(heading)).split()) > 2:
                return text.strip(_BULLETS)
        if shared_words(best.words, target.url) < 2:
            return headline_from(target.url) or best.words
    return best.words.strip(_BULLETS)


def words_of(node: LexborNode) -> str:
    """The text of an element on one safe line."""
    return _SPACE_BEFORE_PUNCTUATION.sub(r"\1", clean(node.text(separator=" ")))


def _targets(tree: LexborHTMLParser, url: str, base: str) -> list[LinkTarget]:
    found: dict[str, LinkTarget] = {}
    regions: dict[int, Region] = {}
    itself = {canonical(url), canonical(base)}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        address = canonical(absolute(node.attributes.get("href") or "", base))
        if not address or address in itself or is_file(address):
            continue
        region = _region(node, regions)
        words, rank = _words(node, region, address)
        found.setdefault(_without_variants(address), LinkTarget(address)).links.append(
            PageLink(node, region, words, rank)
        )
    return list(found.values())


def _without_variants(address: str) -> str:
    """An address without what a page may vary for one story: the scheme, and a query beside a path that says enough."""
    path, _, query = address.partition("://")[2].partition("?")
    return path if identifies_story(path) or not query else f"{path}?{query}"


def _note_address(region: Region | None, url: str) -> None:
    """Notes an address with a region and those around it; where one has it already, those around that have it too."""
    while region is not None and url not in region.addresses:
        region.addresses.add(url)
        region = region.parent


def _region(node: LexborNode, regions: dict[int, Region]) -> Region:
    """The element with those around it, each made once."""
    chain: list[LexborNode] = []
    up: LexborNode | None = node
    while up is not None and up.mem_id not in regions and up.tag != "html" and len(chain) < _DEEPEST:
        chain.append(up)
        up = up.parent
    region = regions.get(up.mem_id) if up is not None else None
    for element in reversed(chain):
        region = regions[element.mem_id] = _new_region(element, region)
    return region if region is not None else _new_region(node, None)


def _new_region(element: LexborNode, parent: Region | None) -> Region:
    tag, attributes = element.tag or "", element.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
    weight = _TAGS.get(tag, 0.0) + (_class_weight(named) if tag != "body" else 0.0)
    return Region(
        element,
        parent,
        weight,
        tag in HEADINGS or bool(parent and parent.heading),
        f"{tag}.{attributes.get('class') or ''}",
    )


@lru_cache(maxsize=4096)
def _class_weight(named: str) -> float:
    """What the names of an element say of the links in it."""
    words = {word.lower() for word in _WORDS.findall(named)}
    return (-2.0 if words & _MENU else 0.0) - (9.0 if words & _SPONSORED else 0.0) + (0.5 if words & _STORIES else 0.0)


def _words(node: LexborNode, region: Region, url: str) -> tuple[str, int]:
    """What a link says, and how much that looks like a headline."""
    text = words_of(node)
    if not text:
        attributes = node.attributes
        picture = node.css_first("img[alt]")
        alt = picture.attributes.get("alt") if picture is not None else ""
        return clean(attributes.get("aria-label") or attributes.get("title") or alt or ""), 0
    if node.css_first("*") is not None:
        for titled in node.css(_TITLED):
            inner = words_of(titled)
            if titled.mem_id != node.mem_id and (len(inner) > 24 or len(inner.split()) > 2 or inner == text):
                return inner, 3 if titled.tag in HEADINGS else 2
        text = _headline_among(node, text, url)
    return text, 3 if region.heading else 1


def _headline_among(node: LexborNode, text: str, url: str) -> str:
    """The headline in a link around a whole card: of its parts, the one that says what the address says."""
    if len(text.split()) < 8:
        return text

    def fit(part: str) -> tuple[float, int]:
        count = len(part.split())
        return shared_words(part, url) - 0.15 * max(0, count - _LONG_HEADLINE), min(count, _LONG_HEADLINE)

    parts = [part for part in map(words_of, node.css(_PARTS)) if len(part.split()) > 3 and len(part) < len(text)]
    return max(parts, key=fit, default=text)


def _informativeness(link: PageLink) -> tuple[bool, int, int]:
    count = len(link.words.split())
    return not is_prompt(link.words), link.rank, min(count, 12)


def _odds(target: LinkTarget, own_site: str) -> float:
    share = likelihood(target.headline, target.url)
    odds = log(share / (1 - share))
    odds += max(_region_odds(link) for link in target.links)
    if _site(host(target.url)) != own_site:
        odds -= 1.5
    return odds - (9.0 if is_sponsored(target.headline, target.url) else 0.0)


def _region_odds(link: PageLink) -> float:
    """What the elements around a link add to its odds."""
    low = high = 0.0
    region: Region | None = link.region
    while region is not None:
        low, high = min(low, region.weight), max(high, region.weight)
        region = region.parent
    return low + high + (1.5 if link.region.heading or link.rank == 3 else 0.0)


def _move_towards_alike(targets: list[LinkTarget]) -> None:
    """Links set alike are alike, and so are addresses built alike: each moves towards the mean of its kind."""
    kinds = [
        [_label_path(target.best.region) for target in targets],
        [path_pattern(target.url) for target in targets],
    ]
    for names in kinds:
        alike: dict[str, list[LinkTarget]] = defaultdict(list)
        for name, target in zip(names, targets, strict=True):
            alike[name].append(target)
        for group in alike.values():
            if len(group) > 2:
                mean = sum(max(-3.0, min(3.0, target.odds)) for target in group) / len(group)
                for target in group:
                    target.odds += 0.6 * mean


def _label_path(region: Region) -> str:
    names, up = [], region
    for _ in range(4):
        names.append(up.label)
        if up.parent is None:
            break
        up = up.parent
    return " < ".join(names)


def _site(name: str) -> str:
    """The last two labels of a host: roughly the domain of its site."""
    return ".".join(name.split(".")[-2:])
