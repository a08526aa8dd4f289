"""One request and what comes of it: httpx lives here, and nowhere else.

The transports are used without httpx's client: cookies, a referer, credentials from .netrc and redirects followed
unseen are exactly what we do not want, and without them a small request costs half the time. Every host has a pool
of its own, as a pool's cost grows with the square of what waits on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin
from urllib.request import getproxies_environment, proxy_bypass

import httpcore

from fetch.errors import FetchError, Refused, Unreachable
from fetch.http.address_guard import Reach, Zone, literal_zone, permit
from fetch.http.content_coding import accepted, too_large, unpack
from fetch.http.request import Deadlines, Wish
from fetch.http.response import Answer, taken_over, wait
from fetch.http.status_errors import LONGEST_REFUSAL, check_head, complaint, unreachable
from fetch.http.transport import SOCKS, Headers, Line, Reply, Timeouts
from fetch.http.url_parts import Place, to_place
from fetch.source import Validators
from fetch.text import clean

if TYPE_CHECKING:
    import httpx

CONTACT = "BROADSHEET_CONTACT"
"""The variable with the address of a page or mailbox that servers are told, for readers who want to be reachable."""
MOST_REDIRECTS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FAILURES = (httpcore.NetworkError, httpcore.ProxyError)


class Client:
    """Asks for one URL at a time and follows redirects; knows neither pace nor robots.txt, which `Fetcher` minds."""

    def __init__(
        self, *, transport: httpx.AsyncBaseTransport | None = None, deadlines: Deadlines | None = None
    ) -> None:
        self._transport = transport
        self._deadlines = deadlines or Deadlines()
        self._timeouts = self._deadlines.extension
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
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise Unreachable(f"{wish.url} did not answer in time.", wish.url, reason="timed out") from error
        except httpcore.ProtocolError as error:
            raise Unreachable(
                f"{wish.url} gave an answer that is not HTTP.", wish.url, reason="broken answer"
            ) from error
        except _FAILURES as error:
            raise unreachable(wish.url, error) from error
        except (httpcore.UnsupportedProtocol, UnicodeError) as error:
            raise Refused(f"{wish.url} is not an address we can ask.", wish.url, reason="address") from error

    async def close_idle(self, authority: str) -> None:
        """Closes the connections to a host (with its port) that nothing more is wanted from."""
        for key, line in list(self._lines.items()):
            if key[0].partition("://")[2] == authority and not line.asked:
                del self._lines[key]
                await line.aclose()

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
            same_host = to_place(target).origin == to_place(hop.url).origin
            hop = replace(hop, url=target, reach=reach, headers=hop.headers if same_host else ())
        raise Unreachable(
            f"{wish.url} redirects more than {MOST_REDIRECTS} times.", wish.url, reason="too many redirects"
        )

    async def _ask(self, wish: Wish) -> tuple[Answer, str]:
        """The answer of one hop, and the address it redirects to, if it does."""
        place = to_place(wish.url)
        line = self._line(place, wish)
        headers = self._headers_for(place, wish)
        begun = time.perf_counter()
        line.asked += 1
        try:
            return await self._answer(wish, line, await line.ask(place, headers, self._timeouts), begun)
        finally:
            line.asked -= 1

    async def _answer(self, wish: Wish, line: Line, response: Reply, begun: float) -> tuple[Answer, str]:
        seconds = time.perf_counter() - begun
        try:
            if response.status in _REDIRECTS and "location" in response.headers:
                return _redirect(wish, line.zone, response), urljoin(wish.url, response.headers["location"].strip())
            return await self._receive(wish, line.zone, response, seconds), ""
        finally:
            await response.aclose()

    async def _receive(self, wish: Wish, zone: Zone, response: Reply, seconds: float) -> Answer:
        headers, now, status = response.headers, datetime.now(UTC), response.status
        if not (200 <= status < 300 or (status == 304 and wish.conditional)):
            raise complaint(wish.url, status, headers, await _glimpse(response), now)
        validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""), wish.url)
        body = b""
        if status != 304:
            length = check_head(wish.url, headers, wish.limit)
            if wish.meter:
                wish.meter.expect(length)
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

    def _headers_for(self, place: Place, wish: Wish) -> list[tuple[bytes, bytes]]:
        headers = {"Host": place.authority, **self._headers}
        if wish.conditional:
            known = wish.validators
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        headers |= dict(wish.headers)
        return [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]

    def _line(self, place: Place, wish: Wish) -> Line:
        proxy = wish.proxy or self._proxy(place)
        key = (place.origin, wish.reach, proxy)
        if key in self._lines:
            return self._lines[key]
        literal = literal_zone(place.host)
        if literal and (proxy or self._transport):  # nothing else will look at the address
            permit("127.0.0.1" if place.host.endswith("localhost") else place.host, wish.reach, wish.url)
        line: Line = (
            Borrowed(self._transport, literal or "public") if self._transport else self._own(place, wish, proxy)
        )
        return self._lines.setdefault(key, line)

    def _own(self, place: Place, wish: Wish, proxy: str) -> Line:
        if proxy.startswith(SOCKS) and find_spec("socksio") is None:
            raise Refused(
                "A SOCKS proxy needs socksio: install broadsheet with its extra [socks].", wish.url, reason="proxy"
            )
        context = self._secure() if place.scheme == "https" or proxy.startswith("https") else None
        return Line(wish.reach, proxy, context)

    def _proxy(self, place: Place) -> str:
        """The environment's proxy for a place; a transport handed in (a test's) stands in for the network itself."""
        if not self._proxies or self._transport or proxy_bypass(place.host):
            return ""
        return self._proxies.get(place.scheme) or self._proxies.get("all", "")

    def _secure(self) -> ssl.SSLContext:
        if self._tls is None:
            import httpx

            self._tls = httpx.create_ssl_context()  # certifi's authorities, or those of SSL_CERT_FILE
        return self._tls


class Borrowed(Line):
    """A line through a transport of httpx that was handed in, and is its owner's to close."""

    def __init__(self, transport: httpx.AsyncBaseTransport, zone: Zone) -> None:
        self.zone = zone
        self.asked = 0
        self._transport = transport

    async def ask(self, place: Place, headers: Headers, timeouts: Timeouts) -> Reply:
        """The reply, its body not yet read."""
        import httpx

        try:
            request = httpx.Request("GET", place.url, headers=headers, extensions={"timeout": timeouts})
            response = await self._transport.handle_async_request(request)
        except httpx.TimeoutException as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except httpx.TransportError as error:
            raise httpcore.NetworkError(str(error)) from error
        return Reply(response.status_code, dict(response.headers), response.aiter_raw(), response.aclose)

    async def aclose(self) -> None:
        """Nothing: the transport stays open."""


