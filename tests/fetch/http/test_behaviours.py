"""The behaviours of a good fetcher that a single visit shows, each under its number; the others: test_refresh_http."""

from __future__ import annotations

import gzip
import ssl
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from pathlib import Path

import brotli
import pytest
import trustme

from fetch.errors import BadStatus, Blocked, RateLimited, Unreachable
from fetch.feeds import parse_feed
from fetch.fetcher import Fetcher
from fetch.http.request import Request
from fetch.http.response import LONGEST_WAIT
from fetch.http.status_errors import is_block_page
from fetch.source import Validators
from tests.codings import zstd_packed
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, fetcher

pytestmark = pytest.mark.anyio


async def test_http_02_last_modified_goes_back_as_it_came(site: Loopback) -> None:
    odd = "Tue, 1 September 2026 08:00:00 +0200 (harbour time)"
    site.put("/feed", feed(site.url(), ["mole"]), last_modified=odd)
    async with fetcher() as one:
        first = await one.get(Request(site.url("/feed"), reach="anywhere"))
        await one.get(Request(site.url("/feed"), validators=first.validators, reach="anywhere"))
    assert site.seen[-1].headers["if-modified-since"] == odd


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "bare", '"with , comma"'])
async def test_http_03_etag_goes_back_with_its_quotes(site: Loopback, etag: str) -> None:
    site.put("/feed", feed(site.url(), ["mole"]), etag=etag)
    async with fetcher() as one:
        first = await one.get(Request(site.url("/feed"), reach="anywhere"))
        await one.get(Request(site.url("/feed"), validators=first.validators, reach="anywhere"))
    assert site.seen[-1].headers["if-none-match"] == etag


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"etag": '"1"', "last_modified": "Mon, 07 Sep 2026 08:00:00 GMT"}, {"if-none-match", "if-modified-since"}),
        ({"etag": '"1"'}, {"if-none-match"}),
        ({"last_modified": "Mon, 07 Sep 2026 08:00:00 GMT"}, {"if-modified-since"}),
        ({}, set()),
    ],
)
async def test_http_04_both_validators_or_either_or_none(site: Loopback, given: dict[str, str], sent: set[str]) -> None:
    site.put("/feed", feed(site.url(), ["mole"]), **given)
    async with fetcher() as one:
        first = await one.get(Request(site.url("/feed"), reach="anywhere"))
        await one.get(Request(site.url("/feed"), validators=first.validators, reach="anywhere"))
    assert {name for name in site.seen[-1].headers if name.startswith("if-")} == sent


async def test_http_06_each_validator_changes_alone(site: Loopback) -> None:
    known = Validators('"1"', "Mon, 07 Sep 2026 08:00:00 GMT", site.url("/feed"))
    site.put("/feed", feed(site.url(), ["mole"]), etag='"2"', last_modified="Mon, 07 Sep 2026 08:00:00 GMT")
    async with fetcher() as one:
        response = await one.get(Request(site.url("/feed"), validators=known, reach="anywhere"))
        assert response.validators == Validators('"2"', "Mon, 07 Sep 2026 08:00:00 GMT", site.url("/feed"))
        site.put("/feed", feed(site.url(), ["mole"]), etag='"1"', last_modified="Tue, 08 Sep 2026 08:00:00 GMT")
        response = await one.get(Request(site.url("/feed"), validators=known, reach="anywhere"))
        assert response.validators == Validators('"1"', "Tue, 08 Sep 2026 08:00:00 GMT", site.url("/feed"))


async def test_http_07_an_etag_on_a_304_is_taken_over(site: Loopback) -> None:
    known = Validators('"1"', "Mon, 07 Sep 2026 08:00:00 GMT", site.url("/feed"))
    site.put("/feed", status=304, etag='"2"')
    async with fetcher() as one:
        response = await one.get(Request(site.url("/feed"), validators=known, reach="anywhere"))
    assert response.validators == Validators('"2"', "Mon, 07 Sep 2026 08:00:00 GMT", site.url("/feed"))


async def test_http_09_a_200_counts_whatever_its_etag(site: Loopback) -> None:
    known = Validators('"1"', "Mon, 07 Sep 2026 08:00:00 GMT", site.url("/feed"))
    site.put("/feed", feed(site.url(), ["mole", "tide"]), etag='"1"', last_modified="Tue, 08 Sep 2026 08:00:00 GMT")
    async with fetcher() as one:
        response = await one.get(Request(site.url("/feed"), validators=known, reach="anywhere"))
    assert not response.unchanged
    assert len(parse_feed(response.body, response.content_type, response.url)) == 2


