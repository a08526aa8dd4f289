"""An article comes out of the library as it went in."""

from datetime import UTC, date, datetime
from zlib import crc32

import pytest

from cache.db.codec import decode, deflate, encode, inflate, links_in
from cache.db.zlib_words import DICTIONARY_1
from cache.entry import Entry
from cache.errors import LibraryDamaged
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
    Teaser,
    Update,
)

URL = "https://paper.example/a"
PLAIN = Paragraph((Span("Plain."),))
BODY = (
    PLAIN,
    Paragraph((Span("Run "), Span("bold", "https://paper.example/b", strong=True), Span(" end", emphasis=True))),
    Paragraph((Span("ls -l", code=True),)),
    Paragraph(()),
    Heading(3, (Span("Heading"),)),
    Quote((PLAIN, Paragraph((Span("More."),))), "Ana Ruiz"),
    Points(((PLAIN, Points(((PLAIN,),))), (PLAIN,)), ordered=True, start=3),
    Table(((Cell((Span("a"),), header=True, columns=2),), (Cell((Span("b"),)), Cell((), rows=2))), "Caption"),
    Code("a\n  b", "python"),
    Figure("https://paper.example/p.jpg", "alt", "caption", "credit"),
    Embed("video", "https://video.example/1", "Title"),
    Update(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "Later", (PLAIN,)),
    Update(None, "", (PLAIN,)),
    Footnote("1", (PLAIN,)),
    Break(),
    Omission("a form"),
)


def test_every_kind_of_block_and_fact_survives():
    article = Article(
        url=URL,
        headline="Headline",
        body=BODY,
        authors=("Ana Ruiz", "Bo Li"),
        published=date(2026, 3, 1),
        modified=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        dateline="OSLO",
        dek="Dek",
        section="World",
        source="The Paper",
        language="en",
        keywords=("one", "two"),
        image=Figure("https://paper.example/lead.jpg"),
        related=(Teaser("https://paper.example/c", "C", "Summary", date(2026, 2, 1), "ROME", picture=Figure("x")),),
        reason="paywall",
    )
    entry = Entry(
        7,
        URL,
        "Headline",
        authors=("Ana Ruiz", "Bo Li"),
        published=date(2026, 3, 1),
        dateline="OSLO",
        section="World",
        language="en",
        reason="paywall",
    )
    assert decode(encode(article), entry) == article


def test_the_phrasebook_is_for_ever():
    # Every library on every disk needs these bytes to be read: a changed word makes them unreadable.
    assert crc32(DICTIONARY_1) == 1320342995


def test_text_packs_to_less_than_half():
    text = "The ministers said on Tuesday that the harbour would be opened before the end of the year. " * 3
    text += "Nobody who had been there disagreed, according to people with knowledge of the talks."
    assert len(deflate(text)) < len(text) / 2.5
    assert inflate(deflate(text)) == text


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\x01", b"\x63abc", deflate("A harbour opened.")[:-3], deflate("{}") + b"\0" * 9, b"\x01\xff\xff\xff"],
)
def test_damaged_bytes_are_told_in_a_sentence(damaged):
    with pytest.raises(LibraryDamaged, match="damaged on disk"):
        decode(damaged, Entry(1, URL, "Headline"))


def test_links_are_those_of_related_stories_then_of_the_text():
    article = Article(URL, "H", BODY, related=(Teaser("https://paper.example/c", "C"),))
    assert links_in(article) == ["https://paper.example/c", "https://paper.example/b"]
