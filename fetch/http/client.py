"""One request and its response, redirects followed. httpx is imported here and nowhere else.

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
from typing import TYPE_CHECKING, Self, TypeAlias
from urllib.parse import urljoin
from urllib.request import getproxies_environment, proxy_bypass

import httpcore

from fetch.errors import FetchError, Refused, Unreachable
from fetch.http.address_guard import Reach, Zone, literal_zone, permit
from fetch.http.content_coding import accept_encoding, too_large, unpack
from fetch.http.request import Deadlines, Request
from fetch.http.response import Response, merged, wait
from fetch.http.status_errors import LONGEST_BLOCK_PAGE, check_headers, status_error, unreachable
from fetch.http.transport import SOCKS, Headers, HostPool, RawResponse, Timeouts
from fetch.http.url_parts import UrlParts, parse_url
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
        self._pools: dict[tuple[str, Reach, str], Pool] = {}
        self._tls: ssl.SSLContext | None = None
        self._proxies = getproxies_environment()
        self._headers = {
            "User-Agent": user_agent(),
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/feed+json, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": accept_encoding(),
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()

    async def get(self, request: Request) -> Response:
        """The server's response; raises FetchError for everything that is neither 2xx nor 304."""
        try:
            async with asyncio.timeout(self._deadlines.total):
                return await self._follow(request)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise Unreachable(f"{request.url} did not answer in time.", request.url, reason="timed out") from error
        except httpcore.ProtocolError as error:
            raise Unreachable(
                f"{request.url} gave an answer that is not HTTP.", request.url, reason="broken answer"
            ) from error
        except _FAILURES as error:
            raise unreachable(request.url, error) from error
        except (httpcore.UnsupportedProtocol, UnicodeError) as error:
            raise Refused(f"{request.url} is not an address we can ask.", request.url, reason="address") from error

    async def close_idle(self, authority: str) -> None:
        """Closes the connections to a host (with its port) that nothing more is wanted from."""
        for key, pool in list(self._pools.items()):
            if key[0].partition("://")[2] == authority and not pool.in_flight:
                del self._pools[key]
                await pool.aclose()

    async def _follow(self, request: Request) -> Response:
        hop, moved, permanent, received = request, "", True, 0
        for _ in range(MOST_REDIRECTS + 1):
            response, target = await self._send(hop)
            received += response.received
            if not target:
                return replace(response, moved=moved, received=received)
            permanent = permanent and response.status in (301, 308)
            moved = target if permanent else moved
            reach = response.zone if hop.reach == "anywhere" else hop.reach
            same_host = parse_url(target).origin == parse_url(hop.url).origin
            hop = replace(hop, url=target, reach=reach, headers=hop.headers if same_host else ())
        raise Unreachable(
            f"{request.url} redirects more than {MOST_REDIRECTS} times.", request.url, reason="too many redirects"
        )

    async def _send(self, request: Request) -> tuple[Response, str]:
        """The response of one hop, and the address it redirects to, if it does."""
        parts = parse_url(request.url)
        pool = self._pool_for(parts, request)
        headers = self._headers_for(parts, request)
        begun = time.perf_counter()
        pool.in_flight += 1
        try:
            return await self._respond(request, pool, await pool.send(parts, headers, self._timeouts), begun)
        finally:
            pool.in_flight -= 1

    async def _respond(self, request: Request, pool: Pool, raw: RawResponse, begun: float) -> tuple[Response, str]:
        seconds = time.perf_counter() - begun
        try:
            if raw.status in _REDIRECTS and "location" in raw.headers:
                return _redirect(request, pool.zone, raw), urljoin(request.url, raw.headers["location"].strip())
            return await self._receive(request, pool.zone, raw, seconds), ""
        finally:
            await raw.aclose()

    async def _receive(self, request: Request, zone: Zone, raw: RawResponse, seconds: float) -> Response:
        headers, now, status = raw.headers, datetime.now(UTC), raw.status
        if not (200 <= status < 300 or (status == 304 and request.conditional)):
            raise status_error(request.url, status, headers, await _read_start(raw), now)
        validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""), request.url)
        body = b""
        if status != 304:
            length = check_headers(request.url, headers, request.limit)
            if request.meter:
                request.meter.expect(length)
            body = await _read_body(request, raw)
        return Response(
            url=request.url,
            status=304 if status == 304 else 200,
            body=unpack(body, headers.get("content-encoding", ""), request.limit, request.url) if body else b"",
            content_type=headers.get("content-type", ""),
            validators=merged(request.validators, validators) if status == 304 else validators,
            wait=wait(headers, now),
            received=len(body),
            seconds=seconds,
            zone=zone,
        )

    def _headers_for(self, parts: UrlParts, request: Request) -> list[tuple[bytes, bytes]]:
        headers = {"Host": parts.authority, **self._headers}
        if request.conditional:
            known = request.validators
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        headers |= dict(request.headers)
        return [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]

    def _pool_for(self, parts: UrlParts, request: Request) -> Pool:
        proxy = request.proxy or self._environment_proxy(parts)
        key = (parts.origin, request.reach, proxy)
        if key in self._pools:
            return self._pools[key]
        literal = literal_zone(parts.host)
        if literal and (proxy or self._transport):  # nothing else will look at the address
            permit("127.0.0.1" if parts.host.endswith("localhost") else parts.host, request.reach, request.url)
        pool: Pool = (
            BorrowedTransport(self._transport, literal or "public")
            if self._transport
            else self._new_pool(parts, request, proxy)
        )
        return self._pools.setdefault(key, pool)

    def _new_pool(self, parts: UrlParts, request: Request, proxy: str) -> HostPool:
        if proxy.startswith(SOCKS) and find_spec("socksio") is None:
            raise Refused(
                "A SOCKS proxy needs socksio: install broadsheet with its extra [socks].", request.url, reason="proxy"
            )
        context = self._tls_context() if parts.scheme == "https" or proxy.startswith("https") else None
        return HostPool(request.reach, proxy, context)

    def _environment_proxy(self, parts: UrlParts) -> str:
        """The environment's proxy for a URL; a transport handed in (a test's) stands in for the network itself."""
        if not self._proxies or self._transport or proxy_bypass(parts.host):
            return ""
        return self._proxies.get(parts.scheme) or self._proxies.get("all", "")

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            import httpx

            self._tls = httpx.create_ssl_context()  # certifi's authorities, or those of SSL_CERT_FILE
        return self._tls


