"""Rows of one, two or four lines: as many headlines as the screen holds, remembered for each class of width."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from fetch.article import Article
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW, edition, shelve
from tests.tui.pilot import headline, main_screen, press, screen

pytestmark = pytest.mark.anyio


@pytest.fixture
def full_home(tmp_path: Path) -> Path:
    """A library with more headlines than any of these screens holds."""
    home = tmp_path / "full"
    shelve(home, [Article(f"https://wire.example/{at}", f"Headline {at}", published=NOW) for at in range(60)])
    return home


def headlines_shown(pilot: Pilot[None]) -> int:
    """Those of the list: below a short article stand some, too."""
    width = main_screen(pilot).article_list.size.width
    return sum(" Headline " in line[:width] for line in screen(pilot).splitlines())


async def test_two_lines_a_row_at_first_then_four_then_one(opened: Opening, full_home: Path) -> None:
    async with opened(120, 40, at=full_home) as pilot:
        assert headlines_shown(pilot) >= 16
        await press(pilot, "c")
        assert 6 <= headlines_shown(pilot) <= 8
        await press(pilot, "c")
        assert headlines_shown(pilot) >= 32
        assert "One line a row" in screen(pilot)
        await press(pilot, "c", "c", "c", "c")
        assert headlines_shown(pilot) >= 16


async def test_it_is_remembered_for_screens_of_a_width(opened: Opening) -> None:
    async with opened(120, 40) as pilot:
        await press(pilot, "c", "c")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert main_screen(pilot).article_list.density == 2
        await press(pilot, "c")
        await pilot.resize_terminal(130, 40)
        await settled(pilot)
        assert main_screen(pilot).article_list.density == 1
    for width, density in ((200, 1), (100, 4), (60, 2)):
        async with opened(width, 40) as pilot:
            assert main_screen(pilot).article_list.density == density


async def test_a_density_that_there_is_not_is_the_usual_one(opened: Opening) -> None:
    async with opened() as pilot:
        await main_screen(pilot).library.set_setting("density.wide", 17)
    async with opened() as pilot:
        assert main_screen(pilot).article_list.density == 2


async def test_the_highlight_stays_where_the_eye_is(opened: Opening, full_home: Path) -> None:
    async with opened(120, 40, at=full_home) as pilot:
        await press(pilot, "pagedown", *"jjj")
        highlighted, at = main_screen(pilot).article_list.highlighted, cursor(pilot)
        for _ in range(3):
            await press(pilot, "c")
            assert main_screen(pilot).article_list.highlighted == highlighted
            assert cursor(pilot) == at


def cursor(pilot: Pilot[None]) -> int:
    """The line of the screen that the highlight begins in."""
    lines = screen(pilot).splitlines()
    return next(at for at, line in enumerate(lines) if "▏" in line[:3])


@pytest.mark.parametrize("width", [60, 120])
async def test_tags_show_in_rows(opened: Opening, width: int) -> None:
    async with opened(width, 40) as pilot:
        await press(pilot, "T", *"weather", "enter")
        assert "#weather" in screen(pilot)
        await press(pilot, "c", "c")
        assert "#≡" in screen(pilot)


async def test_a_click_opens_the_headline_it_falls_on_at_any_density(opened: Opening) -> None:
    async with opened() as pilot:
        for _ in range(3):
            await press(pilot, "c")
            row = next(at for at, text in enumerate(screen(pilot).splitlines()) if "A cheap buoy" in text[:30])
            await pilot.click(offset=(10, row))
            await settled(pilot)
            assert headline(pilot) == edition()[4].headline
            await press(pilot, "escape", "g")
