"""What `add` finds on saved pages of real sites, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fetch.discovery.discover import discover
from fetch.errors import Blocked
from fetch.fetcher import Fetcher
from fetch.source import Candidate
from tests.bench.add_kinds import CORPORA, SITES, Site, added
from tests.replay import Replay

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not CORPORA.exists(), reason="the corpora beside the repository are not here"),
]


async def replayed(url: str, pages: dict[str, bytes | Path]) -> list[Candidate]:
    async with Fetcher(transport=Replay(pages)) as one:
        return await discover(one, url)


@pytest.mark.parametrize(
    ("file", "url", "least"),
    [
        ("misc/defense.gov-home-2020-11.html", "https://www.defense.gov/", 12),
        ("misc/justice.gov-home.html", "https://www.justice.gov/", 12),
        ("newspaper/cnn_main_site.html", "http://www.cnn.com/", 200),
        ("newspaper/wired_main_site.html", "https://www.wired.com/", 40),
        ("newspaper/yahoo_main_site.html", "https://www.yahoo.com/", 25),
        ("mediacloud/httpwwwgovcn.html", "http://www.gov.cn/", 30),
        ("mediacloud/httpwwwnytimescom.html", "http://www.nytimes.com/", 45),
    ],
)
async def test_a_real_front_page_whose_feeds_are_gone(file: str, url: str, least: int) -> None:
    best = (await replayed(url, {url: CORPORA / "frontpages" / file}))[0]
    assert (best.source.kind, best.source.url) == ("section", url)
    assert best.stories >= least


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.kind)
async def test_every_kind_of_site_gives_its_best_source(site: Site) -> None:
    best = (await added(site))[0]
    assert (best.source.kind, best.source.url) == (site.best, site.url)
    assert best.stories >= site.stories


@pytest.mark.parametrize(
    "file", ["rss_2.0_bbc.xml", "atom_example_1.xml", "jsonfeed_example_1.json", "rss_1.0_example_2.xml"]
)
async def test_a_real_feed(file: str) -> None:
    url = f"https://gazette.example/{file}"
    (best,) = await replayed(url, {url: CORPORA / "feeds" / "feed-rs" / file})
    assert (best.source.kind, best.source.url) == ("feed", url)
    assert best.stories


async def test_a_real_refusal() -> None:
    url = "https://www.af.mil/"
    with pytest.raises(Blocked):
        await replayed(url, {url: CORPORA / "afpims" / "akamai-access-denied-af.mil-2018.html"})
