from __future__ import annotations

import gzip
import socket
import sys

import brotli
import pytest

from fetch.errors import Refused, Unreachable
from fetch.fetcher import Fetcher
from fetch.http.content_coding import unpack
from fetch.http.online import online
from fetch.http.request import Deadlines, Request
from fetch.http.url_parts import UrlParts, parse_url
from fetch.links import canonical, host
from fetch.secret import Secret
from tests.codings import zstd_packed
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import fetcher

ZEROS = bytes(30_000_000)
LIMIT = 1_000_000


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(ZEROS)),
        ("br", brotli.compress(ZEROS, quality=4)),
        ("zstd", zstd_packed(ZEROS)),
        ("gzip, gzip", gzip.compress(gzip.compress(ZEROS))),
    ],
)
def test_a_body_is_unpacked_to_its_limit_and_no_further(coding: str, packed: bytes) -> None:
    assert len(packed) < 50_000
    with pytest.raises(Refused) as caught:
        unpack(packed, coding, LIMIT, "http://harbour.example/")
    assert caught.value.reason == "too large"
    assert unpack(packed, coding, len(ZEROS), "") == ZEROS


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_damaged_body_is_an_error(coding: str) -> None:
    with pytest.raises(Unreachable) as caught:
        unpack(b"this was never packed", coding, LIMIT, "http://harbour.example/")
    assert caught.value.reason == "broken answer"


def test_a_zstd_body_may_be_several_frames() -> None:
    assert unpack(zstd_packed(b"one") + zstd_packed(b"two"), "zstd", LIMIT, "") == b"onetwo"
    with pytest.raises(Refused):
        unpack(zstd_packed(b"one") + zstd_packed(ZEROS), "zstd", LIMIT, "http://harbour.example/")


@pytest.mark.parametrize("packed", [zstd_packed(b"news " * 999)[:-3], zstd_packed(b"one") + b"\x28\xb5\x2f"])
def test_a_zstd_body_that_ends_early_is_an_error(packed: bytes) -> None:
    with pytest.raises(Unreachable):
        unpack(packed, "zstd", LIMIT, "http://harbour.example/")


def test_a_zstd_body_may_not_ask_for_more_memory_than_the_web_allows() -> None:
    assert unpack(zstd_packed(ZEROS, window=23), "zstd", len(ZEROS), "") == ZEROS
    with pytest.raises(Unreachable):
        unpack(zstd_packed(ZEROS, window=27), "zstd", len(ZEROS), "http://harbour.example/")


def test_a_coding_we_lack_is_refused() -> None:
    with pytest.raises(Refused, match="compress"):
        unpack(b"x", "compress", LIMIT, "http://harbour.example/")


@pytest.mark.anyio
async def test_a_body_over_its_limit_is_not_read_to_its_end(site: Loopback) -> None:
    site.put("/announced", b"x" * 2000)
    site.routes["/chunked"] = Reply(b"7d0\r\n" + b"x" * 2000 + b"\r\n0\r\n\r\n", 200, {"Transfer-Encoding": "chunked"})
    async with fetcher() as one:
        for path in ("/announced", "/chunked"):
            with pytest.raises(Refused) as caught:
                await one.get(Request(site.url(path), reach="anywhere", limit=1000))
            assert caught.value.reason == "too large"


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["image/jpeg", "video/mp4", "application/pdf"])
async def test_what_is_no_text_is_refused(site: Loopback, kind: str) -> None:
    site.put("/file", b"\x00", kind=kind)
    async with fetcher() as one:
        with pytest.raises(Refused) as caught:
            await one.get(Request(site.url("/file"), reach="anywhere"))
    assert caught.value.reason.startswith("not text (")


@pytest.mark.anyio
async def test_a_server_that_says_nothing_is_given_up(site: Loopback) -> None:
    site.hang("/hang")
    async with Fetcher(deadlines=Deadlines(connect=1.0, read=0.1, total=5.0)) as client:
        with pytest.raises(Unreachable) as caught:
            await client.get(Request(site.url("/hang"), reach="anywhere"))
    assert caught.value.reason == "timed out"


@pytest.mark.anyio
async def test_the_whole_of_a_request_has_a_deadline_too(site: Loopback) -> None:
    def slowly(_: Seen) -> Reply:
        site.closing.wait(0.1)
        return Reply(status=302, headers={"Location": "/round"})

    site.routes["/round"] = slowly
    async with Fetcher(deadlines=Deadlines(connect=1.0, read=1.0, total=0.25)) as client:
        with pytest.raises(Unreachable) as caught:
            await client.get(Request(site.url("/round"), reach="anywhere"))
    assert caught.value.reason == "timed out"


@pytest.mark.anyio
async def test_a_proxy_of_the_environment_is_used(site: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url(""))
    site.put("http://harbour.example/news", "from the proxy")
    async with fetcher() as one:
        response = await one.get(Request("http://harbour.example/news"))
        with pytest.raises(Refused):
            await one.get(Request("http://192.168.0.1/news"))
    assert response.body == b"from the proxy"


@pytest.mark.anyio
async def test_a_proxy_of_the_source_goes_before_it(site: Loopback) -> None:
    site.put("http://harbour.example/news", "from the proxy")
    async with fetcher() as one:
        response = await one.get(
            Request("http://harbour.example/news", proxy=site.url("").replace("://", "://torvik:mole@"))
        )
    assert response.body == b"from the proxy"
    assert site.seen[0].headers["proxy-authorization"] == "Basic dG9ydmlrOm1vbGU="


