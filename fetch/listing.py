"""What a source lists now: its bytes read as the kind of source it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from fetch.article import WHOLE_STORY, Article, Teaser, lies_ahead, moment_of
from fetch.errors import Blocked, NotAnArticle, NotASource, NotNews, interpreting
from fetch.file_kind import no_text_error, other_kind_error
from fetch.http.response import Response
from fetch.links import is_of_a_feed
from fetch.source import UNKNOWN, Kind, Validators

if TYPE_CHECKING:
    from fetch.passages import KeptPassages

_ENDING = 200
_CUT = re.compile(
    r"(?:…|\.\.\.)[\]\)\s]*$|(?:read|continue)[^.!?\n]{0,40}[»→>…]\s*$|\n(?:read|continue reading)[^\n]*$",
    re.IGNORECASE,
)
"""How a text ends that a feed cuts off."""
_PASSWORD = re.compile(rb"""<input\b[^>]{0,500}\btype\s*=\s*["']?password""", re.IGNORECASE)
_LOGIN = re.compile(r"/(?:log[-_]?in|sign[-_]?in|sso|auth|oauth2?|anmelden|connexion|accedi)\b", re.IGNORECASE)
LATEST_DATES = 20
"""Stories by which it is told how often a source has a new one."""
_HEAD = 200_000
"""Bytes of a page that are looked at for a password's field."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The stories a source lists, in its own order, and what it says of itself and of our next visit.

    `unchanged` means that the server said so and nothing was parsed; `moved` is where a permanent redirect leads,
    `wait` seconds until the server wants us again, `ttl` what the list itself wants between two visits, `further`
    addresses that hold more of the list (the parts of a sitemap index), `received` and `unpacked` bytes. `is_cut`: it
    lists more than is read.
    """

    teasers: tuple[Teaser, ...] = ()
    validators: Validators = UNKNOWN
    unchanged: bool = False
    moved: str = ""
    wait: float | None = None
    ttl: float = 0.0
    title: str = ""
    home: str = ""
    language: str = ""
    further: tuple[str, ...] = ()
    is_cut: bool = False
    received: int = 0
    unpacked: int = 0


def read_listing(kind: Kind, response: Response, *, follow: bool = False) -> Listing:
    """The response of a source as the list it holds; raises NotNews where it holds none.

    `follow`: of a section, the address of its next page is looked for, too.
    """
    try:
        with interpreting(response.url):
            listing = _found(kind, response)
            if follow and kind == "section":
                listing = replace(listing, further=_next_page(response))
    except NotNews as error:
        login = login_error(response) if kind in ("feed", "sitemap") else None
        raise no_text_error(response.body, response.url) or login or error from error
    return replace(
        listing,
        teasers=tuple(_without_days_to_come(listing.teasers, datetime.now(UTC))),
        validators=response.validators,
        moved=response.moved,
        wait=response.wait,
        received=response.received,
        unpacked=len(response.body),
    )


def read_article(
    body: bytes, url: str, content_type: str = "", kept: Sequence[KeptPassages] = ()
) -> tuple[Article, str]:
    """The article at an address that somebody typed, and the URL of its next page or ""; raises NotNews.

    Where no listing vouches for the address, a page that lists stories is told from a story.
    """
    from fetch.extract import extract_page
    from fetch.sections.section_page import is_section_page

    try:
        article, further = extract_page(body, url, content_type=content_type, kept=kept)
    except NotAnArticle as error:
        if error.reason == NotAnArticle.reason and is_section_page(body, url):
            raise other_kind_error(url, "section page") from error
        raise
    if is_section_page(body, url, article):
        raise other_kind_error(url, "section page")
    return article, further


def login_error(response: Response) -> Blocked | None:
    """The error for a page to log in at, which a feed's address leads to once its reader is logged out; else None."""
    asks = _PASSWORD.search(response.body[:_HEAD]) or (response.url != response.asked and _LOGIN.search(response.url))
    if not asks or b"<html" not in response.body[:_HEAD].lower():
        return None
    return Blocked(f"{response.asked or response.url} answers with a page to log in at.", response.url, reason="login")


