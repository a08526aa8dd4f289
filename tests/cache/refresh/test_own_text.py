"""Entries without a page of their own are read from the feed's text, and no page is asked for."""

from pathlib import Path

import pytest

from cache.library import open_library, open_reading
from tests.loopback import Loopback
from tests.newsroom import RSS, page, refresh, subscribe


def status_feed(base: str, *notices: str, link: str = "/status/") -> str:
    items = "".join(
        f"<item><title>Lamp {number} is out</title><guid isPermaLink='false'>lamp-{number}</guid>"
        f"{f'<link>{base}{link}</link>' if link else ''}<description>{notice}</description></item>"
        for number, notice in enumerate(notices)
    )
    return f"<rss version='2.0'><channel><title>Harbour status</title><link>{base}/</link>{items}</channel></rss>"


@pytest.mark.parametrize("link", ["/status/", "/", ""])
async def test_the_feeds_own_text_is_the_whole_text(site: Loopback, library: Path, link: str) -> None:
    site.put("/feed", status_feed(site.url(""), "Out since noon.", "Out since one.", link=link), kind=RSS)
    site.put("/status/", "<html><body><h1>All lamps</h1></body></html>")
    subscribe(library, site.url("/feed"))
    await refresh(library)
    assert {seen.path for seen in site.seen} == {"/feed"}
    async with open_library(library.parent) as opened:
        entries = [opened.entry(number) for number in opened.ids("source:harbour")]
        assert {entry.offline for entry in entries} == {"full"}
        texts = [(await opened.read(entry.id)).article.text for entry in entries]
        assert sorted(texts) == ["Out since noon.", "Out since one."]


async def test_a_text_that_changes_is_taken_over(site: Loopback, library: Path) -> None:
    site.put("/feed", status_feed(site.url(""), "Out since noon.", "Out since one."), kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    site.put("/feed", status_feed(site.url(""), "Lit again.", "Out since one."), kind=RSS)
    await refresh(library)
    async with open_library(library.parent) as opened:
        numbers = opened.ids("source:harbour")
        texts = [(await opened.read(number)).article.text for number in numbers]
    assert sorted(texts) == ["Lit again.", "Out since one."]
    assert {seen.path for seen in site.seen} == {"/feed"}


async def test_incidents_that_follow_each_other_at_one_address_keep_each_its_own_text(
    site: Loopback, library: Path
) -> None:
    site.put("/status", page("status"))
    subscribe(library, site.url("/feed"))
    for number in (1, 2):
        entry = (
            f"<item><title>Lamp {number} is out</title><link>{site.url('/status')}</link><guid>lamp-{number}</guid>"
            f"<pubDate>Mon, {number} Jun 2026 08:00:00 GMT</pubDate><description>On mole {number}.</description></item>"
        )
        site.put("/feed", f"<rss version='2.0'><channel><title>Lamps</title>{entry}</channel></rss>", kind=RSS)
        await refresh(library)
    with open_reading(library.parent) as opened:
        newest, first = opened.entries(opened.ids("source:lamps"))
        assert (newest.headline, first.offline) == ("Lamp 2 is out", "full")
        assert opened.article(newest.id).text == "On mole 2."
        assert opened.entry(site.url("/status")).id == newest.id
    assert len(site.asked("/status")) == 1
