"""Sockets for httpcore: connects only to addresses the guard permits, and reads and writes them with asyncio.

httpcore's own back end resolves and connects in one step, so nothing could look at the address between; and it
costs a third of the time of a small request. Loaded by `fetch.http.client` only.
"""

# ruff: noqa: ASYNC109 - the signatures are httpcore's
from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import httpcore

from fetch.errors import MISTAKES, Refused
from fetch.http.address_guard import Reach, Zone, permit
from fetch.http.socket_stream import IDLE, LONGEST_IDLE, SocketStream
from fetch.http.url_parts import UrlParts, parse_url

Address: TypeAlias = tuple[socket.AddressFamily, tuple[Any, ...]]
Noted: TypeAlias = Callable[[Zone], None]
Headers: TypeAlias = list[tuple[bytes, bytes]]
Timeouts: TypeAlias = dict[str, float | None]

SOCKS = ("socks5://", "socks5h://")
_connected: ContextVar[bool] = ContextVar("connected", default=False)
"""Whether the request under way in this task opened a connection."""
_STAGGER = 2.0
"""Seconds until the next address of a name is tried (a network may announce IPv6 and not carry it)."""


class RawResponse(NamedTuple):
    """The head of a response, names in lower case; its body in chunks as they come, still coded."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    chunks: AsyncIterator[bytes]
    aclose: Callable[[], Awaitable[None]]


class HostPool:
    """The connections to one host within one reach, and the zone of the address they led to.

    `in_flight` counts the requests under way. A connection that was idle may have been closed by the server, or hold
    what nobody asked for: then a request is sent once more, on a fresh one.
    """

    def __init__(self, reach: Reach, proxy: str, context: ssl.SSLContext | None) -> None:
        self.zone: Zone = "public"
        self.in_flight = 0
        self._idle_since = math.inf
        # a proxy's own address is the reader's business, and its zone says nothing of the page behind it
        backend = GuardedBackend("anywhere" if proxy else reach, _unnoted if proxy else self._note, self._retire)
        self._open = partial(_open_pool, proxy, context, backend)
        self._pool = self._open()
        self._retired: list[httpcore.AsyncConnectionPool] = []

    async def send(
        self, parts: UrlParts, headers: Headers, timeouts: Timeouts, content: bytes | None = None
    ) -> RawResponse:
        """The reply, its body not yet read, to a GET; to a POST where there is `content`, which may be sent twice."""
        await self._close_retired()
        if time.monotonic() - self._idle_since > IDLE:
            await self._close_idle()
        url = httpcore.URL(scheme=parts.scheme, host=parts.host, port=parts.port, target=parts.target)
        method = b"GET" if content is None else b"POST"
        request = httpcore.Request(method, url, headers=headers, content=content, extensions={"timeout": timeouts})
        response = await self._answered(request) or await self._once_more(request)
        named, cookies = dict[str, str](), list[str]()
        for name, value in response.headers:
            key, said = name.decode("ascii", "replace").lower(), value.decode("latin-1")
            named[key] = f"{named[key]}, {said}" if key in named else said
            cookies += [said] if key == "set-cookie" else []
        if isinstance(stream := response.extensions.get("network_stream"), SocketStream):
            stream.head_is_read(named.get("keep-alive", ""))
        # of a connection of HTTP/2 nobody else asks whether it is stale, and no header says how long it is kept
        self._idle_since = time.monotonic() if response.extensions.get("http_version") == b"HTTP/2" else math.inf
        return RawResponse(response.status, named, tuple(cookies), aiter(response.aiter_stream()), response.aclose)

    async def _answered(self, request: httpcore.Request) -> httpcore.Response | None:
        """The answer; None where it was asked on an idle connection that gave none, or not the one to this request."""
        _connected.set(False)
        try:
            response = await self._pool.handle_async_request(request)
        except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
            if _connected.get():
                raise
            return None
        if _connected.get():
            return response
        stream = response.extensions.get("network_stream")
        unasked = (
            isinstance(stream, SocketStream) and stream.unread and response.extensions["http_version"] != b"HTTP/2"
        )
        if not unasked and response.status != 408:  # "you said nothing": of the time in which it was idle
            return response
        await response.aclose()
        if isinstance(stream, SocketStream):
            await stream.aclose()
        return None

    async def _once_more(self, request: httpcore.Request) -> httpcore.Response:
        await self._close_idle()
        return await self._pool.handle_async_request(request)

    async def _close_idle(self) -> None:
        for connection in self._pool.connections:
            if connection.is_idle():
                await connection.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        for pool in (*self._retired, self._pool):
            await pool.aclose()

    def _retire(self) -> None:
        """Asks the next request on other connections; what is under way on these still comes."""
        if self._pool.connections:
            self._retired.append(self._pool)
            self._pool = self._open()

    async def _close_retired(self) -> None:
        for pool in self._retired[:]:
            if all(connection.is_idle() or connection.is_closed() for connection in pool.connections):
                self._retired.remove(pool)
                await pool.aclose()

    def _note(self, zone: Zone) -> None:
        self.zone = zone


def _open_pool(proxy: str, context: ssl.SSLContext | None, backend: GuardedBackend) -> httpcore.AsyncConnectionPool:
    """The connections to one host, behind a proxy where one is named."""
    if proxy:
        at, auth = _parsed_proxy(proxy)
        kind = httpcore.AsyncSOCKSProxy if proxy.startswith(SOCKS) else httpcore.AsyncHTTPProxy
        return kind(
            proxy_url=at,
            proxy_auth=auth,
            ssl_context=context,
            keepalive_expiry=LONGEST_IDLE,
            http2=True,
            network_backend=backend,
        )
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=4,
        keepalive_expiry=LONGEST_IDLE,
        http2=True,
        network_backend=backend,
    )


def _parsed_proxy(proxy: str) -> tuple[httpcore.URL, tuple[bytes, bytes] | None]:
    """A proxy's address as httpcore has it, and its login; raises Refused for one that is none."""
    scheme, _, rest = proxy.partition("://")
    try:
        at = parse_url(f"http://{rest}" if proxy.startswith(SOCKS) else proxy)
    except Refused as error:
        raise Refused(f"{proxy} is no proxy that can be asked.", reason="proxy") from error
    name, _, password = at.user.partition(":")
    url = httpcore.URL(scheme=scheme.lower(), host=at.host, port=at.port, target="/")
    return url, (name.encode(), password.encode()) if name else None


