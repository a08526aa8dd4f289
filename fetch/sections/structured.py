"""Stories that a section page states for programs: attributes of custom elements, JSON-LD lists, embedded state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fetch.article import Figure, Teaser
from fetch.bounded_json import first_value
from fetch.link_classifier.classifier import headline_from
from fetch.links import absolute, canonical
from fetch.sections.cards import washington_time
from fetch.text import clean, unescape

_ELEMENTS = (
    "[article-url], [article-url-or-link], [article-title], [headline], [story-url], [title][url], [title][href]"
)
_ADDRESSES = ("article-url-or-link-absolute", "article-url-or-link", "article-url", "story-url", "url", "href", "link")
_TITLES = ("article-title", "story-title", "headline", "title")
_SUMMARIES = ("article-summary", "story-summary", "summary", "description", "teaser")
_PICTURES = ("article-image-url", "image-url", "image", "picture")
_MOST_STATE = 3_000_000  # characters
_DEPTH = 40


def in_attributes(tree: LexborHTMLParser, base: str, language: str) -> Iterator[Teaser]:
    """The stories held in attributes of custom elements, as `<story-card article-url=… article-title=…>`."""
    for node in tree.css(_ELEMENTS):
        if "-" in (node.tag or "") and (teaser := _of_attributes(node, base, language)):
            yield teaser


def in_json_ld(tree: LexborHTMLParser, base: str, language: str) -> Iterator[Teaser]:
    """The stories of JSON-LD item lists; one that has only an address is called what that says."""
    for script in tree.css('script[type="application/ld+json"]'):
        stated = _json(script.text())
        for thing in _things(stated, 0):
            if thing.get("@type") == "ItemList" or "itemListElement" in thing or "blogPost" in thing:
                yield from _of_list(thing, base, language)


def in_state(tree: LexborHTMLParser, base: str, language: str) -> Iterator[Teaser]:
    """The stories in the state a page's own program starts from; for pages that draw themselves."""
    for script in tree.css('script[type="application/json"], script#__NEXT_DATA__, script:not([src])'):
        text = script.text().strip()
        if not 200 < len(text) < _MOST_STATE:
            continue
        opening = min((place for mark in "{[" if (place := text.find(mark)) >= 0), default=-1)
        if opening < 0 or opening > 200:
            continue
        for thing in _things(_json(text[opening:]), 0):
            if teaser := _of_thing(thing, base, language):
                yield teaser


def _of_attributes(node: LexborNode, base: str, language: str) -> Teaser | None:
    named = {name.lstrip(":"): value or "" for name, value in node.attributes.items()}
    url = canonical(absolute(_first(named, _ADDRESSES), base))
    headline = unescape(_first(named, _TITLES))
    if not url or not headline:
        return None
    from fetch.dates import parse_date

    src = absolute(_first(named, _PICTURES), base)
    written = named.get("publish-date-jss", "")
    return Teaser(
        url=url,
        headline=headline,
        summary=unescape(_first(named, _SUMMARIES)),
        published=washington_time(written) or parse_date(named.get("publish-date-ap", ""), language=language),
        section=unescape(named.get("category", "")),
        picture=Figure(
            src, alt=unescape(named.get("article-alt", "")), caption=unescape(named.get("image-caption", ""))
        )
        if src
        else None,
        language=language,
    )


def _of_list(thing: Mapping[str, Any], base: str, language: str) -> Iterator[Teaser]:
    members = thing.get("itemListElement") or thing.get("blogPost") or ()
    for member in members if isinstance(members, list) else ():
        if isinstance(member, dict):
            story = member.get("item")
            stated = member | story if isinstance(story, dict) else member
            address = _string(stated, "url", "@id")
            if teaser := _of_thing({"name": headline_from(address)} | stated, base, language):
                yield teaser


def _of_thing(thing: Mapping[str, Any], base: str, language: str) -> Teaser | None:
    from fetch.dates import parse_date

    headline = unescape(_string(thing, "headline", "title", "name"))
    url = canonical(
        absolute(_string(thing, "url", "canonical_url", "canonicalUrl", "link", "href", "path", "@id"), base)
    )
    if not url or len(headline) < 8:
        return None
    published = _string(
        thing, "datePublished", "publishedAt", "published_at", "publish_date", "display_date", "date", "pubDate"
    )
    return Teaser(
        url=url,
        headline=headline,
        summary=unescape(_string(thing, "description", "summary", "dek", "excerpt")),
        published=parse_date(published, language=language),
        language=language,
    )


def _things(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object in a JSON value, the outer before the inner, in order."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from _things(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                yield from _things(inner, depth + 1)


def _json(text: str) -> Any:
    """The first JSON value in a text; None if it does not begin with one."""
    try:
        return first_value(text.strip())
    except (ValueError, RecursionError):
        return None


def _string(thing: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = thing.get(name)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("default") or value.get("@id") or value.get("rendered")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _first(named: Mapping[str, str], names: tuple[str, ...]) -> str:
    return clean(next((named[name] for name in names if named.get(name)), ""))
