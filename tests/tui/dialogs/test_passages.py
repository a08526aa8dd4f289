"""A passage is said to be no part of the story, by key, and is part of it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cache.site import ArticlePassage, SiteRule
from cache.writes import sites
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source
from tests.tui.conftest import Opening
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.passages import _offers
from tui.screen.browsing import on_clipboard
from tui.screen.main import MainScreen
from tui.screen.teaching import _in_view

pytestmark = pytest.mark.anyio

PROMPT = "Sign up for our weekly letter from the coast and read it first."
MORE = "Read more: why the {} ferry is late"


def paper(home: Path, *, prompts: int = 1) -> None:
    """Three stories of one site, the newest first; so many end with the prompt."""
    with Store(home / "library.db") as store:
        source = store.sources.add(Source("https://paper.example/feed", "feed", title="The Paper"))
        for number, name in enumerate(("Lighthouse", "Orchard", "Quarry")):
            when = datetime.now(UTC) - timedelta(minutes=number)
            url, headline = f"https://paper.example/{name}", f"{name} council votes"
            said = [f"{word} members of the {name} council voted in the evening." for word in ("All", "Most", "No")]
            said = [*said, MORE.format(name), *[PROMPT] * (number < prompts)]
            body = tuple(Paragraph((Span(text),)) for text in said)
            wanted = store.entries.store_teaser(source, Teaser(url, headline, "", when), when.timestamp())
            assert wanted
            article = Article(url, headline, body, published=when)
            store.articles.store_article(wanted.entry_id, article, when.timestamp())


def text(pilot: object) -> str:
    article = main_screen(pilot).library.article(main_screen(pilot).articles.entry.id)
    return article.text


async def test_a_passage_is_left_out_by_three_keys_and_undo_brings_it_back(home: Path, opened: Opening) -> None:
    paper(home)
    async with opened() as pilot:
        await press(pilot, "enter", "X", *"weekly", "enter")
        assert PROMPT not in text(pilot)
        assert "Left out from now on, wherever paper.example prints it. u brings it back." in screen(pilot)
        await press(pilot, "G")
        assert "Left out here: 1 passage" in screen(pilot)
        await press(pilot, "u")
        assert PROMPT in text(pilot)
        assert "paper.example is read as before" in screen(pilot)


async def test_all_that_begin_so_go_on_every_page_of_the_site(home: Path, opened: Opening) -> None:
    paper(home)
    async with opened() as pilot:
        await press(pilot, "enter", "X", *"all read more", "enter")
        assert "Read more" not in text(pilot)
        await press(pilot, "n")
        assert "Read more" not in text(pilot)
        await press(pilot, "X", *"more", "enter")
        assert "Read more: why the Orchard ferry" in text(pilot)


async def test_what_recurs_is_told_and_brought_back(home: Path, opened: Opening) -> None:
    paper(home, prompts=3)
    async with opened() as pilot:
        await press(pilot, "enter")
        assert PROMPT not in text(pilot)
        await press(pilot, "X")
        assert "recurs, left out" in screen(pilot)
        await press(pilot, *"weekly", "enter")
        assert PROMPT in text(pilot)


async def test_what_is_brought_back_is_there_though_it_recurs_and_other_rules_mean_it(
    home: Path, opened: Opening
) -> None:
    paper(home, prompts=3)
    with Store(home / "library.db") as store:
        sites.teach(
            store.connection,
            [SiteRule("paper.example", PROMPT), SiteRule("paper.example", "Sign up for our", "begins")],
        )
    async with opened() as pilot:
        await press(pilot, "enter")
        assert PROMPT not in text(pilot)
        await press(pilot, "X", *"weekly", "enter")
        assert "Part of the story again" in screen(pilot)
        assert PROMPT in text(pilot)
        await press(pilot, "u")
        assert PROMPT not in text(pilot)


async def test_a_beginning_is_forgotten_where_it_was_taught(home: Path, opened: Opening) -> None:
    paper(home)
    async with opened() as pilot:
        await press(pilot, "enter", "X", *"all read more", "enter", "n", "X", *"all read more", "enter")
        assert "Read more" in text(pilot)
        assert main_screen(pilot).library.site_rules() == []


@pytest.mark.parametrize("passage", ["相关阅读：渡轮为何晚点", "Read more: why", "Читайте также: паром"])
def test_a_beginning_is_offered_in_any_script(passage: str) -> None:
    offered = [choice.label for choice, _ in _offers("paper.example", ArticlePassage(0, passage), ())]
    assert len(offered) == 2


async def test_why_it_is_left_out_stands_whole_beside_a_passage_that_is_cut(home: Path, opened: Opening) -> None:
    paper(home, prompts=3)
    async with opened(80, 24) as pilot:
        await press(pilot, "enter", "X")
        row = next(row for row in screen(pilot).splitlines() if "Sign up" in row)
        assert "…  recurs, left out" in row


def test_the_passage_in_view_is_told_by_its_letters() -> None:
    said = [ArticlePassage(place, "a b c d e, f! " * 10) for place in range(40)]
    assert [_in_view(said, offset) for offset in (-30, 0, 59, 60, 60 * 30 + 5, 60 * 90)] == [0, 0, 0, 1, 30, 39]
    said[0] = ArticlePassage(0, "left out " * 10, "told")
    assert _in_view(said, 0) == 1


async def test_escape_leaves_all_as_it_was(home: Path, opened: Opening) -> None:
    paper(home)
    async with opened() as pilot:
        await press(pilot, "enter", "X", "escape", "X", *"weekly", "escape")
        assert isinstance(pilot.app.screen, MainScreen)
        assert main_screen(pilot).library.site_rules() == []


async def test_a_passage_is_copied_with_its_source(home: Path, opened: Opening) -> None:
    paper(home)
    async with opened() as pilot:
        await press(pilot, "enter", "X", "down", "ctrl+y")
        copied = pilot.app.clipboard
        assert copied.startswith("> Most members of the Lighthouse council voted in the evening.\n>\n> — “Lighthouse")
        assert "<https://paper.example/Lighthouse>" in copied
        assert "The passage is on the clipboard, with the source." in screen(pilot)
        await press(pilot, "X", *"nothing that is there", "ctrl+y", "escape")
        assert pilot.app.clipboard == copied
        assert PROMPT in text(pilot), "nothing was taught"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, True),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
    ],
)
def test_a_terminal_that_takes_nothing_for_the_clipboard_is_told(environment: dict[str, str], said: bool) -> None:
    assert (on_clipboard("Copied.", environment) == "Copied.") is said
