"""A book of articles: what an e-book reader needs is there, well-formed, and in order."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from cache.entry import Entry
from cache.formats.chapter import Leading, chapter
from cache.formats.epub import write
from cache.formats.exchanged_articles import Companions, Outgoing
from cache.formats.language_tags import is_right_to_left, language_tag
from cache.highlight import Highlight
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


def page_of(article: Article, leading: Leading | None = None, **more: object) -> ElementTree.Element:
    outgoing = Outgoing(Entry(1, article.url, article.headline), article, **more)  # type: ignore[arg-type]
    return ElementTree.fromstring(chapter(outgoing, leading=leading or Leading()))


def words(text: str, href: str = "") -> Paragraph:
    return Paragraph((Span(text, href),))


def hrefs(page: ElementTree.Element) -> list[str]:
    return [link.get("href", "") for link in page.iter(f"{XHTML}a")]


@pytest.mark.anyio
async def test_a_selection_becomes_a_book(tmp_path: Path) -> None:
    path = tmp_path / "weekend.epub"
    async with open_library(tmp_path / "home") as library:
        exported = await library.export("epub", path, "paywall")
        entries = library.entries(library.ids("paywall"))
    sections = dict.fromkeys(entry.section for entry in entries)
    entries.sort(key=lambda entry: list(sections).index(entry.section))
    headlines = [entry.headline for entry in entries]
    assert exported.count == len(headlines) > 1
    assert len(sections) > 1
    with ZipFile(path) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        package = ElementTree.fromstring(book.read("book/book.opf"))
        listed = {row.get("id"): row.get("href") for row in package.iter(f"{OPF}item")}
        assert {f"book/{name}" for name in listed.values()} <= set(book.namelist())
        spine = [listed[row.get("idref")] for row in package.iter(f"{OPF}itemref")]
        assert spine == ["cover.xhtml", "contents.xhtml", *(f"{entry.id}.xhtml" for entry in entries)]
        contents = ElementTree.fromstring(book.read("book/contents.xhtml"))
        assert [link.text for link in contents.iter(f"{XHTML}a")] == headlines
        assert [row.text for row in contents.iter(f"{XHTML}span")] == list(sections)
        for name, headline in zip(spine[2:], headlines, strict=True):
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
    page = page_of(Article("https://x.example/?a&b", "A <b> & c", body, reason="paywall"))
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


@pytest.mark.parametrize(
    ("claimed", "tag"),
    [
        ("ar-Ar", "ar"),
        ("en_US", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("PT-br", "pt-BR"),
        ("iw", "he"),
        ("en-GB-oxendict", "en-GB"),
        ("es-419", "es-419"),
        ("english", ""),
        ("xx", ""),
        ("und", ""),
        ("", ""),
        ('en" onload="x', ""),
    ],
)
def test_a_language_is_told_as_bcp_47_has_it_or_not_at_all(claimed: str, tag: str) -> None:
    assert language_tag(claimed) == tag


def test_arabic_and_hebrew_run_from_the_right_and_say_what_they_are() -> None:
    page = page_of(
        Article("https://x.example/", "المد في الميناء", (words("ارتفع الماء في الليل."),), language="ar-Ar")
    )
    assert (page.get("dir"), page.get("lang")) == ("rtl", "ar")
    page = page_of(Article("https://x.example/", "גאות בנמל", (words("המים עלו."),), language="made up"))
    assert (page.get("dir"), page.get("lang")) == ("rtl", None)
    page = page_of(Article("https://x.example/", "満潮", (words("夜に水が上がった。"),), language="ja"))
    assert (page.get("dir"), page.get("lang")) == (None, "ja")
    assert not is_right_to_left("")


def test_a_link_to_an_article_of_the_book_stays_in_it_and_others_are_sound_addresses() -> None:
    files = {"https://x.example/2": "2.xhtml"}
    body = tuple(
        words("x", href)
        for href in (
            "https://x.example/2?utm_source=feed#top",
            "https://x.example/{{story.url}}",
            "https://x.example/a#b#c",
            "https://x.example/two words",
            "https://x.example/\ud800",
            "broadsheet:handbook/keys",
        )
    )
    related = [("3.xhtml", Entry(3, "https://x.example/3", "Third", source="X"))]
    page = page_of(Article("https://x.example/", "First", body), Leading(files, related, [("front.xhtml", "Front")]))
    assert hrefs(page) == [
        "2.xhtml",
        "https://x.example/%7B%7Bstory.url%7D%7D",
        "https://x.example/a#b%23c",
        "https://x.example/two%20words",
        "https://x.example/%3F",
        "3.xhtml",
        "https://x.example/",
        "contents.xhtml",
        "front.xhtml",
    ]


def test_footnotes_lead_there_and_back() -> None:
    note = Footnote("1", (words("Said so."),))
    body = (Paragraph((Span("It rose"), Span("[1]"), Span(", and fell"), Span(" [1]"), Span("[9]"))), note, note)
    page = page_of(Article("https://x.example/", "First", body))
    assert hrefs(page)[:3] == ["#n1", "#n1", "#of-n1"]
    names = [each.get("id") for each in page.iter() if each.get("id")]
    assert sorted(filter(None, names)) == ["n1", "of-n1"]


def test_what_the_reader_wrote_and_highlighted_stands_in_it() -> None:
    highlights = [Highlight("rose", note="why?"), Highlight("gone", withdrawn=5.0)]
    page = page_of(Article("https://x.example/", "First"), note="Look <here>\nagain", highlights=highlights)
    told = [text.strip() for text in page.itertext() if text.strip()]
    assert told[2:8] == ["Note", "Look <here>", "again", "Highlights", "rose", "why?"]
    assert "gone" not in told


def test_a_plain_table_says_in_each_cell_what_its_column_is() -> None:
    head = tuple(Cell((Span(name),), header=True) for name in ("Port", 'Level "m"'))
    row = tuple(Cell((Span(text),)) for text in ("Arle", "3.1"))
    page = page_of(Article("https://x.example/", "First", (Table((head, row)), Table((row, row)))))
    assert [cell.get("data-heading") for cell in page.iter(f"{XHTML}td")][:2] == ["Port", 'Level "m"']
    assert [table.get("class") for table in page.iter(f"{XHTML}table")] == ["plain", None]


def outgoing(number: int, source: str, headline: str = "", language: str = "en", **more: object) -> Outgoing:
    url, headline = f"https://x.example/{number}", headline or f"Story {number}"
    article = Article(url, headline, (words("It rose."),), language=language, **more)  # type: ignore[arg-type]
    return Outgoing(Entry(number, url, headline, source=source, language=language), article)


def test_old_devices_have_a_cover_and_contents_too_and_chapters_stand_by_newspaper(tmp_path: Path) -> None:
    articles = [
        outgoing(1, "The Ebb"),
        outgoing(2, "The Flow", language="fr"),
        outgoing(3, "The Ebb", authors=("Ann",)),
    ]
    related = {1: [articles[2].entry], 3: [articles[0].entry]}
    lost = Companions(
        {**{each.entry.url: each.entry.id for each in articles}, "https://x.example/9": 9}, lambda n: related.get(n, [])
    )
    assert write(tmp_path / "book.epub", articles, companions=lost) == 3
    with ZipFile(tmp_path / "book.epub") as book:
        ncx = ElementTree.fromstring(book.read("book/contents.ncx"))
        package = ElementTree.fromstring(book.read("book/book.opf"))
        pages = {name: book.read(name).decode() for name in book.namelist() if name.endswith("xhtml")}
        assert "2026" not in "".join(map(str, book.infolist()[0].date_time)), "the same book is the same bytes"
    labels = [text for text in ncx.itertext() if text.strip()][1:]
    assert labels == [
        "In this edition",
        "The Ebb",
        "Story 1",
        "Story 3",
        "The Flow",
        "Story 2",
        "Other news",
        "https://x.example/9",
    ]
    found = {str(each.tag).rpartition("}")[2]: each.text for each in package.iter() if "purl.org" in str(each.tag)}
    assert (found["creator"], found["language"]) == ("The Flow", "fr")
    assert [each.get("properties") for each in package.iter(f"{OPF}item") if each.get("id") == "cover-image"] == [
        "cover-image"
    ]
    assert 'href="3.xhtml"' in pages["book/1.xhtml"]
    assert 'href="1.xhtml"' in pages["book/3.xhtml"]
    assert '<meta name="author" content="Ann"/>' in pages["book/3.xhtml"]
    assert "damaged" in pages["book/9.xhtml"]
    assert "3 articles" in pages["book/cover.xhtml"]


def test_a_book_mostly_from_the_right_turns_its_pages_so(tmp_path: Path) -> None:
    write(tmp_path / "book.epub", [outgoing(1, "X", "المد في الميناء", "ar"), outgoing(2, "X", "ارتفع الماء", "fa")])
    with ZipFile(tmp_path / "book.epub") as book:
        package = ElementTree.fromstring(book.read("book/book.opf"))
    assert package.find(f"{OPF}spine").get("page-progression-direction") == "rtl"  # type: ignore[union-attr]


@pytest.mark.anyio
async def test_what_is_related_is_linked_within_the_book(tmp_path: Path) -> None:
    async with open_library(tmp_path / "home") as library:
        await library.export("epub", tmp_path / "all.epub")
        first = library.entry("broadsheet:handbook/offline")
        near = [each.entry_id for each in library.related(first.id) if each.entry_id]
    with ZipFile(tmp_path / "all.epub") as book:
        page = ElementTree.fromstring(book.read(f"book/{first.id}.xhtml"))
    inside = [f"{number}.xhtml" for number in near]
    assert [href for href in hrefs(page)[-9:] if href in inside][-6:] == inside[:6]
