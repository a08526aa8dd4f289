"""Feeds of any make, as feedparser reads them: RSS, RDF, Atom, CDF, ill-formed and wrongly encoded ones too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fetch.article import Enclosure, Figure, When
from fetch.errors import NotASource
from fetch.feeds.entry import Feed, FeedEntry, authors_in
from fetch.feeds.entry_builder import (
    all_once,
    enclosure_at,
    looks_like_html,
    paragraphs,
    recording,
    size_of,
)
from fetch.feeds.feed_dates import FeedDates, first_date
from fetch.links import absolute
from fetch.text import clean, unescape

_FOREIGN_MISTAKES = (ValueError, TypeError, LookupError, AttributeError, AssertionError, OverflowError, RecursionError)
_DECLARED = re.compile(r"<!ENTITY\b[^>]*(?:>|\Z)")
_HARMLESS = re.compile(r"""<!ENTITY\s+\w+\s+(["'])(?:[^&%"'<>]|&\#\w+;){0,80}\1\s*>""")
_LEADING = re.compile(
    r"<(?:[\w.-]+:)?(?:guid|id)\b[^<>]*>\s*(?:<!\[CDATA\[\s*)?((?:[a-z][a-z0-9+.-]*:|/)[^\s<\]]*)", re.IGNORECASE
)
"""Names of entries that are written as addresses: feedparser makes one of any."""
_TOLD_BY_MEDIA = re.compile(r"<(/?)media:description\b(?:[^<>/]|/(?!>))*>", re.IGNORECASE)
"""What a picture shows: feedparser takes it for the text of the story."""
_DATES = ("published", "updated", "created", "prism_publicationdate")
_TEXT = ("text/plain",)


def read_leniently(text: str, url: str) -> Feed:
    """The feed in the text of an XML document; raises NotASource if feedparser finds none there.

    Cleaning and relative links are left to us: feedparser spends a third of its time on the HTML inside feeds,
    of which most is never shown.
    """
    import feedparser

    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    body = _TOLD_BY_MEDIA.sub(r"<\1media:shows>", _without_entities(text)).encode("utf-8", "replace")
    stream = io.BytesIO(body)  # a bare string or bytes would be taken for an address or a file name
    try:
        found = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except _FOREIGN_MISTAKES as error:
        raise NotASource(f"{url} is no feed that can be read.", url) from error
    if not found.get("version") and not found.entries:
        raise NotASource(f"{url} is not a feed.", url)
    about: Mapping[str, Any] = found.feed
    language = clean(_text(about, "language"))
    dates = FeedDates(language, url, text)
    names = _names_that_lead(text, url)
    return Feed(
        title=unescape(_text(about, "title")),
        home=absolute(_text(about, "link"), url),
        language=language,
        authors=authors_in(_bylines(about)) if found.version.startswith("atom") else (),
        entries=tuple(_entry(entry, url, dates, names) for entry in found.entries),
    )


def _without_entities(text: str) -> str:
    """The document without declared entities that hold others, stand for files or are long: no feed needs such."""
    if "<!ENTITY" not in text:
        return text
    return _DECLARED.sub(lambda found: found[0] if _HARMLESS.fullmatch(found[0]) else "", text)


def _names_that_lead(text: str, url: str) -> frozenset[str] | None:
    """The names of entries that are addresses, absolute; None where that cannot be told from the text."""
    if "xml:base" in text:
        return None
    names = [unescape(name) for name in _LEADING.findall(text)]
    return frozenset((*names, *(absolute(name, url) for name in names)))


def _entry(entry: Mapping[str, Any], url: str, dates: FeedDates, names: frozenset[str] | None) -> FeedEntry:
    title, summary = _about(entry, "title_detail"), _about(entry, "summary_detail")
    content, base = _content(entry)
    told = "" if content or _text(summary, "value") else _text(entry, "media_shows")
    named = "" if _text(title, "value") else _text(entry, "itunes_title")
    link, key = _text(entry, "link"), _text(entry, "id")
    key_leads = names is None or key in names or link != key or not entry.get("guidislink")
    return FeedEntry(
        title=_text(title, "value") or named,
        title_plain=not looks_like_html(named) if named else title.get("type") in _TEXT,
        link=clean(link) if key_leads else "",
        original_link=clean(_text(entry, "feedburner_origlink")),
        key=clean(key),
        key_leads=key_leads,
        summary=_text(summary, "value") or told,
        summary_plain=not looks_like_html(told) if told else summary.get("type") in _TEXT,
        content=content,
        published=_published(entry, dates),
        authors=authors_in(_bylines(entry)) or authors_in(_bylines(_about(entry, "source"))),
        keywords=tuple(
            dict.fromkeys(unescape(_text(tag, "term")) for tag in _all(entry, "tags") if _text(tag, "term"))
        ),
        picture=_picture(entry, url),
        enclosures=all_once(_enclosures(entry, url), list(_recordings(entry, url))),
        language=clean(_text(title, "language")),
        base=base or _text(summary, "base") or url,
    )


def _content(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The longest of an entry's full texts as HTML, and the address its links are relative to."""
    longest = max(_all(entry, "content"), key=lambda part: len(_text(part, "value")), default=None)
    text = _text(longest, "value") if longest else ""
    if not longest or not text:
        return "", ""
    if longest.get("type") in _TEXT:
        text = paragraphs(text)
    return text, _text(longest, "base")


def _published(entry: Mapping[str, Any], dates: FeedDates) -> When | None:
    """The first date that can be read; feedparser's own readings are wrong of more forms than they are right of."""
    held = dict(entry)  # its own get() takes one date for the other, and warns
    return first_date(dates, (_text(held, name) for name in _DATES))


def _bylines(entry: Mapping[str, Any]) -> Iterator[str]:
    people = [_text(person, "name") for person in _all(entry, "authors")]
    # feedparser cuts "ida@desk.example (Ida Quill)" up wrongly where the domain ends in more than four letters
    yield from people if len(people) > 1 else [_text(entry, "author")]


def _picture(entry: Mapping[str, Any], url: str) -> Figure | None:
    for src in _pictures(entry):
        if found := absolute(src, url):
            return Figure(found, credit=_credit(entry))
    return None


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    for medium in _all(entry, "media_content"):
        if medium.get("medium") == "image" or (_text(medium, "type")).startswith("image/"):
            yield _text(medium, "url")
    for enclosure in _all(entry, "enclosures"):
        if (_text(enclosure, "type")).startswith("image/"):
            yield _text(enclosure, "href")
    for thumbnail in _all(entry, "media_thumbnail"):
        yield _text(thumbnail, "url")
    yield _text(_about(entry, "image"), "href")


def _enclosures(entry: Mapping[str, Any], url: str) -> Iterator[Enclosure]:
    for link in _all(entry, "enclosures"):
        if found := enclosure_at(_text(link, "href"), _text(link, "type"), _text(link, "length"), url):
            yield found


def _recordings(entry: Mapping[str, Any], url: str) -> Iterator[Enclosure]:
    for medium in _all(entry, "media_content"):
        address, kind = _text(medium, "url"), _text(medium, "type")
        is_picture = medium.get("medium") == "image" or kind.startswith("image/")
        if not is_picture and (found := recording(_text(medium, "medium"), kind, address, url)):
            yield replace(found, size=size_of(_text(medium, "filesize")))


def _credit(entry: Mapping[str, Any]) -> str:
    credits_ = _all(entry, "media_credit")
    return unescape(credits_[0].get("content") or "") if credits_ else ""


def _text(held: Mapping[str, Any], name: str) -> str:
    """What feedparser holds under a name, where it is text: of an element with attributes it may be those."""
    value = held.get(name)
    return value if isinstance(value, str) else ""


def _about(held: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = held.get(name)
    return value if isinstance(value, Mapping) else {}


def _all(held: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = held.get(name)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
