"""Opening articles with panes that only take note: the list, the history, dwelling, the pages over an article."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.newsroom import edition
from tests.tui.screen.conftest import Harness, ListStandIn
from tui.screen.article_pages import ArticlePages
from tui.screen.pane_layout import Panes
from tui.screen.reading import OpenArticles

pytestmark = pytest.mark.anyio


class ReaderStandIn:
    """Stands in for the reading pane."""

    has_focus = True

    def __init__(self) -> None:
        self.text_offset = 0
        self.shown: list[str] = []
        self.notices: list[str] = []

    def show(self, entry: Any, article: Any, *, notice: str, text_offset: int, **_: object) -> None:
        self.shown.append(entry.headline if entry else article.headline if article else "")
        self.notices.append(notice)
        self.text_offset = text_offset

    def show_page(self, title: str, _: object, *, text_offset: int = 0) -> None:
        self.shown.append(title)
        self.text_offset = text_offset

    def show_end(self, stories: Any, following: Any) -> None:
        self.end = (stories, following)

    def show_highlights(self, highlights: Any) -> None:
        self.highlights = highlights

    def say(self, *sentences: str) -> None:
        self.shown.append(sentences[0])


class RelatedStandIn:
    """Stands in for the sidebar."""

    display = True

    def __init__(self) -> None:
        self.stories: Any = ()

    def show(self, stories: Any) -> None:
        self.stories = stories


@pytest.fixture
def panes(article_list: ListStandIn) -> Panes:
    return Panes(article_list, ReaderStandIn(), RelatedStandIn())


@pytest.fixture
def articles(harness: Harness, panes: Panes) -> OpenArticles:
    return OpenArticles(harness.context, panes, harness.writing, lambda _: None)


async def test_the_first_article_lies_open_unread(harness: Harness, panes: Panes, articles: OpenArticles) -> None:
    articles.open_first()
    articles.open_first()
    await harness.done()
    assert panes.reader.shown == [edition()[0].headline]
    assert not harness.library.entry(panes.article_list.ids[0]).read
    assert panes.related.stories == harness.library.related(panes.article_list.ids[0])


async def test_what_is_dwelt_on_becomes_read_and_what_is_passed_by_does_not(
    harness: Harness, panes: Panes, articles: OpenArticles
) -> None:
    for _ in range(3):
        articles.open_next(1)
    await harness.done()
    read = [harness.library.entry(entry_id).read for entry_id in panes.article_list.ids[:5]]
    assert read == [False, False, False, True, False]
    assert panes.article_list.ids[4] in articles.dwelling.prefetch._asked, "the next one is being prepared"


async def test_back_comes_to_the_place_that_was_left(harness: Harness, panes: Panes, articles: OpenArticles) -> None:
    first, second = panes.article_list.ids[:2]
    articles.open(first)
    panes.reader.text_offset = 240
    articles.open(second)
    await harness.done()
    assert harness.library.scroll(first) == 240
    articles.go(-1)
    assert (articles.entry.id, panes.reader.text_offset) == (first, 240)
    articles.go(-1)
    assert harness.said[-1] == "The trail ends here."


async def test_the_next_unread_skips_what_is_read(harness: Harness, panes: Panes, articles: OpenArticles) -> None:
    await harness.library.mark_read(panes.article_list.ids[1:3])
    articles.open_next_unread(1)
    assert articles.entry.id == panes.article_list.ids[3]
    await harness.library.mark_read(harness.library.ids())
    articles.open_next_unread(1)
    assert harness.said[-1] == "No unread article in this direction."


async def test_what_cannot_be_had_is_said_and_stays_open(
    harness: Harness, panes: Panes, articles: OpenArticles
) -> None:
    articles.open("http://127.0.0.1:9/nobody")
    assert panes.reader.shown == ["Fetching 127.0.0.1 …"]
    await harness.done()
    assert "127.0.0.1" in " ".join([*harness.said, *panes.reader.shown, *panes.reader.notices])


async def test_a_page_over_an_article_goes_with_the_key_it_came_with(
    harness: Harness, panes: Panes, articles: OpenArticles
) -> None:
    pages = ArticlePages(harness.context, panes.reader, articles)
    pages.toggle_story()
    assert harness.tasks == [], "nothing is open"
    entry_id = panes.article_list.ids[0]
    articles.open(entry_id)
    panes.reader.text_offset = 120
    articles.show_page("The story so far", lambda _: iter(()))
    assert (articles.page, articles.text_offset) == ("The story so far", 120), "the article's own place is kept"
    pages.toggle_story()
    assert (articles.page, panes.reader.text_offset) == ("", 120)


async def test_an_article_that_never_changed_has_no_page_of_changes(
    harness: Harness, panes: Panes, articles: OpenArticles
) -> None:
    articles.open(panes.article_list.ids[0])
    ArticlePages(harness.context, panes.reader, articles).toggle_changes()
    await harness.done()
    assert "as it was" in " ".join(harness.said)
    assert articles.page == ""


async def test_an_article_that_counts_as_read_says_whose_text_it_repeats(
    harness: Harness, panes: Panes, articles: OpenArticles, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, first = (harness.library.entry(entry_id) for entry_id in panes.article_list.ids[:2])
    monkeypatch.setattr(harness.library, "repeated", {copy.id: first._replace(source="The {main.mark|Herald}")}.get)
    articles.open(copy.id)
    assert panes.reader.notices[-1] == "", "it is unread: nothing is to be said"
    await harness.library.mark_read([copy.id])
    articles.open(copy.id)
    assert panes.reader.notices[-1] == (
        "As read: The {main.mark|Herald} has the same text. m makes it unread, and so it stays."
    )
