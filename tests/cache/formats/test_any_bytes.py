"""A list, pack or file of articles of any bytes, or a sound one spoilt, is read or met with one sentence."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache.entry import Entry
from cache.formats.exchanged_articles import Outgoing
from cache.formats.table import FORMATS
from cache.source_entry import SourceEntry
from fetch.article import Article, Code, Figure, Footnote, Paragraph, Points, Quote, Span, Table, Teaser
from fetch.article import Cell as TableCell
from fetch.errors import NewsError

WORDS = (Paragraph((Span("words", "https://x.example/a", strong=True),)),)
BODY = (
    *WORDS,
    Quote(WORDS, "someone"),
    Points((WORDS, WORDS), ordered=True, start=3),
    Table(((TableCell(WORDS[0].spans, header=True),),), "a table"),
    Figure("https://x.example/p.jpg", "alt", "caption", "credit"),
    Code("x = 1", "python"),
    Footnote("1", WORDS),
)
ARTICLE = Article("https://x.example/1", "One", BODY, ("Ann",), related=(Teaser("https://x.example/2", "Two"),))
OUTGOING = [Outgoing(Entry(id=1, url=ARTICLE.url, headline="One", tags=("sea",)), ARTICLE, "a note")]
SOURCES = [
    SourceEntry(id=1, url="https://x.example/feed", kind="feed", title="X", groups=("News/Sea", "Work"), home="")
]
PIECES = [
    *(b"<", b">", b'"', b"'", b"&", b"&#0;", b"&#xd800;", b"]]>", b"<!DOCTYPE x>", b"<?xml?>", b"<opml", b"</body>"),
    *(b"{", b"}", b"[", b"]", b"null", b"true", b"-1", b"1e999", b"NaN", b'"\\ud800"', b"[" * 3000, b"9" * 5000),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\n", b"\r", b"xmlUrl=", b"https://", b"javascript:", b"p", b"h", b"t"),
]
Spoil = tuple[float, int, bytes]
SPOILT = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.binary(max_size=4), st.sampled_from(PIECES))),
    max_size=6,
)


def sound(name: str, folder: Path) -> bytes:
    path, form = folder / "sound", FORMATS[name]
    form.codec.write(path, SOURCES if form.holds == "sources" else OUTGOING)
    return path.read_bytes()


def spoilt(octets: bytes, places: Iterable[Spoil]) -> bytes:
    """With some of its bytes, wherever, taken out and others put there."""
    for place, cut, put in places:
        at = int(place * len(octets))
        octets = octets[:at] + put + octets[at + cut :]
    return octets


READABLE = [name for name, form in FORMATS.items() if form.begins]


def read_or_told(name: str, path: Path, octets: bytes) -> None:
    path.write_bytes(octets)
    told = ""
    try:
        read = FORMATS[name].codec.read(path)
        if FORMATS[name].holds == "articles":
            deque(read, 0)
    except NewsError as error:
        told = str(error)
    assert "\n" not in told


@pytest.mark.parametrize("name", READABLE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(octets=st.one_of(st.binary(), st.lists(st.sampled_from(PIECES)).map(b"".join)))
def test_property_any_bytes_are_read_or_met_with_a_sentence(tmp_path: Path, name: str, octets: bytes) -> None:
    read_or_told(name, tmp_path / "file", octets)
    read_or_told(name, tmp_path / "file", sound(name, tmp_path)[:30] + octets)


@pytest.mark.parametrize("name", READABLE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=SPOILT)
def test_property_a_sound_file_spoilt_is_read_or_met_with_a_sentence(
    tmp_path: Path, name: str, places: list[Spoil]
) -> None:
    read_or_told(name, tmp_path / "file", spoilt(sound(name, tmp_path), places))
