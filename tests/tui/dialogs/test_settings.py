"""All settings on one page, changed there and held in the file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.conftest import Opening, settled, until
from tests.tui.pilot import main_screen, press, screen
from tui.config.config_file import ConfigFile
from tui.config.kinds import CommandWords
from tui.config.table import BROWSER, FOLD, KEEP_DAYS, LIST_WIDTH, MEASURE, PROXY, ROWS, TABLE, ConfigKey
from tui.dialogs.settings import SHOWN_KEYS, SettingsDialog
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio

TYPED: dict[str, tuple[str, Any]] = {
    "screen.list_width": ("44", 44),
    "screen.related_width": ("26", 26),
    MEASURE.key: ("60", 60),
    "list.views": ("saved, all", ("saved", "all")),
    "list.sections": ("saved, today", ("saved", "today")),
    "list.preview_from": ("200", 200),
    "refresh.every": ("30", 30),
    "refresh.on_start_after": ("90", 90),
    "refresh.budget": ("300k", "300k"),
    "refresh.most": ("5", 5),
    BROWSER.key: ("lynx '--at={}' 'a b'", ("lynx", "--at={}", "a b")),
    "open.player": ("mpv {}", ("mpv", "{}")),
    PROXY.key: ("socks5://host:1", "socks5://host:1"),
    "front.more": ("source:courier; harbour", ("source:courier", "harbour")),
    "front.less": ("football", ("football",)),
    KEEP_DAYS.key: ("9", 9),
    "keep.count": ("8", 8),
}
"""What is typed for a setting that has no few values, and what it is then."""


def said(home: Path, key: ConfigKey[Any]) -> Any:
    return ConfigFile(home / "config.toml").now.given.get(key.key)


async def test_every_setting_can_be_changed_on_screen_and_stands_in_the_file(opened: Opening, home: Path) -> None:
    assert {*SHOWN_KEYS} == {*TABLE}
    wanted: dict[str, Any] = {}
    async with opened(120, 60) as pilot:
        await press(pilot, "comma")
        dialog = pilot.app.screen
        assert isinstance(dialog, SettingsDialog)
        for key in SHOWN_KEYS:
            dialog.action_change(1)
            if key.kind.few:
                wanted[key.key] = key.kind.few[(key.kind.few.index(key.default) + 1) % len(key.kind.few)]
            else:
                words, wanted[key.key] = TYPED[key.key]
                dialog._typed(Input.Submitted(dialog.typing, words))
            dialog.choices.action_move(1)
        assert ConfigFile(home / "config.toml").now.given == wanted
        assert main_screen_after(pilot).context.config.now.given == wanted


def main_screen_after(pilot: Any) -> MainScreen:
    shown = pilot.app.main_screen
    assert isinstance(shown, MainScreen)
    return shown


async def test_a_change_holds_at_once_and_is_taken_back_by_one_key(opened: Opening, home: Path) -> None:
    (home / "config.toml").write_text("# mine\n[list]\nrows_wide = 1  # close\n", encoding="utf-8")
    async with opened(130, 60) as pilot:
        await press(pilot, "comma", *["down"] * SHOWN_KEYS.index(ROWS["wide"]))
        assert "Lines of a row on screens of 120 columns or more" in " ".join(screen(pilot).split())
        await press(pilot, "left")
        assert main_screen_after(pilot).article_list.density == 4
        assert (home / "config.toml").read_text() == "# mine\n[list]\nrows_wide = 4  # close\n"
        await press(pilot, "right", "right")
        assert main_screen_after(pilot).article_list.density == 2
        await press(pilot, "d")
        assert said(home, ROWS["wide"]) is None
        await press(pilot, "escape")
        assert main_screen(pilot).article_list.density == 2


async def test_what_a_key_has_set_shows_and_the_file_goes_before_it(opened: Opening, home: Path) -> None:
    async with opened(130, 60) as pilot:
        await press(pilot, "F")
        await press(pilot, "comma", *["down"] * SHOWN_KEYS.index(FOLD))
        row = next(line for line in screen(pilot).splitlines() if " fold " in line)
        assert "false" in row
        assert "by key" in row
        await press(pilot, "enter")
        assert said(home, FOLD) is True
        assert main_screen_after(pilot).listing.folded is True


async def test_what_is_not_allowed_is_said_and_the_line_stays(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        await press(pilot, "comma", *["down"] * SHOWN_KEYS.index(MEASURE), "enter", "9", "enter")
        assert "screen.measure must be a number from 30 to 200." in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SettingsDialog)
        assert "must be a number from 30 to 200." not in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
        assert not (home / "config.toml").exists()


async def test_what_is_wrong_in_the_file_is_told_whole_on_a_narrow_screen_until_it_is_mended(
    opened: Opening, home: Path
) -> None:
    wrong = "".join(f"nonsense_{number} = 1\n" for number in range(5))
    (home / "config.toml").write_text(f"[list]\nfold = 1\n{wrong}", encoding="utf-8")
    async with opened(80, 24) as pilot:
        assert "6 things are wrong; , shows them. config.toml, line 2" in screen(pilot)
        await press(pilot, "comma")
        shown = " ".join(
            " ".join(line.split("│")[1] for line in screen(pilot).splitlines() if line.count("│") == 2).split()
        )
        assert "config.toml, line 2: list.fold must be true or false, so the default holds." in shown
        assert "config.toml, line 4: There is no setting 'list.nonsense_1';" in shown
        assert "`broadsheet config` tells 3 more." in shown
        assert SHOWN_KEYS[0].kind.allowed[:20] in shown, "the settings are there, too"
        (home / "config.toml").write_text("[list]\nfold = 1\n", encoding="utf-8")
        main_screen_after(pilot).look()
        await press(pilot, *["down"] * SHOWN_KEYS.index(FOLD), "d")
        assert "so the default holds" not in screen(pilot)


async def test_what_another_program_saves_meanwhile_shows_and_a_line_being_typed_stays(
    opened: Opening, home: Path
) -> None:
    def row(pilot: Any, name: str) -> str:
        return next(line for line in screen(pilot).splitlines() if f" {name} " in line)

    async with opened(130, 60) as pilot:
        await press(pilot, "comma", *["down"] * SHOWN_KEYS.index(MEASURE))
        (home / "config.toml").write_text("[screen]\nmeasure = 44\n", encoding="utf-8")
        main_screen_after(pilot).look()
        await until(pilot, lambda: " 44 " in row(pilot, "measure"))
        assert SHOWN_KEYS[pilot.app.screen.choices.index] == MEASURE
        await press(pilot, "enter", "backspace", "backspace", "5")
        (home / "config.toml").write_text("[screen]\nmeasure = 45\njustify = 7\n", encoding="utf-8")
        main_screen_after(pilot).look()
        pilot.app.screen._look()
        assert pilot.app.screen.typing.has_focus
        await press(pilot, "6", "enter")
        assert said(home, MEASURE) == 56
        assert "screen.justify must be true or false" in str(pilot.app.screen.wrong.content)


async def test_a_file_that_cannot_be_written_into_is_said_and_stays(opened: Opening, home: Path) -> None:
    (home / "config.toml").write_text("[list\n", encoding="utf-8")
    async with opened() as pilot:
        await press(pilot, "comma", "enter")
        await settled(pilot)
        assert "config.toml is no TOML, so nothing can be written into it" in " ".join(screen(pilot).split())
    assert (home / "config.toml").read_text(encoding="utf-8") == "[list\n"
    assert sorted(name for name in os.listdir(home) if name.startswith(".")) == []


def test_a_command_is_typed_as_it_is_written() -> None:
    for words in ((), ("lynx", "{}"), ("a b", "--x={}", "", 'q"\\')):
        command: CommandWords = words
        assert BROWSER.kind.typed(BROWSER.kind.written(command)) == list(command)


async def click(pilot: Pilot[None], key: ConfigKey[Any]) -> None:
    """A click on a setting that is in view."""
    choices = main_settings(pilot).choices
    row = choices._row_of[SHOWN_KEYS.index(key)] - choices.scroll_offset.y
    assert 0 <= row < choices.size.height
    x, y = choices.content_region.offset
    await pilot.click(offset=(x + 4, y + row))
    await settled(pilot)


def main_settings(pilot: Pilot[None]) -> SettingsDialog:
    assert isinstance(pilot.app.screen, SettingsDialog)
    return pilot.app.screen


async def test_a_click_takes_the_highlight_along(opened: Opening) -> None:
    async with opened(120, 60) as pilot:
        await press(pilot, "comma")
        dialog = main_settings(pilot)
        await click(pilot, MEASURE)
        assert SHOWN_KEYS[dialog.choices.index] is MEASURE
        assert dialog.typing.border_title == f" {MEASURE.key} "
        assert [MEASURE.name in line for line in screen(pilot).splitlines() if "▏ " in line] == [True]
        assert MEASURE.sentence in str(dialog.about.content)


async def test_what_is_typed_is_of_the_setting_it_was_asked_for(opened: Opening, home: Path) -> None:
    async with opened(120, 60) as pilot:
        await press(pilot, "comma")
        dialog = main_settings(pilot)
        await click(pilot, MEASURE)
        few = next(key for key in SHOWN_KEYS if key.kind.few)
        for other in (few, LIST_WIDTH):  # one that changes by a click, and one that is typed, too
            await click(pilot, other)
        dialog.typing.value = "61"
        await press(pilot, "enter")
    assert (said(home, MEASURE), said(home, few), said(home, LIST_WIDTH)) == (61, None, None)
