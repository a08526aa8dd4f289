"""From what a reader typed to the best source there: found, fetched and compared."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from fetch.article import Teaser, moment_of
from fetch.discovery.autodiscovery import (
    NamedSource,
    feeds_named,
    sitemaps_named,
    title_of,
    usual_feeds,
    usual_feeds_of_a_closed_site,
    usual_sitemaps,
)
from fetch.errors import BadStatus, Blocked, FetchError, NewsError, NotASource, RateLimited, Unreachable
from fetch.fetcher import Fetcher
from fetch.handbook.bundled import SCHEME
from fetch.http.address_guard import Reach, literal_zone
from fetch.http.request import Request
from fetch.http.response import Response
from fetch.links import absolute
from fetch.listing import Listing, read_listing
from fetch.source import IN_A_LIST, Candidate, Kind, Source
from fetch.text import clean

MOST_TRIED = 8
"""Addresses of one sort that are tried: a page of a large site may name a hundred feeds."""
ENOUGH_FOR_A_SECTION = 4
_WHOLE_STORY = 800  # characters of HTML; what is shorter is a teaser, wherever the feed puts it
_SAME_STORIES = 0.2
_STALE = 30 * 86400.0
_KINDS: dict[Kind, int] = {"bundled": 0, "feed": 0, "sitemap": 1, "section": 2, "page": 3}


@dataclass(frozen=True, slots=True)
class _Tried:
    """A source that was tried, with what it lists."""

    candidate: Candidate
    teasers: tuple[Teaser, ...] = ()
    comments: bool = False
    newest: float = 0.0


async def discover(fetcher: Fetcher, typed: str) -> list[Candidate]:
    """The sources at what was typed (a page, a domain, a feed, a list of feeds), best first.

    Raises NotASource where there is none, and FetchError where the address itself cannot be had.
    """
    try:
        response = await _fetch_typed(fetcher, typed)
    except (Blocked, BadStatus) as error:
        return await _feed_of_refusing_site(fetcher, error)
    listed = _subscription_list(response)
    if listed:
        return listed
    kinds: tuple[Kind, ...] = ("bundled",) if response.url.startswith(SCHEME) else ("feed", "sitemap")
    for kind in kinds:
        tried = _read_as(NamedSource(response.url, kind, how="what you named"), response)
        if tried is not None:
            return [tried.candidate]
    found = await _on_page(fetcher, response)
    if not found:
        raise NotASource(f"{response.url} names no feed, lists no stories and holds no article.", response.url)
    return [tried.candidate for tried in found]


async def _feed_of_refusing_site(fetcher: Fetcher, error: FetchError) -> list[Candidate]:
    """The feed of a site that refuses its page; raises the refusal again where there is none."""
    if isinstance(error, RateLimited) or (isinstance(error, BadStatus) and error.status not in (401, 403)):
        raise error
    refusing = Response(error.url, 200, zone=literal_zone(urlsplit(error.url).hostname or "") or "public")
    found = await _try_all(fetcher, usual_feeds_of_a_closed_site(error.url), refusing, stop_at=1)
    if not found:
        raise error
    return [tried.candidate for tried in found]


async def _fetch_typed(fetcher: Fetcher, typed: str) -> Response:
    """The response at what was typed, with https before http where no scheme was."""
    failed: FetchError | None = None
    for url in possible_urls(typed):
        try:
            return await fetcher.get(Request(url, reach="anywhere"))
        except Unreachable as error:
            failed = failed or error
    raise failed or NotASource(f"{typed} is not an address.", typed)


def possible_urls(typed: str) -> list[str]:
    """The URLs that a reader may mean by what was typed."""
    text = typed.strip()
    for scheme in ("feed://", "feed:"):
        text = text.removeprefix(scheme)
    if text.startswith(("http://", "https://", "broadsheet:")):
        return [text + "/" if text.count("/") == 2 and "?" not in text else text]
    text += "" if "/" in text or "?" in text else "/"
    host = urlsplit(f"//{text}").hostname or ""
    secure, plain = f"https://{text}", f"http://{text}"
    if literal_zone(host):
        return [plain, secure]
    return [secure, plain] if host.startswith("www.") else [secure, plain, f"https://www.{text}"]


async def _on_page(fetcher: Fetcher, response: Response) -> list[_Tried]:
    """What a page is and names, best first; an article's own site is looked at too."""
    section, page = _page_as_source(response)
    found = await _try_all(fetcher, feeds_named(response.body, response.url), response)
    if not any(tried.candidate.stories and not _lists_other_stories(tried, section, response.url) for tried in found):
        usual = usual_feeds(response.url)[: 3 if found else MOST_TRIED]
        found += await _try_all(fetcher, usual, response, stop_at=1)
    found += await _sitemaps(fetcher, response, needed=not found)
    if page and not found and not section and urlsplit(response.url).path not in ("", "/"):
        found += await _on_home_page(fetcher, response)
    found = _unique([*found, *filter(None, (section, page))])
    return sorted(found, key=lambda tried: _rank(tried, found, section, response.url))


async def _on_home_page(fetcher: Fetcher, response: Response) -> list[_Tried]:
    try:
        home = await fetcher.get(Request(urljoin(response.url, "/"), reach=response.zone))
    except FetchError:
        return []
    section, _ = _page_as_source(home)
    found = await _try_all(fetcher, feeds_named(home.body, home.url), home)
    return found + ([section] if section else [])


