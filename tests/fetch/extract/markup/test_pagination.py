"""Where an article goes on: its next page, and nobody else's."""

from __future__ import annotations

import pytest

from fetch.extract.markup.document import parse
from fetch.extract.markup.page_index import index_page
from fetch.extract.markup.pagination import next_page_url

URL = "https://gazette.example/news/mole"


def page(link: str) -> bytes:
    return f"<!doctype html><title>Mole</title><body>{link}<p>The mole is late again.</p>".encode()


def next_page_of(markup: bytes, url: str) -> str:
    return next_page_url(index_page(parse(markup)), url)


@pytest.mark.parametrize(
    ("link", "url", "expected"),
    [
        ("<link rel=next href='/news/mole?page=2'>", URL, URL + "?page=2"),
        ("<div class=pagination><a href='/news/mole/page/2'>2</a></div>", URL, URL + "/page/2"),
        ("<div class=pagination><a href='/news/mole?page=3'>Next</a></div>", URL + "?page=2", URL + "?page=3"),
        ("<a rel=next href='/news/another-story'>Next story</a>", URL, ""),
        ("<a rel=next href='/news/mole?page=2'>Next</a>", URL + "?page=2", ""),
        ("<a rel=next href='/news/mole?page=99'>Next</a>", URL + "?page=98", ""),
        ("", URL, ""),
    ],
)
def test_the_next_page_of_a_story(link: str, url: str, expected: str) -> None:
    assert next_page_of(page(link), url) == expected


@pytest.mark.parametrize(
    "link",
    [
        '<link rel=next href="/news/another-story">',
        '<link rel=next href="/news/mole?page=7">',
        '<link rel=next href="https://elsewhere.example/news/mole?page=2">',
        '<link rel=next href="javascript:next()">',
    ],
)
def test_the_next_page_is_of_the_same_story(link: str) -> None:
    assert next_page_of(page(link), URL) == ""
