"""Pictures go into packs and books when asked, and come out of packs decoded anew, whatever a stranger put there."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from PIL import Image

from cache.db.codec import body_rows
from cache.db.picture_files import PictureFiles, picture_of
from cache.entry import Entry
from cache.formats.exchanged_articles import Outgoing
from cache.library import open_library, open_reading
from cache.paths import places
from fetch import picture as decoding
from fetch.article import Figure
from fetch.picture import LARGEST_KEPT, read_picture
from tests.packing import pack_of_lines
from tests.tui.illustrated import MOLE, STORY, TIDE, illustrate
from tests.tui.newsroom import shelve
from tests.tui.picture_bytes import noise, picture

pytestmark = pytest.mark.anyio
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path / "home", [STORY])
    illustrate(tmp_path / "home", MOLE, TIDE)
    return tmp_path / "home"


async def written(home: Path, path: Path, **wishes: Any) -> str:
    async with open_library(home) as library:
        return (await library.export(path.suffix[1:], path, f'"{STORY.headline}"', **wishes)).sentence


async def taken_in(path: Path, home: Path) -> str:
    async with open_library(home) as library:
        return (await library.import_file(path)).sentence


def kept_at(home: Path) -> dict[str, tuple[int, int]]:
    with open_reading(home) as library:
        entry_id = library.entry(STORY.url).id
    kept = PictureFiles(places(home).library).of(entry_id)
    found = {url: picture_of(kept, url) for url in (MOLE, TIDE)}
    return {url: (each.width, each.height) for url, each in found.items() if each}


async def test_a_pack_carries_them_when_asked_and_they_are_taken_in(home: Path, tmp_path: Path) -> None:
    plain, pictured = tmp_path / "plain.pack", tmp_path / "pictured.pack"
    assert "picture" not in await written(home, plain)
    sentence = await written(home, pictured, pictures=True)
    octets = sum(each.stat().st_size for each in PictureFiles(places(home).library).folder.iterdir())
    assert f"1 article with 2 pictures ({octets / 1000:,.0f} kB) written" in sentence
    assert pictured.stat().st_size > plain.stat().st_size
    assert "1 article taken in with 2 pictures" in await taken_in(pictured, tmp_path / "there")
    assert kept_at(tmp_path / "there") == {MOLE: (960, 540), TIDE: (960, 540)}
    await taken_in(pictured, tmp_path / "there")
    assert PictureFiles(places(tmp_path / "there").library).count()[0] == 2, "once more changes nothing"
    assert "with" not in await taken_in(plain, tmp_path / "elsewhere")


async def test_a_size_counts_them_and_text_comes_before_what_does_not_fit(home: Path, tmp_path: Path) -> None:
    for url in (MOLE, TIDE):
        with open_reading(home) as library:
            entry_id = library.entry(STORY.url).id
        PictureFiles(places(home).library).keep(entry_id, url, read_picture(noise((1200, 900)), url))
    path = tmp_path / "small.pack"
    sentence = await written(home, path, pictures=True, max_bytes=20_000)
    assert path.stat().st_size <= 20_000
    assert "1 article with 0 pictures" in sentence
    sentence = await written(home, path, pictures=True, max_bytes=400_000)
    assert path.stat().st_size <= 400_000
    assert "with 2 pictures" in sentence or "with 4 pictures" in sentence


async def test_without_pillow_a_pack_gives_its_text(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pack"
    await written(home, path, pictures=True)
    monkeypatch.setattr("cache.formats.pictures.can_decode", lambda: False)
    from cache.formats.taking_in import articles_in

    (some,) = articles_in("pack", path)
    assert some[0].article.headline == STORY.headline
    assert some[0].pictures == ()


def pack_of(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_bytes(pack_of_lines("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


def packed(content: bytes) -> str:
    return b64encode(content).decode()


ROW = {"url": STORY.url, "headline": "A", "text": "One.", "image": [MOLE, "", "", ""]}
GOOD = packed(picture((300, 200), "PNG"))


@pytest.mark.parametrize(
    "records",
    [
        "x",
        {},
        7,
        [1],
        [[MOLE]],
        [[MOLE, 7]],
        [[MOLE, "no base64!"]],
        [[MOLE, packed(b"<html>")]],
        [[MOLE, packed(b"RIFF" + b"\0" * 4000)]],
        [[MOLE, "A" * 1_000_000]],
        [["https://elsewhere.example/x.jpg", GOOD]],
        [["../../etc/passwd", GOOD]],
        [[MOLE, packed(picture((20, 20), "PNG"))]],
    ],
)
async def test_what_a_stranger_packed_is_no_picture_for_being_called_one(tmp_path: Path, records: object) -> None:
    path = pack_of(tmp_path / "a.pack", ROW | {"pictures": records})
    assert "1 article taken in." in await taken_in(path, tmp_path / "home")
    assert PictureFiles(places(tmp_path / "home").library).count() == (0, 0)


async def test_one_that_is_sound_is_made_anew_and_six_are_enough(tmp_path: Path) -> None:
    assert len(GOOD) < LARGEST_KEPT
    urls = [f"https://x.example/{at}.jpg" for at in range(9)]
    body = body_rows(replace(STORY, body=tuple(Figure(url) for url in urls)))
    row = {"url": STORY.url, "headline": "A", "body": body, "pictures": [[url, GOOD] for url in urls]}
    assert "with 6 pictures" in await taken_in(pack_of(tmp_path / "a.pack", row), tmp_path / "home")
    for each in PictureFiles(places(tmp_path / "home").library).folder.iterdir():
        assert Image.open(io.BytesIO(each.read_bytes())).format == "WEBP"


async def test_a_book_has_them_as_files_each_where_it_stands(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    assert "with 2 pictures" in await written(home, path, pictures=True)
    with ZipFile(path) as book:
        package = book.read("book/book.opf").decode()
        page = ElementTree.fromstring(book.read("book/1.xhtml"))
        shown = list(page.iter(f"{XHTML}img"))
        assert [each.get("src") for each in shown] == ["1-1.jpg", "1-2.jpg"]
        assert shown[0].get("alt") == "A picture without a caption"
        assert page.findall(f".//{XHTML}figcaption")[0].text == "The tide at noon. Orla Brandt"
        for each in shown:
            assert f'href="{each.get("src")}" media-type="image/jpeg"' in package
            assert Image.open(io.BytesIO(book.read(f"book/{each.get('src')}"))).size == (960, 540)
    assert "picture" not in await written(home, path)
    with ZipFile(path) as book:
        assert not any(name.endswith(".jpg") for name in book.namelist())


async def test_one_that_is_spoilt_costs_the_book_nothing_else(home: Path, tmp_path: Path) -> None:
    for at, each in enumerate(sorted(PictureFiles(places(home).library).folder.iterdir())):
        each.write_bytes(b"RIFF" if at else b"x" * 1_000_000)
    assert "with 0 pictures" in await written(home, tmp_path / "a.epub", pictures=True)
    with ZipFile(tmp_path / "a.epub") as book:
        assert "The tide at noon." in book.read("book/1.xhtml").decode()


def test_its_words_are_its_alternative_where_it_has_some() -> None:
    from cache.formats.chapter import chapter

    story = replace(STORY, image=Figure(MOLE, alt='A "mole" <b>'))
    page = ElementTree.fromstring(chapter(Outgoing(Entry(1, story.url, ""), story), {MOLE: "1-1.jpg"}))
    (shown,) = page.iter(f"{XHTML}img")
    assert shown.get("alt") == 'A "mole" <b>'
    assert decoding.can_decode()
