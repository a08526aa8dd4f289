"""Redirects, each hop by the rules of the host that answers it; their cookies; pages that refresh to another."""

from __future__ import annotations

import pytest

from fetch.errors import BadStatus, FetchError, RateLimited, Refused, Unreachable
from fetch.http.redirects import refresh_in
from fetch.http.request import Request
from fetch.secret import Secret
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import fetcher
from tests.wire import Connection, answer, wire

pytestmark = pytest.mark.anyio


async def test_robots_txt_counts_for_the_host_that_answers_each_hop(site: Loopback) -> None:
    with Loopback("127.0.0.2") as target:
        site.put("/go", status=302, location=target.url("/closed"))
        target.put("/robots.txt", "User-agent: *\nDisallow: /closed", kind="text/plain")
        target.put("/closed", "x")
        async with fetcher() as one:
            with pytest.raises(Refused) as caught:
                await one.get(Request(site.url("/go"), reach="loopback"), robots=True)
        assert caught.value.reason == "robots"
        assert [seen.path for seen in target.seen] == ["/robots.txt"]


async def test_a_retry_after_holds_the_target_and_not_the_redirector(site: Loopback) -> None:
    with Loopback("127.0.0.2") as busy, Loopback("127.0.0.3") as other:
        site.put("/busy", status=302, location=busy.url("/feed"))
        site.put("/other", status=302, location=other.url("/feed"))
        busy.put("/feed", status=429, retry_after="3600")
        other.put("/feed", "here")
        async with fetcher() as one:
            for _ in range(2):
                with pytest.raises(RateLimited):
                    await one.get(Request(site.url("/busy"), reach="anywhere"))
            assert (await one.get(Request(site.url("/other"), reach="anywhere"))).body == b"here"
        assert len(busy.seen) == 1


async def test_each_hop_waits_for_the_pause_of_its_own_host(site: Loopback) -> None:
    with Loopback("127.0.0.2") as target:
        site.put("/go", status=302, location=target.url("/here"))
        target.put("/here", "x")
        async with fetcher() as one:
            one.pace(target.url()).crawl_delay = 0.4
            for _ in range(2):
                begun = one.pace(target.url())._clock()
                await one.get(Request(site.url("/go"), reach="anywhere"))
            assert one.pace(target.url())._clock() - begun > 0.35


