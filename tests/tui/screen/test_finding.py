"""Finding in the page, links and footnotes by their marks: keys as people type them, in bursts."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from fetch.article import Article, Code, Footnote, Paragraph, Span
from tests.tui.conftest import Opening, until
from tests.tui.newsroom import NOW, edition, long_article, paragraph, shelve
from tests.tui.pilot import headline, main_screen, press, screen
from tests.tui.pty_reader import PtyReader
from tui.messages import FollowLink
from tui.panes.prompt import Prompt

pytestmark = pytest.mark.anyio

NOTES = Article(
    "https://courier.example/notes",
    "Notes on the tide",
    (
        paragraph("The tide was early[1] and the moon was late[2]."),
        *(paragraph(f"{number}. Nothing else happened on the quay.") for number in range(40)),
        Paragraph((Span("See "), Span("the tables", href="https://gazette.example/tables"), Span("."))),
        Code("x = 1  # " + "a long remark " * 12, "python"),
        Footnote("1", (paragraph("By eleven minutes."),)),
        Footnote("2", (paragraph("By a day."),)),
    ),
    published=NOW,
    source="The Island Courier",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path, [NOTES, long_article(), *edition()])
    return tmp_path


async def test_words_are_found_in_the_page_and_n_goes_through_them(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        await press(pilot, "enter", "slash", *"NOTHING else")
        main = main_screen(pilot)
        assert "1 of 40" in screen(pilot)
        await press(pilot, "enter", "n", "n", "N", "n")
        assert (headline(pilot), main.focused) == (NOTES.headline, main.reader)
        assert "3 of 40" in screen(pilot)
        assert "next hit" in screen(pilot)
        await press(pilot, "N", "N", "N")
        assert "40 of 40" in screen(pilot)
        assert main.reader.scroll_offset.y > 40


async def test_with_escape_the_find_ends_and_n_is_the_next_article_again(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        await press(pilot, "enter", "slash", *"quay", "enter", "escape")
        main = main_screen(pilot)
        assert (main.focused, main.reader.finding) == (main.reader, False)
        assert "of 40" not in screen(pilot)
        await press(pilot, "n")
        assert headline(pilot) != NOTES.headline


async def test_given_up_the_page_is_where_it_was(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", *["down"] * 7)
        before = main.reader.scroll_offset.y
        await press(pilot, "slash", *"by a day")
        assert main.reader.scroll_offset.y > before
        await press(pilot, "escape")
        assert (main.reader.scroll_offset.y, main.reader.finding) == (before, False)


async def test_what_is_not_on_the_page_is_said(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        await press(pilot, "enter", "slash", *"ghost")
        assert "“ghost” is not here" in screen(pilot)
        await press(pilot, "enter")
        assert "“ghost” is not on this page" in screen(pilot)
        await press(pilot, "n")
        assert headline(pilot) != NOTES.headline


async def test_what_is_not_on_the_page_leaves_the_page_where_it_was(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", *["down"] * 7)
        before = main.reader.scroll_offset.y
        await press(pilot, "slash", *"by a day")
        assert main.reader.scroll_offset.y > before
        await press(pilot, *"xyz", "enter")
        assert "“by a dayxyz” is not on this page" in screen(pilot)
        assert (main.reader.scroll_offset.y, main.reader.finding, main.focused) == (before, False, main.reader)


async def test_twice_the_key_searches_the_library(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        main = main_screen(pilot)
        await pilot.press("enter", *"//pilot")
        await until(pilot, lambda: main.listing.section.query == "pilot" and len(main.article_list.ids) > 0)
        assert not main.reader.finding
        await press(pilot, "escape")
        assert (main.listing.section.query, main.focused) == ("", main.reader)


async def test_within_words_the_key_is_a_letter(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        await press(pilot, "enter", *"/a/b")
        assert main_screen(pilot).query_one(Prompt).value == "a/b"


def test_the_same_in_one_write(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("\r")
        reader.until("browser")
        reader.press("/nothing else\r")
        reader.until("1 of 40")
        reader.press("nnN")
        reader.until("2 of 40")
        reader.press("//sxm/Aj")
        reader.until("Nothing found for “sxm/Aj”")


async def test_a_find_outlives_another_width(opened: Opening) -> None:
    async with opened(120, 30) as pilot:
        await press(pilot, "enter", "slash", *"quay", "enter", "n")
        await pilot.resize_terminal(70, 30)
        await press(pilot, "n")
        assert "3 of 40" in screen(pilot)


async def test_the_words_of_the_search_that_led_to_an_article_are_marked(opened: Opening) -> None:
    async with opened(120, 40) as pilot:
        main = main_screen(pilot)
        await pilot.press(*"/lanterns OR freighter", "enter")
        await until(pilot, lambda: len(main.article_list.ids) > 1)
        await press(pilot, "enter")
        dressed = [main.reader.view.dressed(at, line, 70) for at, line in enumerate(main.reader.page)]
        found = {run.text.casefold() for line in dressed for run in line.runs if run.role == "match"}
        assert found
        assert found <= {"freighter", "freighters"}


async def test_the_numbers_of_links_are_lit_while_one_is_asked_for(opened: Opening) -> None:
    async with opened(120, 40) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", "G", "f")
        dressed = [main.reader.view.dressed(at, line, 70) for at, line in enumerate(main.reader.page)]
        lit = [run.text for line in dressed for run in line.runs if run.role == "hint"]
        assert lit[:1] == ["[1]"]
        await press(pilot, "escape")
        assert main.reader.view.dressed(0, main.reader.page[0], 70) == main.reader.page[0]


async def test_a_footnote_is_gone_to_by_its_mark_and_left_for_where_one_was(opened: Opening) -> None:
    async with opened(120, 20) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", *["down"] * 5)
        before = main.reader.scroll_offset.y
        await press(pilot, "number_sign", "2")
        assert "By a day." in screen(pilot)
        assert main.focused is main.reader
        await press(pilot, "number_sign")
        assert main.reader.scroll_offset.y == before
        await press(pilot, "number_sign", "9", "enter")
        assert "There is no footnote 9." in screen(pilot)


async def test_a_click_on_a_mark_goes_to_the_footnote_and_on_its_own_mark_back(opened: Opening) -> None:
    async with opened(120, 20) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter")
        main.post_message(FollowLink("#1"))
        await press(pilot)
        assert "By eleven minutes." in screen(pilot)
        main.post_message(FollowLink("#1"))
        await press(pilot)
        assert main.reader.scroll_offset.y == 0


async def test_wide_code_is_moved_sideways(opened: Opening) -> None:
    async with opened(120, 20) as pilot:
        await press(pilot, "enter", "slash", *"x = 1", "enter")
        assert "x = 1" in screen(pilot)
        await press(pilot, "greater_than_sign")
        assert "‹  a long remark" in screen(pilot)
        await press(pilot, *["greater_than_sign"] * 60)
        assert "long remark" in screen(pilot)
        await press(pilot, *["less_than_sign"] * 60)
        assert "x = 1" in screen(pilot)


async def test_digits_are_counts_in_the_list_and_related_stories_elsewhere(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, *"5j")
        assert main.article_list.index == 5
        await press(pilot, "1", "0", "j", "3", "k")
        assert main.article_list.index == 12
        await press(pilot, "7")
        assert "7 ×" in screen(pilot)
        await press(pilot, "c", "j")
        assert main.article_list.index == 13, "another key uses the number up"
        await press(pilot, *"4G")
        assert main.article_list.index == 3
        assert headline(pilot) == NOTES.headline, "and no related story was opened"


async def test_the_footer_names_keys_of_the_pane_that_has_them_and_can_be_clicked(opened: Opening) -> None:
    async with opened(100, 30) as pilot:
        assert "next unread" in screen(pilot).splitlines()[-2]
        await press(pilot, "enter")
        foot = screen(pilot).splitlines()[-2]
        assert "/ find" in foot
        await pilot.click("#status", offset=(foot.index("find"), 0))
        await press(pilot)
        assert main_screen(pilot).query(Prompt)
        await press(pilot, "escape")
        await pilot.click("#status", offset=(97, 1))
        await press(pilot)
        assert "Keys" in screen(pilot)
        assert pilot.app.screen is not pilot.app.screen_stack[0]


async def test_the_right_button_opens_nothing(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await pilot._post_mouse_events(
            [events.MouseDown, events.MouseUp, events.Click], main.article_list, (5, 7), button=3
        )
        await press(pilot)
        assert (main.article_list.index, main.focused) == (0, main.article_list)
