"""Feeds of any make, as feedparser reads them: RSS, RDF, Atom, CDF, ill-formed and wrongly encoded ones too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fetch.article import Figure, When
from fetch.charsets import codec_of
from fetch.errors import NotASource
from fetch.feeds.entry import Feed, FeedEntry, authors_in
from fetch.feeds.entry_builder import paragraphs
from fetch.feeds.feed_dates import FeedDates, first_date
from fetch.links import absolute
from fetch.text import clean, unescape

_FOREIGN_MISTAKES = (ValueError, TypeError, LookupError, AttributeError, AssertionError, OverflowError, RecursionError)
_DECLARED = re.compile(rb"<!ENTITY\b[^>]*>")
_HARMLESS = re.compile(rb"""<!ENTITY\s+\w+\s+(["'])(?:[^&%"'<>]|&\#\w+;){0,80}\1\s*>""")
_TEXT = ("text/plain",)
_CHARSET = re.compile(r";\s*charset\s*=([^;]*)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^([^<]{0,8}<\?xml[^>]{0,200}?)\sencoding\s*=\s*["']([^"'>]*)["']""")
_OF_XML = re.compile(r"u(?:tf|cs)?[-_]?(?:16|32|2|4)(?:[-_]?[bl]e)?|iso-10646-ucs-[24]|cs(?:ucs4|unicode)|cp037|ibm037")


def read_leniently(body: bytes, content_type: str, url: str) -> Feed:
    """The feed in a body; raises NotASource if feedparser finds none there.

    Cleaning and relative links are left to us: feedparser spends a third of its time on the HTML inside feeds,
    of which most is never shown.
    """
    import feedparser

    content_type = _CHARSET.sub(lambda said: said[0] if _is_charset(said[1]) else "", content_type)
    body = _ENCODING.sub(lambda said: said[0] if _is_charset(said[2].decode("ascii", "replace")) else said[1], body)
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    stream = io.BytesIO(_without_entities(body))  # a bare string or bytes would be taken for an address or a file name
    try:
        found = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except _FOREIGN_MISTAKES as error:
        raise NotASource(f"{url} is no feed that can be read.", url) from error
    if not found.get("version") and not found.entries:
        raise NotASource(f"{url} is not a feed.", url)
    about: Mapping[str, Any] = found.feed
    language = clean(about.get("language") or "")
    dates = FeedDates(language, url, body)
    return Feed(
        title=unescape(about.get("title") or ""),
        home=absolute(about.get("link") or "", url),
        language=language,
        entries=tuple(_entry(entry, url, dates) for entry in found.entries),
    )


def _is_charset(label: str) -> bool:
    """Whether feedparser may look this label up: it takes any codec of Python's for a charset."""
    return bool(codec_of(label) or _OF_XML.fullmatch(label.strip().lower()))


def _without_entities(body: bytes) -> bytes:
    """The body without declared entities that hold others, stand for files or are long: no feed needs such."""
    if b"<!ENTITY" not in body:
        return body
    return _DECLARED.sub(lambda found: found[0] if _HARMLESS.fullmatch(found[0]) else b"", body)


def _entry(entry: Mapping[str, Any], url: str, dates: FeedDates) -> FeedEntry:
    title, summary = entry.get("title_detail") or {}, entry.get("summary_detail") or {}
    key = entry.get("id") or ""
    content, base = _content(entry)
    return FeedEntry(
        title=title.get("value") or "",
        title_plain=title.get("type") in _TEXT,
        link=clean(entry.get("link") or ""),
        original_link=clean(entry.get("feedburner_origlink") or ""),
        key=clean(key),
        summary=summary.get("value") or "",
        summary_plain=summary.get("type") in _TEXT,
        content=content,
        published=_published(entry, dates),
        authors=authors_in(_bylines(entry)),
        keywords=tuple(
            dict.fromkeys(unescape(tag.get("term") or "") for tag in entry.get("tags") or () if tag.get("term"))
        ),
        picture=_picture(entry, url),
        language=clean(title.get("language") or ""),
        base=base or summary.get("base") or url,
    )


def _content(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The longest of an entry's full texts as HTML, and the address its links are relative to."""
    longest = max(entry.get("content") or (), key=lambda part: len(part.get("value") or ""), default=None)
    if not longest or not longest.get("value"):
        return "", ""
    text = longest["value"]
    if longest.get("type") in _TEXT:
        text = paragraphs(text)
    return text, longest.get("base") or ""


def _published(entry: Mapping[str, Any], dates: FeedDates) -> When | None:
    """The first date that can be read; feedparser's own readings are wrong of more forms than they are right of."""
    held = dict(entry)  # its own get() takes one date for the other, and warns
    return first_date(dates, (held.get(name) or "" for name in ("published", "updated", "created")))


def _bylines(entry: Mapping[str, Any]) -> Iterator[str]:
    people = [person.get("name") or "" for person in entry.get("authors") or ()]
    # feedparser cuts "ida@desk.example (Ida Quill)" up wrongly where the domain ends in more than four letters
    yield from people if len(people) > 1 else [entry.get("author") or ""]


def _picture(entry: Mapping[str, Any], url: str) -> Figure | None:
    for src in _pictures(entry):
        if found := absolute(src, url):
            return Figure(found, credit=_credit(entry))
    return None


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    for medium in entry.get("media_content") or ():
        if medium.get("medium") == "image" or (medium.get("type") or "").startswith("image/"):
            yield medium.get("url") or ""
    for enclosure in entry.get("enclosures") or ():
        if (enclosure.get("type") or "").startswith("image/"):
            yield enclosure.get("href") or ""
    for thumbnail in entry.get("media_thumbnail") or ():
        yield thumbnail.get("url") or ""
    yield (entry.get("image") or {}).get("href") or ""


def _credit(entry: Mapping[str, Any]) -> str:
    credits_ = entry.get("media_credit") or ()
    return unescape(credits_[0].get("content") or "") if credits_ else ""
