"""From what a reader typed to the best source there: found, fetched and compared."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from fetch.article import WHOLE_STORY, moment_of
from fetch.discovery.autodiscovery import (
    NamedSource,
    feed_pages_named,
    feeds_named,
    sitemaps_named,
    title_of,
    usual_feeds,
    usual_feeds_of_a_closed_site,
    usual_sitemaps,
)
from fetch.discovery.typed_addresses import addresses_meant, possible_urls
from fetch.errors import BadStatus, Blocked, FetchError, NewsError, NotASource, RateLimited, Unreachable, interpreting
from fetch.fetcher import Fetcher
from fetch.file_kind import no_text_error
from fetch.handbook.bundled import SCHEME
from fetch.http.address_guard import Reach, literal_zone
from fetch.http.request import OwnHeaders, Request
from fetch.http.response import Response
from fetch.http.url_parts import origin_of, without_login
from fetch.links import absolute, absolute_with_login
from fetch.listing import Listing, login_error, read_listing, usual_gap
from fetch.source import IN_A_LIST, Candidate, Kind, Source
from fetch.text import clean

T = TypeVar("T")
MOST_TRIED = 8
"""Addresses of one sort that are tried: a page of a large site may name a hundred feeds."""
MOST_FURTHER_LISTS = 3
"""Sitemaps of an index that are looked at for stories."""
MOST_FEED_PAGES = 2
"""Pages that a site calls its feeds, which are looked at where nothing else names one."""
ENOUGH_FOR_A_SECTION = 4
_SAME_STORIES = 0.2
_STALE = 30 * 86400.0
_KINDS: dict[Kind, int] = {"bundled": 0, "feed": 0, "sitemap": 1, "section": 2, "page": 3}


@dataclass(frozen=True, slots=True)
class _Tried:
    """A source that was tried: the addresses it lists, and those that hold more of its list."""

    candidate: Candidate
    urls: tuple[str, ...] = ()
    comments: bool = False
    newest: float = 0.0
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: what it is itself, a section or a single story, the feeds it names, and the pages that may name more.

    `login` says that one logs in at it.
    """

    section: _Tried | None
    story: _Tried | None
    feeds: tuple[NamedSource, ...]
    feed_pages: tuple[str, ...] = ()
    login: Blocked | None = None


class _Visitor:
    """Asks for what belongs to an address that was typed; a name and password in it are said to its origin alone."""

    def __init__(self, fetcher: Fetcher, login: OwnHeaders = (), origin: str = "") -> None:
        self._fetcher = fetcher
        self._login = login
        self._origin = origin
        self.robots_rules = fetcher.robots_rules

    def login_for(self, url: str) -> OwnHeaders:
        """The headers that log in at an address, none at another origin."""
        return self._login if self._login and origin_of(url) == self._origin else ()

    async def get(self, url: str, reach: Reach) -> Response:
        """The response at an address."""
        return await self._fetcher.get(Request(url, reach=reach, headers=self.login_for(url)))

    async def parsed(self, response: Response, call: partial[T]) -> T:
        """What a call makes of a response, read where strangers' bytes are."""
        return await self._fetcher.parsers.run(response.url, call, body=response.body)


async def discover(fetcher: Fetcher, typed: str) -> list[Candidate]:
    """The sources at what was typed (a page, a domain, a feed, a list of feeds), best first.

    Raises NotASource where there is none, and FetchError where the address itself cannot be had.
    """
    failed: FetchError | None = None
    for url in possible_urls(addresses_meant(typed)[0]):
        plain, login = without_login(url) if not url.startswith(SCHEME) else (url, ())
        visitor = _Visitor(fetcher, login, origin_of(plain))
        try:
            found = await _discover_at(visitor, plain)
        except (Unreachable, BadStatus) as error:
            failed = failed if failed and isinstance(error, Unreachable) else error
            if isinstance(error, RateLimited):
                break
        else:
            return [replace(one, login=visitor.login_for(one.source.url)) for one in found]
    raise failed or NotASource(f"{typed} is not an address.", typed)


async def _discover_at(visitor: _Visitor, url: str) -> list[Candidate]:
    try:
        response = await visitor.get(url, "anywhere")
    except (Blocked, BadStatus) as error:
        return await _feed_of_refusing_site(visitor, error)
    return [replace(one, zone=response.zone) for one in await _found_in(visitor, response)]


async def _found_in(visitor: _Visitor, response: Response) -> list[Candidate]:
    """The sources that a response is or names, best first."""
    read = await visitor.parsed(response, partial(_read, response))
    if not isinstance(read, _Page):
        return read
    found = await _on_page(visitor, response, read)
    if not found:
        nothing = NotASource(f"{response.url} names no feed, lists no stories and holds no article.", response.url)
        raise read.login or nothing
    return [tried.candidate for tried in found]