@pytest.mark.anyio
async def test_a_readers_own_headers_stay_with_their_host(site: Loopback) -> None:
    with Loopback("127.0.0.2") as other:
        site.put("/member", status=302, location="/inside")
        site.put("/inside", status=302, location=other.url("/outside"))
        other.put("/outside", "x")
        async with fetcher() as one:
            await one.get(Request(site.url("/member"), reach="anywhere", headers=(("Cookie", Secret("member=7")),)))
        assert [seen.headers.get("cookie") for seen in site.seen] == ["member=7", "member=7"]
        assert "cookie" not in other.seen[0].headers


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://harbour.example", UrlParts("http", "harbour.example", None, "/")),
        ("https://harbour.example:8443/a?b=%5Bc]#d", UrlParts("https", "harbour.example", 8443, "/a?b=%5Bc]")),
        ("HTTP://Harbour.Example/Ä b", UrlParts("http", "harbour.example", None, "/%C3%84%20b")),
        ("http://hafen-möle.example/", UrlParts("http", "xn--hafen-mle-67a.example", None, "/")),
        ("http://[::1]:80/", UrlParts("http", "::1", 80, "/")),
        ("http://straße.example/", UrlParts("http", "xn--strae-oqa.example", None, "/")),
        ("HTTPS://BÜCHER.example。/", UrlParts("https", "xn--bcher-kva.example.", None, "/")),
        ("http://under_score.bücher.example/", UrlParts("http", "under_score.xn--bcher-kva.example", None, "/")),
        ("http://0x7f.1:80/", UrlParts("http", "127.0.0.1", 80, "/")),
        ("http://t%40r:m@harbour.example/", UrlParts("http", "harbour.example", None, "/", "t@r:m")),
    ],
)
def test_an_address_becomes_a_place(url: str, place: UrlParts) -> None:
    assert parse_url(url) == place


def test_a_place_names_itself_as_the_host_header_does() -> None:
    assert parse_url("http://[::1]:8080/x").url == "http://[::1]:8080/x"
    assert parse_url("https://harbour.example:443/").authority == "harbour.example"


@pytest.mark.parametrize(
    ("number", "reason"),
    [(socket.EAI_AGAIN, "offline"), (socket.EAI_NONAME, "no such host")],
)
@pytest.mark.anyio
async def test_no_network_is_told_from_no_such_host(number: int, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolver(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "told by the system")

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    async with fetcher() as one:
        with pytest.raises(Unreachable) as caught:
            await one.get(Request("http://harbour.example/"))
    assert caught.value.reason == reason


@pytest.mark.anyio
async def test_a_socks_proxy_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)  # as where it is not installed
    async with fetcher() as one:
        with pytest.raises(Refused, match=r"extra \[socks\]"):
            await one.get(Request("http://harbour.example/", proxy="socks5://127.0.0.1:9050"))


@pytest.mark.anyio
async def test_connections_to_a_host_are_closed_when_nothing_more_is_wanted(site: Loopback) -> None:
    site.put("/page", "x")
    async with fetcher() as one:
        await one.get(Request(site.url("/page"), reach="anywhere"))
        client = one._http_client()
        assert len(client._pools) == 1
        await one.close_idle("harbour.example")
        assert len(client._pools) == 1
        await one.close_idle(site.url("").removeprefix("http://"))
        assert len(client._pools) == 0
        assert (await one.get(Request(site.url("/page"), reach="anywhere"))).body == b"x"


def test_a_host_has_one_name_in_requests_and_in_the_identity_of_stories() -> None:
    assert canonical("https://straße.example/mole") == "https://xn--strae-oqa.example/mole"
    assert canonical("http://2130706433/mole?") == "http://127.0.0.1/mole"
    assert host("https://Straße.example/") == parse_url("https://Straße.example/").host


@pytest.mark.anyio
async def test_a_proxy_of_the_environment_needs_no_scheme(site: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url("").removeprefix("http://"))
    site.put("http://harbour.example/news", "from the proxy")
    async with fetcher() as one:
        assert (await one.get(Request("http://harbour.example/news"))).body == b"from the proxy"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("no_proxy", "url", "goes_past"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}/page", True),
        ("127.0.0.1:1", "http://127.0.0.1:{port}/page", False),
        ("127.0.0.1", "http://127.0.0.1:{port}/page", True),
        ("harbour.example:80", "http://harbour.example/page", True),
        ("harbour.example:443", "http://harbour.example/page", False),
        ("harbour.example", "http://www.harbour.example/page", True),
    ],
)
async def test_no_proxy_may_name_a_port(
    site: Loopback, monkeypatch: pytest.MonkeyPatch, no_proxy: str, url: str, goes_past: bool
) -> None:
    port = site.url("").rpartition(":")[2]
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.setenv("no_proxy", no_proxy.format(port=port))
    async with fetcher() as one:
        assert (one._http_client()._environment_proxy(parse_url(url.format(port=port))) == "") is goes_past


@pytest.mark.parametrize(("routes", "expected"), [({4}, True), ({6}, True), ({4, 6}, True), (set(), False)])
def test_a_machine_with_ipv6_only_is_online(routes: set[int], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(probe: socket.socket, address: tuple[str, int]) -> None:
        if {socket.AF_INET: 4, socket.AF_INET6: 6}[probe.family] not in routes:
            raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", connect, raising=False)
    assert online() is expected


@pytest.mark.anyio
async def test_a_header_of_http_itself_that_a_library_holds_is_not_sent(site: Loopback) -> None:
    site.put("/page", "x")
    own = tuple((name, Secret("5")) for name in ("Content-Length", "Transfer-Encoding", "Range", "X-Key"))
    async with fetcher() as one:
        await one.get(Request(site.url("/page"), reach="anywhere", headers=own))
    assert {*site.seen[0].headers} & {"content-length", "transfer-encoding", "range", "x-key"} == {"x-key"}
