"""Keys of one's own: they do what they say, and are shown as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import Opening
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.settings import SettingsDialog
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


def configure(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text, encoding="utf-8")


async def test_a_key_of_ones_own_works_and_the_usual_one_does_not(opened: Opening, home: Path) -> None:
    configure(home, '[keys]\nmain.settings = "Q"\nlist.last = "ctrl+g"\nmain.undo = ""\n')
    async with opened() as pilot:
        await press(pilot, "ctrl+g")
        shown = main_screen(pilot)
        assert shown.article_list.index == len(shown.article_list.ids) - 1
        await press(pilot, "g", "G")
        assert shown.article_list.index == 0
        await press(pilot, "comma")
        assert isinstance(pilot.app.screen, MainScreen)
        await press(pilot, "Q")
        assert isinstance(pilot.app.screen, SettingsDialog)


async def test_a_preset_has_its_keys(opened: Opening, home: Path) -> None:
    configure(home, '[keys]\npreset = "newsboat"\n')
    async with opened() as pilot:
        shown = main_screen(pilot)
        entry_id = shown.target()
        await press(pilot, "N")
        assert shown.context.known(entry_id).read
        await press(pilot, "U")
        assert not shown.context.known(entry_id).read


async def test_two_keys_in_turn_do_one_thing(opened: Opening, home: Path) -> None:
    configure(home, '[keys]\npreset = "vim"\n')
    async with opened() as pilot:
        shown = main_screen(pilot)
        await press(pilot, "j", "j", "g")
        assert shown.article_list.index == 2
        assert shown.status.notice == "g …"
        await press(pilot, "g")
        assert (shown.article_list.index, shown.status.notice) == (0, "")
        entry_id = shown.target()
        await press(pilot, "g", "j")
        assert shown.article_list.index == 1, "what is no sequence is the second key alone"
        await press(pilot, "g", "escape", "g", "slash", "g", "escape", "k")
        assert shown.target() == entry_id
        await press(pilot, "d", "d")
        assert entry_id not in shown.library.ids()


async def test_keys_in_a_burst_are_told_apart(opened: Opening, home: Path) -> None:
    configure(home, '[keys]\npreset = "vim"\n')
    async with opened() as pilot:
        await pilot.press(*"jjjggjgg", "j")
        await press(pilot)
        assert main_screen(pilot).article_list.index == 1


async def test_help_palette_status_and_hints_show_the_keys_that_there_are(opened: Opening, home: Path) -> None:
    configure(home, '[keys]\nmain.help = "f1"\nmain.next = "Z n"\nmain.view = "f2, f3"\nmain.note = ""\n')
    async with opened(120, 130) as pilot:
        assert "f1 keys" in screen(pilot)
        await press(pilot, "f1")
        rows = [" ".join(row.strip(" │▐").split()) for row in screen(pilot).splitlines()]
        assert any("Z n Open the next article of the list" in row for row in rows)
        assert any("f2 f3 All articles, unread" in row for row in rows)
        await press(pilot, "escape", "ctrl+p", *"next article")
        assert any("Next article" in row and "Z n" in row for row in screen(pilot).splitlines())
        await press(pilot, "escape", "A")
        await press(pilot, "f2")
        assert "f2 for" in screen(pilot)


async def test_keys_change_when_the_file_is_saved(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        shown = main_screen(pilot)
        configure(home, '[keys]\nlist.down = "f1"\nmain.nxt = "x"\n')
        shown.look()
        await press(pilot, "f1", "j")
        assert shown.article_list.index == 1
        assert "There is no key 'main.nxt'; did you mean main.next?" in screen(pilot)
        (home / "config.toml").unlink()
        shown.look()
        await press(pilot, "f1", "j")
        assert shown.article_list.index == 2
