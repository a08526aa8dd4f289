"""Text without markup: its first line is the headline, its paragraphs are the article's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.article import Code, Paragraph
from fetch.errors import Blocked, NotAnArticle, NotNews
from fetch.extract import explain, extract, extract_page, extract_text

URL = "https://gazette.example/news/mole.txt"
TEXT = """Harbour board approves repair of the east mole

By Ada Brandt and Bo Ruiz
12 March 2026

HAVEN, Norland -- The harbour board met on Monday to hear how the repair of the
east mole is going, and approved a further 2.4 million crowns for the work.

"We cannot wait for another winter," said the chairwoman. "The mole was built
in 1911 & has been mended eleven times since <with less care each time>."

- Work begins in April.
- It will take about eighteen months, and the ferry is going to land at the
  west quay meanwhile.

    Quay     Boats   Length
    east        12     4.50
    west         7    11.25
"""
PARAGRAPHS = [
    "HAVEN, Norland -- The harbour board met on Monday to hear how the repair of the east mole is going, and approved "
    "a further 2.4 million crowns for the work.",
    '"We cannot wait for another winter," said the chairwoman. "The mole was built in 1911 & has been mended eleven '
    'times since <with less care each time>."',
    "- Work begins in April.",
    "- It will take about eighteen months, and the ferry is going to land at the west quay meanwhile.",
]


def test_a_plain_text_is_its_headline_and_its_paragraphs() -> None:
    article, further = extract_page(TEXT.encode(), URL, content_type="text/plain; charset=utf-8")
    assert (article.headline, article.authors) == (TEXT.partition("\n")[0], ("Ada Brandt", "Bo Ruiz"))
    assert (article.published, article.dateline) == (date(2026, 3, 12), "HAVEN, Norland")
    assert (article.language, further) == ("en", "")
    assert article.text.split("\n")[:4] == PARAGRAPHS
    assert article.body[-1] == Code("Quay     Boats   Length\neast        12     4.50\nwest         7    11.25")


@pytest.mark.parametrize(
    "body",
    [
        TEXT.replace("<", "(").replace(">", ")").encode(),
        TEXT.replace("<", "(").replace(">", ")").replace("\n", "\r\n").encode("utf-16"),
        b"\xef\xbb\xbf" + TEXT.replace("<", "(").encode(),
        ("=" * 40 + "\n" + TEXT.replace("<", "(") + "\n" + "-" * 30).encode("latin-1"),
        ("FOR IMMEDIATE RELEASE\n\n" + TEXT.replace("<", "(")).encode(),
        ("   " + TEXT.replace("<", "(").replace("\n", "\n   ")).encode(),
    ],
)
@pytest.mark.parametrize("kind", ["", "text/html", "text/plain", "TEXT/PLAIN;format=flowed"])
def test_what_holds_no_tag_is_read_the_same_whatever_it_is_served_as(body: bytes, kind: str) -> None:
    article = extract(body, URL, content_type=kind)
    assert (article.headline, article.authors) == (TEXT.partition("\n")[0], ("Ada Brandt", "Bo Ruiz"))
    assert article.text.split("\n")[0] == PARAGRAPHS[0]
    assert extract_text(body, URL) == article.text
    assert len(explain(body, URL)) == len(article.text.split("\n"))


@pytest.mark.parametrize("kind", ["text/plain", "text/html", ""])
def test_a_page_that_is_served_as_plain_text_stays_a_page(kind: str) -> None:
    story = "".join(f"<p>{paragraph.replace('<', '(')}</p>" for paragraph in PARAGRAPHS[:2])
    for page in (f"<html><h1>The mole</h1><article>{story}</article>", f"The mole<br>{story}"):
        assert extract(page.encode(), URL, content_type=kind).text.split("\n")[-1].startswith('"We cannot')


def test_one_long_line_a_paragraph_and_lines_wrapped_at_a_margin() -> None:
    long = [f"Paragraph {number} says what the board said of the mole. " * 6 for number in range(4)]
    unwrapped = extract(("The mole\n" + "\n".join(long)).encode(), URL)
    assert [unwrapped.headline, *unwrapped.text.split("\n")] == ["The mole", *map(str.strip, long)]
    indented = "The mole\n\n" + "\n".join(
        f"  Paragraph {n} begins here and goes\non at the margin, " * 3 for n in range(4)
    )
    assert extract(indented.encode(), URL).text.count("\n") >= 3


def test_a_first_paragraph_is_no_headline_but_begins_one() -> None:
    article = extract(("the board met to hear of the mole, " * 20 + "\n\nIt adjourned.").encode(), URL)
    assert article.headline.startswith("the board met")
    assert article.headline.endswith("…")
    assert len(article.headline) < 110
    assert article.text.startswith("the board met to hear of the mole, the board")


def test_a_headline_may_go_on_in_the_next_line() -> None:
    article = extract(("Harbour board approves repair\nof the east mole\n\n" + PARAGRAPHS[0]).encode(), URL)
    assert article.headline == "Harbour board approves repair of the east mole"


@pytest.mark.parametrize(
    ("body", "error"), [(b"", NotAnArticle), (b"ok\n", NotAnArticle), (b"Access denied\n", Blocked)]
)
def test_too_little_text_and_a_refusal_are_no_article(body: bytes, error: type[NotNews]) -> None:
    with pytest.raises(error):
        extract(body, URL, content_type="text/plain")


def test_a_refusal_of_some_length_is_one() -> None:
    said = "Access Denied\n\nYou don't have permission to access this page. Request blocked. " + "Ask its keeper. " * 8
    with pytest.raises(Blocked):
        extract(said.encode(), URL, content_type="text/plain")


@given(st.text(st.sampled_from("a<>b/p \n\t-=*1.\x0c\u2028é"), max_size=400))
def test_property_any_text_is_read_and_no_word_is_lost(text: str) -> None:
    body = ("Headline of it\n\n" + "z" * 130 + "\n\n" + text).encode()
    article = extract(body, URL, content_type="text/plain")
    if "</" not in text:  # else it is a page that was served as text
        said = "".join(f"{article.headline}{article.text}".split())
        assert said.count("a") + said.count("é") >= text.count("a") + text.count("é")
    assert all(isinstance(block, Paragraph | Code) for block in article.body) or "<" in text
