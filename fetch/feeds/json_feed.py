"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fetch.article import Enclosure, Figure
from fetch.bounded_json import end_of_most, member_list, member_text, parse_json
from fetch.errors import NotASource
from fetch.feeds.entry import Feed, FeedEntry, authors_in
from fetch.feeds.entry_builder import enclosure_at, paragraphs
from fetch.feeds.feed_dates import FeedDates, first_date
from fetch.feeds.feed_limits import MOST_FEED_ENTRIES, is_oldest_first
from fetch.links import absolute
from fetch.text import clean

_TRAILING_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|,(?=\s*[\]}])', re.DOTALL)
_LIST_BEGINS = re.compile(r'"items"\s*:\s*\[\s*')


def read_json(text: str, url: str) -> Feed:
    """The feed in a JSON text; raises NotASource if it is JSON of another kind."""
    try:
        beginning = _first_entries(text)
        top = _parsed(beginning)
    except (ValueError, RecursionError) as error:
        raise NotASource(f"{url} is not a feed.", url) from error
    if not isinstance(top, dict) or not ("items" in top or "jsonfeed" in member_text(top, "version")):
        raise NotASource(f"{url} is JSON, but not a feed.", url)
    entries = member_list(top, "items")
    is_long, newest = len(entries) > MOST_FEED_ENTRIES, entries[:MOST_FEED_ENTRIES]
    if is_long and is_oldest_first(json.dumps(entries[:3]), json.dumps(entries[-1])):
        newest = entries[-MOST_FEED_ENTRIES:]
    base = absolute(member_text(top, "feed_url") or url, url) or url
    language = clean(member_text(top, "language"))
    dates = FeedDates(language, url, text)
    return Feed(
        title=clean(member_text(top, "title")),
        home=absolute(member_text(top, "home_page_url"), url),
        language=language,
        authors=authors_in(_authors(top)),
        entries=tuple(_entry(entry, base, dates) for entry in newest if isinstance(entry, dict)),
        is_cut=is_long or len(beginning) < len(text),
    )


def _parsed(text: str) -> Any:
    """The value of a JSON text, with what is wrong where it is put together by hand: line breaks, a comma too many.

    One that is cut is read as far as its items go.
    """
    try:
        return parse_json(text, strict=False)
    except json.JSONDecodeError:
        text = _TRAILING_COMMA.sub(lambda found: "" if found[0] == "," else found[0], text)
    try:
        return parse_json(text, strict=False)
    except json.JSONDecodeError:
        return parse_json(_whole_entries(text), strict=False)


def _first_entries(text: str) -> str:
    """A feed that holds more than is parsed, with as many of its items as may be."""
    end = end_of_most(text)
    return text if end == len(text) else _whole_entries(text[:end]) or text


def _whole_entries(text: str) -> str:
    """The feed with those of its items that are there as a whole, "" where it names none."""
    begin = _LIST_BEGINS.search(text)
    if begin is None:
        return ""
    decoder, place = json.JSONDecoder(strict=False), begin.end()
    kept = place
    for _ in range(MOST_FEED_ENTRIES):
        try:
            _, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        kept = place
        while text.startswith((",", " ", "\t", "\n", "\r"), place):
            place += 1
    return f"{text[:kept]}]}}" if kept > begin.end() else ""


def _entry(entry: Mapping[str, Any], base: str, dates: FeedDates) -> FeedEntry:
    key = member_text(entry, "id")
    plain = member_text(entry, "content_text")
    html = member_text(entry, "content_html") or paragraphs(plain)
    link = absolute(member_text(entry, "url"), base) or absolute(member_text(entry, "external_url"), base)
    return FeedEntry(
        title=member_text(entry, "title"),
        title_plain=True,
        link=link,
        key=clean(key),
        summary=member_text(entry, "summary") or plain,
        summary_plain=True,
        content=html,
        published=first_date(dates, (member_text(entry, "date_published"), member_text(entry, "date_modified"))),
        authors=authors_in(_authors(entry)),
        keywords=tuple(clean(tag) for tag in member_list(entry, "tags") if isinstance(tag, str)),
        picture=_picture(entry, base),
        enclosures=tuple(_attachments(entry, base)),
        language=clean(member_text(entry, "language")),
        base=base,
    )


def _authors(entry: Mapping[str, Any]) -> list[str]:
    people = [*member_list(entry, "authors"), entry.get("author")]
    return [member_text(person, "name") for person in people if isinstance(person, dict)]


def _picture(entry: Mapping[str, Any], base: str) -> Figure | None:
    src = absolute(member_text(entry, "image") or member_text(entry, "banner_image"), base)
    return Figure(src) if src else None


def _attachments(entry: Mapping[str, Any], base: str) -> Iterator[Enclosure]:
    for file in member_list(entry, "attachments"):
        if isinstance(file, dict):
            length = member_text(file, "size_in_bytes")
            if found := enclosure_at(member_text(file, "url"), member_text(file, "mime_type"), length, base):
                yield found
