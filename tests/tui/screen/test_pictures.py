"""Pictures among the lines of an article: in half blocks, in a place that is theirs before they are painted."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import zlib
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from cache.db.picture_files import PictureFiles
from cache.library import open_reading
from cache.paths import places
from fetch import picture as decoding
from fetch.article import Article, Figure, Paragraph, Span
from fetch.picture import Picture, read_picture
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW, PILOTS, shelve
from tests.tui.picture_bytes import picture
from tests.tui.pilot import main_screen, press, screen
from tests.tui.pty_reader import PtyReader
from tui.messages import TerminalTold
from tui.panes import pictures as painting
from tui.panes.picture_terminals import SixelPictures
from tui.screen.terminal_pictures import TerminalPictures
from tui.typeset import kitty
from tui.typeset.article import TextSetting, as_text, lay_out
from tui.typeset.cells import cells
from tui.typeset.picture_place import PicturePlace, placed
from tui.typeset.sixel import sixels
from tui.typeset.wording import no_pillow

pytestmark = pytest.mark.anyio
MOLE, TIDE = "https://x.example/mole.jpg", "https://x.example/tide.jpg"
STORY = replace(
    PILOTS,
    image=Figure(MOLE),
    body=(
        Paragraph((Span("Before it. " * 30),)),
        Figure(TIDE, caption="The tide at noon.", credit="Orla Brandt"),
        Paragraph((Span("After it. " * 200),)),
    ),
)


@pytest.fixture(autouse=True)
def _terminal_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path, [STORY])
    return tmp_path


def illustrate(home: Path, *urls: str, setting: str = "on") -> None:
    (home / "config.toml").write_text(f'[screen]\npictures = "{setting}"\n', encoding="utf-8")
    with open_reading(home) as library:
        entry_id = library.entry(STORY.url).id
    for url in urls:
        PictureFiles(places(home).library).keep(entry_id, url, read_picture(picture((960, 540)), url))


def places_of(article: Article, width: int, **kept: tuple[int, int]) -> list[str]:
    def place(url: str, columns: int) -> PicturePlace | None:
        name = url.rpartition("/")[2].partition(".")[0]
        return placed(Path(name), kept[name], columns) if name in kept else None

    lines = lay_out(article, width, now=NOW, setting=TextSetting(picture=place))
    return [f"{line.picture.place.path} {line.picture.row}" if line.picture else line.text for line in lines]


async def test_a_picture_is_seen_and_its_caption_and_credit_stay_text(opened: Opening, home: Path) -> None:
    illustrate(home, MOLE, TIDE)
    async with opened(100, 90) as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        reader = main_screen(pilot).reader
        told = screen(pilot)
        assert "▀" in told
        assert "The tide at noon." in told
        assert "Orla Brandt" in told
        rows = [line for line in reader.page if line.picture]
        assert len({line.picture.place.path for line in rows if line.picture}) == 2
        strips = [reader.render_line(y) for y in range(reader.size.height)]
        assert {strip.cell_length for strip in strips} == {reader.size.width}
        colours = {
            seg.style.color.triplet for strip in strips for seg in strip if seg.text.strip("▀") == "" != seg.text
        }
        assert any(red > 150 > blue for red, _, blue in colours), "its left side is red"
        assert any(blue > 150 > red for red, _, blue in colours), "its right side is blue"


async def test_no_line_moves_when_it_comes(opened: Opening, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    illustrate(home, MOLE)
    painted = []
    half_blocks = painting.half_blocks
    monkeypatch.setattr(painting, "half_blocks", lambda place: painted.append(place) or [])
    async with opened(100, 40) as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        before = [line.text for line in main_screen(pilot).reader.page]
        assert painted
        assert "▀" not in screen(pilot)
        monkeypatch.setattr(painting, "half_blocks", half_blocks)
        main_screen(pilot).reader._painter._rows.clear()
        main_screen(pilot).reader.draw_anew()
        await settled(pilot)
        assert "▀" in screen(pilot)
        assert [line.text for line in main_screen(pilot).reader.page] == before


@pytest.mark.parametrize("why", ["off", "NO_COLOR", "ascii", "gone", "spoilt", "theme", "no Pillow"])
async def test_where_it_cannot_be_shown_all_is_text(
    opened: Opening, home: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    illustrate(home, TIDE, setting="off" if why == "off" else "on")
    if why == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    if why == "no Pillow":
        monkeypatch.setattr(decoding, "can_decode", lambda: False)
    if why == "ascii":
        (home / "config.toml").write_text('[screen]\npictures = "on"\nmarks = "ascii"\n', encoding="utf-8")
    for kept in PictureFiles(places(home).library).folder.iterdir():
        if why == "gone":
            kept.unlink()
        elif why == "spoilt":
            kept.write_bytes(kept.read_bytes()[:100])
    async with opened(100, 40, theme="terminal" if why == "theme" else "") as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        assert "▀" not in screen(pilot)
        assert "The tide at noon." in screen(pilot) or why == "spoilt"
        if why == "no Pillow":
            main_screen(pilot).configuring._tell()
            await settled(pilot)
            assert no_pillow(installed=True)[:40] in screen(pilot)


@pytest.mark.parametrize("width", [12, 30, 70, 200])
@pytest.mark.parametrize("size", [(960, 540), (48, 48), (120, 720), (960, 48), (1, 720)])
def test_a_place_fits_its_column_and_keeps_the_shape(width: int, size: tuple[int, int]) -> None:
    place = placed(Path("x"), size, width)
    assert 1 <= place.columns <= width
    assert 1 <= place.rows <= 20


def test_the_lead_is_shown_once_and_paper_has_none() -> None:
    lines = places_of(STORY, 60, mole=(960, 540), tide=(960, 540))
    assert sum(line == "mole 0" for line in lines) == sum(line == "tide 0" for line in lines) == 1
    again = replace(STORY, image=Figure(TIDE))
    assert sum(line == "tide 0" for line in places_of(again, 60, tide=(960, 540))) == 1
    assert places_of(STORY, 60) == [line.text for line in lay_out(STORY, 60, now=NOW)]
    assert "mole" not in as_text(lay_out(STORY, 60, now=NOW))
    assert all(cells(line) <= 60 for line in lines)


def test_what_stands_in_the_folder_and_is_no_picture_of_ours_is_left_out(home: Path) -> None:
    files = PictureFiles(places(home).library)
    files.keep(1, MOLE, Picture(100_000, 60, b"x"))
    assert files.of(1) == {}
    assert painting.half_blocks(PicturePlace(home / "config.toml", 3, 3)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")
def test_one_of_too_many_pixels_and_a_pillow_that_does_not_load_show_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = home / "large.webp"
    canvas = b"VP8X" + (10).to_bytes(4, "little") + bytes(4) + (16_382).to_bytes(3, "little") * 2
    frame = b"VP8L" + (6).to_bytes(4, "little") + b"\x2f" + (16_382 | 16_382 << 14).to_bytes(4, "little") + b"\0"
    large.write_bytes(b"RIFF" + (4 + len(canvas + frame)).to_bytes(4, "little") + b"WEBP" + canvas + frame)
    assert painting.half_blocks(PicturePlace(large, 3, 3)) == []
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert painting.half_blocks(PicturePlace(large, 3, 3)) == []


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


@pytest.mark.parametrize(("answer", "how"), [(XTERM, "sixel"), (b"\x1b[?62;22c", "half blocks"), (b"", "half blocks")])
def test_a_terminal_that_draws_sixels_gets_rows_of_them(
    home: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, how: str
) -> None:
    illustrate(home, MOLE)
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
