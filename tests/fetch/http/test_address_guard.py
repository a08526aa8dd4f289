from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any

import pytest

from fetch.errors import Refused, Unreachable
from fetch.http.address_guard import Zone, literal_zone, permit, zone
from fetch.http.request import Request
from tests.loopback import Loopback
from tests.newsroom import fetcher
from tests.wire import answer

IPV6 = False
with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
    probe.bind(("::1", 0))
    IPV6 = True


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", "public"),
        ("2606:2800:220:1::1", "public"),
        ("127.0.0.1", "loopback"),
        ("127.8.9.10", "loopback"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.10", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("::ffff:192.168.0.10", "private"),
        ("64:ff9b::c0a8:a", "private"),
        ("2002:c0a8:a::1", "private"),
        ("169.254.169.254", "local"),
        ("fe80::1%eth0", "local"),
        ("0.0.0.0", "local"),
        ("224.0.0.1", "local"),
        ("255.255.255.255", "local"),
        ("::7f00:1", "loopback"),
        ("::a9fe:a9fe", "local"),
        ("::ffff:0:127.0.0.1", "loopback"),
        ("fec0::1", "private"),
        ("64:ff9b:1::", "private"),
        ("64:ff9b:1::7f00:1", "private"),
        ("::", "local"),
    ],
)
def test_an_address_is_in_a_zone(address: str, expected: Zone) -> None:
    assert zone(address) == expected


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "news.localhost",
        "127.0.0.1",
        "[::1]",
        "2130706433",
        "127.1",
        "0x7f.1",
        "0177.0.0.1",
        "0x7f000001",
        "127.0.0.1.",
        "[::7f00:1]",
    ],
)
def test_names_of_this_very_machine_need_no_resolving(host: str) -> None:
    assert literal_zone(host) == "loopback"


def test_other_names_do() -> None:
    assert literal_zone("harbour.example") is None


def test_a_reach_extends_to_the_public_net_and_to_its_own_zone_only() -> None:
    assert permit("93.184.216.34", "loopback", "u") == "public"
    assert permit("127.0.0.1", "loopback", "u") == "loopback"
    assert permit("192.168.0.1", "anywhere", "u") == "private"
    for address, reach in (("127.0.0.1", "public"), ("192.168.0.1", "loopback"), ("127.0.0.1", "private")):
        with pytest.raises(Refused, match="no page may send us"):
            permit(address, reach, "http://harbour.example/")  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_what_a_page_points_at_may_not_be_this_machine(site: Loopback) -> None:
    site.put("/secret", "x")
    async with fetcher() as one:
        with pytest.raises(Refused) as caught:
            await one.get(Request(site.url("/secret"), reach="public"))
        assert (await one.get(Request(site.url("/secret"), reach="anywhere"))).zone == "loopback"
    assert caught.value.reason == "address"
    assert len(site.seen) == 1


@pytest.mark.anyio
async def test_the_address_counts_that_is_connected_to(site: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was public when it was looked at, and is this machine when it is connected to (DNS rebinding)."""
    asked: list[str] = []

    def resolver(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    url = site.url("/secret").replace("127.0.0.1", "rebound.harbour.example")
    async with fetcher() as one:
        with pytest.raises(Refused):
            await one.get(Request(url, reach="public"))
    assert asked == ["rebound.harbour.example"]
    assert site.seen == []


@pytest.mark.anyio
async def test_a_redirect_may_not_leave_the_zone_it_began_in(site: Loopback) -> None:
    site.put("/to-metadata", status=302, location="http://169.254.169.254/latest/meta-data/")
    site.put("/to-network", status=302, location="http://192.168.77.1/")
    site.put("/to-file", status=302, location="file:///etc/passwd")
    site.put("/to-itself", status=302, location="/here")
    site.put("/here", "x")
    async with fetcher() as one:
        for path in ("/to-metadata", "/to-network", "/to-file"):
            with pytest.raises(Refused) as caught:
                await one.get(Request(site.url(path), reach="anywhere"))
            assert caught.value.reason == "address"
        assert (await one.get(Request(site.url("/to-itself"), reach="anywhere"))).body == b"x"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://harbour.example/", "http://", "http://[::1", "http://127.0.0.1:99999/", "gopher:x",
     "http://\x00/", "http://harbour example/", "//harbour.example/", "javascript:alert(1)", "http://127.0.0.1:-1/"],
)  # fmt: skip
async def test_what_is_no_web_address_is_refused_in_a_sentence(url: str) -> None:
    async with fetcher() as one:
        with pytest.raises(Refused, match="not a web address") as caught:
            await one.get(Request(url, reach="anywhere"))
    assert caught.value.reason == "address"


@pytest.mark.anyio
async def test_where_nobody_listens_is_unreachable(site: Loopback) -> None:
    url = site.url("/")
    site.stop()
    async with fetcher() as one:
        with pytest.raises(Unreachable) as caught:
            await one.get(Request(url, reach="anywhere"))
    assert caught.value.reason == "refused connection"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "host",
    ["2130706433", "127.1", "0x7f.1", "0177.1", "127.0.0.1.", "localhost.", "%31%32%37.0.0.1", "１２７.0.0.1",
     "[::7f00:1]", "0xa9fea9fe", "169.254.43518", "[fec0::1]", "[64:ff9b:1::a]",
     "[::1%25lo]", "[::1%1]", "[fe80::1%25eth0]"],
)  # fmt: skip
async def test_no_spelling_of_an_address_passes_the_guard_behind_a_proxy(host: str, site: Loopback) -> None:
    async with fetcher() as one:
        with pytest.raises(Refused) as caught:
            await one.get(Request(f"http://{host}/secret", reach="public", proxy=site.url("")))
    assert caught.value.reason == "address"
    assert site.seen == []


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.1"])
async def test_every_spelling_of_an_address_is_asked_by_its_one_name(host: str, site: Loopback) -> None:
    site.put("/page", "x")
    async with fetcher() as one:
        await one.get(Request(site.url("/page").replace("127.0.0.1", host), reach="anywhere"))
    assert site.seen[0].headers["host"] == site.url("").removeprefix("http://")


@pytest.mark.anyio
@pytest.mark.skipif(not IPV6, reason="needs ::1")
@pytest.mark.parametrize("written", ["[::1]", "[::1%251]", "[::1%1]"])
async def test_an_ipv6_address_is_asked_in_its_zone_of_which_the_server_hears_nothing(written: str) -> None:
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer(b"here"))
        writer.close()

    server = await asyncio.start_server(serve, "::1", 0)
    port = server.sockets[0].getsockname()[1]
    async with fetcher() as one:
        response = await one.get(Request(f"http://{written}:{port}/x", reach="anywhere"))
        with pytest.raises(Refused):
            await one.get(Request(f"http://{written}:{port}/x", reach="public"))
    server.close()
    assert (response.body, response.zone) == (b"here", "loopback")
    assert f"Host: [::1]:{port}\r\n".encode() in heads[0]
