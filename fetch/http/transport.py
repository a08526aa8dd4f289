"""Sockets for httpcore: connects only to addresses the guard permits, and reads and writes them with asyncio.

httpcore's own back end resolves and connects in one step, so nothing could look at the address between; and it
costs a third of the time of a small request. Loaded by `fetch.http.client` only.
"""

# ruff: noqa: ASYNC109 - the signatures are httpcore's
from __future__ import annotations

import asyncio
import contextlib
import math
import re
import select
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeAlias

import httpcore

from fetch.errors import MISTAKES
from fetch.http.address_guard import Reach, Zone, permit
from fetch.http.frame_count import FrameCount
from fetch.http.url_parts import UrlParts, parse_url

Address: TypeAlias = tuple[socket.AddressFamily, tuple[Any, ...]]
Noted: TypeAlias = Callable[[Zone], None]
Headers: TypeAlias = list[tuple[bytes, bytes]]
Timeouts: TypeAlias = dict[str, float | None]

IDLE = 5.0
"""Seconds that a connection is kept idle: servers close theirs after 5 (Apache), 65 (nginx) or what they say."""
LONGEST_IDLE = 60.0
"""Seconds that one is kept where the server says that it keeps it as long: a refresh may not come back sooner."""
MOST_HEAD = 256_000
"""Bytes of an answer before its body: 1xx answers and headers; of the headers alone h11 takes 100 kB, h2 64 kB.

Over HTTP/2, where bodies and heads come beside each other, it is all that comes between two heads and is no body.
"""
SOCKS = ("socks5://", "socks5h://")
_KEEP_ALIVE = re.compile(r"timeout\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
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
        self._pool = _open_pool(reach, proxy, context, self._note)

    async def send(self, parts: UrlParts, headers: Headers, timeouts: Timeouts) -> RawResponse:
        """The reply, its body not yet read."""
        if time.monotonic() - self._idle_since > IDLE:
            await self._close_idle()
        url = httpcore.URL(scheme=parts.scheme, host=parts.host, port=parts.port, target=parts.target)
        request = httpcore.Request(b"GET", url, headers=headers, extensions={"timeout": timeouts})
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
        await self._pool.aclose()

    def _note(self, zone: Zone) -> None:
        self.zone = zone


def _open_pool(reach: Reach, proxy: str, context: ssl.SSLContext | None, noted: Noted) -> httpcore.AsyncConnectionPool:
    """The connections to one host, behind a proxy where one is named (whose own address is the reader's business)."""
    anywhere = GuardedBackend("anywhere", _unnoted)
    if proxy.startswith(SOCKS):
        return httpcore.AsyncSOCKSProxy(
            proxy_url=proxy, ssl_context=context, keepalive_expiry=LONGEST_IDLE, http2=True, network_backend=anywhere
        )
    if proxy:
        at = parse_url(proxy)
        name, _, password = at.user.partition(":")
        return httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(scheme=at.scheme, host=at.host, port=at.port, target="/"),
            proxy_auth=(name, password) if name else None,
            ssl_context=context,
            keepalive_expiry=LONGEST_IDLE,
            http2=True,
            network_backend=anywhere,
        )
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=4,
        keepalive_expiry=LONGEST_IDLE,
        http2=True,
        network_backend=GuardedBackend(reach, noted),
    )


def protocol_mistakes() -> tuple[type[Exception], ...]:
    """What httpcore lets through of an answer that is not HTTP: its own mistakes, and h2's of frames out of order.

    For an except clause, which looks it up only when something was raised: h2 is loaded where it is spoken.
    """
    from h2.exceptions import H2Error

    return (*MISTAKES, H2Error, httpcore.ProtocolError)


def _unnoted(_: Zone) -> None:
    """A proxy's own zone says nothing of the page behind it."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for one origin within one reach, and notes the zone of the address it connected to."""

    def __init__(self, reach: Reach, noted: Noted) -> None:
        self._reach = reach
        self._noted = noted

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
        return SocketStream(connection)


