"""What is no text is told by its bytes; text of every sort and encoding is left alone."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import zipfile
import zlib

import pytest

from fetch.file_kind import file_kind, no_text_error
from tests.newsroom import page

NOISE = random.Random(7).randbytes(40_000)
TEXTS = {
    "english": page("mole"),
    "german": "<p>Über die Brücke führt kein Weg, sagte der Bürgermeister am Montag.</p>" * 20,
    "japanese": "<p>港の橋は月曜日に閉鎖され、市は代わりの船を出すと発表した。</p>" * 20,
    "russian": "<p>Мост в порту закрыт на ремонт до весны, сообщил мэр.</p>" * 20,
}


def archive(*names: str) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as packed:
        for name in names:
            packed.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n" + NOISE, "PDF"),
        (b"\xef\xbb\xbf\r\n  %PDF-1.4\n" + NOISE, "PDF"),
        (b"ID3\x04\x00" + NOISE, "MP3"),
        (b"\xff\xfb\x90\x64" + NOISE, "MP3"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "PNG"),
        (b"\xff\xd8\xff\xe0" + NOISE, "JPEG"),
        (b"\x00\x00\x00\x20ftypisom" + NOISE, "MP4"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + NOISE, "WAV"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (archive("report.txt"), "ZIP"),
        (archive("word/document.xml"), "Word"),
        (archive("mimetype", "content.opf"), "EPUB"),
        (gzip.compress(NOISE), "gzip"),
        (bz2.compress(NOISE), "bzip2"),
        (lzma.compress(NOISE), "xz"),
    ],
)
def test_a_file_is_named_by_its_first_bytes(body: bytes, kind: str) -> None:
    assert file_kind(body) == kind
    error = no_text_error(body, "https://paper.example/a")
    assert error is not None
    assert str(error) == f"https://paper.example/a is not text ({kind})."
    assert error.reason == f"not text ({kind})"


@pytest.mark.parametrize(
    "body",
    [
        NOISE,
        zlib.compress(NOISE),
        bytes(5000),
        b"\xff\xfe" + NOISE,
        b"\xfe\xff" + NOISE,
        b"A readable beginning of forty-two bytes or so\n" + NOISE,
        b"BM\x00\x00\x10\x00" + NOISE,
    ],
)
def test_bytes_of_no_known_kind_are_no_text(body: bytes) -> None:
    assert file_kind(body) == "binary"
    assert no_text_error(body, "") is not None
    assert str(no_text_error(body, "")) == "The file is not text."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", TEXTS)
def test_text_is_text_in_every_unicode_encoding(name: str, codec: str) -> None:
    assert file_kind(TEXTS[name].encode(codec)) == ""


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("german", "cp1252"), ("german", "mac_roman"), ("japanese", "cp932"), ("japanese", "euc_jp"),
        ("japanese", "iso2022_jp"), ("russian", "cp1251"), ("russian", "koi8_r"), ("russian", "cp866"),
    ],
)  # fmt: skip
def test_text_is_text_in_the_encodings_of_old(name: str, codec: str) -> None:
    assert file_kind(TEXTS[name].encode(codec)) == ""


@pytest.mark.parametrize(
    "body",
    [b"", b"BMW opens a plant", b"MM and II are numerals", b"ID cards are back", b"<p>%PDF- is how a PDF begins</p>",
     b"<html>\x00" + page("mole").encode() + b"\x0b\x1f", b'{"a": 1}', b"PK fire is a move", b"GIFs are back"],
)  # fmt: skip
def test_what_only_looks_like_a_file_is_text(body: bytes) -> None:
    assert file_kind(body) == ""
