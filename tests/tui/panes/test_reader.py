"""The reading pane: its place, its width, its links, its rail."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.strip import Strip

from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import long_article, shelve
from tests.tui.pilot import main_screen, press, screen
from tui.panes import reader as reader_module
from tui.typeset.cells import cells

pytestmark = pytest.mark.anyio


async def test_the_wheel_scrolls_and_a_click_on_the_rail_jumps(opened: Opening) -> None:
    async with opened(120, 24) as pilot:
        reader = main_screen(pilot).reader
        await pilot._post_mouse_events([events.MouseScrollDown], reader, (5, 5), button=0)
        await press(pilot)
        assert reader.scroll_offset.y == 3
        await pilot.click("#reader", offset=(reader.size.width - 1, reader.size.height))
        await press(pilot)
        assert reader.scroll_offset.y > 10


async def test_of_a_page_that_is_scrolled_a_line_few_lines_are_set_anew(
    home: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(home, [long_article()])
    drawn: list[int] = []
    async with opened(120, 40) as pilot:
        await press(pilot, "enter")
        reader = main_screen(pilot).reader
        await until(pilot, lambda: reader._whole)
        await press(pilot, "j")
        draw = reader_module.draw

        def counted(*given: Any, **named: Any) -> Strip:
            drawn.append(1)
            return draw(*given, **named)

        monkeypatch.setattr(reader_module, "draw", counted)
        await press(pilot, *"jjjjkkk")
        assert 0 < len(drawn) < 3 * 7


@pytest.mark.parametrize("paragraph", ["From the first of March", "The ferry company Northline", "Saint Orla and the"])
async def test_the_paragraph_at_the_top_stays_there_however_often_the_width_changes(
    opened: Opening, paragraph: str
) -> None:
    async with opened(120, 20) as pilot:
        await press(pilot, "enter")
        reader = main_screen(pilot).reader
        reader.action_scroll_end()
        reader.move_to(1 + next(at for at, line in enumerate(reader._lines) if line.text.startswith(paragraph)))
        for width in (60, 90, 200, 85, 70, 120):
            await pilot.resize_terminal(width, 20)
            await settled(pilot)
            assert reader._lines[reader.scroll_offset.y - 1].text.startswith(paragraph), width


async def test_a_place_is_found_again_on_a_screen_of_another_width(opened: Opening) -> None:
    async with opened(120, 20) as pilot:
        await press(pilot, "enter", *["down"] * 24)
        reader = main_screen(pilot).reader
        before = reader._lines[reader.scroll_offset.y - 1].text.split()[0]
        await press(pilot, "ctrl+q")
    async with opened(66, 20) as pilot:
        await press(pilot, "enter")
        reader = main_screen(pilot).reader
        assert before in reader._lines[reader.scroll_offset.y - 1].text


async def test_nothing_of_the_old_width_stays_when_the_screen_grows(opened: Opening) -> None:
    async with opened(160, 30) as pilot:
        await press(pilot, "enter")
        await pilot.resize_terminal(200, 30)
        await settled(pilot)
        reader = main_screen(pilot).reader
        left = reader.content_region.x
        text = [line[left : left + reader.size.width - 1] for line in screen(pilot).splitlines()[3:-1]]
        assert {
            len(line) - len(line.lstrip()) for line in text if "vessel above" in line or "PORT ELSEWHERE" in line
        } == {reader._margin}


async def test_lines_that_stay_as_long_stand_in_the_middle_of_another_width(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        await press(pilot, "enter", "z")
        reader = main_screen(pilot).reader
        lines = reader.page
        for width in (140, 121):
            await pilot.resize_terminal(width, 30)
            await settled(pilot)
            assert reader.page is lines
            drawn = next(line for line in screen(pilot).splitlines() if "vessel above" in line)
            assert len(drawn) - len(drawn.lstrip()) == reader.content_region.x + reader._margin


async def test_a_click_on_a_link_follows_it(tmp_path: Path, opened: Opening) -> None:
    async with opened(120, 90, at=tmp_path / "new") as pilot:
        reader = main_screen(pilot).reader
        at, line = next(
            (at, line) for at, line in enumerate(reader._lines) if any(run.role == "link" for run in line.runs)
        )
        before = list(takewhile(lambda run: run.role != "link", line.runs))
        left = reader._margin + sum(cells(run.text) for run in before)
        await pilot.click("#reader", offset=(left + 1, reader.gutter.top + at + 1 - reader.scroll_offset.y))
        await settled(pilot)
        assert main_screen(pilot).articles.entry.url == line.runs[len(before)].href