class BorrowedTransport:
    """A transport of httpx that was handed in, with the methods of a HostPool; its owner closes it."""

    def __init__(self, transport: httpx.AsyncBaseTransport, zone: Zone) -> None:
        self.zone = zone
        self.in_flight = 0
        self._transport = transport

    async def send(self, parts: UrlParts, headers: Headers, timeouts: Timeouts) -> RawResponse:
        """The reply, its body not yet read."""
        import httpx

        try:
            request = httpx.Request("GET", parts.url, headers=headers, extensions={"timeout": timeouts})
            raw = await self._transport.handle_async_request(request)
        except httpx.TimeoutException as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except httpx.TransportError as error:
            raise httpcore.NetworkError(str(error)) from error
        return RawResponse(raw.status_code, dict(raw.headers), raw.aiter_raw(), raw.aclose)

    async def aclose(self) -> None:
        """Nothing: the transport stays open."""


Pool: TypeAlias = HostPool | BorrowedTransport


def user_agent() -> str:
    """Who we are and in which version, and where whoever runs this can be reached, if BROADSHEET_CONTACT says so.

    There is no default: an address that nobody reads is of no use to a server's operator.
    """
    with contextlib.suppress(PackageNotFoundError):
        return f"Broadsheet/{version('broadsheet')} ({_contact()})"
    return f"Broadsheet ({_contact()})"


def _contact() -> str:
    said = clean(os.environ.get(CONTACT, "")).encode("ascii", "replace").decode()
    return f"+{said}" if said else "a person's news reader"


def _redirect(request: Request, zone: Zone, raw: RawResponse) -> Response:
    """A hop on the way: only its status, its zone and its address matter."""
    return Response(url=request.url, status=raw.status, zone=zone)


async def _read_body(request: Request, raw: RawResponse) -> bytes:
    """The body as it came over the wire, still coded."""
    chunks, size = [], 0
    async for part in raw.chunks:
        size += len(part)
        if request.meter:
            request.meter.spend(len(part))
        if size > request.limit:
            raise too_large(request.url, request.limit)
        chunks.append(part)
    return b"".join(chunks)


async def _read_start(raw: RawResponse) -> bytes:
    """The beginning of an error page, enough to tell who is speaking."""
    chunks, size = [], 0
    with contextlib.suppress(httpcore.TimeoutException, httpcore.ProtocolError, *_FAILURES):
        async for part in raw.chunks:
            size += len(part)
            chunks.append(part)
            if size > LONGEST_BLOCK_PAGE:
                break
    body = b"".join(chunks)
    try:
        return unpack(body, raw.headers.get("content-encoding", ""), LONGEST_BLOCK_PAGE, "")
    except FetchError:
        return body
