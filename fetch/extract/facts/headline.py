"""The headline: of all wordings that the page has for it, the likeliest one, without the site's name.

Each wording has features (the places that name it, how its heading stands, what its words say), each feature adds its
weight (headline_weights), and the wording with the highest sum wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from fetch.extract.facts import jsonld
from fetch.extract.facts.headline_weights import FULLNESS, IN_ADDRESS, IN_TITLE, WEIGHTS
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.names import folded_letters
from fetch.extract.facts.page_address import address_words, own_address, plain_words
from fetch.extract.markup.boilerplate import is_boilerplate_heading, is_related_heading
from fetch.extract.markup.class_hints import is_hidden
from fetch.extract.markup.page_index import PageIndex
from fetch.text import unescape

_SEPARATOR = re.compile(
    r"\s+[|–—·•»:~<>@/\\-]+\s+|\s\((?=[^()]{2,40}\)$)|\s*[|ǀ丨｜ㅣ]\s*|\s+::\s+|\s*--\s*|(?<=\S)[-–—_](?=\S{2,20}$)"
)
_HAS_A_SEPARATOR = re.compile(r"[|–—·•»:~<>@/\\(ǀ丨｜ㅣ_-]")  # every separator; asked first, as nothing else is quick
_LONGEST = 400
_MOST_CUTS = 8
_SHORTEST = 8  # characters left, or a cut has taken the headline with it

_HEADLINE_METAS = ("headline", "title", "dc.title", "sailthru.title", "parsely-title")
_MOST_HEADINGS, _MOST_SUBHEADINGS = 6, 30
_LIKE_A_KICKER = 0.4  # of a heading's letters, what ends it and is the headline has at least so many
_SHORTEST_END = 10  # letters
_LEAST_BEHIND = 25  # characters behind the site's name and a colon, or that is the headline's first part
_LONG_CLAIM = 60  # letters; some sites cut what they claim at a length


@dataclass(slots=True)
class _Wording:
    """A text that may be the headline, as the weightiest place writes it, with what speaks for it."""

    text: str = ""
    weight: float = 0.0
    features: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Ballot:
    """The wordings by their letters alone, and what the site is called."""

    names: set[str]
    hosts: set[str]
    wordings: dict[str, _Wording] = field(default_factory=dict)

    def add(self, text: str, features: Iterable[str]) -> None:
        key = folded_letters(text)
        if len(key) < 2:
            return
        wording = self.wordings.setdefault(key, _Wording())
        wording.features.update(features)
        weight = sum([WEIGHTS[feature] for feature in features])
        if not wording.text or weight > wording.weight:
            wording.text, wording.weight = text, weight

    def is_site(self, text: str) -> bool:
        """Whether what was cut off is what the site calls itself."""
        key = folded_letters(text)
        if any(name and name in key and len(key) < len(name) + 12 for name in self.names):
            return True
        return not key or (len(text) < 40 and any(host in key for host in self.hosts))

    def is_site_itself(self, text: str) -> bool:
        """Whether a heading is nothing but the site's name."""
        key = folded_letters(text)
        return bool(key) and (key in self.names or any(host in key and len(key) < len(host) + 8 for host in self.hosts))

    def winner(self, title: str, url: str) -> str:
        in_address, in_title = address_words(url), plain_words(title)

        def score(key: str) -> float:
            wording = self.wordings[key]
            words = plain_words(wording.text)
            shares = IN_ADDRESS * len(words & in_address) + IN_TITLE * len(words & in_title)
            fullness = FULLNESS * min(len(key), 40) / 40
            return sum([WEIGHTS[one] for one in wording.features]) + fullness + shares / max(len(words), 1)

        return self.wordings[max(self.wordings, key=score)].text if self.wordings else ""


def headline_of(page: PageIndex, claims: Thing, url: str) -> str:
    """The headline, "" for a page that has none."""
    site = page.meta_content("og:site_name", "application-name")
    ballot = _Ballot({folded_letters(unescape(site))} if site else set(), _host_names(own_address(url)))
    title, headings = unescape(page.title), _headings(page)
    subheadings = _add_all(ballot, _in_head(page, claims, title), headings, page)
    _note_own_words(ballot)
    keys = [key for text in headings if len(key := folded_letters(text)) > 1]
    _note_beside_headings(ballot, keys, _behind_subheadings(title, subheadings))
    return ballot.winner(title, url)


