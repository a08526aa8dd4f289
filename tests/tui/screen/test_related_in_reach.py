"""Related stories within reach at any width: told above the article, walked into below it, opened by digits."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import edition
from tests.tui.pilot import headline, main_screen, press, screen
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def with_related(pilot: Pilot[None]) -> MainScreen:
    """The first article open, and its related stories known."""
    main = main_screen(pilot)
    await press(pilot, "enter")
    await until(pilot, lambda: len(main.related.stories) > 0)
    await settled(pilot)
    return main


@pytest.mark.parametrize(("width", "told"), [(60, True), (100, True), (120, False)])
async def test_the_rule_above_the_article_tells_of_them_where_they_are_not_in_view(
    opened: Opening, width: int, told: bool
) -> None:
    async with opened(width, 30) as pilot:
        main = await with_related(pilot)
        assert (f"{len(main.related.stories)} related · i" in screen(pilot)) == told
        await press(pilot, "i")
        assert main.related.display != (width == 120)
        await press(pilot, "i")
        assert main.related.display == (width == 120)


async def test_a_sidebar_that_is_hidden_is_told_of_and_shown_by_its_key(opened: Opening) -> None:
    async with opened() as pilot:
        main = await with_related(pilot)
        await press(pilot, "z")
        assert "related · i" in screen(pilot)
        await press(pilot, "i")
        assert main.related.display
        assert "related · i" not in screen(pilot)


@pytest.mark.parametrize("width", [60, 100, 120])
async def test_the_article_ends_with_them_and_keys_walk_into_them(opened: Opening, width: int) -> None:
    async with opened(width, 30) as pilot:
        main = await with_related(pilot)
        stories = main.related.stories
        await press(pilot, "G", "down")
        assert stories[0].headline.split()[0] in screen(pilot)
        assert main.reader._end.row == 0
        await press(pilot, "down", "up", "enter")
        assert main.articles.entry
        assert main.articles.entry.id == stories[0].entry_id


async def test_behind_them_stands_what_is_next_in_the_list(opened: Opening) -> None:
    async with opened(100, 30) as pilot:
        main = await with_related(pilot)
        await press(pilot, "G")
        assert "Next in the list" in screen(pilot)
        await press(pilot, *["j"] * (len(main.related.stories) + 1), "enter")
        assert headline(pilot) == edition()[1].headline


async def test_above_the_first_the_article_is_scrolled_again(opened: Opening) -> None:
    async with opened(100, 20) as pilot:
        main = await with_related(pilot)
        await press(pilot, "G", "j", "k")
        at = main.reader.scroll_offset.y
        await press(pilot, "k")
        assert (main.reader._end.row, main.reader.scroll_offset.y) == (-1, at - 1)
        await press(pilot, "g", "enter")
        assert headline(pilot) == edition()[0].headline


async def test_a_click_opens_one(opened: Opening) -> None:
    async with opened(100, 30) as pilot:
        main = await with_related(pilot)
        await press(pilot, "G")
        reader = main.reader
        line = len(reader._lines) + 1 - reader.scroll_offset.y + reader._end.lines_of(len(main.related.stories))[0]
        await pilot.click(reader, offset=(20, line + reader.gutter.top))
        await settled(pilot)
        assert headline(pilot) == edition()[1].headline


async def test_how_they_are_opened_is_said_the_first_times_and_then_no_more(home: Path, opened: Opening) -> None:
    said = 0
    for _ in range(2):
        async with opened(80, 24, at=home) as pilot:
            main = main_screen(pilot)
            for row in range(3):
                main.articles.open(main.library.entry(edition()[(0, 1, 3)[row]].url).id)
                await settled(pilot)
                said += "i shows them" in screen(pilot)
                main.context.say("")
    assert said == 3


async def test_a_digit_opens_one_that_is_not_in_view(opened: Opening) -> None:
    async with opened(60, 30) as pilot:
        main = await with_related(pilot)
        first = main.related.stories[0]
        await press(pilot, "1")
        assert main.articles.entry
        assert main.articles.entry.id == first.entry_id


async def test_nothing_is_lit_in_the_sidebar_while_the_stories_of_another_article_are_looked_for(
    opened: Opening,
) -> None:
    """What is drawn stays so long, but none of it can be opened any more."""
    async with opened() as pilot:
        main = await with_related(pilot)
        await press(pilot, "tab", "j")
        assert main.focused is main.related
        assert len(lit(pilot)) > 0
        shown = sidebar(pilot)
        main.related.show(None)
        await pilot.pause()
        assert sidebar(pilot) == shown
        assert lit(pilot) == []


async def test_what_stays_in_the_sidebar_is_set_for_another_width(opened: Opening) -> None:
    async with opened(200, 30) as pilot:
        main = await with_related(pilot)
        stories = main.related.stories
        main.related.show(None)
        await pilot.resize_terminal(120, 30)
        await settled(pilot)
        stayed = sidebar(pilot)
        main.related.show(stories)
        await pilot.pause()
        assert sidebar(pilot) == stayed


def of_sidebar(pilot: Pilot[None]) -> list[Strip]:
    """Its lines as they are on screen."""
    place = main_screen(pilot).related.region
    strips = pilot.app.screen._compositor.render_strips()[place.y : place.bottom]
    return [strip.crop(place.x, place.right) for strip in strips]


def sidebar(pilot: Pilot[None]) -> list[str]:
    return [strip.text for strip in of_sidebar(pilot)]


def lit(pilot: Pilot[None]) -> list[str]:
    """Those that stand on the ground of what is highlighted."""
    ground = main_screen(pilot).related.role_styles.style("text", "chosen").bgcolor
    return [
        strip.text for strip in of_sidebar(pilot) if any(each.style and each.style.bgcolor == ground for each in strip)
    ]