class SocketStream(httpcore.AsyncNetworkStream):
    """A connected socket; the stream over it opens, in clear or in TLS, with its first use.

    `unread` tells that nothing was read since something was last written.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.unread = True
        self._connection = connection
        self._reader: CountingReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._idle = IDLE
        self._used = time.monotonic()
        self._head, self._reads_head = 0, True
        self._frames: FrameCount | None = None

    def head_is_read(self, keep_alive: str) -> None:
        """Notes that a body follows, and keeps the connection idle for less time than Keep-Alive says."""
        self._head, self._reads_head = 0, False
        if said := _KEEP_ALIVE.search(keep_alive):
            self._idle = min(LONGEST_IDLE, max(0.0, float(said[1]) - 1.0))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most so many bytes; none at the end."""
        assert self._reader is not None
        try:
            async with asyncio.timeout(timeout):
                received = await self._reader.read(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(f"nothing came for {timeout} s") from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self.unread, self._used = False, time.monotonic()
        if self._frames:
            self._head += self._frames.beside_bodies(received)
        elif self._reads_head:
            self._head += len(received)
        if self._head > MOST_HEAD:
            raise httpcore.RemoteProtocolError(f"more than {MOST_HEAD} bytes before the body")
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of the buffer."""
        if self._writer is None:
            await self._open()
        assert self._writer is not None
        self.unread = True
        if not self._frames:
            self._head, self._reads_head = 0, True
        try:
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()
        except TimeoutError as error:
            raise httpcore.WriteTimeout(f"nothing was taken for {timeout} s") from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Closes the socket without waiting for the other side."""
        if self._writer is None:
            self._connection.close()
        else:
            self._writer.transport.abort()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted, the certificate checked against the host's name."""
        try:
            async with asyncio.timeout(timeout):
                if self._writer is None:
                    await self._open(ssl_context, server_hostname)
                else:  # through a proxy's tunnel
                    await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            self._connection.close()
            raise httpcore.ConnectTimeout(f"no TLS within {timeout} s") from error
        except (OSError, ssl.CertificateError) as error:
            self._connection.close()
            raise httpcore.ConnectError(str(error)) from error
        self._frames = FrameCount() if self._speaks_http2() else None
        return self

    def _speaks_http2(self) -> bool:
        tls = self.get_extra_info("ssl_object")
        return tls is not None and tls.selected_alpn_protocol() == "h2"

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream: the TLS object, the socket, whether there is something to read."""
        if self._writer is None or self._reader is None:
            return None
        match info:
            case "ssl_object" | "socket":
                return self._writer.get_extra_info(info)
            case "client_addr":
                return self._writer.get_extra_info("sockname")
            case "server_addr":
                return self._writer.get_extra_info("peername")
            case "is_readable":  # what httpcore ends an idle connection for
                return self._is_stale(self._reader, self._writer)
        return None

    def _is_stale(self, reader: CountingReader, writer: asyncio.StreamWriter) -> bool:
        """Whether an idle connection was closed, holds what nobody asked for, or will soon be closed by the server."""
        if reader.at_eof() or reader.waiting or writer.is_closing() or time.monotonic() - self._used > self._idle:
            return True
        return _has_arrived(writer.get_extra_info("socket"))

    async def _open(self, ssl_context: ssl.SSLContext | None = None, name: str | None = None) -> None:
        loop = asyncio.get_running_loop()
        reader = CountingReader(loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.create_connection(
            lambda: protocol, sock=self._connection, ssl=ssl_context, server_hostname=name if ssl_context else None
        )
        self._reader, self._writer = reader, asyncio.StreamWriter(transport, protocol, reader, loop)


class CountingReader(asyncio.StreamReader):
    """A stream reader that says how many bytes have come and are `waiting` to be read."""

    waiting = 0

    def feed_data(self, data: Any) -> None:  # asyncio's name
        """Takes in what came."""
        self.waiting += len(data)
        super().feed_data(data)

    async def read(self, n: int = -1) -> bytes:
        """At most so many bytes; none at the end."""
        received = await super().read(n)
        self.waiting -= len(received)
        return received


def _has_arrived(connection: socket.socket | None) -> bool:
    """Whether there is something to read that the loop has not seen yet, the end among it."""
    if connection is None or not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


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
