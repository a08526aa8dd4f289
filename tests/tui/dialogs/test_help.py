"""All keys on one page, found by typing."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening
from tests.tui.pilot import press, screen
from tui.dialogs.help import entries, set_page
from tui.keymap import Keymap
from tui.screen.main import MainScreen
from tui.typeset import marks
from tui.typeset.cells import cells

pytestmark = pytest.mark.anyio


async def test_help_names_every_key(opened: Opening) -> None:
    async with opened(120, 150) as pilot:
        await press(pilot, "question_mark")
        told = screen(pilot)
        for words in ("Open the next unread article", "Take back the last step", "Move the highlight down"):
            assert words in told
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_what_is_typed_narrows_the_page(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "question_mark", *"undo")
        assert "Take back the last step" not in screen(pilot)
        assert "No key and no mark is called “undo”." in screen(pilot)
        await press(pilot, *["backspace"] * 4, *"LAST step")
        assert "Take back the last step" in screen(pilot)
        assert "Fetch what is new" not in screen(pilot)
        await press(pilot, *["backspace"] * 9, "question_mark")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_filter_may_begin_as_elsewhere_and_escape_shows_all_again(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "question_mark", "slash")
        assert "Search the library as you type" in screen(pilot)
        assert "Take back the last step" not in screen(pilot)
        await press(pilot, *"last step")
        assert "Take back the last step" in screen(pilot)
        assert "esc shows all again" in screen(pilot)
        await press(pilot, "escape")
        assert "Open the next article of the list" in screen(pilot)
        assert "esc closes" in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


def test_a_key_is_found_by_itself() -> None:
    assert [line.text.split() for line in set_page(tuple(entries(Keymap())), "^", 90)][2][0] == "^"


@pytest.mark.parametrize("width", [30, 47, 90])
def test_all_of_it_is_there_at_any_width(width: int) -> None:
    page = list(set_page(tuple(entries(Keymap())), "", width))
    assert max(cells(line.text) for line in page) <= width
    text = "".join(line.text for line in page).replace(" ", "")
    assert all(
        entry.meaning.replace(" ", "") in text and entry.sign.replace(" ", "") in text for entry in entries(Keymap())
    )
    assert "…" not in text.replace("1…9", "").replace("0…9", "")


def test_every_mark_is_explained() -> None:
    explained = {entry.sign for entry in entries(Keymap()) if entry.group == "Marks"}
    named = [*marks.OFFLINE_MARKS.values(), *(value for name, value in vars(marks).items() if name.endswith("_MARK"))]
    assert {mark for mark, _ in named} <= explained


async def test_a_click_beside_the_box_closes_it_and_one_in_it_does_not(opened: Opening) -> None:
    async with opened() as pilot:
        for key in ("question_mark", "ctrl+p", "S", "comma", "a"):
            await press(pilot, key)
            if key == "question_mark":
                await pilot.click(offset=(60, 20))
            assert not isinstance(pilot.app.screen, MainScreen)
            await pilot.click(offset=(1, 1))
            await press(pilot)
            assert isinstance(pilot.app.screen, MainScreen), key
