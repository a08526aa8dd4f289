"""What the tree of sources costs with five hundred of them, beside the list of headlines."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from cache.library import open_library
from cache.source_entry import SourceEntry
from cache.writes.store import Store
from fetch.source import Source
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import edition, shelve
from tests.tui.pilot import press
from tui.dialogs.contents import Contents
from tui.dialogs.contents_rows import _of_sources, contents, visible

pytestmark = pytest.mark.anyio


async def test_five_hundred_sources_are_one_walk(home: Path) -> None:
    many(home)
    async with open_library(home) as library:
        rows = contents(library)
        assert sum(row.source_id > 0 for row in rows) == len(library.sources())
        assert [row.title for row in visible(rows, "paper 77", ()) if row.source_id] == ["Paper 77"]
        folded = {row.heads for row in rows if row.heads}
        assert not any(row.source_id for row in visible(rows, "", folded))


def test_what_the_tree_costs_grows_with_the_sources() -> None:
    def rows(number: int) -> float:
        kept = [
            SourceEntry(at, f"https://{at}.example/", "feed", f"Paper {at}", groups=(f"Group {at % 50}/Part {at % 7}",))
            for at in range(number)
        ]
        times = []
        for _ in range(5):
            began = time.process_time()
            made = [*_of_sources(kept)]
            visible(made, "paper 7", ())
            times.append(time.process_time() - began)
        return min(times)

    assert rows(4000) < 20 * rows(500)


async def test_a_move_among_five_hundred_sources_costs_what_one_in_the_list_costs(opened: Opening, home: Path) -> None:
    told = edition()[1]
    shelve(home, [replace(told, url=f"https://gazette.example/old/{at}", headline=f"Old {at}") for at in range(90)])
    many(home)
    async with opened(150, 40) as pilot:
        listed, tree = [], []
        for _ in range(3):
            listed.append(await cost(pilot, ["j"] * 30))
            await press(pilot, "S", "g")
            tree.append(await cost(pilot, ["j"] * 30))
            await press(pilot, "escape", "g")
        assert min(tree) < 1.5 * min(listed), (tree, listed)


async def test_the_sources_open_at_what_a_few_moves_in_the_list_cost(opened: Opening, home: Path) -> None:
    many(home)
    async with opened() as pilot:
        moves = min([await cost(pilot, ["j", "k"] * 10) for _ in range(3)])
        opening = []
        for _ in range(4):
            opening.append(await cost(pilot, ["S"]))
            assert isinstance(pilot.app.screen, Contents)
            await press(pilot, "escape")
        assert min(opening) < 1.5 * moves, (opening, moves)


def many(home: Path) -> None:
    """Five hundred sources, in groups of two levels."""
    with Store(home / "library.db") as store:
        for number in range(500):
            url = f"https://paper-{number}.example/feed"
            store.sources.add(Source(url, "feed", f"Paper {number}"), section=f"Group {number % 50}/Part {number % 7}")


async def cost(pilot: Pilot[None], keys: Sequence[str]) -> float:
    """The processor's time for these keys, what they draw with it."""
    began = time.process_time()
    for key in keys:
        await pilot.app.on_event(Key(key, None))
        await pilot.pause()
        pilot.app.screen._on_timer_update()  # draws what is to be drawn, now
    await settled(pilot)
    return time.process_time() - began
