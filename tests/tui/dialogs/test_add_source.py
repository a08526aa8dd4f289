"""Sources added by address or from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.tui.conftest import Opening, settled
from tests.tui.pilot import press, screen
from tui.dialogs.add_source import AddDialog

pytestmark = pytest.mark.anyio


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


async def test_what_cannot_be_added_is_said_in_a_sentence(home: Path, site: Loopback, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await pilot.press("a")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = site.url("/nothing")
        await pilot.press("enter")
        await settled(pilot)
        assert "404" in screen(pilot)


async def test_the_catalogue_is_there_to_pick_from(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "a")
        assert "USNI News" in screen(pilot)
        await press(pilot, *"world bbc")
        assert "BBC News: World" in screen(pilot)
        assert "USNI News" not in screen(pilot)
