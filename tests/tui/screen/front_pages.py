"""Front pages of invented events, for the tests of the screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.paths import places
from cache.writes.marks import set_setting
from cache.writes.store import Store
from tests.news_events import Event, Newsroom, Report, World
from tests.tui.conftest import until
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press
from tui.screen.front_list import FrontList

DAY = NOW - timedelta(hours=10)
KINDS = ("ferry", "merger", "comet", "court", "vaccine", "strike")
Edition = list[list[Report]]


def edition_of(*sizes: int, seed: int = 5) -> Edition:
    """Events told by so many papers each, within an hour."""
    world = World(0, seed=seed)
    told = (
        Event(seed * 100 + number, KINDS[number % 6], DAY, world.facts(), own, 0, 1.0)
        for number, own in enumerate(sizes)
    )
    return [world.reports_of(event) for event in told]


def land(home: Path, *told: list[Report], hours_ago: float = 8) -> None:
    """What another program takes in."""
    with Store(places(home).library) as store:
        Newsroom(store).land([report for reports in told for report in reports], NOW - timedelta(hours=hours_ago))


@pytest.fixture
def news() -> Edition:
    return edition_of(5, 3, 2, 1)


@pytest.fixture
def paper(tmp_path: Path, news: Edition) -> Path:
    home = tmp_path / "paper"
    home.mkdir()
    land(home, *news)
    chose_list(home)
    return home


def chose_list(home: Path) -> None:
    """As a reader left it who went from the front page to the list."""
    with Store(places(home).library) as store:
        set_setting(store.connection, "front.open", False)


def front(pilot: Pilot[None]) -> FrontList:
    return main_screen(pilot).listing.front


def shown(pilot: Pilot[None]) -> list[int]:
    """How many sources each row counts, in the order of the rows."""
    rows = {row.id: row for row in front(pilot).rows}
    return [rows[entry_id].story.sources for entry_id in main_screen(pilot).article_list.ids]


async def to_front(pilot: Pilot[None], number: int = 4) -> None:
    await press(pilot, "d")
    await until(pilot, lambda: len(front(pilot).rows) == number)
