"""What all dialogs share."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening, settled
from tests.tui.pilot import press
from tui.dialogs.contents import Contents
from tui.dialogs.dialog import Dialog
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("key", ["S", "ctrl+p", "question_mark", "E"])
async def test_a_dialog_left_twice_is_left_once(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        await press(pilot, key)
        dialog = pilot.app.screen
        assert isinstance(dialog, Dialog | Contents)
        if isinstance(dialog, Contents):
            dialog.choices.action_choose()
            dialog.choices.action_choose()
        dialog.action_give_up()
        dialog.action_give_up()
        await settled(pilot)
        assert isinstance(pilot.app.screen, MainScreen)
