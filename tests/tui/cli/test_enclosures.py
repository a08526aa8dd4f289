"""A file that a feed hands out is a labelled link wherever its entry is shown, with a page or without."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.newsroom import RSS, page
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records

LABEL = "mole.mp3 (audio/mpeg, 1.2 MB)"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        items = "".join(
            f"<item><title>About the {slug}</title><guid isPermaLink='false'>{slug}</guid>{link}"
            f"<enclosure url='/audio/{slug}.mp3' type='audio/mpeg' length='1234567'/></item>"
            for slug, link in (("mole", f"<link>{running.url('/news/mole')}</link>"), ("tide", ""))
        )
        body = f"<rss version='2.0'><channel><title>Harbour Radio</title>{items}</channel></rss>"
        running.put("/feed", body.encode(), kind=RSS)
        running.put("/news/mole", page("mole"))
        yield running


@pytest.fixture
def heard(cli: Cli, site: Loopback) -> Cli:
    done(cli("add", site.url("/feed")))
    done(cli("refresh", site.url("/feed")))
    return cli


def ref(cli: Cli, word: str) -> str:
    return next(str(row["id"]) for row in records(done(cli("list", "--json"))) if word in str(row["headline"]).lower())


def test_the_text_shows_it(heard: Cli, site: Loopback) -> None:
    shown = done(heard("show", ref(heard, "mole")))
    assert f"▸ Audio: {LABEL}" in shown
    assert site.url("/audio/mole.mp3") in shown
    assert "Audio: tide.mp3 (audio/mpeg, 1.2 MB)" in done(heard("show", ref(heard, "tide")))


def test_json_names_it(heard: Cli, site: Loopback) -> None:
    file = {"url": site.url("/audio/mole.mp3"), "type": "audio/mpeg", "size": 1234567}
    (shown,) = records(done(heard("show", ref(heard, "mole"), "--json")))
    assert shown["enclosures"] == [file]
    assert [file] in [row["enclosures"] for row in records(done(heard("list", "--json")))]


def test_markdown_links_it(heard: Cli, site: Loopback) -> None:
    link = f"<{site.url('/audio/mole.mp3')}>"
    assert f"mole.mp3 (audio/mpeg, 1.2 MB)]({link})" in done(heard("show", ref(heard, "mole"), "--markdown"))


def test_an_e_book_links_it(heard: Cli, site: Loopback, tmp_path: Path) -> None:
    done(heard("export", "epub", "--output", str(tmp_path / "book.epub")))
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
    assert any(f'<a href="{site.url("/audio/mole.mp3")}">{LABEL}</a>' in each for each in pages)


def test_search_finds_it_by_its_name(heard: Cli) -> None:
    assert [row["headline"] for row in records(done(heard("search", "tide.mp3", "--json")))] == ["About the tide"]