def _add_all(
    ballot: _Ballot, in_head: dict[str, list[str]], headings: dict[str, list[str]], page: PageIndex
) -> dict[str, str]:
    """Adds every text that may be the headline; the smaller headings that the head bears out, by their letters."""
    claimed = {folded_letters(text) for text in in_head}
    shown = {folded_letters(text) for text in headings}
    subheadings = {} if shown & claimed else _subheadings(page, "|".join(claimed))
    solid = claimed | shown
    for text, features in in_head.items():
        _add_with_parts(ballot, text, features, solid, subheadings)
    for text, features in headings.items():
        _add_with_parts(ballot, text, features, claimed, {})
    for text in subheadings.values():
        ballot.add(text, ("subheading",))
    return subheadings


def _in_head(page: PageIndex, claims: Thing, title: str) -> dict[str, list[str]]:
    """What the page's head says the headline is, each text with a feature for each place that has it."""
    is_news = any("News" in kind or kind == "LiveBlogPosting" for kind in jsonld.types_of(claims))
    found: dict[str, list[str]] = {}
    for text, feature in (
        (jsonld.text_field(claims, "headline"), "news claim" if is_news else "claim"),
        ("" if is_news else jsonld.text_field(claims, "name"), "claimed name"),
        (unescape(page.meta_content("og:title")), "open graph"),
        *((unescape(page.meta_content(name)), "meta") for name in _HEADLINE_METAS),
        (title, "title"),
    ):
        if text:
            found.setdefault(text[:_LONGEST], []).append(feature)
    return found


def _add_with_parts(
    ballot: _Ballot, text: str, features: Sequence[str], solid: set[str], subheadings: dict[str, str]
) -> None:
    """Adds a text whole, and the parts of it that may be the headline without what it is joined to."""
    before, _, behind = text.partition(": ")
    named_site = (
        len(behind) >= _LEAST_BEHIND and folded_letters(before) in ballot.names and not _SEPARATOR.search(behind)
    )
    if named_site:
        ballot.add(behind, (*features, "without the site"))
    for part, rest, at_head in _cuts(text):
        key = folded_letters(part)
        if ballot.is_site(rest):
            ballot.add(part, (*features, "without the site"))
            named_site = True
        elif key in solid and not ballot.is_site_itself(part):
            ballot.add(part, ("borne out",))
        elif key in subheadings:
            ballot.add(part, ("borne out by a subheading",))
        elif at_head and len(rest) < 25 and len(part) > 1.5 * len(rest):
            ballot.add(part, ("a few words off",))
    ballot.add(text, ("with the site",) if named_site else features)


def _headings(page: PageIndex) -> dict[str, list[str]]:
    """The page's h1s by their text, each once, with how they stand."""
    nodes: dict[str, list[LexborNode]] = {}
    for node in page.headings[:_MOST_HEADINGS]:
        text = _text_of(node)
        if text and len(text) < _LONGEST:
            nodes.setdefault(text, []).append(node)
    places = ("only heading",) if len(nodes) == 1 else ("first heading", "later heading")
    return {
        text: [places[min(at, 1)], *(("repeated",) if len(alike) > 1 else ()), *_place_of(alike[0], text)]
        for at, (text, alike) in enumerate(nodes.items())
    }


def _place_of(node: LexborNode, text: str) -> Iterator[str]:
    """Where a heading stands, and what it is."""
    if is_boilerplate_heading(text) or is_related_heading(text):
        yield "over a box"
    if any(_HOME.fullmatch(link.attributes.get("href") or "") for link in _links_around(node)):
        yield "leads home"
    above = set(islice(_tags_above(node), 6))
    if above & {"article", "main"}:
        yield "in the article"
    elif "header" in above:
        yield "in the page's header"


def _links_around(node: LexborNode) -> Iterator[LexborNode]:
    yield from node.css("a")[:3]
    if node.parent is not None and node.parent.tag == "a":
        yield node.parent


_HOME = re.compile(r"\.?/|#|(?:https?:)?//[^/?#]+/?")


def _tags_above(node: LexborNode) -> Iterator[str]:
    up = node.parent
    while up is not None and up.tag != "body":
        yield up.tag or ""
        up = up.parent


