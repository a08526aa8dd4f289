"""Books are sound EPUB 3 by epubcheck, the W3C's validator; skipped where it is not installed (Debian: `epubcheck`)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from cache.entry import Entry
from cache.formats import edition, epub
from cache.formats.edition import Edition, EditionSection
from cache.formats.exchanged_articles import Companions, Outgoing
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
from tests.epubcheck import command, complaints

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.once,
    pytest.mark.skipif(not command(), reason="epubcheck is not installed: whether books are sound EPUB is NOT checked"),
]

HEADLINES = {
    "ar-Ar": "المد في الميناء", "bn": "বন্দরে জোয়ার", "cs": "Příliv v přístavu", "da": "Flod i havnen", "de": "Flut",
    "el": "Παλίρροια στο λιμάνι", "en_US": "High tide", "es": "Marea alta", "fa": "مد در بندر", "fi": "Nousuvesi",
    "fr": "Marée haute", "he": "גאות בנמל", "hi": "बंदरगाह में ज्वार", "hu": "Dagály", "id": "Pasang", "it": "Alta marea",
    "ja": "満潮", "ko": "만조", "nl": "Hoogwater", "no": "Flo",
    "pl": "Przypływ", "pt-br": "Maré alta", "ru": "Прилив",
    "sv": "Flod", "ta": "துறைமுகத்தில் அலை",
    "th": "น้ำขึ้น", "tr": "Gelgit", "zh-hant-TW": "漲潮", "made up": "Tide", "": "…",
}  # fmt: skip
ODD = [
    "https://x.example/{{story.url}}", "https://x.example/a#b#c", "https://x.example/two words", "http://x.example/%zz",
    "https://x.example/[1]", "https://x.example/a|b", "https://x.example/\\n", "mailto:ann@x.example", "https://",
    "https://x.example:99999/", "https://exa mple/", "https:///x", "https://x_y.example/", "https://[::1]/", "#top",
    "https://x.example/?q=<b>&c=\"d\"", "https://user:word@x.example/", "broadsheet:handbook/keys", "http://1",
]  # fmt: skip


def body(links: list[str]) -> tuple[object, ...]:
    text = (
        Paragraph((Span("5 < 6 & “so”", strong=True, emphasis=True, code=True), *(Span("x", url) for url in links))),
    )
    head = tuple(Cell((Span(name),), header=True) for name in ("Port", 'Level "m" & <more>'))
    row = tuple(Cell((Span(word),)) for word in ("Arle", "3.1"))
    note = Footnote("1", text)
    return (
        Paragraph((Span("It rose"), Span("[1]"), Span(" [1]"))), Heading(9, (Span("Deep"),)), Heading(2, ()),
        Quote(text, "Orla & Sons"), Points((text, text), ordered=True, start=-3), Points(((),)), Points(()),
        Table((head, row), "A <caption>"), Table(((Cell((), header=True, columns=2), Cell((), rows=2)), (), row)),
        Table(()), Table(((),), "bare"), Code("if a < b:\n  pass"), Break(),
        Figure("https://x.example/a.jpg", "alt", "", "A. Nyman"),
        Embed("video", links[0], ""), Update(None, "Later <on>", text), Update(None, "", ()),
        Omission("A map stood here."),
        note, note, Footnote("", ()),
    )  # fmt: skip


def outgoing() -> list[Outgoing]:
    articles = [
        Article(f"https://x.example/{at}?a&b", headline, body(ODD), ("Ann & <Co>",), language=language)  # type: ignore[arg-type]
        for at, (language, headline) in enumerate(HEADLINES.items())
    ]
    return [
        Outgoing(
            Entry(at, each.url, each.headline, source=f"Paper {at % 3} <&>"), each, "Look & <see>", [Highlight("<x>")]
        )
        for at, each in enumerate(articles, 1)
    ]


def test_every_block_odd_link_and_language_makes_a_sound_book(tmp_path: Path) -> None:
    articles = outgoing()
    near = {one.entry.id: [other.entry] for one, other in pairwise(articles)}
    linked = Companions(
        {each.entry.url: each.entry.id for each in articles} | {"https://x.example/lost": 99},
        lambda number: near.get(number, []),
    )
    assert epub.write(tmp_path / "book.epub", articles, companions=linked) == len(HEADLINES)
    assert complaints(tmp_path / "book.epub") == []


def test_an_empty_book_and_one_of_an_article_are_sound(tmp_path: Path) -> None:
    epub.write(tmp_path / "empty.epub", [])
    epub.write(tmp_path / "one.epub", outgoing()[:1])
    assert complaints(tmp_path / "empty.epub") == complaints(tmp_path / "one.epub") == []


def test_a_brief_is_sound(tmp_path: Path) -> None:
    articles = outgoing()
    sections = [
        EditionSection("Sea <&>", articles[:3]),
        EditionSection("None", []),
        EditionSection("Land", articles[3:5]),
    ]
    brief = Edition("Morning <&>", datetime.now(UTC), "<h1>Morning</h1>", sections, {1: [1, 2], 2: [1, 2, 77]})
    assert edition.write(tmp_path / "brief.epub", brief) == 5
    assert complaints(tmp_path / "brief.epub") == []


async def test_the_handbook_is_sound(tmp_path: Path) -> None:
    async with open_library(tmp_path / "home") as library:
        await library.export("epub", tmp_path / "handbook.epub")
    assert complaints(tmp_path / "handbook.epub") == []
