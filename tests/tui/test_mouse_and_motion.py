"""All that the mouse does a key does, too; nothing moves by itself; and without colours all of it is still told."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.modules import PATHS, relative, tree_of
from tests.tui.conftest import Opening
from tests.tui.newsroom import shelve
from tests.tui.pilot import press
from tests.tui.terminal import Terminal
from tui.config.key_words import USUAL

BY_KEY = {
    "tui/dialogs/dialog.py:on_click": ("help.close", "picker.close"),
    "tui/panes/article_list.py:on_click": ("list.open", "list.down"),
    "tui/panes/bars.py:on_click": ("main.help", "main.leave"),  # it falls on the name of a key
    "tui/panes/base.py:jump_on_rail": ("reader.page_down", "list.page_down", "list.last"),
    "tui/panes/base.py:on_mouse_scroll_down": ("reader.down", "list.down"),
    "tui/panes/base.py:on_mouse_scroll_up": ("reader.up", "list.up"),
    "tui/panes/choices.py:on_click": ("choices.choose", "choices.down"),
    "tui/panes/drag_selection.py:mouse": ("main.passage", "passage.words", "passage.more_right"),
    "tui/panes/drag_selection.py:place_of": ("passage.words",),
    "tui/panes/reader.py:on_click": ("main.follow", "reader.open"),
    "tui/panes/reader.py:on_mouse_down": ("main.passage", "passage.words"),
    "tui/panes/reader.py:place_of": ("passage.words",),
    "tui/panes/related.py:on_click": ("related.open", "main.related_1"),
    "tui/screen/column_widths.py:mouse": ("main.wider", "main.narrower"),
    "tui/screen/main.py:on_mouse_down": ("main.wider", "main.narrower"),
}
"""What hears the mouse, and the keys that do the same."""
_MOUSE = re.compile(r"events\.(Click|Mouse\w+)")


def heard() -> set[str]:
    """Every function of the screen that takes an event of the mouse."""
    found = set()
    for path in PATHS:
        if not relative(path).startswith("tui/"):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                kinds = (ast.unparse(each.annotation) for each in node.args.args if each.annotation)
                if any(map(_MOUSE.search, kinds)) and not re.match("_(?!on_)", node.name):
                    found.add(f"{relative(path)}:{node.name}")
    return found


def test_every_act_of_the_mouse_has_a_key() -> None:
    assert heard() == BY_KEY.keys()
    assert [key for keys in BY_KEY.values() for key in keys if not USUAL.get(key)] == []


@pytest.mark.anyio
async def test_nothing_moves_by_itself(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as pilot:
        moved: list[str] = []
        begin = pilot.app._realtime_animation_begin
        monkeypatch.setattr(pilot.app, "_realtime_animation_begin", lambda: (moved.append("a"), begin()))
        await press(pilot, "enter", "space", "G", "g", "comma", "escape", "question_mark", "pagedown", "escape")
        assert pilot.app.animation_level == "none"
        assert moved == []


@pytest.mark.skipif(not Path("/dev/ptmx").exists(), reason="a terminal as Unix has it")
def test_without_colours_none_is_written_and_state_is_told_by_style_and_mark(tmp_path: Path) -> None:
    shelve(tmp_path)
    with Terminal(tmp_path, NO_COLOR="1") as terminal:
        terminal.see(b"Harbour pilots")
        terminal.rest()
        for keys, mark in (
            (b"\r", b"three islands"),
            (b"p", "▸".encode()),
            (b"v", b"word to word"),
            (b"\r", b"Highlighted"),
        ):
            terminal.type(keys)
            terminal.see(mark)
        terminal.type(b"\x1b\x1b")
        terminal.see("▎".encode())
        terminal.type(b"\x11")
        terminal.rest()
    codes = {code for codes in re.findall(rb"\x1b\[([\d;]*)m", terminal.written) for code in codes.split(b";")}
    colours = {code for code in codes if re.fullmatch(rb"3[0-8]|4[0-8]|9\d|10\d", code)}
    assert colours == set()
    assert {b"4", b"7"} <= codes, "what is highlighted is underlined, what is chosen is turned round"
