"""A short quotation below the last paragraph is the story's, as long as nothing says that it is a box."""

from __future__ import annotations

import pytest

from fetch.extract import extract
from tests.fetch.extract.body.test_furniture_lines import TOLD

CHINESE = "我们早就告诉过他们，可是一直没有人来过这里看看。"


def text(closing: str) -> list[str]:
    body = "".join(f"<p>{each}</p>" for each in TOLD) + closing
    page = f"<!doctype html><title>Bridge vote | Gazette</title><article><h1>Bridge vote</h1>{body}</article>"
    return extract(page.encode(), "https://gazette.example/news/a-story").text.split("\n")


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        ("<blockquote><p>We told them, and nobody came.</p></blockquote>", ["We told them, and nobody came."]),
        ("<blockquote>We told them, and nobody came.</blockquote>", ["We told them, and nobody came."]),
        (
            "<blockquote><p>We told them, and nobody came.</p><p>That was all of it.</p></blockquote>",
            ["We told them, and nobody came.", "That was all of it."],
        ),
        (
            "<blockquote><p>We told them, and nobody came.</p><footer>Anna Quarrick, engineer</footer></blockquote>",
            ["We told them, and nobody came.", "Anna Quarrick, engineer"],
        ),
        (
            "<blockquote>We told them, and nobody came. <cite>Anna Quarrick, engineer</cite></blockquote>",
            ["We told them, and nobody came. Anna Quarrick, engineer"],
        ),
        ("<blockquote><p>" + CHINESE + "</p></blockquote>", [CHINESE]),
    ],
)
def test_a_quotation_ends_a_story(closing: str, said: list[str]) -> None:
    assert text(closing) == [*TOLD, *said]


@pytest.mark.parametrize(
    "closing",
    [
        "<blockquote class=newsletter><p>Get the news in your inbox.</p></blockquote>",
        "<blockquote><p>Get all the news <a href='/letters'>in your inbox now</a>.</p></blockquote>",
        "<blockquote><p>Advertisement</p></blockquote>",
        "<div class=promo><p>See more.</p></div><blockquote><p>Subscribe to our newsletter now.</p></blockquote>",
    ],
)
def test_what_only_stands_in_a_quotation_does_not(closing: str) -> None:
    assert text(closing) == TOLD
