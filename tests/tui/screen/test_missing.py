"""A passage that is missing in the open article, by a key: its page is fetched again, and the passage stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fetch.article import Article, KeptByRule, Paragraph, Span
from fetch.passages import DroppedPassage
from tests.loopback import Loopback
from tests.newsroom import page, publish, refresh, subscribe, text
from tests.tui.conftest import Opening, settled, until
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.missing import MOST_OFFERED, MissingDialog, nearest
from tui.screen.main import MainScreen
from tui.screen.reading_place import place_in

pytestmark = pytest.mark.anyio

CAISSON = "The first caisson weighs 900 tonnes and stands on gravel."
SLUG = "eastern-mole"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        publish(running, SLUG)
        told = text(SLUG).split("</p>")
        box = f"<div class='comments note-7'><p>{CAISSON}</p></div>"
        running.put(f"/news/{SLUG}", page(SLUG, f"{told[0]}</p>{box}{'</p>'.join(told[1:])}"))
        yield running


@pytest.fixture
async def paper(site: Loopback, tmp_path: Path) -> Path:
    home = tmp_path / "paper"
    subscribe(home / "library.db", site.url("/feed"))
    await refresh(home / "library.db")
    return home


def said(pilot: Pilot[None]) -> str:
    entry = main_screen(pilot).articles.entry
    article = main_screen(pilot).library.article(entry.id) if entry else None
    return article.text if article else ""


async def asked(pilot: Pilot[None]) -> None:
    """The first article is open, and what is missing in it is offered."""
    await press(pilot, "enter", "exclamation_mark")
    await until(pilot, lambda: isinstance(pilot.app.screen, MissingDialog))
    await settled(pilot)


async def test_a_passage_is_part_of_the_story_by_two_keys_and_undo_takes_it_out(paper: Path, opened: Opening) -> None:
    async with opened(at=paper) as pilot:
        await asked(pilot)
        assert CAISSON in screen(pilot)
        assert "Fetching" not in screen(pilot)
        await press(pilot, *"caisson", "enter")
        await settled(pilot)
        assert said(pilot).split("\n")[1] == CAISSON
        assert "The first caisson" in screen(pilot), "it stands in the text on screen"
        assert "Part of the story; u takes it out again. So is all that 127.0.0.1 prints in “div.comm" in screen(pilot)
        assert "changed this article" not in screen(pilot)
        await press(pilot, "u")
        await settled(pilot)
        assert CAISSON not in said(pilot)
        assert "The first caisson" not in screen(pilot)
        assert main_screen(pilot).library.site_rules() == []


async def test_its_rule_is_listed_with_the_passages_of_its_site_and_forgotten_there(
    paper: Path, opened: Opening
) -> None:
    async with opened(at=paper) as pilot:
        await asked(pilot)
        await press(pilot, *"caisson", "enter")
        await settled(pilot)
        await press(pilot, "X", *"all stands", "enter")
        await settled(pilot)
        assert main_screen(pilot).library.site_rules() == []
        assert CAISSON not in said(pilot)
        await press(pilot, "u")
        await settled(pilot)
        assert CAISSON in said(pilot)


async def test_its_words_alone_are_taken_too_and_escape_takes_nothing(paper: Path, opened: Opening) -> None:
    async with opened(at=paper) as pilot:
        await asked(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
        assert CAISSON not in said(pilot)
        await press(pilot, "exclamation_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, MissingDialog))
        await press(pilot, *"these caisson", "enter")
        await settled(pilot)
        assert CAISSON in said(pilot)
        assert [(rule.how, rule.text, rule.kept) for rule in main_screen(pilot).library.site_rules()] == [
            ("same", CAISSON, True)
        ]


@pytest.mark.parametrize(("keys", "first"), [("p", CAISSON), ("pjj", "Imprint")])
async def test_the_nearest_behind_the_chosen_passage_is_at_hand(
    paper: Path, opened: Opening, keys: str, first: str
) -> None:
    async with opened(at=paper) as pilot:
        await press(pilot, "enter", *keys, "exclamation_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, MissingDialog))
        dialog = pilot.app.screen
        assert isinstance(dialog, MissingDialog)
        assert dialog._offered[dialog.choices.index][0].label == first


async def test_offline_and_where_there_is_no_page_a_sentence_says_so(
    paper: Path, home: Path, site: Loopback, opened: Opening
) -> None:
    site.stop()
    async with opened(140, at=paper) as pilot:
        await press(pilot, "enter", "exclamation_mark")
        await until(pilot, lambda: "What is missing is looked for on the page itself." in screen(pilot))
    async with opened(140) as pilot:
        await press(pilot, "exclamation_mark")
        assert "Fetching" not in screen(pilot)


async def test_a_page_that_holds_nothing_more_is_told_of(paper: Path, site: Loopback, opened: Opening) -> None:
    site.put(f"/news/{SLUG}", page(SLUG).replace("<footer>", "<!--").replace("</footer>", "-->"))
    async with opened(140, at=paper) as pilot:
        await press(pilot, "enter", "exclamation_mark")
        await until(pilot, lambda: "holds nothing beside this text" in screen(pilot))


def test_thenearest_passages_are_offered_in_the_order_of_the_page() -> None:
    passages = [DroppedPassage(f"Passage {n}", n * 100) for n in range(100)]
    near = nearest(passages, 5000)
    assert len(near) == MOST_OFFERED
    assert near == sorted(near, key=lambda passage: passage.before)
    assert passages[50] in near
    assert passages[0] not in near


@pytest.mark.parametrize(("before", "after"), [(0, 0), (5, 5), (12, 22), (30, 40), (99, 109)])
def test_a_passage_above_moves_the_place_with_its_letters(before: int, after: int) -> None:
    body = [Paragraph((Span("a" * 10),)), Paragraph((Span("b" * 10),)), Paragraph((Span("c" * 10),))]
    more = [body[0], Paragraph((Span("x" * 10),)), *body[1:]]
    own = Article("https://a.example/1", "One", tuple(body))
    kept = Article("https://a.example/1", "One", tuple(more), by_rule=(KeptByRule(1, "same", "x"),))
    assert place_in(kept, own, before) == after
    assert place_in(own, kept, after) == before
