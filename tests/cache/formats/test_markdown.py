"""An article as Markdown: every kind of block, and nothing markup by accident."""

import pytest

from cache.entry import Entry
from cache.formats import markdown
from cache.formats.exchanged_articles import Outgoing
from fetch.article import (
    Article,
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


def words(text):
    return Paragraph((Span(text),))


def test_markdown_of_every_kind_of_block():
    body = (
        words("1. Not a *list* and [no] link"),
        Heading(3, (Span("Heading"),)),
        Paragraph((Span("Run "), Span(" bold ", "https://a.example/", strong=True), Span("end", emphasis=True))),
        Quote((words("Said."), words("More.")), "Ana"),
        Points(((words("one"), Points(((words("inner"),),))), (words("two"),)), ordered=True, start=9),
        Table(((Cell((Span("a|b"),), header=True, columns=2),), (Cell((Span("c"),)), Cell((Span("d"),)))), "Figures"),
        Code("x = '```'", "python"),
        Figure("https://a.example/p.jpg", "alt", "Caption", "Credit"),
        Embed("video", "https://v.example/1"),
        Update(None, "Later", (words("News."),)),
        Footnote("1", (words("Note."),)),
        Omission("a form"),
    )
    article = Article("https://a.example/1", 'A "headline": [new]', body, authors=("Ana Ruiz",), reason="paywall")
    assert markdown.render(article) == (
        "---\n"
        'title: "A \\"headline\\": [new]"\n'
        'url: "https://a.example/1"\n'
        'authors: ["Ana Ruiz"]\n'
        'incomplete: "paywall"\n'
        "---\n\n"
        '# A "headline": \\[new\\]\n\n'
        "1\\. Not a \\*list\\* and \\[no\\] link\n\n"
        "### Heading\n\n"
        "Run  [**bold**](<https://a.example/>) *end*\n\n"
        "> Said.\n>\n> More.\n>\n> — Ana\n\n"
        "9. one\n\n   - inner\n10. two\n\n"
        "Figures\n\n| a\\|b |  |\n| --- | --- |\n| c | d |\n\n"
        "````python\nx = '```'\n````\n\n"
        "![alt](<https://a.example/p.jpg>)\n\nCaption Credit\n\n"
        "[video](<https://v.example/1>)\n\n"
        "### Later\n\nNews.\n\n"
        "[^1]: Note. &nbsp;\n\n"
        "*[a form]*\n"
    )


@pytest.mark.parametrize("letter", ["a", "é", "\u6e2f", "\U0001d400", "\U00020000", "İ", "-", "/", "\x1b", "\ud800"])
def test_a_file_has_a_name_whatever_its_headline(tmp_path, letter):
    named = markdown.file_name(Entry(1_000_000_000, "https://x.example/", letter * 300))
    assert len(named.encode()) <= 255
    assert not {"/", "\x1b", "\0"} & {*named}
    (tmp_path / named).write_text("x")


def test_articles_in_one_file_have_footnotes_of_their_own(tmp_path):
    note = Footnote("1", (Paragraph((Span("A note."),)),))
    articles = [
        Article(f"https://x.example/{name}", name, (Paragraph((Span("Text "), Span("[1]"), Span("."))), note))
        for name in ("first", "second")
    ]
    entries = [Entry(number, article.url, article.headline) for number, article in enumerate(articles)]
    outgoing = [Outgoing(entry, article, "") for entry, article in zip(entries, articles, strict=True)]
    assert markdown.write(tmp_path / "two.md", outgoing) == 2
    text = (tmp_path / "two.md").read_text(encoding="utf-8")
    assert text.count("[^1]") == text.count("[^2-1]") == 2
    assert "\n---\n\n# second\n\n[Source](<https://x.example/second>)\n" in text
