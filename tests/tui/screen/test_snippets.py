"""Where a search found something, looked up for what stays listed, and not for what is typed over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from textual.events import Key
from textual.pilot import Pilot

from cache.library import Library
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import edition, shelve
from tests.tui.pilot import main_screen, press
from tests.tui.screen.conftest import Harness
from tui import sections
from tui.background import BackgroundLibrary, Lane
from tui.screen.snippets import Snippets

pytestmark = pytest.mark.anyio
T = TypeVar("T")


class Counting(BackgroundLibrary):
    """Counts what it is asked."""

    asked = 0

    async def ask(self, question: Callable[[Library], T], *, lane: Lane = "beside") -> T:
        self.asked += 1
        return await super().ask(question, lane=lane)


async def test_what_is_typed_over_is_never_looked_up(harness: Harness) -> None:
    background = Counting(harness.library.path.parent)
    landed: asyncio.Queue[Sequence[int]] = asyncio.Queue()
    listed = sections.found("harb", typed=True)

    def snippets(words: str) -> Snippets:
        section = sections.found(words, typed=True)
        return Snippets(background, section, landed.put_nowait, lambda: listed)

    (found,) = harness.library.ids("lighthouse")[:1]
    begun = [snippets(words) for words in ("l", "li", "lig", "ligh")]
    assert {each.of(found) for each in begun} == {""}
    listed = sections.found("light", typed=True)
    last = snippets("light")
    last.of(found)
    assert await asyncio.wait_for(landed.get(), 20) == [found]
    assert (background.asked, landed.empty()) == (1, True)
    assert "light" in last.of(found).casefold()
    background.close()


async def test_a_search_that_stays_has_its_snippets_at_once(harness: Harness) -> None:
    landed: asyncio.Queue[Sequence[int]] = asyncio.Queue()
    section = sections.found("lighthouse")
    (found,) = harness.library.ids("lighthouse")[:1]
    snippets = Snippets(harness.context.background, section, landed.put_nowait, lambda: section)
    snippets.of(found)
    assert await asyncio.wait_for(landed.get(), 20) == [found]
    assert "lighthouse" in snippets.of(found).casefold()


async def test_what_was_typed_and_is_entered_keeps_its_snippets(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"lighth")
        listed = main_screen(pilot).article_list
        found = listed._snippet_of
        assert found
        assert "lighth" in found(listed.highlighted).casefold()
        await press(pilot, "enter")
        assert main_screen(pilot).listing.section == sections.found("lighth", begun=True)
        assert listed._snippet_of == found
        await press(pilot, "escape", "slash", *"lighth")
        assert listed._snippet_of != found


async def test_a_letter_of_a_search_costs_what_a_few_pages_of_the_list_cost(opened: Opening, home: Path) -> None:
    told = edition()[1]
    shelve(
        home,
        [replace(told, url=f"https://gazette.example/{at}", headline=f"The lighthouse {at}") for at in range(120)],
    )
    async with opened(120, 40) as pilot:
        pages, letters = [], []
        for _ in range(4):
            await press(pilot, "g")
            pages.append(await cost(pilot, ["pagedown"] * 10))
            await press(pilot, "slash")
            letters.append(await cost(pilot, [*"lighthouse"]))
            await press(pilot, "escape")
        assert min(letters) < 5 * min(pages), (letters, pages)


async def cost(pilot: Pilot[None], keys: Sequence[str]) -> float:
    """The processor's time for these keys, typed one behind the other, and what they draw with it."""
    began = time.process_time()
    for key in keys:
        await pilot.app.on_event(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        pilot.app.screen._on_timer_update()  # draws what is to be drawn, now
    await settled(pilot)
    return time.process_time() - began
