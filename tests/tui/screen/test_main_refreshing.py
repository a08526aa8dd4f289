"""News that comes in while somebody reads: refreshing, adding and opening, over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.paths import places
from cache.progress import Progress
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, page, subscribe
from tests.newsroom import headline as harbour
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import edition
from tests.tui.pilot import headline, main_screen, press, screen
from tui.dialogs.add_source import AddDialog

pytestmark = pytest.mark.anyio

SLUGS = ("eastern-mole", "market-hall", "spring-tides")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/feed", feed(running.url(""), SLUGS), kind=RSS)
        for slug in SLUGS:
            running.put(f"/news/{slug}", page(slug))
        yield running


@pytest.fixture
def subscribed(home: Path, site: Loopback) -> Path:
    subscribe(places(home).library, site.url("/feed"))
    return home


def listed(pilot: Pilot[None]) -> list[str]:
    return [entry.headline for entry in main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)]


async def test_rows_land_and_nothing_the_reader_looks_at_moves(subscribed: Path, opened: Opening) -> None:
    async with opened(at=subscribed) as pilot:
        await press(pilot, "down", "down", "enter", "pagedown")
        await press(pilot, "shift+tab", "down")
        before, place = main_screen(pilot).article_list.highlighted, main_screen(pilot).reader.scroll_offset
        row = main_screen(pilot).article_list.index
        await pilot.press("r")
        await until(pilot, lambda: len(main_screen(pilot).article_list.ids) == len(edition()) + len(SLUGS))
        await settled(pilot)
        assert main_screen(pilot).article_list.highlighted == before
        assert main_screen(pilot).article_list.index == row or main_screen(pilot).article_list.scroll_offset.y > 0
        assert headline(pilot) == edition()[2].headline
        assert main_screen(pilot).reader.scroll_offset == place
        assert main_screen(pilot).status.progress is None


async def test_a_refresh_tells_how_far_it_is_and_how_it_ended(subscribed: Path, opened: Opening) -> None:
    async with opened(at=subscribed) as pilot:
        told: list[Progress | None] = []

        def note(step: Progress | None) -> None:
            told.append(step)

        main_screen(pilot).watch(main_screen(pilot).status, "progress", note, init=False)
        await pilot.press("r")
        await until(pilot, lambda: len(told) > 1 and told[-1] is None)
        assert any(step and step.step == "landed" for step in told)
        assert main_screen(pilot).status.notice
        await until(pilot, lambda: harbour(SLUGS[0]) in listed(pilot))


async def test_escape_stops_a_refresh_that_hangs(subscribed: Path, site: Loopback, opened: Opening) -> None:
    def hang(_: Seen) -> Reply:
        site.closing.wait(20)
        return Reply()

    site.routes["/feed"] = hang
    async with opened(at=subscribed) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: main_screen(pilot).status.progress is not None)
        await pilot.press("j")
        assert main_screen(pilot).article_list.index == 1, "keys answer while a host hangs"
        await press(pilot, "escape")
        await until(pilot, lambda: main_screen(pilot).status.progress is None)
        assert "stopped" in main_screen(pilot).status.notice


async def test_an_address_is_added_and_read(home: Path, site: Loopback, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await pilot.press("a")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = site.url("/feed")
        await pilot.press("enter")
        await until(pilot, lambda: "enter adds it" in screen(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: harbour(SLUGS[2]) in listed_below(pilot))
    async with opened(at=home) as pilot:
        at = listed(pilot).index(harbour(SLUGS[0]))
        main_screen(pilot).articles.open(main_screen(pilot).article_list.ids[at])
        await settled(pilot)
        assert "Ilsabe Torvik" in screen(pilot)


def listed_below(pilot: Pilot[None]) -> list[str]:
    main = pilot.app.screen_stack[0]
    return [entry.headline for entry in main.library.entries(main.article_list.ids)]


async def test_a_story_that_cannot_be_had_says_so_and_reading_goes_on(home: Path, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        main_screen(pilot).articles.open("http://127.0.0.1:9/nobody-answers-here")
        await settled(pilot)
        assert "127.0.0.1" in screen(pilot)
        await press(pilot, "H")
        assert headline(pilot) == edition()[0].headline


async def test_leaving_while_a_refresh_runs_is_quiet(subscribed: Path, site: Loopback, opened: Opening) -> None:
    def hang(_: Seen) -> Reply:
        site.closing.wait(20)
        return Reply()

    site.routes["/feed"] = hang
    async with opened(at=subscribed) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: main_screen(pilot).status.progress is not None)
        await pilot.press("m", "q")
        assert pilot.app.return_code == 0


@pytest.fixture
def alone(tmp_path: Path, site: Loopback) -> Path:
    """A library whose one source has never been asked."""
    subscribe(places(tmp_path / "alone").library, site.url("/feed"))
    return tmp_path / "alone"


def status_line(pilot: Pilot[None]) -> str:
    main_screen(pilot).status.say("")
    return main_screen(pilot).status.render_line(1).text


async def refreshed(pilot: Pilot[None]) -> str:
    """What a refresh by key ended with."""
    await press(pilot, "r")
    await until(
        pilot, lambda: bool(main_screen(pilot).status.notice) and not main_screen(pilot).later.refreshing.under_way
    )
    return main_screen(pilot).status.notice


async def test_online_is_said_only_after_something_has_answered(alone: Path, site: Loopback, opened: Opening) -> None:
    async with opened(at=alone) as pilot:
        assert "online" not in status_line(pilot)
        assert "never refreshed" in status_line(pilot)
        assert await refreshed(pilot) == "3 new"
        assert "● online · refreshed" in status_line(pilot)


async def test_with_every_server_dead_the_reader_says_so(alone: Path, site: Loopback, opened: Opening) -> None:
    site.stop()
    async with opened(at=alone) as pilot:
        assert await refreshed(pilot) == "nothing new · the source failed (S shows why)"
        assert "online" not in status_line(pilot)
        assert "never refreshed" in status_line(pilot)
        await press(pilot, "S")
        await settled(pilot)
        assert "nobody answers there · never answered" in screen(pilot)


async def test_without_a_way_out_the_reader_is_offline(
    alone: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fetch.http.online.online", lambda: False)
    async with opened(at=alone) as pilot:
        assert "○ offline · never refreshed" in status_line(pilot)