def _read(response: Response) -> list[Candidate] | _Page:
    """The sources that a response is, or the page that it is; raises what says that it is neither."""
    with interpreting(response.url):
        if listed := _subscription_list(response):
            return listed
        kinds: tuple[Kind, ...] = ("bundled",) if response.url.startswith(SCHEME) else ("feed", "sitemap")
        for kind in kinds:
            tried = _read_as(NamedSource(response.url, kind, how="what you named"), response)
            if tried is not None:
                return [tried.candidate]
        if refused := no_text_error(response.body, response.url):
            raise refused
        return _read_page(response)


async def _feed_of_refusing_site(visitor: _Visitor, error: FetchError) -> list[Candidate]:
    """The feed of a site that refuses its page; raises the refusal again where there is none."""
    if isinstance(error, RateLimited) or (isinstance(error, BadStatus) and error.status not in (401, 403)):
        raise error
    refusing = Response(error.url, 200, zone=literal_zone(urlsplit(error.url).hostname or "") or "public")
    found = await _try_all(visitor, usual_feeds_of_a_closed_site(error.url), refusing, stop_at=1)
    if not found:
        raise error
    return [replace(tried.candidate, zone=refusing.zone) for tried in found]


async def _on_page(visitor: _Visitor, response: Response, read: _Page) -> list[_Tried]:
    """What a page is and names, best first; an article's own site is looked at too."""
    section, page = read.section, read.story
    found = await _try_all(visitor, read.feeds, response)
    if not any(tried.candidate.stories and not _lists_other_stories(tried, section, response.url) for tried in found):
        usual = usual_feeds(response.url)[: 3 if found else MOST_TRIED]
        found += await _try_all(visitor, usual, response, stop_at=1)
    if not found:
        found = await _on_feed_pages(visitor, response, read.feed_pages)
    found += await _sitemaps(visitor, response, needed=not found)
    if page and not found and not section and urlsplit(response.url).path not in ("", "/"):
        found += await _on_home_page(visitor, response)
    found = _unique([*found, *filter(None, (section, page))])
    return sorted(found, key=lambda tried: _rank(tried, found, section, response.url))


async def _on_feed_pages(visitor: _Visitor, response: Response, pages: Sequence[str]) -> list[_Tried]:
    """The feeds that a site names on a page for them; a few of these are looked at."""
    for url in pages[:MOST_FEED_PAGES]:
        try:
            page = await visitor.get(url, response.zone)
            read = await visitor.parsed(page, partial(_read_page, page))
        except FetchError:
            continue
        if found := await _try_all(visitor, read.feeds, page):
            return found
    return []


async def _on_home_page(visitor: _Visitor, response: Response) -> list[_Tried]:
    try:
        home = await visitor.get(urljoin(response.url, "/"), response.zone)
        read = await visitor.parsed(home, partial(_read_page, home))
    except FetchError:
        return []
    found = await _try_all(visitor, read.feeds, home)
    return found + ([read.section] if read.section else [])


async def _sitemaps(visitor: _Visitor, response: Response, *, needed: bool) -> list[_Tried]:
    """The news sitemaps; where nothing else was found, at the usual places and in the usual archives too."""
    try:
        rules = await visitor.robots_rules(response.url, response.zone)
    except FetchError:
        return []
    named = sitemaps_named(rules.sitemaps, response.url)
    news = [one for one in named if "news" in one.url.lower()]
    if not needed:
        return await _try_all(visitor, news[:2], response, stop_at=1)
    return await _try_all(visitor, (named or usual_sitemaps(response.url))[:MOST_TRIED], response, stop_at=1)


async def _try_all(
    visitor: _Visitor, named: Sequence[NamedSource], response: Response, *, stop_at: int = MOST_TRIED
) -> list[_Tried]:
    """Those that are sources indeed, in the order given; several at a time, unless the first few do."""
    found: list[_Tried] = []
    together = 2 if stop_at < MOST_TRIED else MOST_TRIED
    for begin in range(0, min(len(named), MOST_TRIED), together):
        part = named[begin : min(begin + together, MOST_TRIED)]
        tried = await asyncio.gather(*(_try(visitor, one, response.zone) for one in part))
        found += [one for one in tried if one is not None]
        if len(found) >= stop_at:
            break
    return found


async def _try(visitor: _Visitor, named: NamedSource, reach: Reach) -> _Tried | None:
    try:
        response = await visitor.get(named.url, reach)
        tried = await visitor.parsed(response, partial(_read_as, named, response))
        parts = tried.further[:MOST_FURTHER_LISTS] if tried is not None else ()
        for url in parts:
            if tried is not None and not tried.urls:
                part = await visitor.get(url, reach)
                tried = await visitor.parsed(part, partial(_read_as, named, part)) or tried
    except NewsError:
        return None
    return tried


