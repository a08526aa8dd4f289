"""A source that lists more than is read says so where sources are shown, for as long as it does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cache.library import open_library
from cache.refresh.options import RefreshOptions
from cache.source_entry import SourceEntry
from fetch.source import Kind
from tests.loopback import Loopback
from tests.newsroom import RSS, refresh, subscribe
from tui.typeset.wording import LISTS_MORE, last_answer

pytestmark = pytest.mark.anyio


def rss(number: int, ending: str = "") -> str:
    items = (f"<item><title>Tide {at}</title><link>/news/tide-{at}</link></item>" for at in range(number))
    return f"<rss><channel><title>Tides</title>{''.join(items)}{ending}</channel></rss>"


def json_feed(number: int) -> str:
    items = (f'{{"id": "{at}", "url": "/news/tide-{at}", "title": "Tide {at}"}}' for at in range(number))
    return f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Tides", "items": [{", ".join(items)}]}}'


def links(number: int) -> str:
    return "".join(
        f'<h2><a href="/news/tide-turns-again-{at}">The tide turns again, {at}</a></h2>' for at in range(number)
    )


async def listed(library: Path, kind: Kind) -> SourceEntry:
    await refresh(library, RefreshOptions(teasers_only=True, force=True))
    async with open_library(library.parent) as opened:
        (source,) = (one for one in opened.sources() if one.kind == kind)
    assert (LISTS_MORE in last_answer(source, datetime.now(UTC))) == source.is_cut
    return source


@pytest.mark.parametrize(
    ("kind", "body", "is_cut"),
    [
        ("feed", rss(2_001), True),
        ("feed", rss(2_000), False),
        ("feed", rss(2_001, "<odd>&nosuch; </ending>"), True),
        ("feed", json_feed(2_001), True),
        ("feed", json_feed(20), False),
        ("section", links(3_001), True),
        ("section", links(20), False),
    ],
    ids=["rss", "whole rss", "broken rss", "json", "whole json", "section", "whole section"],
)
async def test_a_list_that_is_longer_than_is_read_is_told_of(
    site: Loopback, library: Path, kind: Kind, body: str, *, is_cut: bool
) -> None:
    site.put("/list", body, kind=RSS if kind == "feed" else "text/html", etag='"1"')
    subscribe(library, site.url("/list"), kind)
    source = await listed(library, kind)
    assert (source.is_cut, source.error) == (is_cut, "")
    assert source.total > 0


async def test_it_is_told_of_until_the_list_is_shorter(site: Loopback, library: Path) -> None:
    site.put("/list", rss(2_001), kind=RSS, etag='"1"')
    subscribe(library, site.url("/list"))
    assert [(await listed(library, "feed")).is_cut for _ in range(2)] == [True, True]
    assert site.seen[-1].headers["if-none-match"] == '"1"'
    site.put("/list", rss(3), kind=RSS)
    assert not (await listed(library, "feed")).is_cut