def _subheadings(page: PageIndex, claimed: str) -> dict[str, str]:
    """The smaller headings that the head bears out, by their letters."""
    found: dict[str, str] = {}
    for node in page.subheadings[:_MOST_SUBHEADINGS]:
        text = node.text()
        if _SHORTEST <= len(text) < _LONGEST and (key := folded_letters(text)) in claimed and len(key) > 3:
            found.setdefault(key, unescape(text))
    return found


def _note_own_words(ballot: _Ballot) -> None:
    """Adds the features that a wording has by its own words."""
    for key, wording in ballot.wordings.items():
        if "|" in wording.text:
            wording.features.add("bar")
        if key in ballot.names:
            wording.features.add("is called the site")
        if ballot.is_site_itself(wording.text):
            wording.features.add("is the site")


def _note_beside_headings(ballot: _Ballot, headings: Sequence[str], behind: Sequence[str]) -> None:
    """Adds the features that a wording has beside the h1s, and by what stands `behind` smaller ones in the title."""
    for key in headings:
        if any(key.startswith(rest) or rest.endswith(key) for rest in behind):
            ballot.wordings[key].features.add("behind the headline")
    for key, wording in ballot.wordings.items():
        longer = [one for one in headings if one != key and len(key) > _LIKE_A_KICKER * len(one)]
        if len(key) >= _SHORTEST_END and not wording.features.isdisjoint(_WHOLE) and _ends_one(key, longer):
            wording.features.add("ends a heading")
        if len(key) >= _LONG_CLAIM and any(one.startswith(key) for one in longer):
            wording.features.add("cut short")


_WHOLE = ("news claim", "claim", "open graph", "meta", "title")


def _ends_one(key: str, headings: Sequence[str]) -> bool:
    return any(one.endswith(key) for one in headings)


def _behind_subheadings(title: str, subheadings: dict[str, str]) -> list[str]:
    """The letters of what follows a smaller heading in the page's title."""
    cuts = [(folded_letters(part), folded_letters(rest)) for part, rest, at_head in _cuts(title) if at_head]
    return [rest for part, rest in cuts if part in subheadings and len(rest) > 3]


def _text_of(node: LexborNode) -> str:
    """The heading's text, without style sheets, readings beside characters, kickers and labels for screen readers."""
    text, first = node.text(), node.first_child
    if len(text) > _ENDLESS:
        return ""
    if first is None or (first.tag == "-text" and first.next is None):
        return unescape(text)
    if node.css_first("br"):
        text = node.text(separator=" ")
    for child in node.css("style,script,svg,rt,rp,[class],[hidden],[style],[aria-hidden]"):
        if child.mem_id != node.mem_id and _is_no_part(child):
            rest = text.replace(child.text(), "" if child.tag in _READINGS else " ", 1).strip()
            text = rest if len(rest) >= _SHORTEST and rest[0] not in ":–—-," else text
    return unescape(text)


_READINGS = ("rt", "rp")  # of characters, which run on without a space


def _is_no_part(child: LexborNode) -> bool:
    attributes = child.attributes
    if child.tag in ("style", "script", "svg", *_READINGS) or is_hidden(attributes):
        return True
    return bool(_KICKER.search(attributes.get("class") or ""))


_ENDLESS = 5000  # characters; an h1 that was never closed
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|overline|topline|roofline|dachzeile|rubrik|rubric|pre-?title|pre-?headline|super-?title"
    r"|label|badge|category|section-name|visually-?hidden|sr-only|screen-reader(?:-text)?)(?:$|[\s_-])",
    re.IGNORECASE,
)


def _cuts(text: str) -> Iterator[tuple[str, str, bool]]:
    """The text cut at each separator: what is left, what is cut off, whether the head is what is left."""
    if not _HAS_A_SEPARATOR.search(text):
        return
    for number, found in enumerate(islice(_SEPARATOR.finditer(text), _MOST_CUTS)):
        if number and found[0].endswith("("):
            continue  # of a name in several parts
        head, tail = text[: found.start()], text[found.end() :]
        if len(head) >= _SHORTEST:
            yield head, tail, True
        if len(tail) >= _SHORTEST:
            yield tail, head, False


def _host_names(url: str) -> set[str]:
    """The parts of the host that may stand in the site's name."""
    return {part for part in (urlsplit(url).hostname or "").split(".") if len(part) > 3 and part not in _NO_NAMES}


_NO_NAMES = {"www", "html", "news", "blog", "info", "mobile", "local", "localhost"}
