"""Topics that are followed: which entries are found by them, as they land and whenever they were published."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cache.db import topics
from cache.library import open_library
from cache.paths import places
from cache.writes.marks import set_setting
from cache.writes.store import Store
from tests.news_events import START, Event, Newsroom, World

pytestmark = pytest.mark.anyio


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def told(world: World, number: int, kind: str, facts: dict[str, str], hours: float) -> Event:
    return Event(number, kind, START + timedelta(hours=hours), facts, 4, 0, 1.0)


def land(home: Path, world: World, event: Event) -> list[int]:
    with Store(places(home).library) as store:
        return Newsroom(store).land(world.reports_of(event), event.begun + timedelta(hours=2))


async def test_a_topic_finds_what_there_is_of_it_and_what_lands_later_and_nothing_else(home: Path) -> None:
    world = World(0, seed=3)
    facts = world.facts()
    of_it = land(home, world, told(world, 1, "court", facts, 0))
    other = land(home, world, told(world, 2, "comet", world.facts(), 1))
    async with open_library(home) as library:
        assert await library.toggle_followed(of_it[0])
        assert {*library.ids("is:followed")} == {*library.ids(f"topic:{of_it[0]}")} == {*of_it}
        assert library.topics()[0].headline == library.entry(of_it[0]).headline
    later = land(home, world, told(world, 3, "court", facts, 24 * 9))
    more = land(home, world, told(world, 4, "vaccine", world.facts(), 24 * 9))
    async with open_library(home) as library:
        found = {*library.ids("is:followed")}
        assert {*of_it} <= found
        assert found & {*later}
        assert found.isdisjoint([*other, *more])
        assert {*library.ids("-is:followed")} >= {*other, *more}
        assert library.count("is:followed is:unread") == len(found & {*library.ids("is:unread")})


async def test_followed_no_longer_it_finds_nothing_and_undo_brings_all_back_with_what_landed(home: Path) -> None:
    world = World(0, seed=3)
    facts = world.facts()
    first = land(home, world, told(world, 1, "court", facts, 0))
    async with open_library(home) as library:
        await library.toggle_followed(first[0])
        assert await library.unfollow(first[0])
        assert not await library.unfollow(first[0])
        assert not [*library.ids("is:followed")]
        assert not library.topics()
    later = land(home, world, told(world, 3, "court", facts, 24 * 9))
    async with open_library(home) as library:
        assert await library.undo() == "The story is followed again."
        assert {*first} < {*library.ids("is:followed")} <= {*first, *later}


async def test_what_was_followed_before_entries_were_kept_is_found_once_something_lands(home: Path) -> None:
    world = World(0, seed=3)
    facts = world.facts()
    first = land(home, world, told(world, 1, "court", facts, 0))
    with Store(places(home).library) as store:
        set_setting(store.connection, topics.FOLLOWED, [first[0]])
    async with open_library(home) as library:
        assert {*library.ids("is:followed")} == {*first}
    second = land(home, world, told(world, 3, "court", facts, 24 * 9))
    async with open_library(home) as library:
        assert {*first} < {*library.ids("is:followed")} <= {*first, *second}


@pytest.mark.parametrize("odd", [7, "x", {"a": 1}, {"1": 5, "-2": [1], "9" * 40: [1]}, {"1": [None, 2.5, "3", 2**70]}])
async def test_odd_values_among_the_settings_find_nothing_and_harm_nothing(home: Path, odd: object) -> None:
    world = World(0, seed=3)
    first = land(home, world, told(world, 1, "court", world.facts(), 0))
    with Store(places(home).library) as store:
        set_setting(store.connection, topics.FOUND, odd)
        set_setting(store.connection, topics.FOLLOWED, [1, 2**70, None, "x"])
    async with open_library(home) as library:
        assert {*library.ids("is:followed")} <= {*first}
        assert [topic.report for topic in library.topics()] == [1]
        await library.toggle_followed(first[1])
    land(home, world, told(world, 2, "comet", world.facts(), 1))


@pytest.mark.parametrize("query", ["topic:x", "topic:-1", f"topic:{'9' * 40}", "topic:²"])
async def test_what_names_no_topic_is_said(home: Path, query: str) -> None:
    async with open_library(home) as library:
        assert "names no topic" in library.query_errors(query)[0]
        assert not [*library.ids(query)]


async def test_one_is_left_out_of_the_number_kept_once_many_have_been_followed(home: Path) -> None:
    world = World(0, seed=3)
    entries = [land(home, world, told(world, number, "comet", world.facts(), number)) for number in range(1, 14)]
    async with open_library(home) as library:
        for reports in entries:
            await library.toggle_followed(reports[0])
            await library.toggle_followed(reports[0])
        await library.toggle_followed(entries[0][0])
        assert len(library.setting(topics.FOUND, {})) <= 11
        assert {*entries[0]} <= {*library.ids("is:followed")}