def unchanged(response: Response) -> Listing:
    """The listing for a 304: nothing to parse, but headers that still count."""
    return Listing(validators=response.validators, unchanged=True, moved=response.moved, wait=response.wait)


def _without_days_to_come(teasers: Iterable[Teaser], now: datetime) -> Iterator[Teaser]:
    """The teasers, undated where their date lies in the future: no story was published then."""
    for teaser in teasers:
        yield replace(teaser, published=None) if teaser.published and lies_ahead(teaser.published, now) else teaser


def _found(kind: Kind, response: Response) -> Listing:
    body, url = response.body, response.url
    match kind:
        case "feed" | "bundled":
            from fetch.feeds.feed import read_feed

            feed = read_feed(body, response.content_type, url)
            return Listing(
                tuple(feed.teasers),
                title=feed.title,
                home=feed.home,
                language=feed.language,
                ttl=feed.ttl,
                is_cut=feed.is_cut,
            )
        case "sitemap":
            from fetch.feeds.sitemap import parse_sitemap

            sitemap = parse_sitemap(body, url, response.content_type)
            return Listing(sitemap.teasers, further=sitemap.parts)
        case "section":
            from fetch.sections.section import read_section

            section = read_section(body, url, response.content_type)
            if not section.teasers:
                raise NotASource(f"{url} lists no stories that we can find.", url)
            return Listing(tuple(section.teasers), is_cut=section.is_cut)
        case "page":
            from fetch.extract import extract

            article = extract(body, url, content_type=response.content_type)
            return Listing((teaser_of_article(article),), title=article.headline, language=article.language)


def _next_page(response: Response) -> tuple[str, ...]:
    from fetch.sections.section import next_page

    found = next_page(response.body, response.url, response.content_type)
    return (found,) if found else ()


def read_feed_text(content: str, url: str) -> Article:
    """The text that a feed carried of a story as an article without a headline; whole where no page of it is wanted."""
    from fetch.extract import extract_fragment

    article = Article(url, "", extract_fragment(content, url))
    return replace(article, reason="" if is_of_a_feed(url) else _missing_of_feed_text(article.text))


def read_feed_texts(texts: Sequence[tuple[str, str]]) -> list[Article]:
    """The same of several, each with its address."""
    return [read_feed_text(content, url) for content, url in texts]


def _missing_of_feed_text(text: str) -> str:
    """Why the text that a feed carried is not the whole story, "" where nothing says so."""
    if _CUT.search(text[-_ENDING:]):
        return "cut by its feed"
    return "" if len(text) >= WHOLE_STORY else "feed text only"


def usual_gap(teasers: Iterable[Teaser]) -> float:
    """Seconds that usually lie between two stories, of the last few; 0 where too few are dated to say."""
    latest = sorted((moment_of(teaser.published) for teaser in teasers if teaser.published), reverse=True)[
        :LATEST_DATES
    ]
    gaps = sorted((later - earlier).total_seconds() for later, earlier in pairwise(latest))
    return gaps[len(gaps) // 2] if len(gaps) >= 2 else 0.0


def newest_of(teasers: Iterable[Teaser]) -> float:
    """When the newest of them was published, in seconds since 1970; 0 where none is dated."""
    return max((moment_of(teaser.published).timestamp() for teaser in teasers if teaser.published), default=0.0)


def teaser_of_article(article: Article) -> Teaser:
    """The article as a list of stories would name it."""
    return Teaser(
        url=article.url,
        headline=article.headline,
        summary=article.dek,
        published=article.published,
        dateline=article.dateline,
        authors=article.authors,
        section=article.section,
        keywords=article.keywords,
        picture=article.image,
        language=article.language,
    )
