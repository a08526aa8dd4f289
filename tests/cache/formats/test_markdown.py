"""An article as Markdown: every kind of block, and nothing markup by accident."""

import re
import resource

import pytest

from cache.entry import Entry
from cache.errors import CacheError
from cache.formats import markdown
from cache.formats.exchanged_articles import Companions, Outgoing
from cache.formats.vault_names import file_name
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
    named = file_name(Entry(1_000_000_000, "https://x.example/", letter * 300))
    assert len(named.encode("utf-8", "replace")) <= 200
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


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("बंदरगाह में ज्वार", "बंदरगाह-में-ज्वार"),
        ("துறைமுகத்தில் அலை", "துறைமுகத்தில்-அலை"),
        ("น้ำขึ้นที่ท่าเรือ", "น้ำขึ้นที่ท่าเรือ"),
        ("المَدّ في الميناء", "المَدّ-في-الميناء"),
        ("Cafe\u0301: 'Tide' & ebb", "café-tide-ebb"),
        ("満潮 — 港", "満潮-港"),
    ],
)
def test_a_name_keeps_the_vowels_of_every_script(headline, words):
    assert file_name(Entry(7, "https://x.example/", headline)) == f"undated-{words}-7.md"


def test_a_name_that_is_cut_ends_with_a_whole_letter():
    named = file_name(Entry(7, "https://x.example/", "कि" * 100))
    assert len(named.encode()) <= 200
    assert named.removesuffix("-7.md").endswith("कि")


def outgoing(number, headline, **more):
    article = Article(f"https://x.example/{number}", headline, (words("It rose."),), page_sha256="ab" * 32)
    return Outgoing(Entry(number, article.url, headline, **more), article, "Look\nagain <b>")


def test_a_folder_is_a_vault_whose_files_say_what_the_reader_did_and_lead_to_each_other(tmp_path):
    articles = [outgoing(1, "Tide [high]", saved=True, read=True, tags=("sea", "north coast")), outgoing(2, "Ebb")]
    near = {1: [articles[1].entry], 2: [articles[0].entry]}
    companions = Companions({each.entry.url: each.entry.id for each in articles}, near.__getitem__)
    assert markdown.write(tmp_path / "vault", articles, as_folder=True, companions=companions) == 2
    tide = (tmp_path / "vault" / "undated-tide-high-1.md").read_text(encoding="utf-8")
    front = tide.split("---\n")[1]
    assert 'note: "Look\\nagain <b>"\n' in front
    assert 'tags: ["sea", "north-coast"]\nsaved: true\nread: true\n' in front
    assert f'sha256: "{"ab" * 32}"\n' in front
    assert 'related: ["[[undated-ebb-2]]"]\n' in front
    assert tide.endswith("## Related\n\n- [Ebb](<undated-ebb-2.md>)\n")
    ebb = (tmp_path / "vault" / "undated-ebb-2.md").read_text(encoding="utf-8")
    assert "- [Tide \\[high\\]](<undated-tide-high-1.md>)" in ebb
    assert "saved:" not in ebb


def test_what_obsidian_makes_of_a_text_is_not_made_of_a_page_s(tmp_path):
    article = Article("https://x.example/", "h", (words("We are #1 in ==this== %%town%% [[there]] C# of &#35; #tide"),))
    body = markdown.render(article).partition("# h\n\n")[2]
    assert body == "We are \\#1 in \\==this\\== \\%%town\\%% \\[\\[there\\]\\] C# of \\&#35; \\#tide\n"


def test_dollars_are_no_formula_and_a_caret_names_no_paragraph():
    article = Article("https://x.example/", "h", (words("From US$5m to HK$39m, $6 or $$7$$ and 2^8 of ^that"),))
    body = markdown.render(article).partition("# h\n\n")[2]
    assert body == "From US\\$5m to HK\\$39m, $6 or $\\$7\\$\\$ and 2^8 of \\^that\n"


