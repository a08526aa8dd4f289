"""One request and its response. httpx is imported here and nowhere else.

The transports are used without httpx's client: cookies, a referer, credentials from .netrc and redirects followed
unseen are exactly what we do not want, and without them a small request costs half the time. Every host has a pool
of its own, as a pool's cost grows with the square of what waits on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias
from urllib.request import getproxies_environment, proxy_bypass

import httpcore

from fetch.errors import BrokenAnswer, FetchError, Refused, Unreachable, interpreting
from fetch.http.address_guard import Reach, Zone, literal_zone, permit_zone
from fetch.http.content_coding import accept_encoding, too_large, unpack, unpack_start
from fetch.http.redirects import REDIRECTS
from fetch.http.request import OF_HTTP_ITSELF, Deadlines, Request
from fetch.http.response import Hop, Response, merged, wait
from fetch.http.status_errors import LONGEST_BLOCK_PAGE, check_headers, not_http, status_error, unreachable
from fetch.http.transport import SOCKS, Headers, HostPool, RawResponse, Timeouts, protocol_mistakes
from fetch.http.url_parts import DEFAULT_PORTS, UrlParts, parse_url
from fetch.source import Validators
from fetch.text import clean

if TYPE_CHECKING:
    import httpx

CONTACT = "BROADSHEET_CONTACT"
"""The variable with the address of a page or mailbox that servers are told, for readers who want to be reachable."""
_QUICKLY_UNPACKED = 10_000
"""Bytes that are unpacked in a moment, whatever they hold: a thousand times as many may come of them."""
_FAILURES = (httpcore.NetworkError, httpcore.ProxyError)


class Client:
    """Asks for one URL at a time; knows neither redirects nor pace nor robots.txt, which `Fetcher` minds."""

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

    async def ask(self, request: Request, seconds: float) -> Hop:
        """One hop within so many seconds; raises FetchError for everything that is no 2xx, 304 or redirect."""
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(seconds):
                hop = await self._send(request)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise Unreachable(f"{request.url} did not answer in time.", request.url, reason="timed out") from error
        except httpcore.ProxyError as error:
            raise Unreachable(f"{request.url}: its proxy leads nowhere.", request.url, reason="proxy") from error
        except _FAILURES as error:
            raise unreachable(request.url, error) from error
        except httpcore.UnsupportedProtocol as error:
            raise Refused(f"{request.url} is not an address we can ask.", request.url, reason="address") from error
        except FetchError:
            raise
        except protocol_mistakes() as error:
            raise not_http(request.url, error) from error
        return replace(hop, took=time.perf_counter() - begun)

    async def close_idle(self, authority: str) -> None:
        """Closes the connections to a host (with its port) that nothing more is wanted from."""
        for key, pool in list(self._pools.items()):
            if key[0].partition("://")[2] == authority and not pool.in_flight:
                del self._pools[key]
                await pool.aclose()

    async def _send(self, request: Request) -> Hop:
        parts = parse_url(request.url)
        pool = self._pool_for(parts, request)
        headers = self._headers_for(parts, request)
        content = None if request.form is None else request.form.reveal().encode("ascii", "replace")
        begun = time.perf_counter()
        pool.in_flight += 1
        try:
            async with asyncio.timeout(self._deadlines.connect + self._deadlines.read):  # a head may drip, too
                raw = await pool.send(parts, headers, self._timeouts, content)
            try:
                with interpreting(request.url):
                    return await self._hop(request, pool.zone, raw, time.perf_counter() - begun)
            finally:
                await raw.aclose()
        finally:
            pool.in_flight -= 1

    async def _hop(self, request: Request, zone: Zone, raw: RawResponse, seconds: float) -> Hop:
        location = raw.headers.get("location", "") if raw.status in REDIRECTS else ""
        if location:
            response = Response(url=request.url, status=raw.status, seconds=seconds, zone=zone)
        else:
            response = await self._receive(request, zone, raw, seconds)
        return Hop(response, location, raw.headers.get("refresh", ""), raw.cookies)

    async def _receive(self, request: Request, zone: Zone, raw: RawResponse, seconds: float) -> Response:
        headers, now, status = raw.headers, datetime.now(UTC), raw.status
        if not (200 <= status < 300 or (status == 304 and request.conditional)):
            raise status_error(request.url, status, headers, await _read_start(raw), now)
        if status == 206 and not _is_whole(headers.get("content-range", "")):
            raise BrokenAnswer(f"{request.url} answered with a part of what was asked for (HTTP 206).", request.url)
        validators = Validators(_echoed(headers, "etag"), _echoed(headers, "last-modified"), request.url)
        body = b""
        if status != 304:
            length = check_headers(request, headers)
            if request.meter:
                request.meter.expect(length)
            body = await self._read_body(request, raw)
        return Response(
            url=request.url,
            status=304 if status == 304 else 200,
            body=await _unpacked(request, body, headers.get("content-encoding", "")) if body else b"",
            content_type=headers.get("content-type", ""),
            validators=merged(request.validators, validators) if status == 304 else validators,
            wait=wait(headers, now),
            received=len(body),
            seconds=seconds,
            zone=zone,
        )

    async def _read_body(self, request: Request, raw: RawResponse) -> bytes:
        """The body as it came over the wire, still coded."""
        chunks, size, pace = [], 0, BodyPace(self._deadlines)
        async for part in raw.chunks:
            size += len(part)
            if not pace.is_kept(size):
                raise Unreachable(
                    f"{request.url} answers too slowly: under {self._deadlines.slowest:,.0f} bytes a second.",
                    request.url,
                    reason="timed out",
                )
            if request.meter:
                request.meter.spend(len(part))
            if size > request.limit and not request.cut:
                raise too_large(request.url, request.limit)
            chunks.append(part)
            if size > request.limit:
                break
        return b"".join(chunks)

    def _headers_for(self, parts: UrlParts, request: Request) -> list[tuple[bytes, bytes]]:
        headers = {"Host": parts.host_header, **self._headers}
        if request.conditional:
            known = request.validators
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        if request.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(request.form.reveal()))
        own = [
            (name.encode(), value.reveal().encode("latin-1", "replace"))
            for name, value in request.headers
            if name.lower() not in OF_HTTP_ITSELF
        ]
        said = {name.lower() for name, _ in own}
        told = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        return [*((name, value) for name, value in told if name.lower() not in said), *own]

    def _pool_for(self, parts: UrlParts, request: Request) -> Pool:
        proxy = request.proxy or self._environment_proxy(parts)
        key = (parts.origin, request.reach, proxy)
        if key in self._pools:
            return self._pools[key]
        literal = literal_zone(parts.host)
        if literal and (proxy or self._transport):  # nothing else will look at the address
            permit_zone(literal, parts.host, request.reach, request.url)
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
        try:
            return HostPool(request.reach, proxy, context)
        except Refused as error:
            raise Refused(str(error), request.url, reason="proxy") from error

    def _environment_proxy(self, parts: UrlParts) -> str:
        """The environment's proxy for a URL; a transport handed in (a test's) stands in for the network itself."""
        if not self._proxies or self._transport or _bypassed(parts):
            return ""
        proxy = self._proxies.get(parts.scheme) or self._proxies.get("all", "")
        return proxy if not proxy or "://" in proxy else f"http://{proxy}"

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            import httpx

            self._tls = httpx.create_ssl_context()  # certifi's authorities, or those of SSL_CERT_FILE
        return self._tls


class BodyPace:
    """How fast a body comes."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self._since = time.monotonic()
        self._before = 0

    def is_kept(self, size: int) -> bool:
        """Whether it has come fast enough, of which there are now so many bytes; asked when some have come."""
        seconds = time.monotonic() - self._since
        if seconds < self._deadlines.read:
            return True
        kept = size - self._before >= self._deadlines.slowest * seconds
        self._since, self._before = time.monotonic(), size
        return kept