async def test_a_location_in_utf_8_is_escaped_as_it_stands(site: Loopback) -> None:
    site.put("/ziel/%C3%A4%20%F0%9F%9A%A2?q=%C3%B6", "here")
    site.put("/latin/%E4", "there")

    async def talk(connection: Connection) -> None:
        head = await connection.head()
        to = b"/ziel/\xc3\xa4 \xf0\x9f\x9a\xa2?q=\xc3\xb6" if "/utf" in head else b"/latin/\xe4"
        place = site.url("").encode() + to
        await connection.send(b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n")

    async with wire(talk) as (base, _), fetcher() as one:
        assert (await one.get(Request(base + "/utf", reach="anywhere"))).body == b"here"
        assert (await one.get(Request(base + "/latin", reach="anywhere"))).body == b"there"


@pytest.mark.parametrize(
    "location",
    [
        "http://[::1",
        "http://\xff\xfe/",
        "//[",
        "http://1.2.3.4.5/",
        "http://a:99999999999999/",
        "gopher://x",
        "http://",
    ],
)
async def test_a_location_that_is_no_address_is_a_failure_that_names_it(location: str) -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(answer(b"", "302 Found", location=location))

    async with wire(talk) as (base, _), fetcher() as one:
        with pytest.raises(FetchError) as caught:
            await one.get(Request(base, reach="anywhere"))
    assert caught.value.url


async def test_a_cookie_lives_within_one_chain_of_redirects_and_no_longer(site: Loopback) -> None:
    def gate(seen: Seen) -> Reply:
        if "cookie" in seen.headers:
            return Reply(b"inside")
        return Reply(status=302, headers={"Location": "/gate", "Set-Cookie": "pass=7; Path=/; HttpOnly"})

    site.routes["/gate"] = gate
    async with fetcher() as one:
        for _ in range(2):
            assert (await one.get(Request(site.url("/gate"), reach="anywhere"))).body == b"inside"
    assert [seen.headers.get("cookie") for seen in site.seen] == [None, "pass=7"] * 2


async def test_a_chains_cookies_stand_behind_the_readers_own(site: Loopback) -> None:
    with Loopback("127.0.0.2") as other:
        site.put("/a", status=302, location="/b", set_cookie="pass=7")
        site.put("/b", status=302, location=other.url("/c"))
        other.put("/c", status=302, location="/d", set_cookie="other=1")
        other.put("/d", "x")
        async with fetcher() as one:
            own = (("Cookie", Secret("member=3")), ("X-Member", Secret("torvik")))
            await one.get(Request(site.url("/a"), reach="anywhere", headers=own))
    assert [seen.headers.get("cookie") for seen in site.seen] == ["member=3", "member=3; pass=7"]
    assert [seen.headers.get("cookie") for seen in other.seen] == [None, "other=1"]
    assert all("x-member" not in seen.headers for seen in other.seen)


async def test_a_cookie_loop_is_named_as_what_it_is(site: Loopback) -> None:
    site.put("/loop", status=302, location="/loop", set_cookie="seen=1; Max-Age=0")
    site.put("/plain", status=302, location="/plain")
    async with fetcher() as one:
        with pytest.raises(Unreachable, match="cookie") as caught:
            await one.get(Request(site.url("/loop"), reach="anywhere"))
        assert caught.value.reason == "cookie loop"
        with pytest.raises(Unreachable) as caught:
            await one.get(Request(site.url("/plain"), reach="anywhere"))
        assert caught.value.reason == "too many redirects"


def refreshing(to: str, more: str = "") -> str:
    return f'<html><head><meta http-equiv="refresh" content="0; url={to}"></head><body>Moved{more}</body></html>'


async def test_a_page_that_refreshes_is_followed_like_a_redirect(site: Loopback) -> None:
    site.put("/moved", refreshing("/there"))
    site.put("/there", "here")
    async with fetcher() as one:
        response = await one.get(Request(site.url("/moved"), reach="loopback"))
    assert (response.url, response.body, response.moved) == (site.url("/there"), b"here", "")
    assert response.asked == site.url("/moved")


async def test_a_refresh_has_the_limits_and_the_guard_of_a_redirect(site: Loopback) -> None:
    site.put("/round", refreshing("/round?1"))
    for number in range(1, 12):
        site.put(f"/round?{number}", refreshing(f"/round?{number + 1}"))
    site.put("/in", refreshing("http://10.0.0.1/"))
    site.put("/file", refreshing("file:///etc/passwd"))
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed", kind="text/plain")
    site.put("/closing", refreshing("/closed"))
    async with fetcher() as one:
        with pytest.raises(Unreachable) as unreachable:
            await one.get(Request(site.url("/round"), reach="loopback"))
        assert unreachable.value.reason == "too many redirects"
        with pytest.raises(Refused) as caught:
            await one.get(Request(site.url("/in"), reach="loopback"))
        assert caught.value.reason == "address"
        assert b"Moved" in (await one.get(Request(site.url("/file"), reach="loopback"))).body
        with pytest.raises(Refused) as caught:
            await one.get(Request(site.url("/closing"), reach="loopback"), robots=True)
        assert caught.value.reason == "robots"


@pytest.mark.parametrize(
    ("page", "target"),
    [
        (refreshing("/there"), "/there"),
        ("<meta content='3;URL=/a?b=1&amp;c=2' HTTP-EQUIV=Refresh>", "/a?b=1&c=2"),
        ("<?xml version='1.0'?>\n<!-- moved --><html><meta http-equiv=refresh content=0;/there>", "/there"),
        ("<html><meta http-equiv=refresh content='0; url=&#39;/there&#39;'>", "/there"),
        ("<html><meta http-equiv=refresh content='0 url=/there'>", "/there"),
        ('<html><meta content="0;url=/there?a>b" http-equiv=refresh>', "/there?a>b"),
        ("<html><meta name='>' content=x><meta http-equiv='refresh'content='1;/there'>", "/there"),
        ("<html><meta http-equiv=refresh content=5><meta http-equiv=refresh content='0;/there'>", "/there"),
        ("<html><base href='/harbour/'><meta http-equiv=refresh content='0;url=there'>", "/harbour/there"),
        (
            "<html><base target=_top href=https://a.example/b/><meta http-equiv=refresh content='0;url=c'>",
            "https://a.example/b/c",
        ),
        ("<html><base href='/harbour/'><meta http-equiv=refresh content='0;url=/there'>", "/there"),
        ("<html><meta name=refresh content='0;url=/there'>", ""),
        ("<html><meta data-http-equiv=refresh content='0;url=/there'>", ""),
        ("<html><meta http-equiv=refresh content=0 name=/there>", ""),
        ("<html><meta http-equiv=refresh content=600>", ""),
        ("<html><meta http-equiv=refresh content='600; url=/news'>", ""),
        ("<html><noscript><meta http-equiv=refresh content='0; url=/nojs'></noscript>", ""),
        ("<html><!-- <meta http-equiv=refresh content='0; url=/old'> -->", ""),
        ("<html><script>'<meta http-equiv=refresh content=\"0; url=/js\">'</script>", ""),
        ("<rss><item><meta http-equiv=refresh content='0; url=/in-a-feed'></item></rss>", ""),
        ("<html><meta http-equiv=refresh content='5; url=/next'>" + "word " * 5000, ""),
        ("<html><meta http-equiv=refresh content='99999999999999999999; url=/far'>", ""),
        ("<html><meta http-equiv=refresh content=''>", ""),
        ("<html><meta http-equiv=refresh>", ""),
    ],
)
def test_where_a_page_refreshes_to(page: str, target: str) -> None:
    assert refresh_in(page.encode()) == target


def test_a_page_that_refreshes_to_itself_is_the_page() -> None:
    assert refresh_in(refreshing("").encode()) == ""


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("0;url=/there", "/there"), ("0; URL='/there'", "/there"), ("3,/there", "/there"), ("600; url=/there", ""),
        ("5", ""), ("", ""), ("0; url=file:///etc/passwd", ""), ("0; url=/\xc3\xa4", "/ä"), ("0; url=", ""),
    ],
)  # fmt: skip
async def test_a_refresh_in_the_head_is_followed_as_one_in_the_page(said: str, target: str) -> None:
    async def talk(connection: Connection) -> None:
        head = await connection.head()
        await connection.send(answer(b"x", **({"refresh": said} if " /go " in head else {})))

    async with wire(talk) as (base, _), fetcher() as one:
        response = await one.get(Request(f"{base}/go", reach="loopback"))
    assert response.url == base + (target or "/go")
    assert response.moved == ""


