from __future__ import annotations

from contextlib import aclosing
from pathlib import Path

import pytest

from cache.arrangement import Arrangement
from cache.db.fetch_plan import Due
from cache.library import open_library
from cache.refresh.own_headers import is_of
from cache.writes.store import open_store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, fetcher, page, publish, refresh, subscribe

pytestmark = pytest.mark.anyio
URL = "https://harbour.example/feed"


@pytest.mark.parametrize(
    ("source", "home", "url", "own"),
    [
        (URL, "", "https://harbour.example/news/mole", True),
        (URL, "", "https://HARBOUR.example:443/mole", True),
        (URL, "", "https://news.harbour.example/mole", False),
        (URL, "", "https://harbour.example:8443/mole", False),
        (URL, "https://com/", "https://evil.example.com/mole", False),
        ("https://www.harbour.example/feed", "", "https://harbour.example/news/mole", False),
        ("https://feeds.wire.example/9", "https://www.harbour.example/", "https://www.harbour.example/mole", False),
        (URL, "", "https://evil.example/harbour.example", False),
        (URL, "", "https://evilharbour.example/mole", False),
        (URL, "", "http://harbour.example/news/mole", False),
        ("http://harbour.example/feed", "", "https://harbour.example/news/mole", False),
        (URL, "", "not an address", False),
    ],
)
def test_only_the_exact_origin_of_a_source_sees_the_readers_headers(
    source: str, home: str, url: str, own: bool
) -> None:
    assert is_of(Due(1, source, "feed", "", home, "", "", None, "", ""), url) is own


async def test_a_page_elsewhere_gets_no_header_of_the_readers(site: Loopback, library: Path) -> None:
    with Loopback("127.0.0.9") as elsewhere:
        for place in (site, elsewhere):
            place.put("/news/mole", page("mole"))
        other = f"<item><title>A story of others</title><link>{elsewhere.url('/news/mole')}</link></item>"
        linked = feed(site.url(""), ["mole"]).replace("</channel>", f"{other}</channel>")
        site.put("/feed", linked, kind=RSS)
        source_id = subscribe(library, site.url("/feed"))
        with open_store(library) as store:
            store.sources.arrange(source_id, Arrangement(headers={"X-Member": "torvik"}))
        await refresh(library)
    assert [seen.headers.get("x-member") for seen in site.seen if seen.path != "/robots.txt"] == ["torvik"] * 2
    assert [seen.headers.get("x-member") for seen in elsewhere.seen if seen.path == "/news/mole"] == [None]


async def test_a_story_read_on_demand_is_asked_for_as_its_source_is(site: Loopback, tmp_path: Path) -> None:
    publish(site, "mole")
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source = await library.add(site.url("/feed"))
        await library.arrange(source.id, Arrangement(headers={"X-Member": "torvik"}))
        async with aclosing(library.refresh([source.id], teasers_only=True)) as steps:
            assert [step async for step in steps][-1].step == "finished"
        assert (await library.read(site.url("/news/mole"))).article is not None
    assert site.asked("/news/mole")[-1].headers["x-member"] == "torvik"
