"""Reading as a reader does it: keys in, the screen out."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import edition
from tests.tui.pilot import headline, main_screen, press, screen
from tui.passing_on import PassedOn
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_the_paper_opens_on_its_first_story_without_reading_it(opened: Opening) -> None:
    async with opened() as pilot:
        first = edition()[0].headline
        assert headline(pilot) == first
        assert not main_screen(pilot).library.entry(main_screen(pilot).articles.entry.id).read
        assert "B R O A D S H E E T" in screen(pilot)
        assert "Sunday, 22 November 2026" in screen(pilot)


async def test_enter_opens_the_highlighted_article_and_marks_it_read(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "down", "enter")
        assert headline(pilot) == edition()[1].headline
        assert main_screen(pilot).context.known(main_screen(pilot).articles.entry.id).read
        assert main_screen(pilot).focused is main_screen(pilot).reader


async def test_next_and_previous_walk_the_list(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "n", "n", "N")
        assert headline(pilot) == edition()[1].headline


async def test_the_next_unread_skips_what_is_read(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "down", "m", "g", "right_square_bracket")
        assert headline(pilot) == edition()[2].headline


async def test_back_and_forward_keep_the_place_in_the_article(opened: Opening) -> None:
    async with opened(120, 25) as pilot:
        await press(pilot, "enter", "pagedown")
        left_at = main_screen(pilot).reader.scroll_offset.y
        assert left_at > 0
        await press(pilot, "n", "H")
        assert headline(pilot) == edition()[0].headline
        assert main_screen(pilot).reader.scroll_offset.y == left_at
        await press(pilot, "L")
        assert headline(pilot) == edition()[1].headline


async def test_space_reads_on_and_then_opens_the_next_unread(opened: Opening) -> None:
    async with opened(120, 60) as pilot:
        await press(pilot, "n")
        assert headline(pilot) == edition()[1].headline
        await press(pilot, "space")
        assert headline(pilot) == edition()[2].headline


async def test_a_number_opens_the_related_story(opened: Opening) -> None:
    async with opened() as pilot:
        stories = main_screen(pilot).related.stories
        assert stories
        await press(pilot, "enter", "1")
        assert main_screen(pilot).articles.entry.id == stories[0].entry_id


async def test_a_click_opens_a_headline(opened: Opening) -> None:
    async with opened() as pilot:
        await pilot.click("#article-list", offset=(10, 1 + 2 * main_screen(pilot).article_list.rows.height))
        await settled(pilot)
        assert headline(pilot) == edition()[2].headline


async def test_brackets_in_a_headline_are_not_markup(opened: Opening) -> None:
    async with opened() as pilot:
        assert "[Exclusive] Ferry company" in screen(pilot)


async def test_undo_takes_back_a_mark(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "m")
        first = main_screen(pilot).article_list.highlighted
        assert main_screen(pilot).context.known(first).read
        await press(pilot, "u")
        assert not main_screen(pilot).context.known(first).read


async def test_mark_all_read_leaves_nothing_unread_and_undo_brings_it_back(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "A")
        assert main_screen(pilot).library.count("is:unread") == 0
        await press(pilot, "u")
        assert main_screen(pilot).library.count("is:unread") == len(edition())


async def test_saved_articles_have_their_section(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "down", "s", "v", "v")
        assert main_screen(pilot).listing.section.title == "Saved"
        assert len(main_screen(pilot).article_list.ids) == 1
        assert "★" in screen(pilot)


async def test_search_narrows_as_you_type_and_escape_brings_the_list_back(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"lighthouse")
        assert [
            entry.headline for entry in main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)
        ] == [edition()[5].headline]
        await press(pilot, "escape")
        assert len(main_screen(pilot).article_list.ids) == len(edition())


async def test_a_search_shows_the_place_it_found(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"tonnes")
        await until(pilot, lambda: "vessel above 300 tonnes" in " ".join(screen(pilot).split()))
        assert "Search: tonnes · 1" in screen(pilot)


async def test_search_is_kept_with_enter(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"buoy", "enter", "enter")
        assert headline(pilot) == edition()[4].headline


async def test_a_link_is_followed_by_its_number(opened: Opening) -> None:
    async with opened() as pilot:
        main_screen(pilot).articles.open(edition()[0].url)
        await settled(pilot)
        assert main_screen(pilot).reader.hrefs[1] == "https://video.example/night-passage"
        await press(pilot, "f", "9", "enter")
        assert "There is no link 9." in screen(pilot)


@pytest.mark.parametrize(
    ("width", "shown"),
    [(120, ["article-list", "reader", "related"]), (100, ["article-list", "reader"]), (70, ["article-list"])],
)
async def test_panes_fold_with_the_width(opened: Opening, width: int, shown: list[str]) -> None:
    async with opened(width, 30) as pilot:
        assert [pane.id for pane in main_screen(pilot).pane_layout.shown()] == shown


async def test_the_sidebar_comes_with_its_key_where_the_list_stood(opened: Opening) -> None:
    async with opened(100, 30) as pilot:
        await press(pilot, "i")
        assert [pane.id for pane in main_screen(pilot).pane_layout.shown()] == ["reader", "related"]
        await press(pilot, "i")
        assert [pane.id for pane in main_screen(pilot).pane_layout.shown()] == ["article-list", "reader"]


async def test_a_pane_that_has_the_keys_is_not_drawn_again_for_them(opened: Opening) -> None:
    async with opened() as pilot:
        for pane in (main_screen(pilot).article_list, main_screen(pilot).reader):
            main_screen(pilot).pane_layout.reveal(pane)
            await settled(pilot)
            main_screen(pilot).pane_layout.reveal(pane)
            assert not pane._repaint_required


async def test_one_pane_at_a_time_goes_in_and_out(opened: Opening) -> None:
    async with opened(70, 24) as pilot:
        await press(pilot, "enter")
        assert [pane.id for pane in main_screen(pilot).pane_layout.shown()] == ["reader"]
        await press(pilot, "escape")
        assert [pane.id for pane in main_screen(pilot).pane_layout.shown()] == ["article-list"]


async def test_every_key_has_an_id_and_says_what_it_does() -> None:
    from tui import bindings as keys
    from tui.panes.article_list import ArticleList
    from tui.panes.reader import ReaderPane
    from tui.panes.related import RelatedStories

    bindings = [*keys.BINDINGS, *ArticleList.BINDINGS, *ReaderPane.BINDINGS, *RelatedStories.BINDINGS]
    assert all(binding.id and binding.tooltip for binding in bindings)
    assert len({binding.id for binding in bindings}) == len(bindings)


def test_every_key_has_its_action_on_the_main_screen() -> None:
    from tui import bindings

    actions = {binding.action.partition("(")[0] for binding in bindings.BINDINGS}
    assert actions
    assert [name for name in actions if not hasattr(MainScreen, f"action_{name}")] == []


async def test_every_action_finds_its_method_and_takes_what_its_key_says(opened: Opening) -> None:
    """Those that are passed on by a path are no more than words until they are called."""
    from inspect import signature
    from operator import attrgetter

    from textual.actions import parse

    from tui import bindings

    async with opened() as pilot:
        screen = main_screen(pilot)
        passed_on = {name: each.method for name, each in vars(MainScreen).items() if isinstance(each, PassedOn)}
        assert len(passed_on) > 30
        for binding in bindings.BINDINGS:
            _, name, said = parse(binding.action)
            if method := passed_on.get(f"action_{name}"):
                signature(attrgetter(method)(screen)).bind(*said)
