"""News is told where it stands: above the rows on screen, on the list's heading and the window's title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.paths import places
from fetch.article import Article
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW, edition, paragraph, shelve
from tests.tui.pilot import main_screen, press, screen
from tests.tui.terminal import Terminal

pytestmark = pytest.mark.anyio


def land(home: Path, numbers: Iterable[int], *, age: timedelta = timedelta()) -> None:
    """What another program brings."""
    assert places(home).library.exists()
    news = [
        Article(f"https://wire.example/{at}", f"News {at} has come", (paragraph("It has come."),), published=NOW - age)
        for at in numbers
    ]
    shelve(home, news)


def heading(pilot: Pilot[None]) -> str:
    """What stands in the rule above the list."""
    place = main_screen(pilot).article_list.region
    rule = pilot.app.screen._compositor.render_strips()[place.y]
    return rule.crop(place.x, place.right).text.strip("─━ ")


async def seen(pilot: Pilot[None]) -> None:
    """Have the screen look, and wait for what it lists."""
    main_screen(pilot).look()
    await settled(pilot)


async def test_news_above_is_counted_until_it_has_been_on_screen(home: Path, opened: Opening) -> None:
    async with opened(120, 24, at=home) as pilot:
        main = main_screen(pilot)
        assert "new above" not in screen(pilot)
        land(home, range(12))
        await until(pilot, lambda: len(main.article_list.ids) == len(edition()) + 12)
        assert "▲ 12 new above · ^" in screen(pilot)
        assert pilot.app.title == "12 new · Broadsheet"
        await press(pilot, "k", "k")
        assert "▲ 10 new above" in screen(pilot)
        land(home, range(20, 25))
        await until(pilot, lambda: main.article_list.news_above == 15)
        await press(pilot, "circumflex_accent")
        assert main.article_list.index == 0
        assert "new above" not in screen(pilot)
        assert pilot.app.title == "Broadsheet"
        await press(pilot, "G")
        assert "new above" in screen(pilot), "those that were jumped over have not been seen"


async def test_the_heading_fits_whatever_width_the_list_has_by_now(home: Path, opened: Opening) -> None:
    async with opened(200, 24, at=home) as pilot:
        main = main_screen(pilot)
        land(home, range(12))
        await until(pilot, lambda: main.article_list.news_above == 12)
        assert heading(pilot) == "All stories · ▲ 12 new above · ^"
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert heading(pilot) == "▲ 12 new above · ^"
        await pilot.resize_terminal(200, 24)
        await settled(pilot)
        assert heading(pilot) == "All stories · ▲ 12 new above · ^"


async def test_what_is_selected_and_counted_leaves_no_half_of_the_heading(home: Path, opened: Opening) -> None:
    async with opened(80, 24, at=home) as pilot:
        main = main_screen(pilot)
        land(home, range(12))
        await until(pilot, lambda: main.article_list.news_above == 12)
        await press(pilot, "V", "j")
        assert heading(pilot).startswith("2 selected")
        assert not heading(pilot).endswith("…")
        await press(pilot, "2", "0")
        assert heading(pilot).startswith("20 × · 2 selected")
        assert not heading(pilot).endswith("…")


async def test_what_comes_in_below_or_is_no_news_is_not_counted(home: Path, opened: Opening) -> None:
    async with opened(120, 24, at=home) as pilot:
        main = main_screen(pilot)
        land(home, range(3), age=timedelta(days=900))
        await until(pilot, lambda: len(main.article_list.ids) == len(edition()) + 3)
        assert main.article_list.news_above == 0
        await press(pilot, "x", "j", "j")
        await press(pilot, "u")
        await seen(pilot)
        assert main.article_list.news_above == 0


@pytest.mark.parametrize(
    ("keys", "days"), [(("A",), 0), (("A",), 900), (("j", "j", "M", "a"), 0), (("M", "b"), 900)]
)  # fmt: skip
async def test_what_came_in_unseen_is_marked_only_by_a_second_press(
    home: Path, opened: Opening, keys: tuple[str, ...], days: int
) -> None:
    async with opened(120, 24, at=home) as pilot:
        main = main_screen(pilot)
        land(home, range(12), age=timedelta(days=days))
        await until(pilot, lambda: len(main.article_list.ids) == len(edition()) + 12)
        await press(pilot, *keys)
        unread = {entry.headline for entry in main.library.entries(main.library.ids("is:unread"))}
        assert unread >= {f"News {at} has come" for at in range(12)}
        if keys == ("A",):
            assert len(unread) == 12
            assert "A again for what came in unseen" in screen(pilot)
        await press(pilot, *keys)
        unread = {entry.headline for entry in main.library.entries(main.library.ids("is:unread"))}
        assert not unread & {f"News {at} has come" for at in range(12)}
        await press(pilot, "u")
        assert main.library.count("is:unread") >= 12


async def test_what_came_in_and_has_been_on_screen_is_marked(home: Path, opened: Opening) -> None:
    async with opened(120, 24, at=home) as pilot:
        main = main_screen(pilot)
        land(home, range(3))
        await until(pilot, lambda: main.article_list.news_above == 3)
        await press(pilot, "circumflex_accent", "A")
        assert main.library.count("is:unread") == 0


async def test_the_key_to_the_top_works_from_the_article_too(home: Path, opened: Opening) -> None:
    async with opened(60, 24, at=home) as pilot:
        main = main_screen(pilot)
        await press(pilot, "j", "j", "enter", "circumflex_accent")
        assert (main.focused, main.article_list.index) == (main.article_list, 0)


def test_the_window_is_entitled_while_there_is_news(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        land(home, range(9))
        told = terminal.see(" new · Broadsheet\x1b\\".encode())
        assert re.search(rb"\x1b\[22;2t\x1b\]2;\d+ new", told), "what the window was called is kept"
        terminal.type(b"^")
        terminal.see(b"\x1b[23;2t")
        terminal.type(b"q")
        terminal.see(b"\x1b[?1049l")
