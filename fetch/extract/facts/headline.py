"""The headline: the wording that most of the places which name it agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from fetch.extract.facts import jsonld
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.names import folded_letters
from fetch.extract.markup.boilerplate import is_boilerplate_heading, is_related_heading
from fetch.extract.markup.page_index import PageIndex
from fetch.text import unescape

_SEPARATOR = re.compile(r"\s+[|–—·•»:~<>/\\-]+\s+|\s*[|ǀ丨｜ㅣ]\s*|\s+::\s+|\s*--\s*|(?<=\S)[-–—_](?=\S{2,20}$)")
_LONGEST = 400
_MOST_CUTS = 8
_SHORTEST = 8  # characters left, or a cut has taken the headline with it

# What each place counts for. A publisher writes JSON-LD for this very purpose; the visible h1 comes next, as some
# pages have an h1 for their name; og:title and the title are often shortened or sharpened for elsewhere.
_JSONLD_HEADLINE, _JSONLD_NAME, _FIRST_H1, _LATER_H1, _OPEN_GRAPH, _TWITTER, _IN_META, _TITLE = (
    3.1,
    0.6,
    1.6,
    1.6,
    0.5,
    0.15,
    0.45,
    0.7,
)
_HEADLINE_METAS = ("headline", "title", "dc.title", "sailthru.title", "parsely-title")

# What a part of a text counts for, beside the whole: after the site's name is cut off, after a cut that another
# place bears out, and after a cut of a few words only; and the whole itself, once a site's name was found in it.
_WITHOUT_SITE, _BORNE_OUT, _FEW_WORDS, _WITH_SITE = 1.0, 0.85, 0.18, 0.2
_IS_SITE = 0.17  # a heading that is the site's own name is hardly the story's
_IS_OF_A_BOX = 0.1  # a heading over comments or other stories
_FULLNESS = 1.1  # between equals the fuller one; grows up to 40 letters


@dataclass(slots=True)
class _Ballot:
    """The votes for each wording, by its letters alone, and the wording as the weightiest place writes it."""

    names: set[str]
    hosts: set[str]
    votes: dict[str, float] = field(default_factory=dict)
    written: dict[str, tuple[float, str]] = field(default_factory=dict)

    def add(self, text: str, weight: float) -> None:
        key = folded_letters(text)
        if len(key) < 2:
            return
        weight *= _IS_SITE if key in self.names else 1
        self.votes[key] = self.votes.get(key, 0.0) + weight
        if weight > self.written.get(key, (0.0, ""))[0]:
            self.written[key] = (weight, text)

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

    def winner(self) -> str:
        if not self.votes:
            return ""
        return self.written[max(self.votes, key=lambda key: self.votes[key] + min(len(key), 40) / 60 * _FULLNESS)][1]


def headline_of(page: PageIndex, claims: Thing, url: str) -> str:
    """The headline, "" for a page that has none."""
    site = page.meta_content("og:site_name", "application-name")
    ballot = _Ballot({folded_letters(unescape(site))} if site else set(), _host_names(url))
    wordings = list(_wordings(page, claims, ballot))
    solid = {folded_letters(text) for text, _ in wordings}
    for text, weight in wordings:
        found_site = False
        for part, rest, at_head in _cuts(text):
            if ballot.is_site(rest):
                ballot.add(part, weight * _WITHOUT_SITE)
                found_site = True
            elif folded_letters(part) in solid:
                ballot.add(part, weight * _BORNE_OUT)
            elif at_head and len(rest) < 25 and len(part) > 1.5 * len(rest):
                ballot.add(part, weight * _FEW_WORDS)
        ballot.add(text, weight * (_WITH_SITE if found_site else 1))
    return ballot.winner()


def _wordings(page: PageIndex, claims: Thing, ballot: _Ballot) -> Iterator[tuple[str, float]]:
    """Each text that may be the headline, with what it counts for; a heading that is shown twice counts once."""
    shown = dict.fromkeys([text for node in page.headings[:6] if (text := _text_of(node)) and len(text) < _LONGEST])
    title = unescape(page.title)
    if all(ballot.is_site_itself(text) for text in shown):
        shown |= dict.fromkeys(_below_the_site(page, title))
    in_metas = [unescape(page.meta_content(name)) for name in _HEADLINE_METAS]
    for text, weight in (
        (jsonld.text_field(claims, "headline"), _JSONLD_HEADLINE),
        (jsonld.text_field(claims, "name"), _JSONLD_NAME),
        (unescape(page.meta_content("og:title")), _OPEN_GRAPH),
        (unescape(page.meta_content("twitter:title")), _TWITTER),
        *((text, _IN_META) for text in in_metas),
        *((text, _weight_of_heading(text, at, ballot)) for at, text in enumerate(shown)),
        (title, _TITLE),
    ):
        if text:
            yield text[:_LONGEST], weight


def _weight_of_heading(text: str, at: int, ballot: _Ballot) -> float:
    weight = _LATER_H1 if at else _FIRST_H1
    if is_boilerplate_heading(text) or is_related_heading(text):
        return weight * _IS_OF_A_BOX
    return weight * (_IS_SITE if ballot.is_site_itself(text) else 1)


def _below_the_site(page: PageIndex, title: str) -> Iterator[str]:
    """The smaller headings that the page's title bears out, where the first one is the name of the site."""
    folded = folded_letters(title)
    for node in page.subheadings[:12]:
        text = _text_of(node)
        if len(text) >= _SHORTEST and folded_letters(text) in folded:
            yield text


def _text_of(node: LexborNode) -> str:
    """The heading's text, without style sheets, kickers and labels for screen readers that stand inside it."""
    text = node.text()
    if len(text) > _ENDLESS:
        return ""
    first = node.first_child
    if first is not None and first.next is not None:
        for child in node.css("style,script,[class],[hidden]"):
            rest = (
                text.replace(child.text(), " ", 1).strip() if child.mem_id != node.mem_id and _is_no_part(child) else ""
            )
            text = rest if len(rest) >= _SHORTEST and rest[0] not in ":–—-," else text
    return unescape(text)


def _is_no_part(child: LexborNode) -> bool:
    attributes = child.attributes
    if child.tag in ("style", "script") or "hidden" in attributes:
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
    for found in islice(_SEPARATOR.finditer(text), _MOST_CUTS):
        head, tail = text[: found.start()], text[found.end() :]
        if len(head) >= _SHORTEST:
            yield head, tail, True
        if len(tail) >= _SHORTEST:
            yield tail, head, False


def _host_names(url: str) -> set[str]:
    """The parts of the host that may stand in the site's name."""
    return {part for part in (urlsplit(url).hostname or "").split(".") if len(part) > 3 and part not in _NO_NAMES}


_NO_NAMES = {"www", "html", "news", "blog", "info", "mobile", "local", "localhost"}
