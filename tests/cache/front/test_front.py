"""The front page of a small library: which stories stand on it, in which order, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cache.front_page import Front, FrontWishes
from cache.reading import LibraryReader
from cache.writes.store import Store
from tests.news_events import START, Event, Newsroom, Report, World

NOON = START + timedelta(hours=6)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Store(tmp_path / "library.db") as store:
        yield Newsroom(store)


@pytest.fixture
def page(newsroom: Newsroom) -> Callable[..., Front]:
    def seen(at: datetime = NOON, **wishes: object) -> Front:
        return LibraryReader(newsroom.store.connection).front(FrontWishes(at=at, **wishes))  # type: ignore[arg-type]

    return seen


def events(*sizes: int, copies: int = 0, seed: int = 5) -> list[list[Report]]:
    """Events told by so many papers each in their own words, and by others that copy the first; all within an hour."""
    world = World(0, seed=seed)
    found = []
    for number, own in enumerate(sizes):
        kind = ("ferry", "merger", "comet", "court", "vaccine", "strike")[number % 6]
        event = Event(number, kind, START + timedelta(hours=4), world.facts(), own, copies, 1.0)
        found.append(world.reports_of(event))
    return found


def told(front: Front, newsroom: Newsroom) -> list[int]:
    """The events of the stories, in their order."""
    return [newsroom.events[story.central] for story in front.stories]


def test_what_more_sources_report_stands_higher(newsroom, page):
    small, large, single = events(2, 6, 1)
    newsroom.land([*small, *large, *single], NOON)
    assert told(page(), newsroom) == [1, 0, 2]
    assert [story.sources for story in page().stories] == [6, 2, 1]


def test_copies_of_one_wire_report_are_one_source(newsroom, page):
    (copied,) = events(1, copies=7)
    newsroom.land(copied, NOON)
    (story,) = page().stories
    assert (len(story.reports), story.sources, story.copies) == (8, 1, 7)
    assert "7 copies of a report not counted" in story.why