def protocol_mistakes() -> tuple[type[Exception], ...]:
    """What httpcore lets through of an answer that is not HTTP: its own mistakes, and h2's of frames out of order.

    For an except clause, which looks it up only when something was raised: h2 is loaded where it is spoken.
    """
    from h2.exceptions import H2Error

    return (*MISTAKES, H2Error, httpcore.ProtocolError)


def _unnoted(_: Zone) -> None:
    """Nobody hears of a proxy's own zone."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for one origin within one reach; tells the zone of each, and when it is over."""

    def __init__(self, reach: Reach, noted: Noted, over: Callable[[], None]) -> None:
        self._reach = reach
        self._noted = noted
        self._over = over

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first of the host's permitted addresses that answers."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await _resolve(host, port)
                zones = [permit(address[1][0], self._reach, host) for address in addresses]
                connection, index = await _connect_first(addresses)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection within {timeout} s") from error
        except (OSError, *MISTAKES) as error:
            raise httpcore.ConnectError(str(error)) from error
        self._noted(zones[index])
        _connected.set(True)
        return SocketStream(connection, self._over)


async def _resolve(host: str, port: int) -> list[Address]:
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError):
            socket.inet_pton(family, host)
            return [(family, (host, port))]
    found = await _in_daemon(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    return list(dict.fromkeys((family, address) for family, _, _, _, address in found))


async def _in_daemon(call: Callable[[], list[Any]]) -> list[Any]:
    """Runs a blocking look-up in a thread of its own: a dead resolver must hold up neither others nor our exit."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[Any]] = loop.create_future()

    def finish(result: list[Any] | None, error: Exception | None) -> None:
        if not found.done():
            found.set_exception(error) if error else found.set_result(result or [])

    def run() -> None:
        result, failed = None, None
        try:
            result = call()
        except (OSError, *MISTAKES) as error:
            failed = error
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(finish, result, failed)

    threading.Thread(target=run, daemon=True).start()
    return await found


async def _connect_first(addresses: list[Address]) -> tuple[socket.socket, int]:
    """The first address that answers, and its index in the list; all but the last are given `_STAGGER` seconds."""
    failed: OSError = OSError("the name has no address")
    for index, (family, address) in enumerate(addresses):
        last = index == len(addresses) - 1
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            async with asyncio.timeout(None if last else _STAGGER):
                await asyncio.get_running_loop().sock_connect(connection, address)
        except OSError as error:  # TimeoutError is one
            connection.close()
            failed = error
        except asyncio.CancelledError:
            connection.close()
            raise
        else:
            return connection, index
    raise failed
