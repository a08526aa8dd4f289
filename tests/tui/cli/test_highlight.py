"""Highlights on the command line: made, listed, noted, taken away, and carried to another library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cache.db import reads
from cache.paths import places
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records


@pytest.fixture
def url(cli: Cli, paper: str) -> str:
    done(cli("show", f"{paper}/story/bridge"))
    return f"{paper}/story/bridge"


def write(home: Path, url: str, *said: str) -> None:
    """Make these the text of an article that is on disk."""
    with Store(places(home).library) as store:
        entry_id = reads.entry_id(store.connection, url)
        body = tuple(Paragraph((Span(each),)) for each in said)
        store.articles.store_article(entry_id, Article(url, "A story", body), 1e9)


def paragraphs(cli: Cli, url: str) -> list[str]:
    (shown,) = records(done(cli("show", url, "--json")))
    return shown["text"].split("\n")


def test_a_paragraph_is_highlighted_listed_and_taken_away(cli: Cli, url: str) -> None:
    second = paragraphs(cli, url)[1]
    (made,) = records(done(cli("highlight", url, "--paragraph", "2", "--note", "Ask the board.", "--json")))
    assert (made["text"], made["paragraph"], made["note"]) == (second, 2, "Ask the board.")
    assert made["made"].endswith("+00:00")
    assert done(cli("highlight", url)) == f"     2  {second}  [Ask the board.]\n"
    assert done(cli("highlight", url, "--paragraph", "2", "--remove")) == "Nothing is highlighted.\n"
    assert fails(cli("highlight", url, "--paragraph", "2", "--remove")) == "broadsheet: That is not highlighted.\n"


def test_words_are_highlighted_and_every_json_has_them(cli: Cli, url: str) -> None:
    words = "sentence 3 of the report"
    assert words in paragraphs(cli, url)[2]
    done(cli("highlight", url, "--words", words, "--paragraph", "3"))
    for command in (("show", url), ("list", "has:highlight"), ("search", "has:highlight"), ("mark", url, "--read")):
        (record,) = records(done(cli(*command, "--json")))
        assert [(each["text"], each["paragraph"]) for each in record["highlights"]] == [(words, 3)], command
    assert f"> {words}" in done(cli("show", url, "--markdown"))


def test_of_the_same_words_in_two_paragraphs_those_that_are_meant_are_taken_away(cli: Cli, url: str) -> None:
    words = "of the report"
    assert all(words in each for each in paragraphs(cli, url)[1:3])
    for number in ("2", "3"):
        done(cli("highlight", url, "--words", words, "--paragraph", number))
    assert done(cli("highlight", url, "--words", words, "--paragraph", "3", "--remove")) == f"     2  {words}\n"
    assert fails(cli("highlight", url, "--words", words, "--paragraph", "3", "--remove")) == (
        "broadsheet: That is not highlighted.\n"
    )
    done(cli("highlight", url, "--words", words, "--paragraph", "3"))
    assert done(cli("highlight", url, "--words", words, "--remove")) == "Nothing is highlighted.\n"


def test_what_is_not_there_is_told(cli: Cli, url: str) -> None:
    assert fails(cli("highlight", url, "--paragraph", "77")).endswith(" has 6 paragraphs.\n")
    assert "These words are not in the text of" in fails(cli("highlight", url, "--words", "no such words"))
    assert "These words are not in the text of" in fails(cli("highlight", url, "--words", ""))
    last = paragraphs(cli, url)[5]
    assert "not in paragraph 1 of" in fails(cli("highlight", url, "--words", last, "--paragraph", "1"))
    assert cli("highlight", url, "--note", "of what?")[0] == 2
    assert cli("highlight", url, "--remove")[0] == 2
    assert "There is no article 4711" in fails(cli("highlight", "4711", "--paragraph", "1"))


@pytest.mark.parametrize("form", ["jsonl", "pack"])
def test_they_go_to_another_library_and_the_newest_act_wins(cli: Cli, url: str, tmp_path: Path, form: str) -> None:
    def there(*words: str) -> tuple[int, str, str]:
        return cli("--home", str(tmp_path / "there"), *words)

    done(cli("highlight", url, "--paragraph", "1"))
    done(cli("highlight", url, "--paragraph", "2", "--note", "Ask."))
    done(cli("export", form, "--query", "has:highlight", "--output", str(tmp_path / "one")))
    done(there("import", str(tmp_path / "one")))
    said = [(each["paragraph"], each["note"]) for each in records(done(there("highlight", url, "--json")))]
    assert said == [(1, ""), (2, "Ask.")]
    done(cli("highlight", url, "--paragraph", "1", "--remove"))
    done(cli("export", form, "--query", "has:highlight", "--output", str(tmp_path / "two")))
    done(there("import", str(tmp_path / "two")))
    done(there("import", str(tmp_path / "one")))
    assert [each["paragraph"] for each in records(done(there("highlight", url, "--json")))] == [2]


@pytest.mark.parametrize(("form", "name"), [("markdown", "out.md"), ("epub", "out.epub")])
def test_what_is_to_be_read_has_them_below_the_text(cli: Cli, url: str, tmp_path: Path, form: str, name: str) -> None:
    from zipfile import ZipFile

    second = paragraphs(cli, url)[1]
    done(cli("highlight", url, "--paragraph", "2", "--note", "Ask <b>the</b> board."))
    done(cli("export", form, "--query", "has:highlight", "--output", str(tmp_path / name)))
    if form == "epub":
        book = ZipFile(tmp_path / name)
        (chapter,) = (each for each in book.namelist() if re.fullmatch(r"book/\d+\.xhtml", each))
        page = book.read(chapter).decode()
        below = page[page.index(">Highlights</h2>") :]
        below = below.replace(' dir="auto"', "")
        assert f"<blockquote><p>{second}</p></blockquote>\n<p>Ask &lt;b&gt;the&lt;/b&gt; board.</p>" in below
    else:
        below = (tmp_path / name).read_text().partition("## Highlights\n\n")[2]
        assert below.startswith(f"> {second}\n\nAsk ")
        assert "<b>" not in below.replace("\\<", "")


def test_a_few_words_changed_since_are_told_and_the_words_as_marked_are_exported(
    cli: Cli, url: str, tmp_path: Path
) -> None:
    second = "Nobody on the quay of Port Elsewhere minded much, as teh next ferry was due within the hour."
    write(tmp_path / "home", url, "The ferry left late.", second)
    done(cli("highlight", url, "--paragraph", "2"))
    write(tmp_path / "home", url, "The ferry left late.", second.replace("teh", "the"))
    assert done(cli("highlight", url)) == f"     2  {second}  (edited since)\n"
    (record,) = records(done(cli("highlight", url, "--json")))
    assert (record["text"], record["edited"]) == (second, True)
    done(cli("export", "markdown", "--query", "has:highlight", "--output", str(tmp_path / "out.md")))
    assert f"> {second}" in (tmp_path / "out.md").read_text()
