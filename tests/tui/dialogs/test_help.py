"""All keys on one page."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening
from tests.tui.pilot import press, screen
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_help_names_every_key(opened: Opening) -> None:
    async with opened(120, 130) as pilot:
        await press(pilot, "question_mark")
        told = screen(pilot)
        for words in ("Open the next unread article", "Take back the last step", "only the teaser is on disk"):
            assert words in told
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
