"""Terminals that show pictures whole, by Kitty's placeholders or as sixels, get what they know and nothing else."""

from __future__ import annotations

import os
import random
import re
import signal
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from tests.tui.illustrated import MOLE, STORY, illustrate
from tests.tui.newsroom import shelve
from tests.tui.pty_reader import PtyReader
from tui.messages import TerminalTold
from tui.panes.picture_terminals import SixelPictures
from tui.screen.terminal_pictures import TerminalPictures
from tui.typeset import kitty
from tui.typeset.sixel import sixels

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("terminal_of_many_colours")]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path, [STORY])
    return tmp_path


def test_kitty_gets_the_picture_once_and_shows_it_by_placeholders(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    illustrate(home, MOLE)
    monkeypatch.setenv("KITTY_WINDOW_ID", "1")
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    with PtyReader(home, size=(100, 40)) as terminal:
        terminal.press("\r")
        terminal.until("\U0010eeee\u033d\u0305")
        sent = re.findall(rb"\x1b_G([^;]*);([^\x1b]*)\x1b\\", terminal.seen)
        first = dict(field.split(b"=") for field in sent[0][0].split(b","))
        assert (first[b"a"], first[b"U"], first[b"q"], first[b"f"]) == (b"T", b"1", b"2", b"24")
        pixels = zlib.decompress(b64decode(b"".join(part for _, part in sent)))
        assert len(pixels) == 3 * int(first[b"s"]) * int(first[b"v"])
        assert pixels[0] > 150 > pixels[2], "its left side is red"
        assert max(len(part) for _, part in sent) <= 4096
        assert "▀".encode() not in terminal.seen
        terminal.press("jk")
        terminal.until("\U0010eeee")
        assert b"\x1b_G" not in terminal.seen, "it is sent once"
        numbers = {dict(field.split(b"=") for field in head.split(b",") if b"=" in field).get(b"i") for head, _ in sent}
        terminal.press("\x11")
        assert terminal.left() == 0
        gone = set(re.findall(rb"\x1b_Ga=d,d=I,q=2,i=(\d+)\x1b", terminal.seen))
        assert gone == numbers - {None}, "the terminal is given back without them"


def test_kitty_forgets_pictures_while_the_reader_is_stopped(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    illustrate(home, MOLE)
    monkeypatch.setenv("KITTY_WINDOW_ID", "1")
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    with PtyReader(home, size=(100, 40)) as terminal:
        terminal.press("\r")
        terminal.until("\U0010eeee\u033d\u0305")
        terminal.seen = b""
        terminal.program.send_signal(signal.SIGTSTP)
        terminal.until("\x1b[?1049l")
        os.waitpid(terminal.program.pid, os.WUNTRACED)
        assert b"\x1b_Ga=d,d=I," in terminal.seen
        assert terminal.seen.index(b"\x1b_Ga=d") < terminal.seen.index(b"\x1b[?1049l")
        terminal.seen = b""
        terminal.program.send_signal(signal.SIGCONT)
        terminal.until("\x1b_Ga=T,")
        terminal.until("\U0010eeee")
        terminal.press("\x11")
        assert terminal.left() == 0


XTERM = b"\x1b[6;20;10t\x1b[?64;1;2;4;22c"


def drawn(sixel: bytes) -> list[list[tuple[int, int, int] | None]]:
    """The pixels of a sixel picture, rows of red, green and blue in percent, None where nothing is drawn."""
    size, colours, rows = re.match(rb'\x1bP[\d;]*q"1;1;(\d+);(\d+)(.*)\x1b', sixel, re.S), {}, []
    assert size
    width, height = int(size[1]), int(size[2])
    rows = [[None] * width for _ in range(height + 6)]
    x = y = 0
    colour = b""
    for token in re.finditer(rb"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|([$-])", size[3]):
        if token[1]:
            colours[token[1]] = int(token[2]), int(token[3]), int(token[4])
        elif token[5]:
            colour = token[5]
        elif token[9]:
            x, y = 0, y + 6 * (token[9] == b"-")
        else:
            times, bits = (int(token[6]), token[7]) if token[6] else (1, token[8])
            for _ in range(times):
                for at in range(6):
                    if (bits[0] - 63) >> at & 1:
                        assert rows[y + at][x] is None, "each pixel has one colour"
                        rows[y + at][x] = colours[colour]
                x += 1  # noqa: SIM113
    assert all(pixel is None for row in rows[height:] for pixel in row), "nothing is drawn below"
    return rows[:height]


@pytest.mark.parametrize(
    ("answer", "how", "over_ssh"),
    [
        *((XTERM, "sixel", ""), (XTERM, "sixel", "10.0.0.1 5 10.0.0.2 22")),
        *((b"\x1b[?62;22c", "half blocks", ""), (b"", "half blocks", "")),
    ],
)
def test_a_terminal_that_draws_sixels_gets_rows_of_them(
    home: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, how: str, over_ssh: str
) -> None:
    illustrate(home, MOLE, setting="anywhere" if over_ssh else "on")
    monkeypatch.setenv("SSH_CONNECTION", over_ssh)
    for name in ("TMUX", "STY", "KITTY_WINDOW_ID", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    with PtyReader(home, size=(100, 40)) as terminal:
        terminal.until("\x1b[16t\x1b[c")
        os.write(terminal.terminal, answer)
        terminal.press("\r")
        if how == "half blocks":
            terminal.until("▀")
            assert b"\x1bP0;1;0q" not in terminal.seen
        else:
            terminal.until("\x1b8\x1b[0m")
            terminal.press("j")
            found = terminal.all_of(rb"( +)\x1b7\x1b\[(\d+)D(\x1bP[^\x1b]*\x1b\\)\x1b8", least=6)
            blanks, back, sixel = found[1]  # each row of cells is a picture, written over blanks
            rows = drawn(sixel)
            assert len(blanks) == int(back)
            assert (len(rows[0]), len(rows)) == (10 * len(blanks), 20)
            assert all(pixel for row in rows for pixel in row)
            assert rows[10][5][0] > 50 > rows[10][5][2], "its left side is red"
            assert rows[10][-5][2] > 50 > rows[10][-5][0], "its right side is blue"
        terminal.press("\x11")
        assert terminal.left() == 0


@given(st.integers(1, 40), st.integers(1, 30), st.integers(1, 25), st.integers(0, 2**32))
def test_property_what_is_drawn_in_sixels_is_the_picture(width: int, height: int, cell: int, seed: int) -> None:
    chance = random.Random(seed)
    palette = [chance.randrange(256) for _ in range(3 * 64)]
    indices = bytes(chance.choice((0, 0, 0, 1, chance.randrange(64))) for _ in range(width * height))
    rows = [row for each in sixels(indices, width, palette, cell) for row in drawn(each.encode())]
    percent = [round(value * 100 / 255) for value in palette]
    assert rows == [
        [tuple(percent[3 * each : 3 * each + 3]) for each in indices[at : at + width]]
        for at in range(0, len(indices), width)
    ]


@pytest.mark.parametrize(
    ("attributes", "cell", "known", "shown"),
    [
        ((4, 22), (10, 20), (0, 0), (10, 20)),
        ((4,), (0, 0), (8, 17), (8, 17)),
        ((4,), (0, 0), (0, 0), None),
        ((4,), (9999, 1), (0, 0), None),
        ((1, 2), (10, 20), (0, 0), None),
    ],
)
def test_sixels_want_a_terminal_that_says_so_and_cells_of_a_known_size(
    attributes: tuple[int, ...], cell: tuple[int, int], known: tuple[int, int], shown: tuple[int, int] | None
) -> None:
    class Driver:
        asked = 0
        cell = known

        def ask_pictures(self) -> None:
            self.asked += 1

    driver = Driver()
    found = TerminalPictures(driver, {"TERM": "xterm"})  # type: ignore[arg-type]
    assert found.now(many_colours=True) is None
    assert found.now(many_colours=True) is None
    assert driver.asked == 1
    assert found.told(TerminalTold(frozenset(attributes), cell)) is (shown is not None)
    assert found.told(TerminalTold(frozenset(attributes), cell)) is False, "nothing is otherwise"
    now = found.now(many_colours=True)
    assert (now.cell if isinstance(now, SixelPictures) else None) == shown
    found.resized()
    assert driver.asked == 2
    for name in ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY"):
        inside = TerminalPictures(driver, {"TERM": "xterm", name: "1"})  # type: ignore[arg-type]
        assert inside.now(many_colours=True) is None
        assert not inside.told(TerminalTold(frozenset((4,)), (10, 20)))
    assert driver.asked == 2


def test_over_ssh_a_terminal_draws_sixels_as_long_as_pictures_are_wanted_anywhere() -> None:
    class Driver:
        asked = 0
        cell = 0, 0

        def ask_pictures(self) -> None:
            self.asked += 1

    driver, anywhere = Driver(), [False]
    found = TerminalPictures(driver, {"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}, lambda: anywhere[0])  # type: ignore[arg-type]
    assert found.now(many_colours=True) is None
    assert driver.asked == 0
    anywhere[0] = True
    assert found.now(many_colours=True) is None
    assert driver.asked == 1
    assert found.told(TerminalTold(frozenset((4,)), (10, 20)))
    assert isinstance(found.now(many_colours=True), SixelPictures)
    anywhere[0] = False
    assert found.now(many_colours=True) is None
    inside = TerminalPictures(driver, {"TMUX": "x", "SSH_TTY": "/dev/pts/1"}, lambda: True)  # type: ignore[arg-type]
    assert inside.now(many_colours=True) is None
    assert driver.asked == 1, "tmux is not asked"


@pytest.mark.parametrize(
    ("environment", "shows"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "x"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({}, False),
    ],
)
def test_which_terminals_are_known_to_show_placeholders(environment: dict[str, str], shows: bool) -> None:
    assert kitty.shows_placeholders(environment) is shows


def test_a_row_of_placeholders_is_as_wide_as_its_place() -> None:
    rows = kitty.placeholders(7, kitty.MOST_COLUMNS, 20)
    assert {sum(cell_len(each.text) for each in row) for row in rows} == {kitty.MOST_COLUMNS}
