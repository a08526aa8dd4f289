"""Section pages: the stories that a page without a feed lists."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fetch.article import Teaser
from fetch.article_limits import bounded_teaser
from fetch.extract.markup.document import base_url, parse
from fetch.extract.markup.pagination_phrases import ON, ON_IN_A_LIST, PAGE
from fetch.link_classifier.classifier import is_story
from fetch.links import absolute, canonical, host
from fetch.sections.cards import teaser_from_card
from fetch.sections.story_links import MOST_LINKS, find_story_links
from fetch.sections.structured import in_attributes, in_json_ld, in_state
from fetch.text import clean

_NO_TEXT = ["script", "style", "svg", "template", "iframe"]
_NEXT = (
    'link[rel~="next"]',
    'a[rel~="next"]',
    ".pagination li.active + li a, .pager li.active + li a, .pagination .current + a, .pager-next a, a.next, "
    "a.nextpostslink, li.next a, .nav-previous a, a.pagination-next, .pagination__next a, a[aria-label*='ext page']",
)
_ON, _ON_IN_A_LIST, _PAGE = ("|".join(each.split()).replace("_", " ") for each in (ON, ON_IN_A_LIST, PAGE))
_SAYS_NEXT = re.compile(
    rf"(?:(?:{_ON})(?: (?:{_PAGE}))?|(?:{_PAGE}) (?:{_ON})|{_ON_IN_A_LIST})\s*[›»→>]*", re.IGNORECASE
)
_FEW = 5


class StoryList(NamedTuple):
    """The stories a page lists, each once, in page order; `is_cut`: it holds more links than are looked at."""

    teasers: list[Teaser]
    is_cut: bool


def teasers_on(page: bytes, url: str, content_type: str = "") -> list[Teaser]:
    """The stories a page lists; none or few where it is no list of stories."""
    return read_section(page, url, content_type).teasers


def read_section(page: bytes, url: str, content_type: str = "") -> StoryList:
    """What a page lists; none or few stories where it is no list of stories."""
    tree = parse(page, content_type)
    base, language = base_url(tree, url), _language(tree)
    stated = list(islice(in_attributes(tree, base, language), MOST_LINKS))
    listed = list(islice(in_json_ld(tree, base, language), MOST_LINKS))
    state = _in_embedded_state(tree, base, language, url)
    tree.strip_tags(_NO_TEXT)
    found = {target.url: teaser_from_card(target, base, language) for target in find_story_links(tree, url, base)}
    for other, is_sure in (*((one, True) for one in stated), *((one, False) for one in listed)):
        if is_sure or other.url in found or is_story(other.headline, other.url):
            found[other.url] = _merged(found.get(other.url), other)
    if len(found) < _FEW:
        for other in state:
            found.setdefault(other.url, other)
    found.pop(canonical(url), None)
    teasers = [bounded_teaser(teaser) for teaser in islice(found.values(), MOST_LINKS)]
    return StoryList(teasers, len(tree.css("a[href]")) > MOST_LINKS)


def next_page(page: bytes, url: str, content_type: str = "") -> str:
    """The address of the page with the older stories; empty if the page names none."""
    tree = parse(page, content_type)
    base, here = base_url(tree, url), canonical(url)
    for selector in _NEXT:
        for node in tree.css(selector):
            if found := _further(node, base, here):
                return found
    for node in tree.css("a[href]"):
        text = clean(node.text())
        if text and len(text) < 30 and _SAYS_NEXT.fullmatch(text) and (found := _further(node, base, here)):
            return found
    return _numbered(tree, base, url)


def _further(node: LexborNode, base: str, here: str) -> str:
    found = absolute(node.attributes.get("href") or "", base)
    return found if found and canonical(found) != here and host(found) == host(here) else ""


def _numbered(tree: LexborHTMLParser, base: str, url: str) -> str:
    """The same page with ?page=N one higher, if the page links to it."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    name = next((name for name in query if name.lower() in ("page", "p", "pg", "paged")), "")
    number = int(query[name]) if name and query[name].isdecimal() else 1
    wanted = {
        canonical(urlunsplit(parts._replace(query=urlencode({**query, key: str(number + 1)}))))
        for key in ([name] if name else ["page", "Page", "paged", "pg"])
    }
    for node in tree.css("a[href]"):
        if (found := absolute(node.attributes.get("href") or "", base)) and canonical(found) in wanted:
            return found
    return ""


def _in_embedded_state(tree: LexborHTMLParser, base: str, language: str, url: str) -> list[Teaser]:
    """What the embedded state names, where there are hardly any links to go by."""
    if len(tree.css("a[href]")) > 60:
        return []
    site = host(url)
    return [
        found
        for found in islice(in_state(tree, base, language), MOST_LINKS)
        if host(found.url) == site and is_story(found.headline, found.url)
    ]


def _merged(seen: Teaser | None, stated: Teaser) -> Teaser:
    """What the page shows, filled up with what it states."""
    if seen is None:
        return stated
    from dataclasses import replace

    return replace(
        seen,
        summary=seen.summary or stated.summary,
        published=seen.published or stated.published,
        picture=seen.picture or stated.picture,
    )


def _language(tree: LexborHTMLParser) -> str:
    return clean((tree.root.attributes.get("lang") or "") if tree.root is not None else "")
