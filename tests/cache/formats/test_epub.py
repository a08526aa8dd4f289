"""A book of articles: what an e-book reader needs is there, well-formed, and in order."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from cache.formats.epub import chapter, write
from cache.library import open_library
from fetch.article import (
    Article,
    Break,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Omission,
    Paragraph,
    Points,
    Quote,
    Span,
    Table,
    Update,
)

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


@pytest.mark.anyio
async def test_a_selection_becomes_a_book(tmp_path: Path) -> None:
    path = tmp_path / "weekend.epub"
    async with open_library(tmp_path / "home") as library:
        exported = await library.export("epub", path, "paywall")
        headlines = [entry.headline for entry in library.entries(library.ids("paywall"))]
    assert exported.count == len(headlines) > 1
    with ZipFile(path) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        package = ElementTree.fromstring(book.read("book/book.opf"))
        listed = {row.get("id"): row.get("href") for row in package.iter(f"{OPF}item")}
        assert {f"book/{name}" for name in listed.values()} <= set(book.namelist())
        spine = [listed[row.get("idref")] for row in package.iter(f"{OPF}itemref")]
        assert spine == ["contents.xhtml", *(f"{number}.xhtml" for number in range(1, len(headlines) + 1))]
        contents = ElementTree.fromstring(book.read("book/contents.xhtml"))
        assert [link.text for link in contents.iter(f"{XHTML}a")] == headlines
        for name, headline in zip(spine[1:], headlines, strict=True):
            page = ElementTree.fromstring(book.read(f"book/{name}"))
            assert page.findtext(f".//{XHTML}h1") == headline
            facts = [row.text or "" for row in page.iter(f"{XHTML}p") if row.get("class") == "facts"]
            assert any(re.fullmatch(r"Fetched \d{4}-\d\d-\d\d", fact) for fact in facts)
            assert any(re.search(r"2026-\d\d-\d\d", fact) for fact in facts if not fact.startswith("Fetched"))


def test_every_kind_of_block_is_set_and_nothing_is_markup_by_accident() -> None:
    text = (
        Paragraph((Span("5 < 6 & “so”", strong=True, emphasis=True, code=True, href='https://x.example/?a="b"&c'),)),
    )
    body = (
        *text,
        Heading(9, (Span("Deep"),)),
        Quote(text, "Orla & Sons"),
        Points((text, text), ordered=True, start=3),
        Points((text,)),
        Table(((Cell((Span("<h>"),), header=True, columns=2), Cell((Span("r"),), rows=2)),), "A <caption>"),
        Code("if a < b:\n  pass"),
        Figure("https://x.example/a.jpg", "alt", "", "A. Nyman"),
        Figure("https://x.example/b.jpg"),
        Embed("video", "https://x.example/v", ""),
        Update(None, "Later <on>", text),
        Footnote("*", text),
        Break(),
        Omission("A map stood here."),
    )
    page = ElementTree.fromstring(chapter(Article("https://x.example/?a&b", "A <b> & c", body, reason="paywall")))
    told = "".join(page.itertext())
    for part in (
        "5 < 6 & “so”",
        "A <b> & c",
        "Deep",
        "Orla & Sons",
        "<h>",
        "A <caption>",
        "a < b",
        "A. Nyman",
        "video",
    ):
        assert part in told
    assert "Later <on>" in told
    assert "A map stood here." in told
    assert len(list(page.iter(f"{XHTML}figure"))) == 1, "of a picture nothing is told but its words"
    assert page.find(f".//{XHTML}ol").get("start") == "3"  # type: ignore[union-attr]
    assert page.find(f".//{XHTML}th").get("colspan") == "2"  # type: ignore[union-attr]


def test_a_book_of_nothing_is_still_a_book(tmp_path: Path) -> None:
    assert write(tmp_path / "empty.epub", []) == 0
    with ZipFile(tmp_path / "empty.epub") as book:
        ElementTree.fromstring(book.read("book/contents.xhtml"))
