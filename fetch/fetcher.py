"""The one door to the web: pages, listings, articles and discovery, with the manners of a good guest.

Importing this loads no network library; the first request does.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fetch.article import Article
from fetch.errors import BadStatus, FetchError, RateLimited, Refused, Unreachable
from fetch.handbook.bundled import SCHEME
from fetch.handbook.bundled import page as bundled_page
from fetch.http.address_guard import Reach
from fetch.http.pacing import Host, Manners
from fetch.http.request import Deadlines, Meter, Wish
from fetch.http.response import Answer
from fetch.http.robots import ALL_ALLOWED, ALL_CLOSED, LIMIT, Rules, parse_rules
from fetch.http.status_errors import is_refusal, refused
from fetch.http.url_parts import to_place, without_login
from fetch.links import host
from fetch.listing import Listing, read_listing, unchanged
from fetch.source import UNKNOWN, Candidate, Source, Validators

if TYPE_CHECKING:
    import httpx

    from fetch.http.client import Client

LISTING_LIMIT = 20_000_000
PAGE_LIMIT = 8_000_000
"""Bytes, packed or unpacked; the largest article pages seen weigh 5 MB."""
MOST_PAGES = 10


class Fetcher:
    """Asks the web for what Broadsheet needs, at most `at_once` hosts at a time and two requests a host.

    A context manager; `transport` stands in for the network where given, and is closed by whoever gave it.
    """

    def __init__(
        self,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        at_once: int = 16,
        deadlines: Deadlines | None = None,
    ) -> None:
        self.manners = Manners(at_once)
        self._transport = transport
        self._deadlines = deadlines
        self._client: Client | None = None
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._rules.values():
            task.cancel()
        if self._client is not None:
            await self._client.__aexit__(kind, error, trace)

    async def get(
        self,
        url: str,
        *,
        validators: Validators = UNKNOWN,
        reach: Reach = "public",
        robots: bool = False,
        limit: int = LISTING_LIMIT,
        urgent: bool = True,
        headers: tuple[tuple[str, str], ...] = (),
        proxy: str = "",
        meter: Meter | None = None,
    ) -> Answer:
        """What the server answers; raises FetchError.

        `reach` is "anywhere" for an address the reader typed; `robots` makes robots.txt decide, as it must where no
        person asked for this very page; `limit` is in bytes; what is not
        `urgent` lets all that is go first; `meter` hears of bytes as they come.
        """
        if url.startswith(SCHEME):
            return _bundled(url, validators)
        url, login = without_login(url)
        wish = Wish(url, validators, reach, limit, urgent, headers + login, proxy, meter)
        if robots:
            await self._obey(wish)
        return await self._ask(wish)

    async def page(
        self,
        url: str,
        *,
        reach: Reach = "public",
        robots: bool = False,
        headers: tuple[tuple[str, str], ...] = (),
        proxy: str = "",
        meter: Meter | None = None,
    ) -> Answer:
        """A page that should hold an article; raises Blocked for a refusal in its place, and FetchError."""
        return await self.get(
            url,
            reach=reach,
            robots=robots,
            limit=PAGE_LIMIT,
            urgent=not robots,
            headers=headers,
            proxy=proxy,
            meter=meter,
        )

    async def teasers(self, source: Source, validators: Validators = UNKNOWN, *, reach: Reach = "anywhere") -> Listing:
        """What the source lists now; raises FetchError, NotASource among them."""
        answer = await self.get(source.url, validators=validators, reach=reach)
        if answer.unchanged:
            return unchanged(answer)
        listing = read_listing(source.kind, answer)
        if not listing.teasers and listing.further:
            further = await self.get(listing.further[0], reach=answer.zone)
            return read_listing(source.kind, further)
        return listing

    async def article(
        self, url: str, *, reach: Reach = "anywhere", headers: tuple[tuple[str, str], ...] = (), proxy: str = ""
    ) -> Article:
        """The article at an address, its further pages joined; raises NotAnArticle, Blocked, FetchError."""
        from fetch.extract import join, read

        further, seen, parts = url, set[str](), list[Article]()
        while further and further not in seen and len(parts) < MOST_PAGES:
            seen.add(further)
            own = headers if host(further) == host(url) else ()
            answer = await self.page(further, reach=reach, headers=own, proxy=proxy)
            seen.add(answer.url)
            reach = answer.zone
            article, further = read(answer.body, answer.url, content_type=answer.content_type)
            parts.append(article)
        return join(parts) if len(parts) > 1 else parts[0]

    async def discover(self, url: str) -> list[Candidate]:
        """The sources found at what a reader typed, best first; raises FetchError where there are none."""
        from fetch.discovery.discover import discover

        return await discover(self, url)

    async def rules(self, url: str, reach: Reach = "public") -> Rules:
        """The robots.txt rules of the URL's host, asked for once."""
        origin = to_place(url).origin
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read_rules(origin, reach))
        return await asyncio.shield(self._rules[origin])

    async def leave(self, authority: str) -> None:
        """Closes the connections to a host (with its port) that nothing more is wanted from."""
        if self._client is not None:
            await self._client.close_idle(authority)

    def host(self, url: str) -> Host:
        """What we know of the pace of the URL's host."""
        return self.manners.host(to_place(url).authority)

    def silence(self, url: str) -> int:
        """How many requests in a row the URL's host has left unanswered; 0 for what is on no host."""
        try:
            return self.host(url).silent
        except Refused:
            return 0

    async def _obey(self, wish: Wish) -> None:
        rules = await self.rules(wish.url, wish.reach)
        if rules.closed:
            sentence = f"{wish.url}: the robots.txt of its site cannot be read now, so we stay away."
            raise Refused(sentence, wish.url, reason="HTTP 503")
        if not rules.allow(wish.url):
            raise Refused(f"The robots.txt of its site asks us not to fetch {wish.url}.", wish.url, reason="robots")

    async def _read_rules(self, origin: str, reach: Reach) -> Rules:
        try:
            answer = await self._ask(Wish(origin + "/robots.txt", reach=reach, limit=LIMIT * 4))
            rules = parse_rules(answer.body)
        except RateLimited:
            rules = ALL_CLOSED
        except BadStatus as error:  # RFC 9309: without a robots.txt all is allowed, with a broken server nothing
            rules = ALL_CLOSED if error.status >= 500 else ALL_ALLOWED
        except Unreachable:
            del self._rules[origin]
            raise
        except FetchError:
            rules = ALL_ALLOWED
        self.host(origin).crawl_delay = rules.crawl_delay
        return rules

    async def _ask(self, wish: Wish) -> Answer:
        """The client's answer, in the host's turn; takes down how quickly it came, and a wish to be left alone."""
        client = self._ready()
        async with self.manners.turn(to_place(wish.url).authority, wish.url, urgent=wish.urgent) as host:
            try:
                answer = await client.get(wish)
            except RateLimited as error:
                host.hold(error.until.timestamp() - time.time())
                raise
            host.answered(answer.seconds)
        if is_refusal(answer.body):
            raise refused(wish.url)
        return answer

    def make_ready(self) -> None:
        """Loads the network libraries now, where there is time for it, instead of with the first request."""
        self._ready()

    def _ready(self) -> Client:
        if self._client is None:
            from fetch.http.client import Client

            self._client = Client(transport=self._transport, deadlines=self._deadlines)
        return self._client


def _bundled(url: str, known: Validators) -> Answer:
    """A page of the handbook; unchanged where the reader's copy is the installed one."""
    body, content_type = bundled_page(url)
    validators = Validators(etag=f'"{zlib.crc32(body):08x}"', url=url)
    if known == validators:
        return Answer(url, 304, validators=validators)
    return Answer(url, 200, body, content_type, validators)
