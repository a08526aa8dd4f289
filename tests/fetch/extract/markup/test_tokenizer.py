"""Tokens from the middle of a page: what is open around them is opened, and not read as a whole once more."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from fetch.extract.markup import tokenizer
from fetch.extract.markup.tokenizer import tokenize_from
from fetch.extract.markup.tokens import TextBlock


@pytest.mark.parametrize(
    "around",
    [
        "<pre>{}</pre>",
        "<code>a<br>{}</code>",
        "<sup>12{}</sup>",
        "<del>old{}</del>",
        "<table class=highlight><tr><td>{}",
    ],
)
def test_what_is_open_around_a_node_is_not_read_as_a_whole(around: str) -> None:
    page = LexborHTMLParser(around.format("<span>Before it.</span><b id=here>The council voted.</b>"))
    start = page.css_first("#here")
    assert start is not None
    said = " ".join(token.text for token in tokenize_from(start) if isinstance(token, TextBlock))
    assert said.count("The council voted.") == 1
    assert "Before it." not in said


def test_elements_read_as_a_whole_within_each_other_are_not_read_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(tokenizer, "code_in", lambda node: read.append(node) or pytest.fail("read as a whole"))
    page = LexborHTMLParser("<pre>" * 300 + "<b id=here>The council voted.</b>")
    start = page.css_first("#here")
    assert start is not None
    assert tokenize_from(start)
    assert read == []


def test_no_more_texts_are_read_than_are_asked_for() -> None:
    page = LexborHTMLParser("<ul>" + "".join(f"<li>The council voted {at} times." for at in range(50)) + "</ul>")
    start = page.css_first("li")
    assert start is not None
    read = [token.text for token in tokenize_from(start, most=3) if isinstance(token, TextBlock)]
    assert read == [f"The council voted {at} times." for at in range(3)]


@pytest.mark.parametrize("name", ["p", "b", "made-up", "foreignobject"])
def test_the_parsers_numbers_stand_for_names(name: str) -> None:
    read = []
    for around in (name, "section", name):
        page = LexborHTMLParser(f"<body>Before.<p><{around}>The council voted.</{around}>")
        assert page.body is not None
        assert page.body.first_child is not None
        assert page.body.first_child.tag_id == tokenizer._TEXT
        read.append([token.text for token in tokenizer.tokenize(page.body) if isinstance(token, TextBlock)])
    assert read == [["Before.", "The council voted."]] * 3
