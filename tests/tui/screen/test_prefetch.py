"""What is likely to be opened next has its sidebar ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.library import open_library
from tests.tui.conftest import Opening
from tests.tui.pilot import main_screen, press
from tui.background import BackgroundLibrary
from tui.screen.prefetch import RelatedPrefetch

pytestmark = pytest.mark.anyio


async def test_what_was_looked_up_is_asked_once_until_it_is_old(home: Path) -> None:
    async with open_library(home) as library:
        background = BackgroundLibrary(home)
        prefetch, entry_id = RelatedPrefetch(background), library.ids()[0]
        prefetch.begin(entry_id)
        first = await prefetch.related(entry_id)
        assert await prefetch.related(entry_id) is first
        prefetch.clear()
        again = await prefetch.related(entry_id)
        assert again is not first
        assert again == first == library.related(entry_id)
        background.close()


async def test_the_next_article_has_its_stories_in_the_frame_it_is_opened_in(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter")
        following = main_screen(pilot).article_list.ids[main_screen(pilot).article_list.index + 1]
        await press(pilot, "n")
        assert list(main_screen(pilot).related.stories) == main_screen(pilot).library.related(following)
