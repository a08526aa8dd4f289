"""A brief for print: foreign text is text in every form, and foreign addresses lead to the web or nowhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from cache.entry import Entry
from cache.front_page import Brief, BriefStory, Front, FrontStory, StoryDetail
from tui.typeset import brief as printed

AT = datetime(2031, 3, 3, 9, tzinfo=UTC)


def brief(headline: str, url: str) -> Brief:
    story = FrontStory(1, headline, 1, 1, (1,), (1,), 1, 0, (), False, AT, AT, 1, section=headline)
    page = Front(AT, AT, AT, (story,))
    return Brief(page, ((headline, (BriefStory(story, StoryDetail(), (Entry(1, url, headline, source=headline),)),)),))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)//x.xhtml",
        "data:text/html,x.xhtml",
        "../../7.xhtml",
        "broadsheet:handbook/x",
        "",
        "7.xhtml\n",
    ],
)
def test_an_address_that_is_not_of_the_web_is_no_link(url):
    whole = brief("Ferry sinks", url)
    assert "href" not in printed.html_body(whole, AT, lambda entry: entry.url)
    assert "](" not in printed.markdown(whole, AT)


def test_a_chapter_of_the_book_and_the_web_are_links():
    assert 'href="7.xhtml"' in printed.html_body(brief("Ferry", "x"), AT, lambda _: "7.xhtml")
    assert 'href="https://a.example/?b=1&amp;c=&quot;"' in printed.html(
        brief("Ferry", 'https://a.example/?b=1&c="'), AT
    )
    assert "](https://a.example/%28b%29%20c)" in printed.markdown(brief("Ferry", "https://a.example/(b) c"), AT)


def test_a_headline_leads_to_the_report_that_has_it_and_the_one_to_open_first_stands_first_below() -> None:
    whole = brief("Ferry sinks", "https://a.example/best")
    ((name, (story,)),) = whole.sections
    entries = (Entry(2, "https://b.example/best", "34 missing"), Entry(1, "https://a.example/central", "Ferry sinks"))
    two = Brief(whole.page, ((name, (BriefStory(story.story, story.detail, entries),)),))
    assert "### [Ferry sinks](https://a.example/central)\n" in printed.markdown(two, AT)
    assert '<h3><a href="https://a.example/central">Ferry sinks</a></h3>' in printed.html(two, AT)
    assert '<h3><a href="1.xhtml">Ferry sinks</a></h3>' in printed.html_body(two, AT, lambda one: f"{one.id}.xhtml")
    assert printed.markdown(two, AT).index("- [34 missing]") < printed.markdown(two, AT).index("- [Ferry sinks]")
    gone = Brief(whole.page, ((name, (BriefStory(story.story, story.detail, entries[:1]),)),))
    assert "### Ferry sinks\n" in printed.markdown(gone, AT)
    assert "<h3>Ferry sinks</h3>" in printed.html(gone, AT)


def test_a_story_without_a_headline_says_so_in_every_form():
    whole = brief("", "https://a.example/")
    said = "A story without a headline"
    assert (said, "headline") in printed.lines(whole, AT, 60)
    assert f"[{said}](https://a.example/)" in printed.markdown(whole, AT)
    assert f">{said}</a></h3>" in printed.html(whole, AT)
    assert any("https://a.example/ (number 1)" in line for line, _ in printed.lines(whole, AT, 60))


def test_a_report_of_no_source_begins_with_no_colon():
    sourced = brief("Ferry", "https://a.example/")
    ((name, (story,)),) = sourced.sections
    whole = Brief(
        sourced.page, ((name, (BriefStory(story.story, story.detail, (Entry(1, "https://a.example/", "Ferry"),)),)),)
    )
    assert "\n- [Ferry](https://a.example/)\n" in printed.markdown(whole, AT)
    assert '<li><a href="https://a.example/">Ferry</a></li>' in printed.html(whole, AT)
    assert ("  - Ferry (number 1)", "text") in printed.lines(whole, AT, 60)


@pytest.mark.parametrize(
    "odd",
    [
        "<script>alert(1)</script>",
        "]]>&amp;",
        "\x00\x1b[31m\u202ex",
        "# x\n1. y\n- z",
        "`a` [b](c) ![d](e) ~f~ |",
        "\ud800",
    ],
)
def test_foreign_text_is_text(odd):
    whole = brief(odd, "https://a.example/")
    html = printed.html_body(whole, AT, lambda entry: entry.url)
    ElementTree.fromstring(f"<body>{html}</body>".encode("utf-8", "replace"))
    assert "<script>" not in html
    markdown = printed.markdown(whole, AT)
    assert not re.search(r"(?<!\\)[`|~]|(?<!\\)<|!\[(?!\\)", markdown.replace("![d\\]", ""))
    assert not any(mark in markdown + html for mark in "\x00\x1b\u202e")
    assert len(list(printed.lines(whole, AT, 40))) > 4
