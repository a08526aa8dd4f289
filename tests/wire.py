"""A server on loopback of which a test writes every byte: what no web server would send."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import trustme


class Connection:
    """One connection as the server sees it; `number` counts from 1."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self.reader = reader
        self.writer = writer

    async def head(self) -> str:
        """The next request's head; empty where the other side has hung up."""
        try:
            return (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return ""

    async def send(self, sent: bytes) -> None:
        self.writer.write(sent)
        await self.writer.drain()


Talk: TypeAlias = Callable[[Connection], Awaitable[None]]


def answer(body: bytes = b"ok", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; header names are written with underscores."""
    named = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


@asynccontextmanager
async def wire(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[tuple[str, list[Connection]]]:
    """The server's base address and its connections so far; each is closed when its talk is over."""
    connections: list[Connection] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(Connection(len(connections) + 1, reader, writer))
        try:
            await talk(connections[-1])
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"https://localhost:{port}" if tls else f"http://127.0.0.1:{port}", connections
    finally:
        server.close()


def certified(folder: Path) -> ssl.SSLContext:
    """A context for localhost, whose authority is then in the folder as authority.pem."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    return context
