"""Pictures among the lines of an article: in half blocks, in a place that is theirs before they are painted."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from cache.db.picture_files import PictureFiles
from cache.paths import places
from fetch import picture as decoding
from fetch.article import Article, Figure
from fetch.picture import Picture
from tests.tui.conftest import Opening, settled
from tests.tui.illustrated import MOLE, STORY, TIDE, illustrate
from tests.tui.newsroom import NOW, shelve
from tests.tui.pilot import main_screen, press, screen
from tui.panes import pictures as painting
from tui.typeset.article import TextSetting, as_text, lay_out
from tui.typeset.cells import cells
from tui.typeset.picture_place import PicturePlace, placed
from tui.typeset.wording import no_pillow

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("terminal_of_many_colours")]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path, [STORY])
    return tmp_path


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
