"""The whole road: a paper is added, refreshed over real HTTP, then read, searched and related with its site gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.library import Library, open_library
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, headline, page, text

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[1]
SLUGS = ("eastern-mole-caissons", "eastern-mole-cost", "fish-market-roof", "spring-tide-warning")
MORE = (
    "</article><section class=related><h2>More on this</h2><ul>"
    f"<li><h3><a href='/news/{SLUGS[1]}'>{headline(SLUGS[1])}</a></h3><p>What the stone will cost.</p></li>"
    f"<li><h3><a href='/news/never-listed'>{headline('never-listed')}</a></h3><p>An older report.</p></li>"
    "</ul></section>"
)


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as site:
        for slug in SLUGS:
            site.put(f"/news/{slug}", page(slug))
        site.put(f"/news/{SLUGS[0]}", page(SLUGS[0]).replace("</article>", MORE))
        site.put("/feed.xml", feed(site.url("").rstrip("/"), SLUGS), kind=RSS)
        site.put("/", _front(site))
        site.put("/harbour/", _front(site, feedless=True))
        yield site


def _front(site: Loopback, feedless: bool = False) -> str:
    named = "" if feedless else f"<link rel=alternate type='application/rss+xml' href='{site.url('/feed.xml')}'>"
    rows = "".join(
        f"<article><h2><a href='/news/{slug}'>{headline(slug)}</a></h2><p>{text(slug)[3:90]}</p></article>"
        for slug in SLUGS
    )
    return (
        f"<!doctype html><html lang=en><head><title>Harbour Gazette</title>{named}</head><body>"
        f"<nav><a href='/tides'>Tides</a></nav><main>{rows}</main></body></html>"
    )


async def _refresh(library: Library) -> list[str]:
    return [step.step async for step in library.refresh()]


@pytest.mark.parametrize(("address", "kind"), [("/feed.xml", "feed"), ("/", "feed"), ("/harbour/", "section")])
async def test_a_paper_is_read_with_its_site_gone(site: Loopback, tmp_path: Path, address: str, kind: str) -> None:
    async with open_library(tmp_path) as library:
        if kind == "section":  # otherwise discovery finds the feed of the same site, and rightly prefers it
            site.routes.pop("/feed.xml")
            site.routes.pop("/")
        source = await library.add(site.url(address))
        assert source.kind == kind
        assert await _refresh(library)
        site.stop()

        entries = library.entries(library.ids(f"source:{source.id}"))
        assert {entry.headline for entry in entries} == {headline(slug) for slug in SLUGS}
        assert {entry.offline for entry in entries} == {"full"}
        first = next(entry for entry in entries if entry.headline == headline(SLUGS[0]))
        reading = await library.read(first.id)
        assert reading.article is not None
        assert reading.article.headline == headline(SLUGS[0])
        assert reading.article.authors == ("Ilsabe Torvik",)
        assert len(reading.article.text.splitlines()) == 4

        found = [hit.entry.id for hit in library.search("caissons")]
        assert first.id in found

        named = [story for story in library.related(first.id) if story.group == "page"]
        assert [story.headline for story in named] == [headline(SLUGS[1]), headline("never-listed")]
        jumped = await library.read(named[0].url, via=first.id)
        assert jumped.article is not None
        missing = await library.read(named[1].url, via=first.id)
        assert missing.article is None
        assert "queued" in missing.notice
        assert library.status().queued == 1


async def test_what_was_asked_for_offline_comes_with_the_next_refresh(site: Loopback, tmp_path: Path) -> None:
    async with open_library(tmp_path) as library:
        await library.add(site.url("/feed.xml"))
        await library.queue(site.url("/news/never-listed"))
        site.put("/news/never-listed", page("never-listed"))
        await _refresh(library)
        assert library.entry(site.url("/news/never-listed")).offline == "full"
        assert library.status().queued == 0


async def test_a_single_article_is_a_source_of_its_own(site: Loopback, tmp_path: Path) -> None:
    async with open_library(tmp_path) as library:
        site.routes.pop("/")
        site.routes.pop("/feed.xml")
        source = await library.add(site.url(f"/news/{SLUGS[2]}"))
        assert source.kind == "page"
        await _refresh(library)
        [entry] = library.entries(library.ids(f"source:{source.id}"))
        assert (entry.headline, entry.offline) == (headline(SLUGS[2]), "full")


def test_the_command_line_walks_the_same_road(site: Loopback, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--home", str(tmp_path), *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("add", site.url("/"))
    run("refresh")
    site.stop()
    address = site.url(f"/news/{SLUGS[0]}")
    assert headline(SLUGS[0]) in run("list")
    assert "nine caissons" in run("show", address)
    assert headline(SLUGS[0]) in run("search", "caissons")
    assert headline(SLUGS[1]) in run("related", address)
