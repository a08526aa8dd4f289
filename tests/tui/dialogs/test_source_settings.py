"""How a source is kept and asked."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening
from tests.tui.pilot import main_screen, press, screen
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_a_source_is_given_limits_and_pruned_to_them(opened: Opening) -> None:
    async with opened() as pilot:
        source_id = main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).source_id
        await press(pilot, "A", "E", "down", "1", "down", *"300k", "down", *"50", "enter")
        kept = main_screen(pilot).library.source(source_id)
        assert (kept.keep_days, kept.keep_count, kept.max_bytes, kept.most) == (None, 1, 300_000, 50)
        before = main_screen(pilot).library.count()
        await press(pilot, "P")
        assert main_screen(pilot).library.count() == before, "only told so far"
        assert "past their time" in main_screen(pilot).status.notice
        await press(pilot, "P")
        assert len(main_screen(pilot).library.ids(f"source:{source_id}")) == 1


async def test_an_amount_that_is_none_is_said_in_a_sentence(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "E", *"some", "enter")
        assert "“some” is not a number above zero." in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
