"""Back a level with q and escape; what stands on a timeline leads back there, at its place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.events import Key

from cache.paths import places
from cache.writes.store import Store
from fetch.article import Article
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW, edition, paragraph, shelve
from tests.tui.pilot import headline, main_screen, press, screen

pytestmark = pytest.mark.anyio

LAUNCH = (
    "The Orlan yard in Port Maren launched the frigate Vestra with {} guns. Admiral Dunja Kest came to the launch. "
    "The yard worked through the winter on the ship. The frigate will sail in autumn."
)
PAPERS = ("Herald", "Courier", "Echo", "Mirror")


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A library with four reports of a launch, the oldest first among the papers."""
    home = tmp_path / "told"
    reports = [
        Article(
            f"https://{paper.lower()}.example/launch",
            f"Frigate Vestra launched, says the {paper}",
            (paragraph(LAUNCH.format(10 + at)), paragraph(f"The {paper} has seen {at} more things on the quay.")),
            published=NOW - timedelta(hours=9 - at),
            source=paper,
        )
        for at, paper in enumerate(PAPERS)
    ]
    shelve(home, reports[::-1])
    with Store(places(home).library) as store:
        store.stories.assign_all()
    return home


@pytest.mark.parametrize("key", ["q", "escape"])
@pytest.mark.parametrize("width", [60, 100, 120])
async def test_a_level_at_a_time_up_to_the_list(opened: Opening, key: str, width: int) -> None:
    async with opened(width, 30) as pilot:
        main = main_screen(pilot)
        await press(pilot, "slash", *"ferry", "enter", "enter")
        assert main.reader.has_focus
        if width > 60:  # where one pane fits it has the whole screen
            await press(pilot, "z", key)
        assert (main.focused, main.has_class("-zoomed")) == (main.reader, False)
        await press(pilot, key)
        assert main.focused is main.article_list
        assert main.listing.section.sought
        await press(pilot, key)
        assert main.listing.section.title == "All stories"
        await press(pilot, key)
        assert pilot.app.is_running == (key == "escape")


async def test_from_related_stories_back_to_the_article(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", "tab", "q")
        assert main.focused is main.reader


async def test_a_search_is_left_to_where_it_was_begun(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "v", "j", "j")
        highlighted = main.article_list.highlighted
        await press(pilot, "slash", *"lighthouse", "enter")
        assert main.article_list.highlighted != highlighted
        await press(pilot, "escape")
        assert (main.listing.section.title, main.article_list.highlighted) == ("Unread", highlighted)


async def test_q_leaves_only_from_the_list(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "q")
        assert pilot.app.is_running
        await press(pilot, "q")
        assert not pilot.app.is_running


async def test_ctrl_q_leaves_from_anywhere(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "slash", "a", "ctrl+q")
        assert not pilot.app.is_running


async def test_a_list_that_was_hidden_is_there_again_when_one_goes_back_to_it(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", "backslash", "q")
        assert (main.focused, main.article_list.display) == (main.article_list, True)


@pytest.mark.parametrize("back", ["q", "escape", "H"])
async def test_a_report_opened_on_a_timeline_leads_back_to_its_place_there(
    opened: Opening, told: Path, back: str
) -> None:
    async with opened(100, 14, at=told) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", "t", "right_curly_bracket", "right_curly_bracket")
        assert "FOLLOW THE STORY" not in screen(pilot), "a place further down"
        first_open, place = headline(pilot), main.reader.scroll_offset.y
        await press(pilot, "f", "2")
        assert headline(pilot) != first_open
        await press(pilot, back)
        await until(pilot, lambda: main.articles.page == "The story so far")
        assert (headline(pilot), main.reader.scroll_offset.y) == (first_open, place)
        await press(pilot, "q")
        assert (main.articles.page, headline(pilot), main.focused) == ("", first_open, main.reader)
        await press(pilot, "q")
        assert main.focused is main.article_list


async def test_keys_go_from_report_to_report(opened: Opening, told: Path) -> None:
    async with opened(at=told) as pilot:
        main_screen(pilot).articles.open("https://herald.example/launch")
        await settled(pilot)
        for paper in PAPERS[1:]:
            await press(pilot, "right_curly_bracket")
            assert paper in headline(pilot)
        await press(pilot, "right_curly_bracket")
        assert "last report" in screen(pilot)
        await press(pilot, "left_curly_bracket")
        assert PAPERS[2] in headline(pilot)


async def test_an_article_without_other_reports_says_so(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "right_curly_bracket")
        assert headline(pilot) == edition()[0].headline
        assert "No other report" in screen(pilot)


async def test_keys_typed_at_once_each_go_back_a_level(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "slash", *"ferry", "enter", "enter", "z")
        for key in "qqqj":
            pilot.app.post_message(Key(key, key))
        await settled(pilot)
        assert (main.focused, main.listing.section.title) == (main.article_list, "All stories")
        assert main.article_list.index == 1


@pytest.mark.parametrize("key", ["slash", "B", "question_mark", "S"])
async def test_a_key_that_is_heard_when_the_reader_has_left_is_nothing(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        app = pilot.app
        app.exit()
    await app.on_event(Key(key, None))
    assert app.return_code == 0