async def test_http_10_a_304_that_answers_a_weak_etag_with_a_strong_one_is_a_match(site: Loopback) -> None:
    site.put("/feed", status=304, etag='"x"')
    async with fetcher() as one:
        known = Validators('W/"x"', "", site.url("/feed"))
        response = await one.get(Request(site.url("/feed"), validators=known, reach="anywhere"))
    assert response.unchanged


@pytest.mark.parametrize(("said", "least", "most"), [("90", 80, 90), ("172800", 172_790, 172_800)])
async def test_http_14_retry_after_in_seconds(site: Loopback, said: str, least: int, most: int) -> None:
    site.put("/feed", "slow down", status=429, retry_after=said)
    async with fetcher() as one:
        with pytest.raises(RateLimited) as caught:
            await one.get(Request(site.url("/feed"), reach="anywhere"))
    assert least <= (caught.value.until - datetime.now(UTC)).total_seconds() <= most


async def test_http_14_retry_after_as_a_date_and_capped(site: Loopback) -> None:
    tomorrow = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    site.put("/dated", status=503, retry_after=format_datetime(tomorrow, usegmt=True))
    site.put("/for-ever", status=429, retry_after="99999999999")
    async with fetcher() as one:
        with pytest.raises(RateLimited) as dated:
            await one.get(Request(site.url("/dated"), reach="anywhere"))
    async with fetcher() as one:
        with pytest.raises(RateLimited) as endless:
            await one.get(Request(site.url("/for-ever"), reach="anywhere"))
    assert abs((dated.value.until - tomorrow).total_seconds()) < 5
    assert (endless.value.until - datetime.now(UTC)).total_seconds() <= LONGEST_WAIT


async def test_http_22_validators_go_only_to_the_address_that_gave_them(site: Loopback) -> None:
    site.put("/old", status=302, location="/new")
    site.put("/new", feed(site.url(), ["mole"]), etag='"n"')
    async with fetcher() as one:
        first = await one.get(Request(site.url("/old"), reach="anywhere"))
        assert first.validators.url == site.url("/new")
        await one.get(Request(site.url("/old"), validators=first.validators, reach="anywhere"))
    again = site.seen[-2:]
    assert [("if-none-match" in seen.headers) for seen in again] == [False, True]


async def test_http_22_loops_and_long_chains_end_in_an_error(site: Loopback) -> None:
    site.put("/loop", status=302, location="/loop")
    async with fetcher() as one:
        with pytest.raises(Unreachable) as caught:
            await one.get(Request(site.url("/loop"), reach="anywhere"))
    assert caught.value.reason == "too many redirects"
    assert len(site.asked("/loop")) == 11


_PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd_packed,
}


@pytest.mark.parametrize("coding", list(_PACKERS))
async def test_http_23_codings_are_undone(site: Loopback, coding: str) -> None:
    body = feed(site.url(), ["mole"]).encode()
    packed = _PACKERS[coding](body)
    site.put("/feed", packed, content_encoding=coding)
    async with fetcher() as one:
        response = await one.get(Request(site.url("/feed"), reach="anywhere"))
    assert response.body == body
    assert response.received == len(packed)


async def test_http_23_a_bare_deflate_stream_is_undone(site: Loopback) -> None:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    site.put("/feed", machine.compress(b"news" * 100) + machine.flush(), content_encoding="deflate")
    async with fetcher() as one:
        assert (await one.get(Request(site.url("/feed"), reach="anywhere"))).body == b"news" * 100


async def test_http_24_only_codings_that_we_undo_are_asked_for(site: Loopback) -> None:
    site.put("/feed", "x")
    async with fetcher() as one:
        await one.get(Request(site.url("/feed"), reach="anywhere"))
    asked = {coding.strip() for coding in site.seen[0].headers["accept-encoding"].split(",")}
    assert asked == set(_PACKERS)


