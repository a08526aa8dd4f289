from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
import trustme

from fetch.errors import FetchError, Refused, Unreachable
from fetch.fetcher import Fetcher
from fetch.http.request import Deadlines, Request
from tests.loopback import Loopback
from tests.newsroom import fetcher, page
from tests.wire import Connection, answer, wire

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


@pytest.mark.parametrize("extra", [b"", b"Content-Length: 5\r\n", b"\r\nhello"], ids=["nothing", "length", "body"])
@pytest.mark.parametrize("cancelled", [False, True], ids=["deadline", "cancelled"])
async def test_a_tunnel_in_which_nobody_speaks_ends_and_so_does_all_else(extra: bytes, cancelled: bool) -> None:
    asked = asyncio.Event()

    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(b"HTTP/1.1 200 OK\r\n" + extra + b"\r\n")
        asked.set()
        await connection.reader.read()

    soon = Deadlines(connect=0.2, read=0.2, total=1.0)
    async with asyncio.timeout(5), wire(talk) as (proxy, _), Fetcher(deadlines=soon) as one:
        asking = asyncio.ensure_future(one.get(Request("https://a.example/", reach="anywhere", proxy=proxy)))
        await asked.wait()
        if cancelled:
            await asyncio.sleep(0)
            asking.cancel()
        with pytest.raises((Unreachable, asyncio.CancelledError)):
            await asking


@pytest.mark.parametrize("login", ["ada:pa55", "ädä:päß", "a%40b:%00%ff", "ada:", "a:b:c"])
async def test_a_login_at_a_proxy_may_hold_any_letter(login: str) -> None:
    heads: list[str] = []

    async def talk(connection: Connection) -> None:
        heads.append(await connection.head())
        await connection.send(answer(b"here"))

    async with wire(talk) as (proxy, _), fetcher() as one:
        at = proxy.replace("://", f"://{login}@")
        assert (await one.get(Request("http://a.example/", reach="anywhere", proxy=at))).body == b"here"
    sent = base64.b64encode(unquote(login).encode()).decode()
    assert f"proxy-authorization: basic {sent}".lower() in heads[0].lower()


@pytest.mark.parametrize(
    "proxy",
    ["http://[::1", "http://a:b:c", "socks5://[::1", "ftp://a.example:1", "http://", " ", "harbour", "socks4://x"],
)
async def test_what_is_no_proxy_is_told_as_such(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fetch.http.client.find_spec", lambda _: True)
    async with fetcher() as one:
        with pytest.raises(Refused, match="no proxy that can be asked") as caught:
            await one.get(Request("http://a.example/", reach="anywhere", proxy=proxy))
    assert (caught.value.reason, caught.value.url) == ("proxy", "http://a.example/")


@pytest.mark.parametrize(
    ("url", "said"),
    [("https://a.example/", "its proxy leads nowhere"), ("http://a.example/", "a proxy that wants a login")],
)
async def test_a_proxy_that_wants_a_login_is_told_from_a_page_that_does(url: str, said: str) -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(answer(status="407 Login", proxy_authenticate="Basic"))

    async with wire(talk) as (proxy, _), fetcher() as one:
        with pytest.raises(FetchError, match=said) as caught:
            await one.get(Request(url, reach="anywhere", proxy=proxy))
    assert caught.value.reason == "proxy"
