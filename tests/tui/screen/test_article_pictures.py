"""A key shows each picture of an article on the whole screen."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from cache.db.picture_files import PictureFiles
from cache.paths import places
from fetch import picture as decoding
from tests.loopback import Loopback
from tests.newsroom import page, text
from tests.tui.conftest import Opening, settled
from tests.tui.illustrated import MOLE, STORY, TIDE, illustrate
from tests.tui.newsroom import shelve
from tests.tui.picture_bytes import picture as encoded
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.picture_page import PicturePage
from tui.typeset.picture_place import enlarged

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("terminal_of_many_colours")]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path, [STORY])
    return tmp_path


@pytest.mark.parametrize("size", [(100, 40), (40, 10), (20, 4), (300, 100)])
async def test_a_key_shows_one_on_the_whole_screen_and_back(opened: Opening, home: Path, size: tuple[int, int]) -> None:
    illustrate(home, MOLE, TIDE)
    async with opened(*size) as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        place = main_screen(pilot).reader.place
        await press(pilot, "I")
        await settled(pilot)
        assert isinstance(pilot.app.screen, PicturePage)
        lines = screen(pilot).split("\n")
        assert len(lines) == size[1]
        assert "1 of 2" in lines[-1]
        assert any("Picture without a caption."[: size[0] - 3] in line for line in lines)
        assert any("▀" in line for line in lines) or size == (20, 4)
        assert "▀" not in lines[-1]
        await press(pilot, "n")
        await settled(pilot)
        assert "The tide at noon."[: size[0] - 3] in screen(pilot)
        assert "Orla Brandt" in screen(pilot) or size[1] == 4
        assert "2 of 2" in screen(pilot)
        await press(pilot, "n", "j", "right", "space")
        assert "2 of 2 · no fur" in screen(pilot), "there is none behind the last"
        await press(pilot, "k")
        assert "1 of 2" in screen(pilot)
        assert "none before" not in screen(pilot)
        await press(pilot, "N")
        assert "1 of 2 · none be" in screen(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is main_screen(pilot)
        assert main_screen(pilot).reader.place == place


async def test_it_begins_with_the_one_in_view(opened: Opening, home: Path) -> None:
    illustrate(home, MOLE, TIDE)
    async with opened(100, 30) as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        reader = main_screen(pilot).reader
        at = next(at for at, each in enumerate(reader.page) if "The tide" in each.text)
        for line, which in ((at - 2, "2 of 2"), (0, "1 of 2"), (len(reader.page), "2 of 2")):
            reader.move_to(line)
            await press(pilot, "I")
            assert which in screen(pilot), line
            await press(pilot, "I")


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("off", "screen.pictures, which is off"),
        ("no Pillow", "Pictures need Pillow"),
        ("NO_COLOR", "This terminal shows no pictures"),
        ("ascii", "more letters than ASCII"),
        ("none", "None of this article's pictures is on disk"),
    ],
)
async def test_where_none_can_be_shown_a_sentence_says_why(
    opened: Opening, home: Path, monkeypatch: pytest.MonkeyPatch, why: str, sentence: str
) -> None:
    illustrate(home, *([] if why == "none" else [TIDE]), setting="off" if why == "off" else "on")
    if why == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    if why == "no Pillow":
        monkeypatch.setattr(decoding, "can_decode", lambda: False)
    if why == "ascii":
        (home / "config.toml").write_text('[screen]\npictures = "on"\nmarks = "ascii"\n', encoding="utf-8")
    async with opened(160, 40, theme="") as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        await press(pilot, "I")
        await settled(pilot)
        assert sentence in screen(pilot).replace("’", "'")
        assert pilot.app.screen is main_screen(pilot)


async def test_a_file_that_goes_meanwhile_leaves_its_words(opened: Opening, home: Path) -> None:
    illustrate(home, TIDE)
    async with opened(100, 30) as pilot:
        await press(pilot, "enter")
        await settled(pilot)
        for kept in PictureFiles(places(home).library).folder.iterdir():
            kept.unlink()
        await press(pilot, "I")
        await settled(pilot)
        assert "The tide at noon." in screen(pilot) or "None of this article" in screen(pilot)


@pytest.mark.parametrize("cells", [(1, 1), (40, 5), (200, 60)])
@pytest.mark.parametrize("size", [(960, 540), (48, 48), (120, 720), (960, 48), (1, 720)])
def test_one_enlarged_fits_the_screen(cells: tuple[int, int], size: tuple[int, int]) -> None:
    place = enlarged(Path("x"), size, *cells)
    assert 1 <= place.columns <= cells[0]
    assert 1 <= place.rows <= cells[1]


@pytest.mark.parametrize(("setting", "budget", "asked"), [("on", "", 1), ("off", "", 0), ("on", "2M", 0)])
async def test_those_of_an_article_fetched_as_it_is_opened_come_after_its_text_and_once(
    opened: Opening, home: Path, setting: str, budget: str, asked: int
) -> None:
    with Loopback() as site:
        figure = f"<figure><img src='{site.url('/mole.jpg')}'><figcaption>The mole.</figcaption></figure>"
        site.put("/news/mole", page("mole", text("mole") + figure))
        site.put("/mole.jpg", encoded((400, 300)), kind="image/jpeg")
        lines = f'[screen]\npictures = "{setting}"\n' + (f'[refresh]\nbudget = "{budget}"\n' if budget else "")
        (home / "config.toml").write_text(lines, encoding="utf-8")
        async with opened(120, 40) as pilot:
            main_screen(pilot).articles.open(site.url("/news/mole"), typed=True)
            await settled(pilot)
            before = [line.text for line in main_screen(pilot).reader.page]
            assert "The mole." in screen(pilot)
            assert len(site.asked("/mole.jpg")) == asked
            assert ("1 picture came after it; I shows it." in screen(pilot)) == bool(asked)
            assert [line.text for line in main_screen(pilot).reader.page] == before, "its text stays where it is"
            await press(pilot, "I")
            assert isinstance(pilot.app.screen, PicturePage) == bool(asked)
            await press(pilot, "escape")
            main_screen(pilot).articles.open(site.url("/news/mole"))
            await settled(pilot)
        assert len(site.asked("/mole.jpg")) == asked
