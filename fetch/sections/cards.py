"""From the card of a story on a section page to its teaser: date, summary, picture, byline."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import cache as once
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selectolax.lexbor import LexborNode

from fetch.article import Figure, Teaser, When
from fetch.dateline import split_dateline
from fetch.extract.markup.media import holds_a_place
from fetch.links import absolute
from fetch.sections.story_links import LinkTarget, card_of, words_of
from fetch.text import clean

_DATES = "time, [datetime], [data-dateago], [data-dateap], [itemprop=datePublished]"
_PERHAPS_DATES = "[class*=date i], [class*=time i], [class*=publi], [class*=posted]"
_DATE_WORDS = frozenset(
    "date dates dateline datetime time timeago timestamp published publish publication pubdate pubtime posted".split()
)
_WORDS_OF_A_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SUMMARIES = (
    "p, [class*=summary], [class*=teaser], [class*=excerpt], [class*=dek], [class*=description], [class*=Summary]"
)
_STAMPS = ("data-dateago", "datetime", "content", "data-dateap", "data-date", "data-time", "title")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
# What a list has beside these: dots, and icons.
_NO_PICTURE = re.compile(r"(?:^|/)(?:\d|\dx\d|dot|trans)\.(?:gif|png|svg)|icon[\w-]{0,100}\.\w{1,10}$", re.IGNORECASE)
_SUMMARY_WORDS = (6, 120)
_SMALL = re.compile(r"[0-4]?\d(?:px)?")


def teaser_from_card(target: LinkTarget, base: str, language: str) -> Teaser:
    """The story's teaser; relative dates ("17 min ago") count from now."""
    node = card_of(target)
    opening = split_dateline(_summary(node, target.headline), target.headline)
    return Teaser(
        url=target.url,
        headline=target.headline,
        summary=opening.text,
        published=_published(node, language) or opening.day,
        dateline=opening.place,
        picture=_picture(node, base),
        language=language,
    )


def washington_time(stamp: str) -> datetime | None:
    """A moment that AFPIMS writes without its zone, which is that of Washington."""
    try:
        moment = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_washington())


@once
def _washington() -> tzinfo:
    try:
        return ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:  # a system without the time zone database
        return UTC


def _published(node: LexborNode, language: str) -> When | None:
    from fetch.dates import parse_date

    now = datetime.now(UTC).replace(second=0, microsecond=0)
    for element in (*node.css(_DATES), *filter(_is_named_a_date, node.css(_PERHAPS_DATES))):
        attributes = element.attributes
        if attributes.get("data-dateago") and (moment := washington_time(attributes["data-dateago"] or "")):
            return moment
        written = [attributes.get(name) or "" for name in _STAMPS] + [words_of(element)]
        for text in written:
            if 4 < len(text) < 60 and (when := parse_date(text, language=language, fetched=now)):
                return when
    return None


def _is_named_a_date(element: LexborNode) -> bool:
    """Whether a class says so in a word of its own: "post-date" and "postDate" do, "update" does not."""
    return any(word.lower() in _DATE_WORDS for word in _WORDS_OF_A_NAME.findall(element.attributes.get("class") or ""))


def _summary(node: LexborNode, headline: str) -> str:
    least, most = _SUMMARY_WORDS
    for element in node.css(_SUMMARIES):
        text = words_of(element)
        if (
            not text.startswith(headline)
            and least <= len(text.split()) <= most
            and not element.css_first("h1, h2, h3, h4")
        ):
            return text
    return ""


def _picture(node: LexborNode, base: str) -> Figure | None:
    for image in node.css("img"):
        attributes = image.attributes
        if _SMALL.fullmatch(attributes.get("width") or "") or _SMALL.fullmatch(attributes.get("height") or ""):
            continue
        srcs = [attributes.get(name) or "" for name in _SOURCES]
        srcs.append((attributes.get("data-srcset") or attributes.get("srcset") or "").partition(" ")[0].rstrip(","))
        for src in srcs:
            if src and not _NO_PICTURE.search(src) and not holds_a_place(src) and (found := absolute(src, base)):
                return Figure(found, alt=clean(attributes.get("alt") or ""))
    return None
