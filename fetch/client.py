"""One request and what comes of it: httpx lives here, and nowhere else.

The transports are used without httpx's client: cookies, a referer, credentials from .netrc and redirects followed
unseen are exactly what we do not want, and without them a small request costs half the time. Every host has a pool
of its own, as a pool's cost grows with the square of what waits on it.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin
from urllib.request import getproxies_environment, proxy_bypass

import httpcore
import httpx

from fetch.answer import Answer, taken_over, wait
from fetch.complaint import LONGEST_REFUSAL, check_head, complaint, unreachable
from fetch.errors import FetchError, Refused, Unreachable
from fetch.guard import Reach, Zone, literal_zone, permit
from fetch.source import Validators
from fetch.unpack import accepted, too_large, unpack
from fetch.wire import open_pool
from fetch.wish import Deadlines, Wish

MOST_REDIRECTS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TIMEOUTS = (httpx.TimeoutException, httpcore.TimeoutException)
_FAILURES = (httpx.TransportError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError)


class Client:
    """Asks for one URL at a time and follows redirects; knows neither pace nor robots.txt, which `Fetcher` minds."""

    def __init__(
        self, *, transport: httpx.AsyncBaseTransport | None = None, deadlines: Deadlines | None = None
    ) -> None:
        self._transport = transport
        self._deadlines = deadlines or Deadlines()
        self._lines: dict[tuple[str, Reach, str], Line] = {}
        self._tls: ssl.SSLContext | None = None
        self._proxies = getproxies_environment()
        self._headers = {
            "User-Agent": user_agent(),
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/feed+json, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": accepted(),
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self._lines.values():
            await line.aclose()
        self._lines.clear()

    async def get(self, wish: Wish) -> Answer:
        """What the server answers; raises FetchError for everything that is neither 2xx nor 304."""
        try:
            async with asyncio.timeout(self._deadlines.total):
                return await self._follow(wish)
        except (TimeoutError, *_TIMEOUTS) as error:
            raise Unreachable(f"{wish.url} did not answer in time.", wish.url, reason="timed out") from error
        except _FAILURES as error:
            raise unreachable(wish.url, error) from error
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError) as error:
            raise Refused(f"{wish.url} is not an address we can ask.", wish.url, reason="address") from error

    async def close_line(self, url: str) -> None:
        """Closes the connections to the URL's host, which nothing more is wanted from."""
        origin = _origin(httpx.URL(url))
        for key in [key for key in self._lines if key[0] == origin]:
            await self._lines.pop(key).aclose()

    async def _follow(self, wish: Wish) -> Answer:
        hop, moved, permanent, received = wish, "", True, 0
        for _ in range(MOST_REDIRECTS + 1):
            answer, target = await self._ask(hop)
            received += answer.received
            if not target:
                return replace(answer, moved=moved, received=received)
            permanent = permanent and answer.status in (301, 308)
            moved = target if permanent else moved
            reach = answer.zone if hop.reach == "anywhere" else hop.reach
            same_host = _origin(httpx.URL(target)) == _origin(httpx.URL(hop.url))
            hop = replace(hop, url=target, reach=reach, headers=hop.headers if same_host else ())
        raise Unreachable(
            f"{wish.url} redirects more than {MOST_REDIRECTS} times.", wish.url, reason="too many redirects"
        )

    async def _ask(self, wish: Wish) -> tuple[Answer, str]:
        """The answer of one hop, and the address it redirects to, if it does."""
        url = httpx.URL(wish.url)
        if url.scheme not in ("http", "https") or not url.host:
            raise Refused(f"{wish.url} is not a web address.", wish.url, reason="address")
        line = self._line(url, wish)
        request = httpx.Request(
            "GET", url, headers=self._headers_for(url, wish), extensions={"timeout": self._deadlines.extension}
        )
        begun = time.perf_counter()
        response = await line.ask(request)
        seconds = time.perf_counter() - begun
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _redirect(wish, line.zone, response), urljoin(wish.url, response.headers["location"].strip())
            return await self._receive(wish, line.zone, response, seconds), ""
        finally:
            await response.aclose()

    async def _receive(self, wish: Wish, zone: Zone, response: httpx.Response, seconds: float) -> Answer:
        headers, now, status = response.headers, datetime.now(UTC), response.status_code
        if not (status == 304 or 200 <= status < 300):
            raise complaint(wish.url, status, headers, await _glimpse(response), now)
        validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""), wish.url)
        body = b""
        if status != 304:
            check_head(wish.url, headers, wish.limit)
            body = await _read(wish, response)
        return Answer(
            url=wish.url,
            status=304 if status == 304 else 200,
            body=unpack(body, headers.get("content-encoding", ""), wish.limit, wish.url) if body else b"",
            content_type=headers.get("content-type", ""),
            validators=taken_over(wish.validators, validators) if status == 304 else validators,
            wait=wait(headers, now),
            received=len(body),
            seconds=seconds,
            zone=zone,
        )

    def _headers_for(self, url: httpx.URL, wish: Wish) -> dict[str, str]:
        headers = dict(self._headers)
        known = wish.validators
        if known.url in ("", wish.url):
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        if url.userinfo:
            secret = f"{url.username}:{url.password}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(secret).decode()
        return headers | dict(wish.headers)

    def _line(self, url: httpx.URL, wish: Wish) -> Line:
        proxy = wish.proxy or self._proxy(url)
        key = (_origin(url), wish.reach, proxy)
        if key in self._lines:
            return self._lines[key]
        literal = literal_zone(url.host)
        if literal and (proxy or self._transport):  # nothing else will look at the address
            permit("127.0.0.1" if url.host.endswith("localhost") else url.host, wish.reach, wish.url)
        line = self._lines[key] = Line(literal or "public", self._transport)
        if self._transport is None:
            context = self._secure() if url.scheme == "https" or proxy.startswith("https") else None
            line.pool = open_pool(wish.reach, proxy, context, line.note)
        return line

    def _proxy(self, url: httpx.URL) -> str:
        """The environment's proxy for this URL; a transport handed in (a test's) stands in for the network itself."""
        if not self._proxies or self._transport or proxy_bypass(url.host):
            return ""
        return self._proxies.get(url.scheme) or self._proxies.get("all", "")

    def _secure(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls


class Line:
    """The connections to one host within one reach, and the zone they led to."""

    def __init__(self, zone: Zone, transport: httpx.AsyncBaseTransport | None) -> None:
        self.zone = zone
        self.transport = transport
        self.pool: httpcore.AsyncConnectionPool | None = None

    def note(self, zone: Zone) -> None:
        """Takes down the zone of a connection just opened."""
        self.zone = zone

    async def ask(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not yet read."""
        if self.pool is None:
            assert self.transport is not None
            return await self.transport.handle_async_request(request)
        url = request.url
        answer = await self.pool.handle_async_request(
            httpcore.Request(
                b"GET",
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Closes the connections; a transport that was handed in is its owner's to close."""
        if self.pool is not None:
            await self.pool.aclose()


class _Body(httpx.AsyncByteStream):
    """httpcore's body as httpx reads it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()


def user_agent() -> str:
    """Who we are, in which version, and where a server's keeper can read about us."""
    try:
        return f"Broadsheet/{version('broadsheet')} (+https://broadsheet.example/about)"
    except PackageNotFoundError:
        return "Broadsheet (+https://broadsheet.example/about)"


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode()}"


def _redirect(wish: Wish, zone: Zone, response: httpx.Response) -> Answer:
    """A hop on the way: only its status, its zone and its address matter."""
    return Answer(url=wish.url, status=response.status_code, zone=zone)


async def _read(wish: Wish, response: httpx.Response) -> bytes:
    """The body as it came over the wire, still coded."""
    parts, size = [], 0
    async for part in _raw(response):
        size += len(part)
        if wish.meter:
            wish.meter(len(part))
        if size > wish.limit:
            raise too_large(wish.url, wish.limit)
        parts.append(part)
    return b"".join(parts)


async def _glimpse(response: httpx.Response) -> bytes:
    """The beginning of an error page, enough to tell who is speaking."""
    parts, size = [], 0
    with contextlib.suppress(*_TIMEOUTS, *_FAILURES):
        async for part in _raw(response):
            size += len(part)
            parts.append(part)
            if size > LONGEST_REFUSAL:
                break
    body = b"".join(parts)
    try:
        return unpack(body, response.headers.get("content-encoding", ""), LONGEST_REFUSAL, "")
    except FetchError:
        return body


async def _raw(response: httpx.Response) -> AsyncIterator[bytes]:
    """The parts of a body, not decoded."""
    if response.is_stream_consumed or not isinstance(response.stream, httpx.AsyncByteStream):
        yield response.content
        return
    async for part in response.stream:
        yield part
