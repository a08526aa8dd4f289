"""Dossiers on the screen: the events of the storyline that a story of the front page goes on."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cache.front_page import Dossier
from cache.reading import LibraryReader
from tests.news_events import Event, Report, World
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press, screen
from tests.tui.screen.front_pages import chose_list, edition_of, front, land, to_front

pytestmark = pytest.mark.anyio

EVENTS = 4


@pytest.fixture
def weeks(tmp_path: Path) -> Path:
    """A flood a day in one region, each told by two papers, the last today; and other news of today."""
    home = tmp_path / "weeks"
    home.mkdir()
    for number in range(EVENTS):
        days_ago = 3 * (EVENTS - 1 - number)
        land(home, flood_of(number, days_ago), hours_ago=24 * days_ago + 1)
    land(home, *edition_of(2, 2, 2, seed=9), hours_ago=1)
    chose_list(home)
    return home


def flood_of(number: int, days_ago: int) -> list[Report]:
    """A flood so many days ago, in the region that all of them share, told by two papers."""
    world = World(0, seed=8)
    shared = {key: fact for key, fact in world.facts().items() if key in ("other", "person", "person2")}
    begun = NOW - timedelta(days=days_ago, hours=2)
    facts = [world.facts() for _ in range(number + 1)][-1]
    told = world.reports_of(Event(number, "flood", begun, facts | shared, 2, 0, 1.0))
    return [replace(one, at=begun) for one in told]


async def to_flood(pilot: object) -> int:
    """The highlight on the story of the flood; its row's report."""
    await to_front(pilot, 4)  # type: ignore[arg-type]
    shown = main_screen(pilot)  # type: ignore[arg-type]
    at = next(at for at, one in enumerate(shown.article_list.ids) if shown.library.dossier(one, NOW.timestamp()))
    await press(pilot, *"j" * at)  # type: ignore[arg-type]
    return shown.article_list.highlighted


async def test_the_events_of_its_storyline_are_listed_and_q_leads_back_to_its_place(
    opened: Opening, weeks: Path
) -> None:
    async with opened(120, 40, at=weeks) as pilot:
        story = await to_flood(pilot)
        await press(pilot, "D")
        shown = main_screen(pilot)
        await until(pilot, lambda: bool(shown.listing.section.ids))
        assert f"Dossier: {EVENTS} events in 10 days" in screen(pilot)
        times = [entry.published for entry in shown.library.entries(shown.article_list.ids)]
        assert times == sorted(times, reverse=True)  # type: ignore[type-var]
        assert len(times) == EVENTS
        await press(pilot, "j", "enter")
        assert shown.articles.entry.id == shown.article_list.ids[1]  # type: ignore[union-attr]
        await press(pilot, "q")
        assert shown.listing.section.ids
        land(weeks, *edition_of(1, seed=77), hours_ago=0.5)
        await settled(pilot)
        assert len(shown.article_list.ids) == EVENTS
        await press(pilot, "q")
        assert shown.listing.section.front
        assert shown.article_list.highlighted == story


async def test_its_row_says_which_day_of_it_and_of_how_many_events_at_the_next_start_too(
    opened: Opening, weeks: Path
) -> None:
    for _ in range(2):
        async with opened(120, 40, at=weeks) as pilot:
            await to_flood(pilot)
            told = screen(pilot)
            assert f"2 sources · day 10 · {EVENTS} events" in told
            assert told.count(" events") == 1, "the others go on none"


async def test_an_event_that_lands_is_counted_at_the_next_look(opened: Opening, weeks: Path) -> None:
    async with opened(120, 40, at=weeks) as pilot:
        await to_flood(pilot)
        await press(pilot, "d")
        land(weeks, flood_of(EVENTS, days_ago=1), hours_ago=0.5)
        await press(pilot, "d")
        await until(pilot, lambda: f"day 10 · {EVENTS + 1} events" in screen(pilot))


async def test_a_story_of_one_day_is_said_to_be_none(opened: Opening, weeks: Path) -> None:
    async with opened(120, 40, at=weeks) as pilot:
        story = await to_flood(pilot)
        await press(pilot, "g" if main_screen(pilot).article_list.ids[0] != story else "G", "D")
        await until(pilot, lambda: "No dossier: that takes three events, over three days or more." in screen(pilot))
        assert main_screen(pilot).listing.section.front


async def test_a_reader_who_goes_on_meanwhile_is_not_taken_there(
    opened: Opening, weeks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(120, 40, at=weeks) as pilot:
        story = await to_flood(pilot)
        gone_on, of_entry = threading.Event(), LibraryReader.dossier

        def held(library: LibraryReader, entry_id: int, at: float, report: int) -> Dossier | None:
            gone_on.wait(20)
            return of_entry(library, entry_id, at, report)

        monkeypatch.setattr(LibraryReader, "dossier", held)
        await pilot.press("D", "k" if main_screen(pilot).article_list.ids[0] != story else "j")
        gone_on.set()
        await settled(pilot)
        assert main_screen(pilot).listing.section.front
        assert front(pilot).rows


async def test_the_dossier_is_what_is_exported_and_no_search_is_marked_in_it(opened: Opening, weeks: Path) -> None:
    async with opened(120, 40, at=weeks) as pilot:
        await to_flood(pilot)
        await press(pilot, "D")
        shown = main_screen(pilot)
        await until(pilot, lambda: bool(shown.listing.section.ids))
        assert shown.later._to_export().ids == list(shown.article_list.ids)
        assert shown.listing.matcher() is None
        await press(pilot, "O", "v")
        assert not shown.listing.section.ids