def _read_as(named: NamedSource, response: Response) -> _Tried | None:
    """What a response lists, read as the kind of source it may be; None where it is none."""
    try:
        listing = read_listing(named.kind, response)
    except NewsError:
        return None
    return _tried(named, listing, response)


def _tried(named: NamedSource, listing: Listing, response: Response) -> _Tried:
    """A source at the address that was asked: a redirect is followed anew at each visit until it is believed."""
    source = Source(
        response.asked or response.url if named.kind != "sitemap" else named.url,
        named.kind,
        listing.title or named.title or (urlsplit(response.url).hostname or ""),
        listing.home,
        listing.language,
    )
    moments = [moment_of(teaser.published) for teaser in listing.teasers if teaser.published]
    newest = max(moments, default=None)
    candidate = Candidate(
        source,
        stories=len(listing.teasers),
        full=sum(len(teaser.content) >= WHOLE_STORY for teaser in listing.teasers),
        newest=newest.isoformat() if newest else "",
        every=usual_gap(listing.teasers),
        why=named.how,
    )
    urls = tuple(teaser.url for teaser in listing.teasers)
    return _Tried(candidate, urls, named.comments, newest.timestamp() if newest else 0.0, listing.further)


def _read_page(response: Response) -> _Page:
    """The page as a section that lists stories, and as a single story: either, both or neither."""
    from fetch.link_classifier.classifier import is_story

    section = _read_as(NamedSource(response.url, "section", how="the stories this page lists"), response)
    if section is not None and len(section.urls) < ENOUGH_FOR_A_SECTION:
        section = None
    if section is not None:
        named = replace(section.candidate.source, title=title_of(response.body) or section.candidate.source.title)
        section = replace(section, candidate=replace(section.candidate, source=named))
    page = _read_as(NamedSource(response.url, "page", how="this story alone"), response)
    if page is not None and is_story(page.candidate.source.title, response.url):
        section = None  # what a story's page lists is beside it
    feeds, pages = feeds_named(response.body, response.url), feed_pages_named(response.body, response.url)
    return _Page(section, page, tuple(feeds), pages, login_error(response))


def _rank(tried: _Tried, rivals: Iterable[_Tried], section: _Tried | None, url: str) -> tuple[float, ...]:
    """A key that is smaller the better a source serves: fresh, about what was typed, a feed, in full, many stories."""
    freshest = max((rival.newest for rival in rivals), default=0.0)
    stale = bool(tried.newest) and tried.newest < freshest - _STALE
    candidate = tried.candidate
    return (
        tried.comments or not candidate.stories,
        stale,
        _lists_other_stories(tried, section, url),
        _KINDS[candidate.source.kind],
        not _shared(tried, section),
        -(candidate.full * 2 > candidate.stories),
        -min(candidate.stories, 10),
    )


def _lists_other_stories(tried: _Tried, section: _Tried | None, url: str) -> bool:
    """Whether a source lists other stories than the section page that the reader typed."""
    kind = tried.candidate.source.kind
    if section is None or kind in ("section", "page") or urlsplit(url).path in ("", "/"):
        return False
    least = _SAME_STORIES * min(len(section.urls), len(tried.urls) or 1)
    return _shared(tried, section) < least


def _shared(tried: _Tried, section: _Tried | None) -> int:
    """How many stories a source and the page that the reader typed both list."""
    return len(set(tried.urls) & set(section.urls)) if section else 0


def _unique(found: Iterable[_Tried]) -> list[_Tried]:
    """Each source once: a feed is often offered at several addresses, or in several formats; in full is kept."""
    kept: dict[object, _Tried] = {}
    for tried in found:
        first = tried.urls[:3]
        kind = tried.candidate.source.kind
        name = (kind, first) if first and kind == "feed" else (kind, tried.candidate.source.url)
        if name not in kept or kept[name].candidate.full < tried.candidate.full:
            kept[name] = tried
    return list(kept.values())


def _subscription_list(response: Response) -> list[Candidate]:
    """The feeds in an OPML list, as it names them; empty for anything else."""
    if b"<opml" not in response.body[:2000].lower():
        return []
    from fetch.feeds.outlines import read_outlines, source_address

    found: dict[str, Candidate] = {}
    waiting = list(reversed(read_outlines(response.body).root.inside))
    while waiting:
        outline = waiting.pop()
        said = outline.said
        written = said.get("xmlurl", "")
        url = absolute_with_login(written, response.url) or source_address(written)
        title = clean(said.get("title", "") or said.get("text", ""))
        home = absolute(said.get("htmlurl", ""), response.url)
        if url:
            found.setdefault(url, Candidate(Source(url, "feed", title, home), why=IN_A_LIST))
        waiting += reversed(outline.inside)
    if not found:
        raise NotASource(f"{response.url} is a list of feeds that names none.", response.url)
    return list(found.values())
