"""The one door to the web: pages, listings and articles, at the pace and by the rules that a site asks for.

Importing this loads no network library; the first request does.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

from fetch.article import Article
from fetch.errors import BadStatus, FetchError, RateLimited, Refused, Unreachable, interpreting
from fetch.handbook.bundled import SCHEME
from fetch.handbook.bundled import page as bundled_page
from fetch.http.address_guard import Reach
from fetch.http.pacing import Clock, HostPace, Pacing
from fetch.http.redirects import COOKIE_LOOP, TOO_MANY, follow
from fetch.http.request import Deadlines, OwnHeaders, Request
from fetch.http.response import Hop, Response
from fetch.http.robots import ALL_ALLOWED, ALL_CLOSED, LIMIT, RobotsRules, parse_robots
from fetch.http.status_errors import blocked_error, is_block_page
from fetch.http.url_parts import origin_of, parse_url, without_login
from fetch.listing import Listing, read_article, read_listing, unchanged
from fetch.parsers.pool import Parsers, SameProcess
from fetch.source import UNKNOWN, Source, Validators

__all__ = ["PAGE_LIMIT", "Fetcher", "Request"]

if TYPE_CHECKING:
    import httpx

    from fetch.http.client import Client
    from fetch.passages import KeptPassages

PAGE_LIMIT = 8_000_000
"""Bytes, packed or unpacked; the largest article pages seen weigh 5 MB."""


RulesKey: TypeAlias = tuple[str, str]
"""An origin, and the proxy that it is asked through."""
RULES_LAST = 86_400.0
"""Seconds that a robots.txt is gone by (RFC 9309, 2.4)."""
CLOSED_LAST = 900.0
"""Seconds that we stay away from a site whose robots.txt could not be read, before we ask for it again."""


class ReceivedStory(NamedTuple):
    """The article at an address, its pages as they came, and whether it has more that did not."""

    article: Article
    pages: tuple[Response, ...]
    more: bool


class Fetcher:
    """Asks the web for what Broadsheet needs, at most `at_once` hosts at a time and two requests a host.

    A context manager; `transport` stands in for the network where given, and is closed by whoever gave it. What came
    is read by `parsers`, which are closed with it.
    """

    def __init__(
        self,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        at_once: int = 16,
        deadlines: Deadlines | None = None,
        clock: Clock = time.monotonic,
        parsers: Parsers | None = None,
    ) -> None:
        self.parsers = parsers or SameProcess()
        self.pacing = Pacing(at_once)
        self._transport = transport
        self._deadlines = deadlines or Deadlines()
        self._client: Client | None = None
        self._rules: dict[RulesKey, tuple[float, asyncio.Task[RobotsRules]]] = {}
        self._clock = clock

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, task in self._rules.values():
            task.cancel()
        await self.parsers.close()
        if self._client is not None:
            await self._client.__aexit__(kind, error, trace)

    async def get(self, request: Request, *, robots: bool = False) -> Response:
        """The response to a request; raises FetchError.

        `robots` makes robots.txt decide, as it must where no person asked for this very page.
        """
        if request.url.startswith(SCHEME):
            return _bundled(request.url, request.validators)
        url, login = without_login(request.url)
        if login:
            request = replace(request, url=url, headers=request.headers + login)
        return await self._follow(request, robots=robots)

    async def page(self, request: Request, *, robots: bool = False) -> Response:
        """A page that should hold an article; raises Blocked for a refusal in its place, and FetchError.

        Its size is limited to `PAGE_LIMIT`; one that no person asked for lets urgent requests go first.
        """
        return await self.get(replace(request, limit=PAGE_LIMIT, urgent=not robots), robots=robots)

    async def teasers(self, source: Source, validators: Validators = UNKNOWN, *, reach: Reach = "anywhere") -> Listing:
        """What a source lists now; raises FetchError, NotASource among them."""
        response = await self.get(Request(source.url, validators, reach))
        if response.unchanged:
            return unchanged(response)
        listing = await self.parsers.run(response.url, partial(read_listing, source.kind, response), body=response.body)
        if not listing.teasers and listing.further:
            part = await self.get(Request(listing.further[0], reach=response.zone))
            further = await self.parsers.run(part.url, partial(read_listing, source.kind, part), body=part.body)
            return replace(further, moved=listing.moved, validators=listing.validators)
        return listing

    async def article(
        self,
        url: str,
        *,
        reach: Reach = "anywhere",
        headers: OwnHeaders = (),
        proxy: str = "",
        listed: bool = False,
        kept: Sequence[KeptPassages] = (),
    ) -> Article:
        """The article at an address, its further pages joined as far as they come; raises FetchError for the first.

        `listed`: some list of stories names it, so that it need not be told from a page of links. `kept` are the
        passages that belong to it by its reader's word.
        """
        asked = Request(url, reach=reach, headers=headers, proxy=proxy)
        return (await self.story(asked, listed=listed, kept=kept)).article

    async def story(self, asked: Request, *, listed: bool = False, kept: Sequence[KeptPassages] = ()) -> ReceivedStory:
        """The same, with its pages as they came."""
        from fetch.extract import MOST_PAGES, extract_page, join

        next_url, seen, responses, articles, missing = asked.url, set[str](), list[Response](), list[Article](), False
        while next_url and next_url not in seen and len(articles) < MOST_PAGES:
            seen.add(next_url)
            own = asked.headers if origin_of(next_url) == origin_of(asked.url) else ()
            try:
                response = await self.page(replace(asked, url=next_url, headers=own))
                read = extract_page if articles or listed else read_article
                call = partial(read, response.body, response.url, content_type=response.content_type, kept=kept)
                article, following = await self.parsers.run(response.url, call, body=response.body)
            except FetchError:
                if not articles:
                    raise
                missing = True
                break
            seen.add(response.url)
            asked = replace(asked, reach=response.zone)
            responses.append(response)
            articles.append(article)
            next_url = following
        more = missing or bool(next_url and next_url not in seen)
        return ReceivedStory(join(articles, more=more), tuple(responses), more)

    async def robots_rules(self, url: str, reach: Reach = "public", proxy: str = "") -> RobotsRules:
        """The robots.txt rules of the URL's host, asked for once a day, through the proxy that its pages are."""
        key = parse_url(url).origin, proxy
        if self._are_out_of_date(key):
            self._rules[key] = self._clock(), asyncio.ensure_future(self._read_rules(key, reach))
        return await asyncio.shield(self._rules[key][1])

    def _are_out_of_date(self, key: RulesKey) -> bool:
        if key not in self._rules:
            return True
        asked, task = self._rules[key]
        if not task.done() or task.cancelled() or task.exception():
            return False
        return self._clock() - asked > (CLOSED_LAST if task.result().closed else RULES_LAST)

    async def close_idle(self, authority: str) -> None:
        """Closes the connections to a host (with its port) that nothing more is wanted from."""
        if self._client is not None:
            await self._client.close_idle(authority)

    def pace(self, url: str) -> HostPace:
        """What we know of the pace of the URL's host."""
        return self.pacing.host(parse_url(url).authority)

    def unanswered(self, url: str) -> int:
        """How many requests in a row the URL's host has left unanswered; 0 for what is on no host."""
        try:
            return self.pace(url).unanswered
        except Refused:
            return 0

    async def _check_robots(self, request: Request) -> None:
        rules = await self.robots_rules(request.url, request.reach, request.proxy)
        if rules.closed:
            sentence = f"{request.url}: the robots.txt of its site cannot be read now, so we stay away."
            raise Refused(sentence, request.url, reason="robots.txt unreadable")
        if not rules.allows(request.url):
            raise Refused(
                f"The robots.txt of its site asks us not to fetch {request.url}.", request.url, reason="robots"
            )

    async def _read_rules(self, key: RulesKey, reach: Reach) -> RobotsRules:
        origin, proxy = key
        try:
            request = Request(origin + "/robots.txt", reach=reach, limit=LIMIT, cut=True, proxy=proxy)
            response = await self._follow(request, robots=False)
            rules = await self.parsers.run(
                request.url, partial(_parsed_rules, request.url, response.body), body=response.body
            )
        except RateLimited:
            rules = ALL_CLOSED
        except BadStatus as error:  # RFC 9309: without a robots.txt all is allowed, with a broken server nothing
            rules = ALL_CLOSED if error.status >= 500 else ALL_ALLOWED
        except Unreachable as error:
            if error.reason not in (TOO_MANY, COOKIE_LOOP):  # which is no robots.txt
                self._rules.pop(key, None)
                raise
            rules = ALL_ALLOWED
        except FetchError:
            rules = ALL_ALLOWED
        self.pace(origin).crawl_delay = rules.crawl_delay
        return rules

    async def _follow(self, request: Request, *, robots: bool) -> Response:
        """The response at the end of a chain of redirects; `robots`: as far as the robots.txt of each host lets us."""

        async def ask(hop: Request, seconds: float) -> Hop:
            if robots:
                await self._check_robots(hop)
            return await self._ask(hop, seconds)

        return await follow(request, ask, self._deadlines.total)

    async def _ask(self, request: Request, seconds: float) -> Hop:
        """The client's answer, in the host's turn; notes how quickly it came, and when the host wants a pause."""
        client = self._http_client()
        async with self.pacing.turn(parse_url(request.url).authority, request.url, urgent=request.urgent) as host:
            try:
                hop = await client.ask(request, seconds)
            except RateLimited as error:
                host.hold(error.until.timestamp() - time.time())
                raise
            host.answered(hop.response.seconds)
        if not request.api and is_block_page(hop.response.body):
            raise blocked_error(request.url)
        return hop

    def preload(self) -> None:
        """Loads the network libraries now, where there is time for it, instead of with the first request."""
        self._http_client()

    def _http_client(self) -> Client:
        if self._client is None:
            from fetch.http.client import Client

            self._client = Client(transport=self._transport, deadlines=self._deadlines)
        return self._client


def _parsed_rules(url: str, body: bytes) -> RobotsRules:
    with interpreting(url):
        return parse_robots(body)


def _bundled(url: str, known: Validators) -> Response:
    """A page of the handbook; unchanged where the reader's copy is the installed one."""
    body, content_type = bundled_page(url)
    validators = Validators(etag=f'"{zlib.crc32(body):08x}"', url=url)
    if known == validators:
        return Response(url, 304, validators=validators)
    return Response(url, 200, body, content_type, validators)
