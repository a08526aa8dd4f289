"""The line to type in: nothing that is pasted, typed or put there reaches the terminal past the gate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events
from textual.app import App, ComposeResult

from tests.modules import ROOT
from tui.panes.input_line import InputLine
from tui.panes.prompt import Prompt, Question

pytestmark = pytest.mark.anyio
HOSTILE = "a\x1b[31mb\u202ec\x9bd\ufefff\U000e0041g\u200dh"
SAFE = "a[31mbcdfgh"


class OneLine(App[None]):
    def __init__(self, value: str = "") -> None:
        super().__init__()
        self.given = value

    def compose(self) -> ComposeResult:
        self.line = InputLine(self.given, HOSTILE, title=HOSTILE)
        yield self.line


async def test_what_is_put_there_passes_the_gate() -> None:
    app = OneLine(HOSTILE)
    async with app.run_test():
        assert app.line.value == SAFE
        assert app.line.placeholder == str(app.line.border_title) == SAFE
        app.line.value = f"{HOSTILE}{HOSTILE}"
        assert app.line.value == SAFE * 2


async def test_what_is_pasted_passes_the_gate_and_the_cursor_stands_behind_it() -> None:
    app = OneLine("one two")
    async with app.run_test() as pilot:
        app.line.cursor_position = 4
        app.line.post_message(events.Paste(f"{HOSTILE} \nsecond line"))
        await pilot.pause()
        assert app.line.value == f"one {SAFE} two"
        assert app.line.cursor_position == len(f"one {SAFE} ")
        app.line.insert_text_at_cursor("\u202e\x1b")
        assert app.line.value == f"one {SAFE} two"


async def test_all_lines_that_are_pasted_into_a_note_come_into_it() -> None:
    heard: list[str] = []
    app = App[None]()
    async with app.run_test() as pilot:
        prompt = Prompt(Question("Note", heard.append), "ask:", lambda: None)
        await app.mount(prompt)
        prompt.focus()
        prompt.post_message(events.Paste(" first line\nsecond line\n\n\tthird\n"))
        await pilot.press("!", "enter")
    assert heard == ["ask:first line second line third!"]


@pytest.mark.parametrize("pasted", ["x" * 10_001, "x\n" * 5_000 + "x"])
async def test_what_is_cut_of_a_paste_is_told(pasted: str) -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        prompt = Prompt(Question("Note", lambda _: None), "", lambda: None)
        await app.mount(prompt)
        prompt.post_message(events.Paste(pasted[:-1]))
        await pilot.pause()
        assert str(prompt.border_title) == "Note"
        prompt.post_message(events.Paste(pasted))
        await pilot.pause()
        assert str(prompt.border_title) == "Note · cut to 10,000 characters"


async def test_typing_deleting_and_moving_work_as_ever() -> None:
    app = OneLine()
    async with app.run_test() as pilot:
        await pilot.press(*"mole", "left", "left", "x", "backspace", "delete", "end", "!")
        assert app.line.value == "moe!"
        await pilot.press("home", "ctrl+k")
        assert app.line.value == ""
        for piece in ("خ", "\u200c", "و", "ا"):
            app.line.insert_text_at_cursor(piece)
        assert app.line.value == "خ\u200cوا"


def test_there_is_no_other_line_to_type_in() -> None:
    code = {path: path.read_text("utf-8") for path in (ROOT / "tui").rglob("*.py") if path.name != "input_line.py"}
    made = [path.name for path, text in code.items() if re.search(r"(?<!\w)(Input|TextArea|MaskedInput)\(", text)]
    based = [path.name for path, text in code.items() if re.search(r"class \w+\((Input|TextArea)\b", text)]
    assert made == based == []
    assert any("InputLine(" in text for text in code.values())
    assert Path(ROOT / "tui/panes/input_line.py").is_file()
