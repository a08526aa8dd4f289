"""A library in which reports of invented events land, and its front page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cache.front_page import Front, FrontWishes
from cache.reading import LibraryReader
from cache.writes.store import Store
from tests.news_events import START, Event, Newsroom, Report, World

NOON = START + timedelta(hours=6)
KINDS_IN_TURN = ("ferry", "merger", "comet", "court", "vaccine", "strike", "flood", "fire")


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Store(tmp_path / "library.db") as store:
        yield Newsroom(store)


@pytest.fixture
def archive(newsroom: Newsroom) -> None:
    """Reports of other events in the library, of ten days before: words have their rarity of them."""
    before = START - timedelta(days=10)
    newsroom.land([replace(one, event=1000 + one.event, at=before) for one in World(24, seed=4).reports], before)


@pytest.fixture
def reader(newsroom: Newsroom) -> LibraryReader:
    return LibraryReader(newsroom.store.connection)


@pytest.fixture
def page(reader: LibraryReader) -> Callable[..., Front]:
    """The front page as it is seen at a moment, noon unless told otherwise."""

    def seen(at: datetime = NOON, **wishes: Any) -> Front:
        return reader.front(FrontWishes(at=at, **wishes))

    return seen


@pytest.fixture
def events() -> Callable[..., list[list[Report]]]:
    """Events of different kinds, each told by so many papers in their own words and by others that copy the first.

    The first reports come at ten, the last within the hour. Those of one kind share a region and its people.
    """

    def made(*sizes: int, copies: int = 0, hours: float = 1.0, kind: str = "", seed: int = 5) -> list[list[Report]]:
        world = World(0, seed=seed)
        begun = START + timedelta(hours=4)
        kinds = [kind or KINDS_IN_TURN[number % 8] for number in range(len(sizes))]
        shared = {key: fact for key, fact in world.facts().items() if kind and key in ("other", "person", "person2")}
        return [
            world.reports_of(Event(number, kinds[number], begun, world.facts() | shared, own, copies, hours))
            for number, own in enumerate(sizes)
        ]

    return made
