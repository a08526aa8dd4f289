from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from fetch.http.request import Request
from tests.loopback import Loopback
from tests.newsroom import fetcher, page

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def tunnel() -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy that does nothing but CONNECT, and what it was asked for."""
    asked: list[str] = []

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65_536):
            writer.write(part)
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.append(head.partition("\r\n")[0])
        host, _, port = head.split()[1].rpartition(":")
        there, back = await asyncio.open_connection("127.0.0.1" if host == "localhost" else host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(relay(reader, back), relay(there, writer))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()


async def test_a_secure_page_is_fetched_through_a_proxys_tunnel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with Loopback(tls=context) as site:
        site.put("/news/mole", page("mole") * 50)
        async with tunnel() as (proxy, asked), fetcher() as one:
            response = await one.get(Request(site.url("/news/mole"), reach="anywhere", proxy=proxy))
    assert response.body == (page("mole") * 50).encode()
    assert asked == [f"CONNECT {site.url('').removeprefix('https://')} HTTP/1.1"]
