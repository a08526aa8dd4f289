"""Strangers' pictures are made small, and what is none, too large or spoilt is refused, within a parser's limits."""

from __future__ import annotations

import io
import random
import struct
import sys
import zlib
from functools import partial

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fetch.errors import FetchError
from fetch.parsers.pool import KnownUnreadable, ParserPool
from fetch.picture import LARGEST_KEPT, MOST_PIXELS, read_picture
from tests.tui.picture_bytes import noise, picture

URL = "https://x.example/mole.jpg"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize(
    ("size", "kept"), [((1600, 900), (960, 540)), ((300, 200), (300, 200)), ((500, 3000), (120, 720))]
)
def test_a_picture_is_made_small(form: str, size: tuple[int, int], kept: tuple[int, int]) -> None:
    made = read_picture(picture(size, form), URL)
    assert (made.width, made.height) == opened(made.content).size == kept
    assert opened(made.content).format == "WEBP"
    assert len(made.content) <= LARGEST_KEPT


def test_one_that_is_all_detail_becomes_as_small_as_it_has_to() -> None:
    made = read_picture(noise((1200, 900)), URL)
    assert 1000 < len(made.content) <= LARGEST_KEPT


def test_it_is_seen_as_the_camera_was_turned_and_transparency_is_white() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "navy").save(out, "JPEG", exif=exif)
    assert opened(read_picture(out.getvalue(), URL).content).size == (200, 400)
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (255, 0, 0, 0)).save(out, "PNG")
    pixel = opened(read_picture(out.getvalue(), URL).content).convert("RGB").getpixel((50, 50))
    assert min(pixel) > 250


@pytest.mark.parametrize(
    "notes",
    [
        {"exif": b"Exif\0\0MM\0*\xff\xff\xff\xff"},
        {"exif": b"Exif\0\0"},
        {"exif": b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\xff\x09\0\0\0"},
        {"exif": b"x"},
        {"icc_profile": b"x" * 5000},
        {"comment": b"\xff\xfe"},
    ],
)
def test_a_picture_whose_notes_are_spoilt_is_seen_all_the_same(notes: dict[str, bytes]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "navy").save(out, "JPEG", **notes)
    assert opened(read_picture(out.getvalue(), URL).content).size == (400, 200)


@given(st.binary(max_size=80))
def test_property_whatever_the_camera_noted_a_picture_is_read(notes: bytes) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(out, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + notes)
    assert read_picture(out.getvalue(), URL).width == 64


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xd8\xff",
        picture((300, 200), "PNG")[:400],
        picture((300, 200), "JPEG")[:300],
        b"GIF89a" + b"\0" * 40,
    ],
)
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(FetchError, match="no picture that can be read"):
        read_picture(body, URL)


@pytest.mark.parametrize("size", [(1, 1), (2000, 20), (47, 47)])
def test_icons_and_what_counts_visits_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(FetchError, match="too small"):
        read_picture(picture(size, "PNG"), URL)


def test_a_pillow_that_does_not_load_is_no_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(FetchError, match="Pillow does not load"):
        read_picture(b"GIF89a", "https://a.example/a.gif")


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims so many pixels, all of one colour, in a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(30_000, 30_000), (2**31 - 1, 2), (MOST_PIXELS, 60)])
def test_a_bomb_is_refused_before_its_pixels_are_made(size: tuple[int, int]) -> None:
    with pytest.raises(FetchError):
        read_picture(bomb(*size), URL)


@given(st.integers(0, 2**32), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
def test_spoilt_bytes_raise_nothing_else(seed: int, form: str) -> None:
    chance, body = random.Random(seed), bytearray(picture((64, 64), form))
    for _ in range(chance.randint(1, 20)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    try:
        made = read_picture(bytes(body), URL)
    except FetchError:
        return
    assert len(made.content) <= LARGEST_KEPT


class _NoMemory:
    async def known(self, _: str) -> KnownUnreadable | None:
        return None

    async def note(self, url: str, known: KnownUnreadable) -> None:
        raise AssertionError(f"{url} ended its parser: {known.sentence}")


@pytest.mark.anyio
async def test_the_largest_that_is_taken_fits_into_a_parser() -> None:
    pool = ParserPool(_NoMemory())
    try:
        body = picture((6000, 4000), "PNG")
        made = await pool.run(URL, partial(read_picture, body, URL), body=body)
        assert (made.width, made.height) == (960, 640)
    finally:
        await pool.close()
