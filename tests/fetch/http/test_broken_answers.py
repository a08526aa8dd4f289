"""No header, however wrong, ends more than its own request: every one that is read, fed with rubbish."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fetch.errors import BrokenAnswer, FetchError, interpreting
from fetch.fetcher import Fetcher
from fetch.http.redirects import location, refresh_in
from fetch.http.request import Request
from fetch.http.response import Response, http_date, retry_after, wait
from fetch.http.robots import parse_robots
from tests.newsroom import QUICKLY, fetcher
from tests.wire import Connection, wire

pytestmark = pytest.mark.anyio

FAR = "Thu, 01 Jan 99999999999999999999 00:00:00 GMT"
NASTY = st.sampled_from(
    ["http://[::1", "http://[v1.x]/", "//[", "http://a:b:c/", "\xff\xfe", "%", "?", "charset=idna", FAR, "-1", "1e999",
     "9" * 400, "max-age=" + "9" * 400, "\x85\xa0", "\u00b2\u00b3", "W/", '"', "gzip, gzip, gzip", "text/html;charset=",
     "timeout=" + "9" * 400, "a=b; Domain=[::1; Expires=" + FAR, "; ; ;=;", "=", "0;url=http://[::1",
     "Mon, 00 Foo 0 99:99",
     "Thu, 01 Jan 1970 00:00:00 +9999", "Thu, 01 Jan 0001 00:00:00 -2359", "Thu, 01 Jan 9999 23:59:59 -2359"]
)  # fmt: skip
VALUES = NASTY | st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)
READ = (
    "location expires retry-after cache-control age content-type content-encoding etag last-modified set-cookie"
    " keep-alive content-length transfer-encoding date connection"
).split()
HEADERS = st.lists(st.tuples(st.sampled_from(READ), VALUES), max_size=6)
STATUSES = st.sampled_from([200, 204, 206, 301, 302, 304, 307, 403, 408, 410, 429, 500, 503, 299, 999])
BODIES = st.sampled_from(
    [b"", b"x", b"\xe4", b"\x1f\x8b\x08", b"<html><meta http-equiv=refresh content='0;url=http://[::1'>"]
)


def written(status: int, headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = "".join(f"{name}: {value.strip()}\r\n" for name, value in headers)
    length = "" if any(name == "content-length" for name, _ in headers) else f"content-length: {len(body)}\r\n"
    return f"HTTP/1.1 {status} Any\r\n{lines}{length}\r\n".encode("latin-1") + body


@settings(suppress_health_check=list(HealthCheck))
@given(status=STATUSES, headers=HEADERS, body=BODIES, robots=st.booleans())
async def test_whatever_is_answered_is_a_response_or_a_fetch_error(
    status: int, headers: list[tuple[str, str]], body: bytes, robots: bool
) -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(written(status, headers, body))

    async with wire(talk) as (base, _), Fetcher(deadlines=QUICKLY) as one:
        one.pace(base).answered(0.0)  # which no pause is needed for
        came = await asyncio.gather(
            one.get(Request(base + "/page", reach="loopback"), robots=robots), return_exceptions=True
        )
    (outcome,) = came
    assert isinstance(outcome, Response | FetchError)
    assert outcome.url


@given(st.dictionaries(st.sampled_from(READ), VALUES))
def test_every_header_that_is_read_is_read_or_passed_over(headers: dict[str, str]) -> None:
    now = datetime.now(UTC)
    for seconds in (wait(headers, now), retry_after(headers, now)):
        assert seconds is None or 0 <= seconds <= 7 * 86400
    for value in headers.values():
        assert isinstance(location(value), str)
        assert http_date(value) is None or http_date(value).tzinfo  # type: ignore[union-attr]


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_robots_txt_and_a_page_to_look_for_a_refresh_in(body: bytes) -> None:
    rules = parse_robots(b"User-agent: *\n" + body)
    assert rules.crawl_delay >= 0
    assert rules.allows("https://harbour.example/x") in (True, False)
    assert isinstance(refresh_in(b"<html><meta http-equiv=refresh content='" + body), str)


def test_a_year_of_twenty_digits_is_no_date() -> None:
    assert http_date(FAR) is None
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert wait({"expires": FAR}, now) is None
    assert retry_after({"retry-after": format_datetime(now.replace(minute=1), usegmt=True)}, now) == 60


@pytest.mark.parametrize("mistake", [ValueError, OverflowError, LookupError, UnicodeError, RecursionError])
def test_what_interpreting_raises_names_the_address(mistake: type[Exception]) -> None:
    with pytest.raises(BrokenAnswer, match="harbour") as caught, interpreting("https://harbour.example/"):
        raise mistake
    assert caught.value.url == "https://harbour.example/"


def test_a_bug_stays_loud() -> None:
    with pytest.raises(AttributeError), interpreting("https://harbour.example/"):
        raise AttributeError


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "hung up before it had answered"),
        (b"HTTP/1.1 200 OK\r\ncontent-", "hung up before it had answered"),
        (HEAD + b"content-length: 50\r\n\r\nshort", "broke its answer off"),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\nshort\r\n", "broke its answer off"),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n50\r\nshort", "broke its answer off"),
        (HEAD + b"transfer-encoding: chunked\r\n\r\nrubbish\r\n", "gave an answer that is not HTTP"),
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "gave an answer that is not HTTP"),
        (HEAD + b"content-encoding: " + b"x" * 9_000 + b"\r\ncontent-length: 1\r\n\r\nx", "(" + "x" * 40 + " …)"),
    ],
)
async def test_what_is_wrong_with_an_answer_is_said_in_a_short_sentence(sent: bytes, said: str) -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(sent)

    async with wire(talk) as (base, _), fetcher() as one:
        with pytest.raises(FetchError) as caught:
            await one.get(Request(base + "/page", reach="loopback"))
    assert said in str(caught.value)
    assert caught.value.reason in ("broken answer", "coding")
    assert len(str(caught.value)) < 150
