"""Feeds that are ill-formed, wrongly labelled, no feeds at all, or out to do harm."""

import pathlib
import time
import tracemalloc

import pytest

from fetch.errors import NotASource
from fetch.feeds import parse_feed
from tests.gazette import URL, XML, only, rss


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>"), "text/html"),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>"), "text/plain; charset=utf-8"),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>"), ""),
        (b"\n\n  " + rss("<title>Grüße</title><link>https://gazette.example/1</link>"), XML),
        (b"\xef\xbb\xbf" + rss("<title>Grüße</title><link>https://gazette.example/1</link>"), XML),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>").decode().encode("utf-16"), XML),
        (
            rss("<title>Grüße</title><link>https://gazette.example/1</link>")
            .decode()
            .replace('"utf-8"', '"iso-8859-1"')
            .encode("latin-1"),
            XML,
        ),
        (rss("<title>Gr&uuml;&szlig;e</title><link>https://gazette.example/1</link>"), XML),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>")[:-22], XML),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link><description>a & b < c</description>"), XML),
    ],
    ids=[
        "as html",
        "as text",
        "no type",
        "white space first",
        "mark",
        "utf-16",
        "latin-1",
        "html entities",
        "cut",
        "bare signs",
    ],
)
def test_feeds_that_are_not_as_they_should_be(body: bytes, content_type: str) -> None:
    teaser = only(body, content_type)
    assert (teaser.headline, teaser.url) == ("Grüße", "https://gazette.example/1")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"<!doctype html><html><head><title>Home</title></head><body><p>No feed</p></body></html>",
        b'{"version": 3}',
        b"{broken",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<opml version='2.0'><body/></opml>",
        b"[" * 100_000,
    ],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(NotASource) as raised:
        parse_feed(body, XML, URL)
    assert URL in str(raised.value)


def bomb() -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{declared}]>'
        "<rss version='2.0'><channel><title>G</title><item><title>Before &e11; after</title>"
        "<link>https://gazette.example/1</link></item></channel></rss>"
    ).encode()


def test_an_entity_bomb_does_nothing() -> None:
    parse_feed(rss("<title>warm</title><link>https://gazette.example/w</link>"), XML, URL)
    tracemalloc.start()
    started = time.process_time()
    teasers = parse_feed(bomb(), XML, URL)
    elapsed, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert elapsed < 2
    assert peak < 10_000_000
    assert all(len(teaser.headline) < 100 for teaser in teasers)


def test_external_entities_are_not_read(tmp_path: pathlib.Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss version="2.0"><channel>'
        "<title>G</title><item><title>Says &x; here</title><link>https://gazette.example/1</link></item></channel></rss>"
    ).encode()
    assert "the secret" not in repr(parse_feed(body, XML, URL))


def test_a_body_that_names_a_file_or_an_address_is_not_opened(tmp_path: pathlib.Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss("<title>From disk</title><link>https://gazette.example/1</link>"))
    for body in (str(feed).encode(), feed.as_uri().encode()):
        with pytest.raises(NotASource):
            parse_feed(body, XML, URL)


def test_escape_sequences_do_not_come_through() -> None:
    teaser = only(rss("<title>A&#27;[31m red \u202e line</title><link>https://gazette.example/1</link>"))
    assert "\x1b" not in teaser.headline
    assert "\u202e" not in teaser.headline


def test_hostile_nesting_ends_soon() -> None:
    started = time.process_time()
    body = b"<rss version='2.0'><channel>" + b"<item><title>" * 5000
    assert isinstance(parse_feed(body, XML, URL), list)
    body = rss(
        "<title>T</title><link>https://gazette.example/1</link><description>" + "&lt;" * 50_000 + "</description>"
    )
    assert len(parse_feed(body, XML, URL)) == 1
    assert time.process_time() - started < 5
