"""Pages as readers meet them: one story over several pages, furniture around a story, and pages that hold none."""

from __future__ import annotations

import json

import pytest

from fetch.errors import Blocked, NotAnArticle, NotNews
from fetch.extract import explain, extract, extract_fragment, extract_page, extract_text, join

URL = "https://gazette.example/news/2026/mole"
TEXT = (
    "The harbour board met for the first time this year and heard why the eastern mole is still not finished.",
    "Ilsabe Torvik, who chairs the board, said that the caissons had arrived late and in the wrong order.",
    "“We were promised stone from the quarry by the spring,” she said. “What came was gravel, and not enough of it.”",
    "The board will meet again in November, when the contractor is to say what the delay will cost.",
)


def page(*paragraphs: str, head: str = "", after: str = "", headline: str = "Eastern mole is late again") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{headline} | Tern Gazette</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><main><article><h1>{headline}</h1>{text}</article></main>{after}</body></html>"
    ).encode()


def test_headline_and_text() -> None:
    article = extract(page(*TEXT), URL)
    assert article.headline == "Eastern mole is late again"
    assert article.text.split("\n") == list(TEXT)
    assert article.language == "en"


def test_the_text_alone_is_the_same_text() -> None:
    assert extract_text(page(*TEXT), URL).split("\n") == list(TEXT)
    with pytest.raises(NotAnArticle):
        extract_text(b"<p>Nothing here.</p>", URL)


def test_what_stands_around_a_story_is_no_part_of_it() -> None:
    furniture = (
        "<div class=share-bar><p>Share this story with your friends on social media.</p></div>"
        "<div class='newsletter-signup'><p>Sign up to our newsletter and get the latest news in your inbox.</p></div>"
        "<section class=comments><h2>3 Comments</h2>"
        "<p>I have sailed past it every day this year, and nobody works.</p></section>"
        "<footer><p>© 2026 Tern Gazette. All rights reserved.</p></footer>"
    )
    assert extract(page(*TEXT, after=furniture), URL).text.split("\n") == list(TEXT)


def test_stories_the_page_names_are_related_and_not_text() -> None:
    others = (
        "<section class=related><h2>More on this story</h2><ul>"
        "<li><h3><a href=/news/2026/quarry-closes>Quarry closes its oldest pit after a century</a></h3>"
        "<p>The last stone was broken on Tuesday.</p></li>"
        "<li><h3><a href=/news/2026/ferry-returns>Ferry line to the outer islands returns</a></h3></li></ul></section>"
    )
    article = extract(page(*TEXT, after=others), URL)
    assert [(teaser.url, teaser.headline) for teaser in article.related] == [
        ("https://gazette.example/news/2026/quarry-closes", "Quarry closes its oldest pit after a century"),
        ("https://gazette.example/news/2026/ferry-returns", "Ferry line to the outer islands returns"),
    ]
    assert article.related[0].summary == "The last stone was broken on Tuesday."
    assert "Quarry closes" not in article.text


def test_a_dateline_is_told_apart_and_stays_in_the_text() -> None:
    article = extract(page(f"PORT HOLLIS, Tern Island – {TEXT[0]}", *TEXT[1:]), URL)
    assert article.dateline == "PORT HOLLIS, Tern Island"
    assert article.text.startswith("PORT HOLLIS")


def test_a_paid_story_keeps_what_is_there_and_says_so() -> None:
    claims = {"@type": "NewsArticle", "headline": "Eastern mole is late again", "isAccessibleForFree": False}
    head = f"<script type='application/ld+json'>{json.dumps(claims)}</script>"
    article = extract(page(*TEXT[:2], head=head), URL)
    assert article.reason == "paywall"
    assert article.text.split("\n") == list(TEXT[:2])


def test_text_that_only_the_claims_hold() -> None:
    claims = {"@type": "NewsArticle", "headline": "Eastern mole is late again", "articleBody": "\n".join(TEXT)}
    shell = (
        f"<title>x</title><script type='application/ld+json'>{json.dumps(claims)}</script>"
        "<body><div id=root></div></body>"
    )
    assert extract(shell.encode(), URL).text.split("\n") == list(TEXT)


def test_pages_of_one_story_are_joined_each_paragraph_once() -> None:
    first = page(*TEXT[:3], head='<link rel=next href="/news/2026/mole?page=2">')
    second = page(TEXT[2], TEXT[3], head='<link rel=next href="/news/2026/mole?page=1">')
    article, following = extract_page(first, URL)
    assert following == f"{URL}?page=2"
    rest, end = extract_page(second, following)
    assert end == ""
    assert join([article, rest]).text.split("\n") == list(TEXT)


@pytest.mark.parametrize(
    ("markup", "kind", "reason"),
    [
        (
            "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this.",
            Blocked,
            "access denied",
        ),
        ("<title>Just a moment...</title><p>Checking your browser before you go on.</p>", Blocked, "challenge"),
        (
            "<title>Your privacy</title><p>Before you continue, we value your privacy.</p><button>OK</button>",
            Blocked,
            "consent",
        ),
        ("<title>Sign in</title><form><p>Log in to read on</p><input type=password></form>", Blocked, "login"),
        ("<title>Gazette</title><p>This story is for subscribers. Subscribe to go on.</p>", Blocked, "paywall"),
        ("<title>Gazette</title><div id=root></div><script>start()</script>", NotAnArticle, "needs JavaScript"),
        (
            "<title>News</title>" + "<li><a href=/a/b>One of the stories of today</a></li>" * 60,
            NotAnArticle,
            "section page",
        ),
        ("", NotAnArticle, "not an article"),
    ],
)
def test_a_page_that_is_no_article_says_what_it_is(markup: str, kind: type[NotNews], reason: str) -> None:
    with pytest.raises(kind) as caught:
        extract(markup.encode(), URL)
    assert caught.value.reason == reason
    assert caught.value.url == URL


def test_a_line_for_every_text_block() -> None:
    lines = explain(page(*TEXT), URL)
    assert [line.split()[0] for line in lines] == ["drop", "keep", "keep", "keep", "keep"]
    assert "same:headline" in lines[0]


def test_a_fragment_is_kept_whole() -> None:
    blocks = extract_fragment("<p>One <a href=/b>link</a>.</p><blockquote><p>Said.</p></blockquote>", URL)
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Quote"]
