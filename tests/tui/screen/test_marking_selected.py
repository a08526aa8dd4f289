"""Rows selected by moving, and acts on all of them."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import Opening
from tests.tui.newsroom import edition
from tests.tui.pilot import headline, main_screen, press, screen

pytestmark = pytest.mark.anyio


def marked(pilot: Pilot[None], mark: str) -> list[int]:
    library = main_screen(pilot).library
    return [at for at, entry in enumerate(library.entries(library.ids())) if getattr(entry, mark)]


@pytest.mark.parametrize(("key", "mark"), [("m", "read"), ("s", "saved")])
async def test_an_act_is_on_all_that_is_selected_and_one_undo_takes_it_back(
    opened: Opening, key: str, mark: str
) -> None:
    async with opened() as pilot:
        await press(pilot, "j", "V", "j", "j")
        assert "3 selected" in screen(pilot)
        assert "end the selection" in screen(pilot)
        await press(pilot, key)
        assert marked(pilot, mark) == [1, 2, 3]
        assert not main_screen(pilot).article_list.selecting
        await press(pilot, "u")
        assert marked(pilot, mark) == []


async def test_a_selection_goes_up_as_well_by_counts_and_all_back_again(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, *"9jV4km")
        assert marked(pilot, "read") == [5, 6, 7, 8, 9]
        await press(pilot, *"V4jm")
        assert marked(pilot, "read") == []


async def test_what_is_selected_is_thrown_away_and_comes_back(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        before = list(main.article_list.ids)
        await press(pilot, *"Vjjx")
        assert list(main.article_list.ids) == before[3:]
        assert "Thrown away 3 stories" in screen(pilot)
        await press(pilot, "u")
        assert list(main.article_list.ids) == before


@pytest.mark.parametrize(("key", "told"), [("m", "Marked 2 stories read."), ("s", "Saved 2 stories.")])
async def test_what_is_told_counts_no_row_that_was_so_before(opened: Opening, key: str, told: str) -> None:
    async with opened() as pilot:
        await press(pilot, key, *"gVjj", key)
        assert told in screen(pilot)


async def test_all_of_it_is_tagged(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, *"VjT", *"harbour later", "enter")
        assert marked(pilot, "tags") == [0, 1]
        assert "Tagged 2 stories. u takes it back." in screen(pilot)
        await press(pilot, *"gVjT", *"later", "enter")
        assert "Nothing is changed: all were so already." in screen(pilot)
        await press(pilot, "u")
        assert marked(pilot, "tags") == []


@pytest.mark.parametrize("key", ["escape", "q", "V"])
async def test_a_selection_is_given_up(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, *"Vjj", key)
        assert (main.article_list.selecting, main.article_list.index) == (False, 2)
        await press(pilot, "m")
        assert marked(pilot, "read") == [2]


async def test_in_the_reader_an_act_is_on_the_open_article(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, *"Vjj", "tab", "s")
        assert marked(pilot, "saved") == [0]


async def test_the_article_the_highlight_rests_on_shows_on_wide_screens_and_stays_unread(opened: Opening) -> None:
    async with opened(160, 40) as pilot:
        main = main_screen(pilot)
        await press(pilot, "j", "j")
        await press(pilot, "G")
        assert headline(pilot) == edition()[-1].headline
        assert main.focused is main.article_list
        assert marked(pilot, "read") == []
        await press(pilot, "g", "enter")
        assert marked(pilot, "read") == [0]
        await press(pilot, "n", "H")
        assert headline(pilot) == edition()[0].headline


async def test_on_others_it_does_not(opened: Opening) -> None:
    async with opened(159, 40) as pilot:
        await press(pilot, "j", "j")
        assert headline(pilot) == edition()[0].headline
