"""A passage of the open article is chosen by key, seen without colour, copied and cited; at any size of the screen."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import PILOTS, long_article, shelve
from tests.tui.pilot import headline, main_screen, press, screen
from tui.typeset.article import lay_out
from tui.typeset.line import line

pytestmark = pytest.mark.anyio

SIZES = [(120, 40), (80, 24), (40, 10), (200, 50)]
TEXTS = PILOTS.text.split("\n")


def chosen(pilot: Pilot[None]) -> str:
    return main_screen(pilot).reader.passage.text


def marked(pilot: Pilot[None]) -> str:
    """What stands beside the mark of the chosen passage, as text."""
    rows = [row for row in screen(pilot).splitlines() if "▸" in row or "▏" in row]
    return " ".join(" ".join(row.split("▸")[-1].split("▏")[-1].split("│")[0].split()) for row in rows)


def test_lines_know_of_which_passage_they_are() -> None:
    laid = list(lay_out(PILOTS, 60, now=PILOTS.published))
    found = list(dict.fromkeys(each.passage for each in laid if each.passage))
    assert [TEXTS[number - 1].split()[0] for number in found[:4]] == ["The", "From", "We", "What"]
    for number in found:
        said = " ".join(each.text for each in laid if each.passage == number)
        assert TEXTS[number - 1].split()[0] in said, number
    table = next(number for number in found if TEXTS[number - 1].startswith("Port Calls"))
    assert found[found.index(table) + 1] == table + 4, "a table is one passage of several lines of text"


@pytest.mark.parametrize("size", SIZES)
async def test_keys_go_from_passage_to_passage_and_the_chosen_one_is_seen(
    opened: Opening, size: tuple[int, int]
) -> None:
    async with opened(*size, theme="terminal") as pilot:
        await press(pilot, "enter", "p")
        met = [chosen(pilot)]
        assert " leave " in screen(pilot) or size[0] < 60
        for _ in range(60):
            await press(pilot, "j")
            if chosen(pilot) != met[-1]:
                met.append(chosen(pilot))
                first = " ".join(met[-1].split()[:2])
                assert first[:12] in marked(pilot), (first, screen(pilot))
        assert "\n".join(met) == PILOTS.text
        assert "This is the last passage." in screen(pilot)
        for _ in range(60):
            await press(pilot, "k")
        assert chosen(pilot) == TEXTS[0]


async def test_the_chosen_passage_stays_when_the_size_changes(opened: Opening) -> None:
    async with opened(120, 40) as pilot:
        await press(pilot, "enter", "p", "j", "j", "j", "j", "j", "j")
        before = chosen(pilot)
        for width, height in ((60, 20), (40, 10), (200, 50), (80, 24)):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            assert chosen(pilot) == before
            assert before.split()[0] in marked(pilot), (width, height)


async def test_a_passage_longer_than_the_screen_is_read_before_the_next(home: Path, opened: Opening) -> None:
    shelve(home, [long_article(3)])
    async with opened(40, 10) as pilot:
        main_screen(pilot).articles.open("https://courier.example/long/3")
        await settled(pilot)
        await press(pilot, "p")
        first, presses = chosen(pilot), 0
        while chosen(pilot) == first:
            await press(pilot, "j")
            presses += 1
        assert presses > 2
        assert chosen(pilot).startswith("2.")
        await press(pilot, "k")
        assert chosen(pilot) == first


async def test_paging_takes_the_choice_along(home: Path, opened: Opening) -> None:
    shelve(home, [long_article(30)])
    async with opened(100, 24) as pilot:
        main_screen(pilot).articles.open("https://courier.example/long/30")
        await settled(pilot)
        await press(pilot, "p", "pagedown", "pagedown")
        assert chosen(pilot).split()[0] in marked(pilot)
        assert not chosen(pilot).startswith("1.")
        await press(pilot, "G")
        assert chosen(pilot).split()[0] in marked(pilot)
        await press(pilot, "g")
        assert chosen(pilot).startswith("1.")


async def test_escape_and_the_key_itself_leave_and_the_article_stays(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "escape")
        reader = main_screen(pilot).reader
        assert (reader.choosing, main_screen(pilot).focused) == (False, reader)
        assert chosen(pilot) == ""
        await press(pilot, "p", "p")
        assert not reader.choosing
        await press(pilot, "p", "n")
        assert not reader.choosing, "it was a passage of another article"


async def test_from_the_list_the_key_goes_to_the_article(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "p")
        assert main_screen(pilot).focused is main_screen(pilot).reader
        assert chosen(pilot) == TEXTS[0]


async def test_where_there_is_no_text_that_is_said(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p")
        main_screen(pilot).articles.show_page("The story so far", lambda _: iter((line("A page", "text"),)), 0)
        await press(pilot, "p")
        assert "Open an article first" in screen(pilot)
        assert not main_screen(pilot).reader.choosing


async def test_keys_in_one_burst_are_done_in_their_order(opened: Opening) -> None:
    async with opened() as pilot:
        await pilot.press("enter", "p", "j", "y", "j", "j", "c")
        await settled(pilot)
        assert pilot.app.clipboard.startswith("> What the rule says\n>\n> — ")
        await pilot.press("k", "k", "y", "escape", "n")
        await settled(pilot)
        assert pilot.app.clipboard == TEXTS[1]
        assert headline(pilot) != PILOTS.headline


async def test_copied_is_the_passage_the_article_or_a_link(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    async with opened() as pilot:
        written: list[str] = []
        monkeypatch.setattr(pilot.app._driver, "write", written.append)
        await press(pilot, "enter", "p", "j", "y")
        assert "The passage is on the clipboard." in screen(pilot)
        assert base64.b64encode(TEXTS[1].encode()).decode() in "".join(written)
        await press(pilot, "C")
        assert pilot.app.clipboard == "https://courier.example/harbour/text"
        await press(pilot, "j", "C", "3", "enter")
        assert pilot.app.clipboard == "https://gazette.example/delay"
        await press(pilot, "C", "9", "enter")
        assert "There is no link 9." in screen(pilot)
        await press(pilot, "Y")
        assert pilot.app.clipboard.startswith(f"{PILOTS.headline}\n\nBy Mara Lindqvist and Tomas Okafor, The Island")
        assert pilot.app.clipboard.endswith(PILOTS.url)
        assert all(" ".join(text.split()) in pilot.app.clipboard for text in TEXTS)
        await press(pilot, "escape", "y")
        assert pilot.app.clipboard == PILOTS.url


async def test_a_terminal_that_takes_nothing_is_told_of(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with opened() as pilot:
        await press(pilot, "enter", "p", "y")
        assert "This terminal puts nothing on the clipboard" in screen(pilot)


async def test_the_cite_key_means_rows_where_no_passage_is_chosen(opened: Opening) -> None:
    async with opened() as pilot:
        density = main_screen(pilot).article_list.density
        await press(pilot, "enter", "c")
        assert main_screen(pilot).article_list.density != density