class BorrowedTransport:
    """A transport of httpx that was handed in, with the methods of a HostPool; its owner closes it."""

    def __init__(self, transport: httpx.AsyncBaseTransport, zone: Zone) -> None:
        self.zone = zone
        self.in_flight = 0
        self._transport = transport

    async def send(
        self, parts: UrlParts, headers: Headers, timeouts: Timeouts, content: bytes | None = None
    ) -> RawResponse:
        """The reply, its body not yet read."""
        import httpx

        method = "GET" if content is None else "POST"
        try:
            request = httpx.Request(
                method, parts.url, headers=headers, content=content, extensions={"timeout": timeouts}
            )
            raw = await self._transport.handle_async_request(request)
        except httpx.TimeoutException as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except httpx.TransportError as error:
            raise httpcore.NetworkError(str(error)) from error
        cookies = tuple(raw.headers.get_list("set-cookie"))
        return RawResponse(raw.status_code, dict(raw.headers), cookies, raw.aiter_raw(), raw.aclose)

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


def _echoed(headers: Mapping[str, str], name: str) -> str:
    """A header that is to be said again at the next visit; "" for one that no request could carry."""
    said = headers.get(name, "")
    return said if said.isprintable() or not any(letter < " " or letter == "\x7f" for letter in said) else ""


def _bypassed(parts: UrlParts) -> bool:
    """Whether no_proxy names the host, with its port or without one."""
    host = f"[{parts.host}]" if ":" in parts.host else parts.host
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return bool(proxy_bypass(f"{host}:{port}") or proxy_bypass(parts.host))


def _is_whole(content_range: str) -> bool:
    """Whether a Content-Range covers all there is."""
    found = re.fullmatch(r"\s*bytes\s+0-(\d{1,18})/(\d{1,18})\s*", content_range, re.IGNORECASE)
    return found is not None and int(found[1]) + 1 == int(found[2])


async def _unpacked(request: Request, body: bytes, codings: str) -> bytes:
    """A body without its codings, a large one on a thread of its own; of one that is to be cut, the beginning."""
    how = unpack_start if request.cut else unpack
    if codings and len(body) > _QUICKLY_UNPACKED:
        return await asyncio.to_thread(how, body, codings, request.limit, request.url)
    return how(body, codings, request.limit, request.url)


async def _read_start(raw: RawResponse) -> bytes:
    """The beginning of an error page, enough to tell who is speaking."""
    chunks, size = [], 0
    try:
        async for part in raw.chunks:
            size += len(part)
            chunks.append(part)
            if size > LONGEST_BLOCK_PAGE:
                break
    except (httpcore.TimeoutException, *_FAILURES):
        pass  # the status is known, and the rest of its page would only have said who is speaking
    except protocol_mistakes():
        pass
    body = b"".join(chunks)
    try:
        return unpack_start(body, raw.headers.get("content-encoding", ""), LONGEST_BLOCK_PAGE, "")
    except FetchError:
        return body