def user_agent() -> str:
    """Who we are and in which version, and where whoever runs this can be reached, if BROADSHEET_CONTACT says so.

    No address stands here of itself: a page or mailbox that nobody keeps would tell a server's keeper nothing.
    """
    with contextlib.suppress(PackageNotFoundError):
        return f"Broadsheet/{version('broadsheet')} ({_contact()})"
    return f"Broadsheet ({_contact()})"


def _contact() -> str:
    said = clean(os.environ.get(CONTACT, "")).encode("ascii", "replace").decode()
    return f"+{said}" if said else "a person's news reader"


def _redirect(wish: Wish, zone: Zone, response: Reply) -> Answer:
    """A hop on the way: only its status, its zone and its address matter."""
    return Answer(url=wish.url, status=response.status, zone=zone)


async def _read(wish: Wish, response: Reply) -> bytes:
    """The body as it came over the wire, still coded."""
    parts, size = [], 0
    async for part in response.parts:
        size += len(part)
        if wish.meter:
            wish.meter.spend(len(part))
        if size > wish.limit:
            raise too_large(wish.url, wish.limit)
        parts.append(part)
    return b"".join(parts)


async def _glimpse(response: Reply) -> bytes:
    """The beginning of an error page, enough to tell who is speaking."""
    parts, size = [], 0
    with contextlib.suppress(httpcore.TimeoutException, httpcore.ProtocolError, *_FAILURES):
        async for part in response.parts:
            size += len(part)
            parts.append(part)
            if size > LONGEST_REFUSAL:
                break
    body = b"".join(parts)
    try:
        return unpack(body, response.headers.get("content-encoding", ""), LONGEST_REFUSAL, "")
    except FetchError:
        return body
