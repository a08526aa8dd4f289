from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from fetch.errors import Refused, Unreachable
from fetch.fetcher import Fetcher
from fetch.http.request import Request
from fetch.http.robots import parse_robots
from tests.loopback import Loopback
from tests.newsroom import fetcher

RULES = b"""
User-agent: Broadsheet
Disallow: /closed/
Allow: /closed/but-open
Crawl-delay: 3

User-agent: *
Disallow: /
"""


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/page", "a page")
        yield running


def test_the_rules_for_us_go_before_those_for_all() -> None:
    rules = parse_robots(RULES + b"Sitemap: https://harbour.example/news.xml\n")
    assert rules.allows("https://harbour.example/open")
    assert rules.allows("https://harbour.example/closed/but-open")
    assert not rules.allows("https://harbour.example/closed/x")
    assert rules.crawl_delay == 3
    assert rules.sitemaps == ("https://harbour.example/news.xml",)


def test_a_request_rate_is_a_delay() -> None:
    assert parse_robots(b"User-agent: *\nRequest-rate: 1/5\n").crawl_delay == 5


@pytest.mark.parametrize("body", [b"", b"<!doctype html><p>not here</p>", b"\xff\xfe\x00garbage"])
def test_what_is_no_robots_txt_forbids_nothing(body: bytes) -> None:
    assert parse_robots(body).allows("https://harbour.example/x")


@pytest.mark.anyio
async def test_what_robots_txt_closes_is_not_fetched_by_ourselves(site: Loopback) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /page\n", kind="text/plain")
    async with fetcher() as one:
        with pytest.raises(Refused) as caught:
            await one.page(Request(site.url("/page"), reach="loopback"), robots=True)
        assert (await one.page(Request(site.url("/page"), reach="loopback"))).body == b"a page"
    assert caught.value.reason == "robots"
    assert [seen.path for seen in site.seen] == ["/robots.txt", "/page"]


@pytest.mark.anyio
@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
async def test_a_missing_robots_txt_allows_all_and_a_broken_server_nothing(
    site: Loopback, status: int, allowed: bool
) -> None:
    site.put("/robots.txt", status=status)
    async with fetcher() as one:
        if allowed:
            assert (await one.page(Request(site.url("/page"), reach="loopback"), robots=True)).body == b"a page"
        else:
            with pytest.raises(Refused):
                await one.page(Request(site.url("/page"), reach="loopback"), robots=True)


@pytest.mark.anyio
async def test_robots_txt_is_asked_for_once_and_its_delay_kept(site: Loopback) -> None:
    site.put("/robots.txt", RULES, kind="text/plain")
    async with fetcher() as one:
        await one.robots_rules(site.url("/page"), "loopback")
        await one.robots_rules(site.url("/other"), "loopback")
        assert one.pace(site.url("/page")).pause == 3
    assert len(site.asked("/robots.txt")) == 1


@pytest.mark.anyio
async def test_a_robots_txt_that_cannot_be_reached_is_tried_again(site: Loopback) -> None:
    url = site.url("/page")
    site.stop()
    async with fetcher() as one:
        for _ in range(2):
            with pytest.raises(Unreachable):
                await one.page(Request(url, reach="loopback"), robots=True)


@pytest.mark.parametrize(
    ("group", "ours"),
    [
        ("Broadsheet", True),
        ("broadsheet", True),
        ("Broadsheet/1.0", True),
        ("Broadsheet (news)", True),
        ("BROADSHEET/2.0 # ours", True),
        ("B", False),
        ("broad", False),
        ("sheet", False),
        ("Broadsheets", False),
        ("Broadsheet-News", False),
        ("Mozilla/5.0 (compatible; Broadsheet)", False),
        ("", False),
    ],
)
def test_a_group_is_ours_by_its_whole_product_token(group: str, ours: bool) -> None:
    rules = parse_robots(f"User-agent: {group}\nDisallow: /\n\nUser-agent: *\nDisallow: /only-others".encode())
    assert rules.allows("https://harbour.example/x") is not ours
    assert rules.allows("https://harbour.example/only-others") is False


def test_all_groups_that_are_ours_count_together() -> None:
    rules = parse_robots(
        b"user-agent: other\nUSER AGENT: broadsheet/3\nDisallow: /a\n\nUser-Agent: *\nDisallow: /\n\n"
        b"User-agent: Broadsheet\nDisallow: /b"
    )
    assert [rules.allows(f"https://harbour.example/{path}") for path in "abc"] == [False, False, True]


@pytest.mark.parametrize("delay", ["nan", "inf", "-5", "1e999", "x"])
def test_a_crawl_delay_that_is_no_time_asks_nothing(delay: str) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {delay}\nRequest-rate: 1/0".encode()).crawl_delay == 0


@pytest.mark.anyio
async def test_rules_are_asked_for_anew_after_a_day() -> None:
    now = 1000.0
    with Loopback() as site:
        site.put("/page", "a page")
        async with Fetcher(clock=lambda: now) as one:
            assert (await one.robots_rules(site.url("/page"), "loopback")).allows(site.url("/page"))
            site.put("/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")
            now += 86_000
            assert (await one.robots_rules(site.url("/page"), "loopback")).allows(site.url("/page"))
            now += 1000
            assert not (await one.robots_rules(site.url("/page"), "loopback")).allows(site.url("/page"))
            site.put("/robots.txt", status=503)
            now += 90_000
            assert (await one.robots_rules(site.url("/page"), "loopback")).closed
            site.put("/robots.txt", status=404)
            now += 1000
            assert not (await one.robots_rules(site.url("/page"), "loopback")).closed


@pytest.mark.anyio
@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_the_first_500_kib_of_a_robots_txt_count(site: Loopback, coding: str) -> None:
    head = b"User-agent: *\nDisallow: /page\n"
    body = head + b"# padding\n" * 300_000 + b"Disallow: /late\n"
    packed = gzip.compress(body) if coding else body
    site.put("/robots.txt", packed, kind="text/plain", **({"content_encoding": coding} if coding else {}))
    async with fetcher() as one:
        rules = await one.robots_rules(site.url("/page"), "loopback")
    assert not rules.allows(site.url("/page"))
    assert rules.allows(site.url("/late"))


@pytest.mark.anyio
async def test_a_robots_txt_that_redirects_in_a_circle_is_none(site: Loopback) -> None:
    site.put("/robots.txt", status=302, location="/robots.txt")
    async with fetcher() as one:
        assert (await one.page(Request(site.url("/page"), reach="loopback"), robots=True)).body == b"a page"


@pytest.mark.anyio
async def test_a_robots_txt_is_asked_for_through_the_proxy_of_its_pages(site: Loopback) -> None:
    site.put("http://harbour.example/page", "a page")
    async with fetcher() as one:
        request = Request("http://harbour.example/page", proxy=site.url(""))
        assert (await one.page(request, robots=True)).body == b"a page"
    assert [seen.path for seen in site.seen] == ["http://harbour.example/robots.txt", "http://harbour.example/page"]