async def test_a_reload_of_itself_is_no_redirect(site: Loopback) -> None:
    site.put("/live", refreshing(site.url("/live"), " the live page"))
    async with fetcher() as one:
        assert b"live page" in (await one.get(Request(site.url("/live"), reach="loopback"))).body
    assert len(site.seen) == 1


async def test_an_error_behind_a_redirect_is_that_of_its_address(site: Loopback) -> None:
    site.put("/go", status=301, location="/gone")
    site.put("/gone", status=410)
    async with fetcher() as one:
        with pytest.raises(BadStatus) as caught:
            await one.get(Request(site.url("/go"), reach="loopback"))
    assert (caught.value.status, caught.value.url) == (410, site.url("/gone"))


@pytest.mark.parametrize("how", ["301", "refresh"])
async def test_a_login_that_a_redirect_names_stands_nowhere_and_is_not_sent(site: Loopback, how: str) -> None:
    target = site.url("/there").replace("://", "://ada:pa55@")
    if how == "301":
        site.put("/go", status=301, location=target)
    else:
        site.put("/go", f"<html><meta http-equiv=refresh content='0;url={target}'>")
    site.put("/there", "x")
    async with fetcher() as one:
        response = await one.get(Request(site.url("/go"), reach="anywhere"))
        site.put("/there", status=404)
        with pytest.raises(BadStatus) as caught:
            await one.get(Request(site.url("/go"), reach="anywhere"))
    assert response.url == site.url("/there")
    assert response.moved in ("", site.url("/there"))
    assert "pa55" not in f"{response} {caught.value} {caught.value.url}"
    assert not any("authorization" in seen.headers for seen in site.seen)
