"""The front page in the linear reader, a line for each story."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cache.paths import places
from cache.writes.store import Store
from tests.news_events import Event, Newsroom, World
from tests.tui.linear.keys_pressed import linear_reader
from tests.tui.newsroom import NOW

pytestmark = pytest.mark.anyio


def land(home: Path, *sizes: int) -> None:
    world = World(0, seed=5)
    day = NOW - timedelta(hours=10)
    kinds = ("ferry", "merger", "comet")
    events = [Event(at, kinds[at], day, world.facts(), size, 0, 1.0) for at, size in enumerate(sizes)]
    with Store(places(home).library) as store:
        Newsroom(store).land([one for event in events for one in world.reports_of(event)], day + timedelta(hours=2))


async def test_d_says_its_stories_and_enter_opens_the_best_report(tmp_path: Path) -> None:
    land(tmp_path, 4, 2, 1)
    async with linear_reader(tmp_path) as reader:
        making, title, first = await reader.press("d")
        assert (making, title) == ("Making the front page …", "Front page, 3:")
        assert " 4 sources" in first
        assert "“" in first
        (second,) = await reader.press("j")
        assert " 2 sources" in second
        (why,) = await reader.press("Q")
        assert why.startswith("Above the next by ")
        opened = await reader.press("enter")
        assert any("passages" in said for said in opened)


async def test_it_is_among_the_sections_and_says_what_would_fill_it(tmp_path: Path) -> None:
    land(tmp_path, 3)
    async with linear_reader(tmp_path) as reader:
        assert (await reader.press("S"))[1] == "Front page."
        assert (await reader.press("enter"))[1] == "Front page, 1:"
    async with linear_reader(tmp_path / "empty") as reader:
        assert (await reader.press("Q")) == ["Why is asked on the front page; d lists it."]
        assert (await reader.press("d"))[-1] == "A front page is made of what several sources report; a adds a few."


async def test_what_the_settings_ask_more_of_comes_first(tmp_path: Path) -> None:
    land(tmp_path, 2, 2, 2)
    async with linear_reader(tmp_path, '[front]\nmore = ["comet"]\n') as reader:
        await reader.press("d")
        (why,) = await reader.press("Q")
        assert "you ask for more of “comet”" in why