async def _sitemaps(fetcher: Fetcher, response: Response, *, needed: bool) -> list[_Tried]:
    """The news sitemaps; where nothing else was found, at the usual places and in the usual archives too."""
    try:
        rules = await fetcher.robots_rules(response.url, response.zone)
    except FetchError:
        return []
    named = sitemaps_named(rules.sitemaps, response.url)
    news = [one for one in named if "news" in one.url.lower()]
    if not needed:
        return await _try_all(fetcher, news[:2], response, stop_at=1)
    return await _try_all(fetcher, (named or usual_sitemaps(response.url))[:MOST_TRIED], response, stop_at=1)


async def _try_all(
    fetcher: Fetcher, named: Sequence[NamedSource], response: Response, *, stop_at: int = MOST_TRIED
) -> list[_Tried]:
    """Those that are sources indeed, in the order given; several at a time, unless the first few do."""
    found: list[_Tried] = []
    together = 2 if stop_at < MOST_TRIED else MOST_TRIED
    for begin in range(0, min(len(named), MOST_TRIED), together):
        part = named[begin : min(begin + together, MOST_TRIED)]
        tried = await asyncio.gather(*(_try(fetcher, one, response.zone) for one in part))
        found += [one for one in tried if one is not None]
        if len(found) >= stop_at:
            break
    return found


async def _try(fetcher: Fetcher, named: NamedSource, reach: Reach) -> _Tried | None:
    try:
        response = await fetcher.get(Request(named.url, reach=reach))
        tried = _read_as(named, response)
        if tried is not None and named.kind == "sitemap" and not tried.teasers:
            listing = read_listing("sitemap", response)
            part = await fetcher.get(Request(listing.further[0], reach=reach)) if listing.further else response
            tried = _read_as(named, part)
    except NewsError:
        return None
    return tried


def _read_as(named: NamedSource, response: Response) -> _Tried | None:
    """What a response lists, read as the kind of source it may be; None where it is none."""
    try:
        listing = read_listing(named.kind, response)
    except NewsError:
        return None
    return _tried(named, listing, response.url)


def _tried(named: NamedSource, listing: Listing, url: str) -> _Tried:
    source = Source(
        url if named.kind != "sitemap" else named.url,
        named.kind,
        listing.title or named.title or (urlsplit(url).hostname or ""),
        listing.home,
        listing.language,
    )
    moments = [moment_of(teaser.published) for teaser in listing.teasers if teaser.published]
    newest = max(moments, default=None)
    candidate = Candidate(
        source,
        stories=len(listing.teasers),
        full=sum(len(teaser.content) >= _WHOLE_STORY for teaser in listing.teasers),
        newest=newest.isoformat() if newest else "",
        why=named.how,
    )
    return _Tried(candidate, listing.teasers, named.comments, newest.timestamp() if newest else 0.0)


def _page_as_source(response: Response) -> tuple[_Tried | None, _Tried | None]:
    """The page as a section that lists stories, and as a single story: either, both or neither."""
    from fetch.link_classifier.classifier import is_story

    section = _read_as(NamedSource(response.url, "section", how="the stories this page lists"), response)
    if section is not None and len(section.teasers) < ENOUGH_FOR_A_SECTION:
        section = None
    if section is not None:
        named = replace(section.candidate.source, title=title_of(response.body) or section.candidate.source.title)
        section = replace(section, candidate=replace(section.candidate, source=named))
    page = _read_as(NamedSource(response.url, "page", how="this story alone"), response)
    if page is not None and is_story(page.candidate.source.title, response.url):
        section = None  # what a story's page lists is beside it
    return section, page


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
    least = _SAME_STORIES * min(len(section.teasers), len(tried.teasers) or 1)
    return _shared(tried, section) < least


def _shared(tried: _Tried, section: _Tried | None) -> int:
    """How many stories a source and the page that the reader typed both list."""
    return len({teaser.url for teaser in tried.teasers} & {teaser.url for teaser in section.teasers}) if section else 0


def _unique(found: Iterable[_Tried]) -> list[_Tried]:
    """Each source once: a feed is often offered at several addresses, or in several formats; in full is kept."""
    kept: dict[object, _Tried] = {}
    for tried in found:
        first = tuple(teaser.url for teaser in tried.teasers[:3])
        kind = tried.candidate.source.kind
        name = (kind, first) if first and kind == "feed" else (kind, tried.candidate.source.url)
        if name not in kept or kept[name].candidate.full < tried.candidate.full:
            kept[name] = tried
    return list(kept.values())


def _subscription_list(response: Response) -> list[Candidate]:
    """The feeds in an OPML list, as it names them; empty for anything else."""
    if b"<opml" not in response.body[:2000].lower():
        return []
    from fetch.feeds.xml_tree import IllFormed, parse_xml

    try:
        root = parse_xml(response.body)
    except IllFormed as error:
        raise NotASource(f"{response.url} is a list of feeds that cannot be read.", response.url) from error
    found: dict[str, Candidate] = {}
    for outline in root.iter("outline"):
        url = absolute(outline.get("xmlUrl", ""), response.url)
        title = clean(outline.get("title", "") or outline.get("text", ""))
        home = absolute(outline.get("htmlUrl", ""), response.url)
        if url:
            found.setdefault(url, Candidate(Source(url, "feed", title, home), why=IN_A_LIST))
    return list(found.values())
