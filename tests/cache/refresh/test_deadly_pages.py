"""What ends the process that reads it is found out, noted and left; the refresh goes on without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.db import reads
from cache.entry import Progress
from cache.refresh import parsers
from cache.refresh.intake import MOST_UNREADABLE
from cache.refresh.options import RefreshOptions
from cache.refresh.parsers import PRELOAD, Remembered, log, log_of
from cache.refresh.process import run_here
from cache.writes.store import open_store
from fetch.fetcher import Fetcher
from fetch.parsers import pool
from fetch.parsers.limits import Limits
from fetch.parsers.pool import ParserPool
from fetch.secret import Secret
from tests.fetch.parsers.dying import BREAKS, CRASHES, ENDLESS, SWELLS
from tests.loopback import Loopback
from tests.newsroom import PATIENTLY, RSS, feed, page, publish, steps, subscribe

pytestmark = pytest.mark.anyio
SLUGS = [f"tide-{number}" for number in range(8)]


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        publish(running, *SLUGS)
        yield running


@pytest.fixture
def remembered() -> Remembered:
    """What could not be read, for one start of the program after the other."""
    return Remembered()


async def _refreshed(library: Path, remembered: Remembered) -> list[Progress]:
    """A refresh whose parsers pages can kill."""
    dying = ParserPool(remembered, preload=PRELOAD, process="tests.fetch.parsers.dying")
    async with Fetcher(deadlines=PATIENTLY, parsers=dying) as fetcher:
        return [progress async for progress in run_here(library, RefreshOptions(), fetcher=fetcher)]


@pytest.mark.parametrize("text", [CRASHES, BREAKS, ENDLESS, SWELLS])
async def test_a_page_that_ends_its_reader_is_marked_and_the_rest_comes(
    site: Loopback, library: Path, remembered: Remembered, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL", Limits(processor=1.0))
    site.put("/news/tide-3", page("tide-3", f"<p>{text}</p>"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library, remembered)
    assert [(step.url, step.reason) for step in steps(told, "failed")] == [(site.url("/news/tide-3"), "unreadable")]
    assert told[-1].notice == "7 of 8 complete, 1 unreadable"


async def test_it_is_not_asked_for_again_before_its_time(site: Loopback, library: Path, remembered: Remembered) -> None:
    site.put("/news/tide-3", page("tide-3", f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/feed"))
    await _refreshed(library, remembered)
    told = await _refreshed(library, remembered)
    assert not steps(told, "failed")
    assert len(site.asked("/news/tide-3")) == 1


async def test_a_feed_that_ends_its_reader_is_told_once_and_read_again_when_it_changes(
    site: Loopback, library: Path, remembered: Remembered
) -> None:
    site.put("/deadly", feed(site.url(""), ["mole"], title=CRASHES), kind=RSS)
    site.put("/news/mole", page("mole"))
    deadly = subscribe(library, site.url("/deadly"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library, remembered)
    assert [(step.source_id, step.reason) for step in steps(told, "failed")] == [(deadly, "unreadable")]
    assert told[-1].notice == "8 of 8 complete"
    assert not steps(await _refreshed(library, remembered), "failed")
    assert "it ended the program that read it" in _error_of(library, deadly)
    site.put("/deadly", feed(site.url(""), ["mole"]), kind=RSS)
    assert (await _refreshed(library, remembered))[-1].notice == "9 of 9 complete"
    assert _error_of(library, deadly) == ""


async def test_many_deadly_pages_of_one_source_end_no_other_sources_refresh(
    site: Loopback, library: Path, remembered: Remembered
) -> None:
    slugs = [f"deadly-{number}" for number in range(12)]
    publish(site, *slugs, at="/deadly")
    for slug in slugs:
        site.put(f"/news/{slug}", page(slug, f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/deadly"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library, remembered)
    assert told[-1].full == len(SLUGS)
    assert {step.reason for step in steps(told, "failed")} == {"unreadable"}
    asked = sum(len(site.asked(f"/news/{slug}")) for slug in slugs)
    assert MOST_UNREADABLE <= asked <= MOST_UNREADABLE + 1  # two at a time


async def test_the_rest_of_a_story_whose_second_page_is_deadly_stays(
    site: Loopback, library: Path, remembered: Remembered
) -> None:
    site.put("/news/tide-0", page("tide-0") + '<link rel="next" href="/news/tide-0?page=2">')
    site.put("/news/tide-0?page=2", page("tide-0", f"<p>{CRASHES}</p>"))
    subscribe(library, site.url("/feed"))
    told = await _refreshed(library, remembered)
    assert told[-1].notice == "7 of 8 complete, 1 in part (later pages missing)"
    with open_store(library) as store:
        article = reads.article_at(store.connection, reads.find_any(store.connection, site.url("/news/tide-0")) or 0)
    assert article is not None
    assert "caissons" in article.text


def test_a_mistake_of_ours_leaves_its_trace_in_a_log_without_secrets(library: Path) -> None:
    held = Secret("sesame-4711")
    for _ in range(2):
        log(library, f"https://paper.example/?key=sesame-4711\nTraceback …\nZeroDivisionError: {held}")
    text = log_of(library).read_text()
    assert text.count("Traceback …") == 2
    assert "sesame" not in text
    assert log_of(library).stat().st_mode & 0o777 == 0o600


def test_a_log_that_has_grown_is_begun_anew(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers, "LONGEST_LOG", 100)
    for number in range(3):
        log(library, f"trace {number} " + "x" * 60)
    assert "trace 2" in log_of(library).read_text()
    assert "trace 1" in log_of(library).with_suffix(".log.1").read_text()


def test_a_log_that_cannot_be_written_is_done_without(library: Path) -> None:
    log_of(library).mkdir(parents=True)
    log(library, "trace")
    assert log_of(library).is_dir()


def _error_of(library: Path, source_id: int) -> str:
    with open_store(library) as store:
        return str(store.connection.value("SELECT error FROM source WHERE id = ?", (source_id,)))
