"""What is likely to be opened next has its sidebar ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.library import open_library
from tests.tui.conftest import Opening
from tests.tui.screen.test_reading import desk, press
from tui.background import Aside
from tui.screen.prefetch import Foresight

pytestmark = pytest.mark.anyio


async def test_what_was_looked_up_is_asked_once_until_it_is_old(home: Path) -> None:
    async with open_library(home) as library:
        aside = Aside(home)
        foresight, entry_id = Foresight(aside), library.ids()[0]
        foresight.look_up(entry_id)
        first = await foresight.beside(entry_id)
        assert await foresight.beside(entry_id) is first
        foresight.forget()
        again = await foresight.beside(entry_id)
        assert again is not first
        assert again == first == library.related(entry_id)
        aside.close()


async def test_the_next_article_has_its_stories_in_the_frame_it_is_opened_in(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter")
        following = desk(pilot).headlines.ids[desk(pilot).headlines.index + 1]
        await press(pilot, "n")
        assert list(desk(pilot).related.stories) == desk(pilot).library.related(following)
