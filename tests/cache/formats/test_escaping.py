"""What goes out parses, and holds no tag or link that the page made: Markdown, EPUB, OPML, over made-up pages."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cache.entry import Entry, SavedSearch
from cache.formats import epub, jsonl, markdown, opml, pack
from cache.formats.exchanged_articles import Outgoing
from cache.formats.table import FORMATS
from cache.source_entry import SourceEntry
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
from fetch.source import Source
from fetch.text import drawable

NASTY = (
        "`", "``", "```", "~~~", "<b>", "</p>", "<script>alert(1)</script>", "<!--",
        "-->", "]]>", "<?x ", "&lt;", "&", "&#60;b>", "*", "**",
        "_", "[x](javascript:x)", "![", "](", "<http://x.example>", "#", "# ", "- ",
        "+ ", "1. ", "1) ", "> ", "---", "===", "|", "\\",
        "\n", "\n\n", "    ", "\t", "{{x}}", "{x}", "%", '"',
        "'", "a", "word ", " ", "é", "http://x.example/", "www.x.example", "^",
        "[^1]: ", "[a]: http://x.example", "\x00", "\x1b", "\x0b", "\ud800", "\ufffe", "$$",
        "~~", "==", ":::", "<a@x.example>", "\r", "\u2028", "\x85",

)  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=8).map("".join)
HREF = st.one_of(
    st.just(""),
    TEXT.map("https://x.example/".__add__),
    st.sampled_from([

        "https://x.example/a>b", "https://x.example/a(b)c", "https://x.example/{{x}}",
        "https://x.example/#a#b", "https://x.example/`", "https://x.example/ <b>",
        "https://x.example/\"onclick='x", "javascript:alert(1)", "data:text/html,<b>",
        "broadsheet:handbook/keys", "https://x.example/\n\n<b>x</b>", "https://[::1",
        "https://x.example/\\", "https://x.example/%", "file:///etc/passwd",

    ]),
)  # fmt: skip
SPANS = st.lists(st.builds(Span, TEXT, HREF, st.booleans(), st.booleans(), st.booleans()), max_size=4).map(tuple)
CELLS = st.builds(Cell, SPANS, st.booleans(), st.integers(0, 3), st.integers(0, 3))
LEAVES = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Heading, st.integers(0, 9), SPANS),
    st.builds(Code, TEXT, TEXT),
    st.builds(Figure, HREF, TEXT, TEXT, TEXT),
    st.builds(Embed, TEXT, HREF, TEXT),
    st.builds(Table, st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=3).map(tuple), TEXT),
    st.builds(Break),
    st.builds(Omission, TEXT),
)
BLOCKS = st.recursive(
    st.lists(LEAVES, max_size=3).map(tuple),
    lambda inner: st.lists(
        st.one_of(
            LEAVES,
            st.builds(Quote, inner, TEXT),
            st.builds(Points, st.lists(inner, max_size=3).map(tuple), st.booleans(), st.integers(-2, 10**10)),
            st.builds(Update, st.none(), TEXT, inner),
            st.builds(Footnote, TEXT, inner),
        ),
        max_size=3,
    ).map(tuple),
    max_leaves=6,
)
ARTICLES = st.builds(
    Article,
    url=HREF.map(lambda href: href or "https://x.example/"),
    headline=TEXT,
    body=BLOCKS,
    authors=st.lists(TEXT, max_size=2).map(tuple),
    dateline=TEXT,
    dek=TEXT,
    section=TEXT,
    source=TEXT,
    language=TEXT,
    keywords=st.lists(TEXT, max_size=2).map(tuple),
    reason=TEXT,
)
READERS = (MarkdownIt("commonmark"), MarkdownIt("commonmark").enable("table"))


def tokens(text: str, reader: MarkdownIt) -> Iterator[Token]:
    for token in reader.parse(text):
        yield token
        yield from token.children or ()


def body_of(text: str) -> str:
    assert text.startswith("---\n")
    return text.split("\n---\n", 1)[1]


@settings(suppress_health_check=[*HealthCheck], max_examples=200)
@given(ARTICLES)
def test_property_markdown_holds_no_html_and_no_link_of_the_page_s(article: Article) -> None:
    text = body_of(markdown.render(article))
    for reader in READERS:
        for token in tokens(text, reader):
            assert token.type not in {"html_inline", "html_block", "definition"}, token.content
            address = str(token.attrs.get("href", token.attrs.get("src", "")))
            assert re.match(r"(https?://|broadsheet:|$)", address), address
        assert "<b>" not in re.sub(r"&lt;|<(pre|code)[^>]*>.*?</\1>", "", reader.render(text), flags=re.DOTALL)


BESIDE_NOTES = st.lists(
    st.builds(
        Span,
        st.one_of(
            st.sampled_from(["[1]", " [1]", "[^]", "!", "(", "(x)", ": y", ":", "[a]", '(https://x.example/ "b")', ""]),
            TEXT,
        ),
        HREF,
        st.booleans(),
    ),
    max_size=5,
).map(tuple)


@settings(suppress_health_check=[*HealthCheck], max_examples=200)
@given(BESIDE_NOTES, TEXT)
def test_property_no_two_spans_are_a_link_together(spans: tuple[Span, ...], note: str) -> None:
    notes = tuple(Footnote(mark, (Paragraph((Span(note),)),)) for mark in ("1", "^"))
    text = body_of(markdown.render(Article("https://x.example/", "h", (Paragraph(spans), *notes))))
    links = {str(token.attrs["href"]) for token in tokens(text, READERS[0]) if token.type == "link_open"}
    assert len(links) <= sum(bool(span.href) for span in spans)
    assert not any(token.type in {"image", "definition", "html_inline"} for token in tokens(text, READERS[0]))


@pytest.mark.parametrize(
    ("spans", "set_as"),
    [
        ((Span("Tide"), Span("[1]"), Span("(https://y.example/)")), "Tide[^1]\\(https://y.example/)"),
        ((Span("[1]"), Span(""), Span(": a word")), "[^1]\\: a word"),
        ((Span("Look!"), Span("there", "https://x.example/a")), "Look\\![there](<https://x.example/a>)"),
        ((Span("!"), Span("[1]")), "\\![^1]"),
        ((Span("[1]"), Span(" (no link)")), "[^1] (no link)"),
    ],
)
def test_what_stands_beside_a_mark_or_a_link_is_text(spans: tuple[Span, ...], set_as: str) -> None:
    article = Article("https://x.example/", "h", (Paragraph(spans), Footnote("1", (Paragraph((Span("a note"),)),))))
    assert f"\n{set_as}\n" in markdown.render(article)


@given(TEXT.filter(str.strip))
def test_property_code_in_a_line_comes_back_as_it_went(text: str) -> None:
    article = Article("https://x.example/", "h", (Paragraph((Span(text, code=True),)),))
    found = [
        token.content for token in tokens(body_of(markdown.render(article)), READERS[0]) if token.type == "code_inline"
    ]
    assert [" ".join(each.split()) for each in found] == [" ".join(_drawn(text).split())] * bool(_drawn(text).split())


@given(TEXT.filter(str.strip), TEXT)
def test_property_a_block_of_code_comes_back_as_it_went(text: str, language: str) -> None:
    article = Article("https://x.example/", "h", (Code(text, language),))
    found = [token.content for token in tokens(body_of(markdown.render(article)), READERS[0]) if token.type == "fence"]
    assert len(found) == 1
    assert re.sub(r"\s", "", found[0]) == re.sub(r"\s", "", _drawn(text))


def _drawn(text: str) -> str:
    from fetch.text import clean_lines

    return clean_lines(text)


@settings(suppress_health_check=[*HealthCheck], max_examples=200)
@given(st.lists(ARTICLES, max_size=2))
def test_property_a_book_is_sound_xml_with_no_tag_of_the_page_s(tmp_path: Path, articles: list[Article]) -> None:
    book = tmp_path / "book.epub"
    entries = [
        Entry(id=number, url=article.url, headline="", source=article.source) for number, article in enumerate(articles)
    ]
    assert epub.write(book, [Outgoing(*each, "") for each in zip(entries, articles, strict=True)]) == len(articles)
    with zipfile.ZipFile(book) as opened:
        for name in opened.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                root = ElementTree.fromstring(opened.read(name))
                for element in root.iter():
                    tag = str(element.tag).rpartition("}")[2]
                    assert tag not in {"script", "b", "style", "iframe", "img"}, name
                    assert not [key for key in element.attrib if key.startswith("on")]
                    assert re.match(r"(https?://|[\w.]*(#[\w-]+)?$)", element.get("href", "x"))


@settings(suppress_health_check=[*HealthCheck], max_examples=60)
@given(st.lists(st.tuples(HREF, TEXT, TEXT, HREF), max_size=4))
def test_property_opml_parses_and_says_what_went_in(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    sources = [
        SourceEntry(
            id=number,
            url=url or "https://x.example/",
            kind="feed",
            title=title,
            groups=tuple(filter(None, [group])),
            home=home,
        )
        for number, (url, title, group, home) in enumerate(rows)
    ]
    path = tmp_path / "list.opml"
    assert opml.write(path, sources) == len(rows)
    assert len(list(ElementTree.fromstring(path.read_bytes()).iter("outline"))) >= len(rows)
    for listed in opml.read(path).sources:
        assert isinstance(listed.source, Source)


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (Span("a ` b", code=True), "``a ` b``"),
        (Span("`", code=True), "`` ` ``"),
        (Span("x", "https://x.example/a>b"), "[x](<https://x.example/a%3Eb>)"),
        (Span("x", "https://x.example/<b>"), "[x](<https://x.example/%3Cb%3E>)"),
        (Span("x", "https://x.example/{{y}}"), "[x](<https://x.example/%7B%7By%7D%7D>)"),
        (Span("{{x}}"), "\\{\\{x\\}\\}"),
        (Span("x", "javascript:alert(1)"), "x"),
        (Span("&lt;b>"), "\\&lt;b\\>"),
    ],
)
def test_spans_as_they_are_written(span: Span, written: str) -> None:
    assert (
        body_of(markdown.render(Article("https://x.example/", "h", (Paragraph((span,)),)))).strip()
        == f"# h\n\n{written}"
    )


def test_what_xml_cannot_hold_is_left_out_of_a_book_whichever_string_it_stands_in(tmp_path: Path) -> None:
    book, odd = tmp_path / "book.epub", "a\x01\ud800\ufffe\x85b"
    article = Article(
        f"https://x.example/{odd}", "", (Paragraph((Span(odd, code=True),)), Code(odd)), reason=odd, source=odd
    )
    assert epub.write(book, [Outgoing(Entry(id=1, url=article.url, headline=odd, source=odd), article, "")]) == 1
    with zipfile.ZipFile(book) as opened:
        for name in ("book/1.xhtml", "book/contents.xhtml", "book/book.opf"):
            assert ElementTree.fromstring(opened.read(name)).tag


@pytest.mark.parametrize("word", ["javascript:alert(1)", "`", '/x "title"', "x\n'y'", "[y](z)"])
def test_a_footnote_of_one_word_is_the_address_of_no_link(word: str) -> None:
    notes = (Footnote("1", ()), Footnote("1", (Paragraph((Span(word),)),)))
    text = body_of(markdown.render(Article("https://x.example/", "h", notes)))
    for reader in READERS:
        assert not [token for token in tokens(text, reader) if token.type == "link_open"]


def test_a_line_of_json_shows_a_terminal_nothing_that_the_gate_would_drop(tmp_path: Path) -> None:
    url = "https://x.example/\x9b31m\u202e\u2028\x7f"
    entry = Entry(1, url, "Grüße")
    article = Article(url, "Grüße\x1b[31m", (Paragraph((Span("Moin\u2066"),)),))
    jsonl.write(tmp_path / "odd", [Outgoing(entry, article, "")])
    jsonl.write(tmp_path / "plain", [Outgoing(Entry(1, "https://x.example/", "Grüße"), Article("", "Grüße"), "")])
    written = (tmp_path / "odd").read_text("utf-8")
    assert re.fullmatch("[ -~]+\n", written)
    assert json.loads(written)["url"] == url
    assert "Grüße" in (tmp_path / "plain").read_text("utf-8")


ODD = "Ebb\x1b[31m\x9b31m\u202eflow\x00\n\x07"
ODD_URL = f"https://x.example/{ODD}"
ODD_ARTICLE = Article(
    ODD_URL,
    ODD,
    (Paragraph((Span(ODD, ODD_URL, code=True),)), Code(ODD, ODD), Figure(ODD_URL, ODD, ODD, ODD), Quote((), ODD)),
    (ODD,),
    **dict.fromkeys(("dateline", "dek", "section", "source", "language", "reason"), ODD),  # type: ignore[arg-type]
)
ODD_SOURCE = SourceEntry(id=1, url=ODD_URL, kind="feed", title=ODD, groups=(ODD,), home=ODD_URL)


def texts(name: str, path: Path) -> Iterator[str]:
    """What of a file in this form is read by whoever opens it."""
    if name == "pack":  # opened by ourselves alone
        yield from map(repr, pack.read(path))
    elif path.is_dir():
        for file in path.iterdir():
            yield from (file.name, file.read_text("utf-8"))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as opened:
            yield from (opened.read(member).decode() for member in opened.namelist())
    else:
        yield path.read_text("utf-8")


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.is_receipt])
def test_no_form_hands_on_what_a_terminal_may_not_see(tmp_path: Path, name: str) -> None:
    form, path = FORMATS[name], tmp_path / "out"
    more = {"searches": [SavedSearch(1, ODD, ODD)]} if form.takes_searches else {}
    entry = Entry(id=1, url=ODD_URL, headline=ODD, source=ODD)
    contents = [ODD_SOURCE] if form.holds == "sources" else [Outgoing(entry, ODD_ARTICLE, ODD)]
    assert form.codec.write(path, contents, **more) == 1
    found = "\n".join(texts(name, path))
    assert "Ebb" in found
    assert [line for line in found.split("\n") if drawable(line) != line] == []
