"""One connection for httpcore, read and written with asyncio, and what is told by how its bytes come."""

# ruff: noqa: ASYNC109 - the signatures are httpcore's
from __future__ import annotations

import asyncio
import contextlib
import re
import select
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

import httpcore

from fetch.http.http2_frames import Http2Frames

IDLE = 5.0
"""Seconds that a connection is kept idle: servers close theirs after 5 (Apache), 65 (nginx) or what they say."""
LONGEST_IDLE = 60.0
"""Seconds that one is kept where the server says that it keeps it as long: a refresh may not come back sooner."""
MOST_HEAD = 256_000
"""Bytes of an answer before its body: 1xx answers and headers; of the headers alone h11 takes 100 kB, h2 64 kB.

Over HTTP/2, where bodies and heads come beside each other, it is all that comes between two heads and is no body.
"""
_KEEP_ALIVE = re.compile(r"timeout\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


class SocketStream(httpcore.AsyncNetworkStream):
    """A connected socket; the stream over it opens, in clear or in TLS, with its first use.

    `unread` tells that nothing was read since something was last written; `over` is called when the server says that
    it takes nothing more.
    """

    def __init__(self, connection: socket.socket, over: Callable[[], None] = lambda: None) -> None:
        self.unread = True
        self._connection = connection
        self._over = over
        self._reader: CountingReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._idle = IDLE
        self._used = time.monotonic()
        self._head, self._reads_head = 0, True
        self._frames: Http2Frames | None = None
        self._gave_up = False

    def head_is_read(self, keep_alive: str) -> None:
        """Notes that a body follows, and keeps the connection idle for less time than Keep-Alive says."""
        self._head, self._reads_head = 0, False
        if self._frames:
            self._frames.beside_bodies = 0
        if said := _KEEP_ALIVE.search(keep_alive):
            self._idle = min(LONGEST_IDLE, max(0.0, float(said[1]) - 1.0))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most so many bytes; none at the end."""
        assert self._reader is not None
        try:
            async with asyncio.timeout(timeout):
                received = await self._received(self._reader, max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(f"nothing came for {timeout} s") from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self.unread, self._used = False, time.monotonic()
        self._head += len(received) if self._reads_head and not self._frames else 0
        if max(self._head, self._frames.beside_bodies if self._frames else 0) > MOST_HEAD:
            raise httpcore.RemoteProtocolError(f"more than {MOST_HEAD} bytes before the body")
        return received

    async def _received(self, reader: CountingReader, max_bytes: int) -> bytes:
        """What came; over HTTP/2 without what httpcore is not to see."""
        while (received := await reader.read(max_bytes)) and self._frames:
            was_over = self._frames.is_over
            received = self._frames.received(received)
            if self._frames.is_over and not was_over:
                self._over()
            if received:
                break
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of the buffer."""
        if self._writer is None:
            await self._open()
        assert self._writer is not None
        self.unread, self._head, self._reads_head = True, 0, True
        if self._frames:
            self._frames.sent(buffer)
        try:
            self._writer.write(buffer)
            is_taken = not self._writer.transport.get_write_buffer_size()  # then nothing is waited for
            async with asyncio.timeout(None if is_taken else timeout):
                await self._writer.drain()
        except TimeoutError as error:
            raise httpcore.WriteTimeout(f"nothing was taken for {timeout} s") from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Closes the socket without waiting for the other side."""
        self._abort()
        if self._writer and not self._gave_up:
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    def _abort(self) -> None:
        if self._writer is None:
            self._connection.close()
        else:
            self._writer.transport.abort()

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
            self._give_up()
            raise httpcore.ConnectTimeout(f"no TLS within {timeout} s") from error
        except (OSError, ssl.CertificateError) as error:
            self._give_up()
            raise httpcore.ConnectError(str(error)) from error
        except asyncio.CancelledError:
            self._give_up()
            raise
        self._frames = Http2Frames() if self._speaks_http2() else None
        return self

    def _give_up(self) -> None:
        """Closes a connection whose stream never changed into one of TLS: nobody will hear that it is closed."""
        self._gave_up = True
        self._abort()

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
