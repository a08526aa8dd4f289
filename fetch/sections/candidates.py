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
    headline_in,
    is_call,
    is_file,
    is_sold,
    likelihood,
    says_enough,
    shape,
    shared_words,
)
from fetch.link_classifier.link_words import FOR_STORIES, NOT_STORIES, SOLD
from fetch.links import absolute, canonical, host
from fetch.text import clean

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLED = (
    "h1, h2, h3, h4, h5, h6, [class*=headline], [class*=Headline], "
    "[class*=title]:not([class*=sub]), [class*=Title]:not([class*=Sub])"
)
_PARTS = "p:not(:has(p, div)), div:not(:has(p, div)), span:not(:has(p, div, span)), strong, b"
_TAGS = {"nav": -2.5, "footer": -2.0, "form": -1.5, "article": 1.0, "address": -2.0, "menu": -2.0, "dialog": -2.0}
_NOT_STORIES = frozenset(NOT_STORIES.split())
_SOLD = frozenset(SOLD.split())
_STORIES = frozenset(FOR_STORIES.split())
_WORDS = re.compile("[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_LITTER = " •·▪◦‣►▶»›>|*"
_LOOSE = re.compile(r"\s+([,.;:!?…’”»)\]])")
_LONG_HEADLINE = 16  # words; what is longer is the text below it
_MOST_LINKS = 3000  # the largest front pages have a third of that
_FAR = 60  # ancestors: no page that means well nests deeper


@dataclass(slots=True)
class Place:
    """An element that holds links: how many addresses, and what it says of them."""

    node: LexborNode
    parent: Place | None
    worth: float
    heading: bool
    label: str
    addresses: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Mention:
    """One link to a story."""

    node: LexborNode
    place: Place
    words: str
    rank: int  # 3 in a heading, 2 in an element called title, 1 text, 0 what stands for a picture


@dataclass(slots=True)
class Candidate:
    """An address, every link to it on the page, and the odds (logarithm) that it is a story."""

    url: str
    mentions: list[Mention] = field(default_factory=list)
    headline: str = ""
    odds: float = 0.0

    @property
    def best(self) -> Mention:
        """The link that says most."""
        return max(self.mentions, key=_says)


def stories(tree: LexborHTMLParser, url: str, base: str) -> list[Candidate]:
    """The stories on a page, in page order."""
    candidates = _candidates(tree, url, base)
    home = _site(host(url))
    for candidate in candidates:
        candidate.headline = candidate.best.words
        candidate.odds = _odds(candidate, home)
    _ask_the_neighbours(candidates)
    found = [candidate for candidate in candidates if candidate.odds > 0]
    for candidate in found:
        for mention in candidate.mentions:
            _count(mention.place, candidate.url)
    for candidate in found:
        candidate.headline = _headline(candidate)
    return [candidate for candidate in found if candidate.headline]


def card(candidate: Candidate) -> LexborNode:
    """The largest element that speaks of this story alone: its picture, date and summary are in there."""
    place = candidate.best.place
    for _ in range(8):
        if place.parent is None or len(place.parent.addresses) > 1 or place.parent.node.tag in ("body", "main"):
            break
        place = place.parent
    return place.node


def _headline(candidate: Candidate) -> str:
    """What the story's best link says; where that is only a picture or "Read more", what the heading beside it says."""
    best = candidate.best
    if best.rank == 0 or is_call(best.words):
        for heading in card(candidate).css(_TITLED):
            if len((text := words_of(heading)).split()) > 2:
                return text.strip(_LITTER)
        if shared_words(best.words, candidate.url) < 2:
            return headline_in(candidate.url) or best.words
    return best.words.strip(_LITTER)


def words_of(node: LexborNode) -> str:
    """The text of an element on one safe line."""
    return _LOOSE.sub(r"\1", clean(node.text(separator=" ")))


def _candidates(tree: LexborHTMLParser, url: str, base: str) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    places: dict[int, Place] = {}
    itself = {canonical(url), canonical(base)}
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        address = canonical(absolute(node.attributes.get("href") or "", base))
        if not address or address in itself or is_file(address):
            continue
        place = _place(node, places)
        words, rank = _words(node, place, address)
        found.setdefault(_bare(address), Candidate(address)).mentions.append(Mention(node, place, words, rank))
    return list(found.values())


def _bare(address: str) -> str:
    """An address without what a page may vary for one story: the scheme, and a query beside a path that says enough."""
    path, _, query = address.partition("://")[2].partition("?")
    return path if says_enough(path) or not query else f"{path}?{query}"


def _count(place: Place | None, url: str) -> None:
    """Tell an element and those around it what it holds; those that hold it already have told the others."""
    while place is not None and url not in place.addresses:
        place.addresses.add(url)
        place = place.parent


def _place(node: LexborNode, places: dict[int, Place]) -> Place:
    """The element with those around it, each made once."""
    chain: list[LexborNode] = []
    up: LexborNode | None = node
    while up is not None and up.mem_id not in places and up.tag != "html" and len(chain) < _FAR:
        chain.append(up)
        up = up.parent
    place = places.get(up.mem_id) if up is not None else None
    for element in reversed(chain):
        place = places[element.mem_id] = _made(element, place)
    return place if place is not None else _made(node, None)


def _made(element: LexborNode, parent: Place | None) -> Place:
    tag, attributes = element.tag or "", element.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
    worth = _TAGS.get(tag, 0.0) + (_worth(named) if tag != "body" else 0.0)
    return Place(
        element,
        parent,
        worth,
        tag in HEADINGS or bool(parent and parent.heading),
        f"{tag}.{attributes.get('class') or ''}",
    )


@lru_cache(maxsize=4096)
def _worth(named: str) -> float:
    """What the names of an element say of the links in it."""
    words = {word.lower() for word in _WORDS.findall(named)}
    return (
        (-2.0 if words & _NOT_STORIES else 0.0) - (9.0 if words & _SOLD else 0.0) + (0.5 if words & _STORIES else 0.0)
    )


def _words(node: LexborNode, place: Place, url: str) -> tuple[str, int]:
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
    return text, 3 if place.heading else 1


def _headline_among(node: LexborNode, text: str, url: str) -> str:
    """The headline in a link around a whole card: of its parts, the one that says what the address says."""
    if len(text.split()) < 8:
        return text

    def fit(part: str) -> tuple[float, int]:
        count = len(part.split())
        return shared_words(part, url) - 0.15 * max(0, count - _LONG_HEADLINE), min(count, _LONG_HEADLINE)

    parts = [part for part in map(words_of, node.css(_PARTS)) if len(part.split()) > 3 and len(part) < len(text)]
    return max(parts, key=fit, default=text)


def _says(mention: Mention) -> tuple[bool, int, int]:
    count = len(mention.words.split())
    return not is_call(mention.words), mention.rank, min(count, 12)


def _odds(candidate: Candidate, home: str) -> float:
    share = likelihood(candidate.headline, candidate.url)
    odds = log(share / (1 - share))
    odds += max(_standing(mention) for mention in candidate.mentions)
    if _site(host(candidate.url)) != home:
        odds -= 1.5
    return odds - (9.0 if is_sold(candidate.headline, candidate.url) else 0.0)


def _standing(mention: Mention) -> float:
    """What the elements around a link add to its odds."""
    low = high = 0.0
    place: Place | None = mention.place
    while place is not None:
        low, high = min(low, place.worth), max(high, place.worth)
        place = place.parent
    return low + high + (1.5 if mention.place.heading or mention.rank == 3 else 0.0)


def _ask_the_neighbours(candidates: list[Candidate]) -> None:
    """Links set alike are alike, and so are addresses built alike: each moves towards the mean of its kind."""
    kinds = [
        [_setting(candidate.best.place) for candidate in candidates],
        [shape(candidate.url) for candidate in candidates],
    ]
    for names in kinds:
        alike: dict[str, list[Candidate]] = defaultdict(list)
        for name, candidate in zip(names, candidates, strict=True):
            alike[name].append(candidate)
        for group in alike.values():
            if len(group) > 2:
                mean = sum(max(-3.0, min(3.0, candidate.odds)) for candidate in group) / len(group)
                for candidate in group:
                    candidate.odds += 0.6 * mean


def _setting(place: Place) -> str:
    names, up = [], place
    for _ in range(4):
        names.append(up.label)
        if up.parent is None:
            break
        up = up.parent
    return " < ".join(names)


def _site(name: str) -> str:
    """The last two labels of a host: near enough to whose it is, to tell a neighbour from a stranger."""
    return ".".join(name.split(".")[-2:])