async def test_http_25_no_cookies_no_referer_and_the_url_as_given(site: Loopback) -> None:
    path = "/feed?b=2&a=1&empty=&list[]=%5B"
    site.put(path, "x", set_cookie="visitor=7; Path=/")
    site.put("/away", status=302, location=path)
    async with fetcher() as one:
        for _ in range(2):
            await one.get(Request(site.url("/away"), reach="anywhere"))
    assert [seen.path for seen in site.seen] == ["/away", path] * 2
    assert not {"cookie", "referer"} & {name for seen in site.seen for name in seen.headers}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "a person's news reader"),  # and no address that nobody keeps
        ("https://torvik.example/reader", "+https://torvik.example/reader"),
        ("ilsabe@torvik.example\r\nX-Evil: 1", "+ilsabe@torvik.example X-Evil: 1"),
    ],
)
async def test_http_26_the_user_agent_says_who_which_and_where_if_there_is_a_where(
    site: Loopback, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    monkeypatch.setenv("BROADSHEET_CONTACT", said)
    site.put("/feed", "x")
    async with fetcher() as one:
        await one.get(Request(site.url("/feed"), reach="anywhere"))
    assert site.seen[0].headers["user-agent"] == f"Broadsheet/{version('broadsheet')} ({told})"


@pytest.mark.parametrize("status", [200, 403])
async def test_http_30_a_content_networks_refusal_is_an_error(site: Loopback, status: int) -> None:
    refusal = (
        "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to "
        'access "http&#58;&#47;&#47;harbour&#46;example&#47;" on this server.<P>Reference&#32;&#35;18&#46;2d58</BODY>'
    )
    site.put("/feed", refusal, status=status)
    async with fetcher() as one:
        with pytest.raises(Blocked) as caught:
            await one.get(Request(site.url("/feed"), reach="anywhere"))
    assert caught.value.reason == "blocked"


@pytest.mark.parametrize(
    ("title", "refuses"),
    [
        ("Just a moment...", True),
        ("Attention Required! | Harbour", True),
        ("Just a moment of calm before the ferry", False),
        ("Attention required at the old lock", False),
    ],
)
def test_a_title_is_a_content_networks_only_as_a_whole(title: str, refuses: bool) -> None:
    assert is_block_page(f"<TITLE>{title}</TITLE>".encode()) is refuses


async def test_http_over_tls_with_a_certificate_that_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with Loopback(tls=context) as site:
        site.put("/feed", feed(site.url(), ["mole"]), etag='"t"', kind=RSS)
        async with fetcher() as one:
            with pytest.raises(Unreachable) as caught:
                await one.get(Request(site.url("/feed"), reach="anywhere"))
        assert caught.value.reason == "certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        async with fetcher() as one:
            response = await one.get(Request(site.url("/feed"), reach="anywhere"))
            again = await one.get(Request(site.url("/feed"), validators=response.validators, reach="anywhere"))
    assert parse_feed(response.body, response.content_type, response.url)[0].headline == "Harbour report: mole"
    assert site.seen[-1].headers["if-none-match"] == '"t"'
    assert again.status == 200


async def test_a_status_is_told_in_a_word(site: Loopback) -> None:
    site.put("/gone", status=410)
    async with Fetcher() as one:
        with pytest.raises(BadStatus) as caught:
            await one.get(Request(site.url("/gone"), reach="anywhere"))
    assert (caught.value.status, caught.value.reason) == (410, "gone")


async def test_a_readers_password_in_the_address_goes_to_its_host_only(site: Loopback) -> None:
    def inner(seen: Seen) -> Reply:
        return Reply(b"x" if seen.headers.get("authorization") == "Basic dG9ydmlrOm1vbGU=" else b"", 200)

    site.routes["/own"] = inner
    url = site.url("/own").replace("://", "://torvik:mole@")
    async with fetcher() as one:
        assert (await one.get(Request(url, reach="anywhere"))).body == b"x"
        with pytest.raises(BadStatus) as caught:
            await one.get(Request(url.replace("/own", "/missing"), reach="anywhere"))
    assert "mole" not in str(caught.value)


async def test_an_unchanged_that_nobody_asked_for_is_an_error(site: Loopback) -> None:
    site.put("/feed", status=304, etag='"1"')
    async with fetcher() as one:
        for known in (Validators(), Validators('"1"', "", site.url("/elsewhere"))):
            with pytest.raises(BadStatus):
                await one.get(Request(site.url("/feed"), validators=known, reach="anywhere"))