def test_in_one_file_every_article_has_what_its_reader_did(tmp_path):
    articles = [outgoing(1, "Tide"), outgoing(2, "Ebb", saved=True, read=True, tags=("sea", "[north] coast"))]
    assert markdown.write(tmp_path / "two.md", [*articles, outgoing(3, "Neap")._replace(note="")]) == 3
    text = (tmp_path / "two.md").read_text(encoding="utf-8")
    first, second, third = re.split(r"\n---\n\n# (?=Ebb|Neap)", text)
    assert 'note: "Look\\nagain <b>"\n' in first
    done = "- Note: Look again \\<b\\>\n- Tags: sea, \\[north\\] coast\n- Saved\n- Read\n"
    assert second.endswith(f"It rose.\n\n## Marks\n\n{done}")
    assert third.endswith("It rose.\n")


def test_a_file_of_a_vault_that_cannot_be_replaced_stays_whole(tmp_path):
    one = outgoing(1, "Tide")
    markdown.write(tmp_path / "vault", [one], as_folder=True)
    before = (tmp_path / "vault" / "undated-tide-1.md").read_bytes()
    longer = Article(one.article.url, "Tide", (words("It rose. " * 20_000),))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            markdown.write(tmp_path / "vault", [one._replace(article=longer)], as_folder=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "vault" / "undated-tide-1.md").read_bytes() == before
    assert [each.name for each in (tmp_path / "vault").iterdir()] == ["undated-tide-1.md"]


def vault(tmp_path, *articles):
    near = {each.entry.id: [other.entry for other in articles if other is not each] for each in articles}
    companions = Companions({each.entry.url: each.entry.id for each in articles}, near.__getitem__)
    assert markdown.write(tmp_path / "vault", articles, as_folder=True, companions=companions) == len(articles)
    return {each.name: each.read_text(encoding="utf-8") for each in (tmp_path / "vault").iterdir()}


def test_an_article_keeps_its_file_in_a_vault_when_its_headline_or_number_changes(tmp_path):
    own = Article("https://x.example/own", "Tide", (words("It rose."),))
    tide, ebb = outgoing(1, "Tide")._replace(article=own), outgoing(2, "Ebb")
    before = vault(tmp_path, tide, ebb)
    assert before.keys() == {"undated-tide-1.md", "undated-ebb-2.md"}
    later = tide._replace(entry=tide.entry._replace(id=7, headline="Tide: nobody hurt"))
    after = vault(tmp_path, ebb, later)
    assert after.keys() == before.keys()
    assert "- [Tide: nobody hurt](<undated-tide-1.md>)" in after["undated-ebb-2.md"]
    assert 'related: ["[[undated-tide-1]]"]' in after["undated-ebb-2.md"]


def test_a_file_of_another_article_or_a_note_of_ones_own_is_no_articles_file(tmp_path):
    (tmp_path / "vault").mkdir()
    for name, text in {
        "note-1.md": "https://x.example/1",
        "text-2.md": 'url: "https://x.example/1"\n',
        "other-3.md": '---\nurl: "https://x.example/11"\n---\n\nurl: "https://x.example/1"\n',
        "odd-4.md": '---\nurl: "https://x.example/\\1"\n---\n',
        "my own.md": '---\nurl: "https://x.example/1"\n---\n',
    }.items():
        (tmp_path / "vault" / name).write_text(text)
    (tmp_path / "vault" / "folder-5.md").mkdir()
    assert markdown.write(tmp_path / "vault", [outgoing(1, "Tide")], as_folder=True) == 1
    assert len(list((tmp_path / "vault").iterdir())) == 7
    assert (tmp_path / "vault" / "undated-tide-1.md").is_file()


def test_a_vault_that_goes_no_further_says_how_many_files_are_written(tmp_path):
    (tmp_path / "vault" / file_name(outgoing(2, "Ebb").entry)).mkdir(parents=True)
    with pytest.raises(
        CacheError, match=r"vault cannot be written to its end: is a directory\. 1 of its files are new"
    ):
        markdown.write(tmp_path / "vault", [outgoing(1, "Tide"), outgoing(2, "Ebb")], as_folder=True)
