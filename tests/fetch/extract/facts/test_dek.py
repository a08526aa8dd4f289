"""What is shown above a text is not said again in it, and nothing of the text is lost to it."""

import pytest

from fetch.extract import extract
from fetch.extract.facts.dek import dek_beside
from tests.pages import LINES, URL, story

FIRST = LINES[0]


@pytest.mark.parametrize(
    ("description", "paragraphs"),
    [
        (FIRST, LINES),
        (FIRST, (f"PORT ELLEN – {FIRST}", *LINES[1:])),
        (f"PORT ELLEN, Nov 20 (Reuters) - {FIRST}", LINES),
        (f"{FIRST} Its crew…", LINES),
        (f"{FIRST[:70]} …", LINES),
        (f"{FIRST[:70]}[...]", LINES),
        (f"{FIRST[:70]} … Read more", LINES),
        (f"The Island Herald - {FIRST}", LINES),
        (f"{FIRST} | The Island Herald", LINES),
        (f"Ferry sails twice a day again: {FIRST}", LINES),
        (FIRST.replace("winter", "“winter”"), LINES),
        (LINES[2], LINES),
        (f"{FIRST} {LINES[1]}", LINES),
    ],
)
def test_what_the_text_says_is_no_dek(description: str, paragraphs: tuple[str, ...]) -> None:
    assert dek_beside(description, "Ferry sails twice a day again", paragraphs) == ""


def test_what_the_text_does_not_say_is_one() -> None:
    dek = "Islanders had waited for the ice to go since January, and ran out of coffee."
    assert dek_beside(dek, "Ferry sails twice a day again", LINES) == dek


@pytest.mark.parametrize("name", ["lead", "intro", "standfirst", "summary"])
@pytest.mark.parametrize("cut", ["", " The mate…"])
def test_a_first_paragraph_that_says_more_than_the_description_is_text(name: str, cut: str) -> None:
    more = f"{FIRST} The mate, who has sailed to the islands for thirty years, was glad to be aboard."
    head = f'<meta name=description content="{FIRST}{cut}">'
    page = story(head=head).replace(f"<p>{FIRST}</p>".encode(), f"<p class={name}>{more}</p>".encode())
    article = extract(page, URL)
    assert article.text.split("\n") == [more, *LINES[1:]]
    assert article.dek == ""


@pytest.mark.parametrize("name", ["dek", "standfirst", "article__lead", "intro"])
def test_a_dek_that_only_the_page_shows_is_there(name: str) -> None:
    dek = "Islanders had waited for the ice to go since January, and ran out of coffee."
    page = story(head=f'<meta name=description content="{FIRST}">')
    page = page.replace(b"</h1>", f"</h1><div class={name}>{dek}</div>".encode())
    article = extract(page, URL)
    assert [article.dek, *article.text.split("\n")].count(dek) == 1
    assert set(LINES) <= set(article.text.split("\n"))
