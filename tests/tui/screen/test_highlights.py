"""Passages are highlighted and noted by key, seen without colour, found again, listed, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.highlight import TextRange
from cache.paths import places
from cache.writes.store import Store
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW, PILOTS, long_article, paragraph, shelve
from tests.tui.pilot import main_screen, press, screen

pytestmark = pytest.mark.anyio

TEXTS = PILOTS.text.split("\n")


def kept(pilot: Pilot[None]) -> list[tuple[str, str]]:
    main = main_screen(pilot)
    return [(each.text, each.note) for each in main.library.highlights(main.articles.entry.id)]


def beside(pilot: Pilot[None]) -> str:
    """What stands behind the marks of highlights, as text."""
    rows = [row.partition("▎")[2] for row in screen(pilot).splitlines() if "▎" in row]
    return " ".join(" ".join(row.split("│")[0].split()) for row in rows)


def underlined(pilot: Pilot[None]) -> str:
    """What of the article on screen is set as highlighted."""
    reader = main_screen(pilot).reader
    lines = [reader.view.dressed(at, line, 70) for at, line in enumerate(reader.page)]
    return " ".join(" ".join(run.text for run in line.runs if run.role == "highlight") for line in lines).strip()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10)])
async def test_enter_highlights_the_passage_and_it_is_seen_without_colour(
    opened: Opening, size: tuple[int, int]
) -> None:
    async with opened(*size, theme="terminal") as pilot:
        await press(pilot, "enter", "p", "j", "enter")
        assert kept(pilot) == [(TEXTS[1], "")]
        assert " ".join(underlined(pilot).split()).replace(" .", ".") == TEXTS[1]
        await press(pilot, "escape")
        assert beside(pilot).startswith("From the first of March") or beside(pilot) in TEXTS[1] != ""
        await press(pilot, "u")
        assert kept(pilot) == []
        assert underlined(pilot) == beside(pilot) == ""


async def test_the_same_key_takes_it_back_and_undo_brings_it_again(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "enter", "enter")
        assert "No longer highlighted. u brings it back." in screen(pilot)
        assert kept(pilot) == []
        await press(pilot, "u")
        assert kept(pilot) == [(TEXTS[0], "")]


async def test_a_burst_of_keys_keeps_its_order(opened: Opening) -> None:
    async with opened() as pilot:
        await pilot.press("enter", "p", "enter", "j", "enter", "j", "enter", "k", "enter", "k", "e", *"Ask", "enter")
        await settled(pilot)
        assert kept(pilot) == [(TEXTS[0], "Ask"), (TEXTS[2], "")]


async def test_a_note_is_written_on_the_passage_and_not_on_the_article(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "j", "e")
        assert "Note on the passage" in screen(pilot)
        await press(pilot, *"Who?", "enter")
        assert kept(pilot) == [(TEXTS[1], "Who?")]
        assert main_screen(pilot).library.note_of(main_screen(pilot).articles.entry.id) == ""
        await press(pilot, "e", "end", "backspace", "!", "enter")
        assert kept(pilot) == [(TEXTS[1], "Who!")]
        await press(pilot, "j", "e", "enter")
        assert kept(pilot) == [(TEXTS[1], "Who!")], "a note without a word highlights nothing"
        assert "There is no note." in screen(pilot)


async def test_they_are_listed_and_enter_goes_there(home: Path, opened: Opening) -> None:
    shelve(home, [long_article(30)])
    async with opened(100, 24) as pilot:
        main_screen(pilot).articles.open("https://courier.example/long/30")
        await settled(pilot)
        await press(pilot, "w")
        assert "Nothing is highlighted here; p and then enter does it." in screen(pilot)
        await press(pilot, "p", "G", "enter", "g", "enter", "escape", "w", "down", "enter")
        reader = main_screen(pilot).reader
        assert reader.passage.text.startswith("30.")
        await press(pilot, "w", *"1 the", "ctrl+r")
        assert [text[:3] for text, _ in kept(pilot)] == ["30."]


async def test_words_that_are_gone_stay_listed(home: Path, opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "enter", "j", "enter", "escape")
        entry = main_screen(pilot).articles.entry
    edited = replace(PILOTS, body=(paragraph("All is new."), *PILOTS.body[1:]))
    with Store(places(home).library) as store:
        store.articles.store_article(entry.id, edited, NOW.timestamp())
    async with opened() as pilot:
        await press(pilot, "enter")
        assert " ".join(underlined(pilot).split()).startswith("From the first of March")
        await press(pilot, "w")
        assert "no longer in the text" in screen(pilot)
        await press(pilot, *"narrows at night", "enter")
        assert "These words are no longer in the text." in screen(pilot)


async def test_what_a_refresh_brings_meanwhile_is_not_taken_for_what_is_shown(home: Path, opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "j", "e", *"Who?", "enter")
        marked = underlined(pilot)
        main = main_screen(pilot)
        entry = main.articles.entry
        edited = replace(
            PILOTS, body=(paragraph("All is new."), paragraph("This, too."), *PILOTS.body), page_sha256="b" * 64
        )
        with Store(places(home).library) as store:
            store.articles.store_article(entry.id, edited, NOW.timestamp())
        await until(pilot, lambda: main.context.known(entry.id).changed)
        await pilot.pause()
        main.articles.changed()
        assert underlined(pilot) == marked
        await press(pilot, "k", "e")
        assert "Who?" not in screen(pilot).splitlines()[-2:], "the note is of another passage"
        await press(pilot, "escape", "w", "enter")
        assert main.reader.passage.text == TEXTS[1]
        await press(pilot, "c")
        assert edited.page_sha256 not in pilot.app.clipboard
        main.articles.show_again()
        assert main.reader.passage.text == TEXTS[1], "the cursor stays on its words"
        await press(pilot, "c")
        assert edited.page_sha256 in pilot.app.clipboard


async def test_another_program_s_highlight_is_shown(home: Path, opened: Opening) -> None:
    from cache.writes import highlights

    async with opened() as pilot:
        await press(pilot, "enter")
        entry = main_screen(pilot).articles.entry
        at = PILOTS.text.index("five times in one")
        with Store(places(home).library) as store:
            highlights.make(store.connection, entry.id, TextRange(PILOTS.text, at, at + 17), NOW.timestamp())
        await until(pilot, lambda: underlined(pilot) != "")
        assert " ".join(underlined(pilot).split()) == "five times in one"


async def test_a_table_is_marked_whole(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p")
        while not main_screen(pilot).reader.passage.text.startswith("Port"):
            await press(pilot, "j")
        await press(pilot, "enter")
        assert all(word in underlined(pilot) for word in ("Calls a", "Far Rock", "Saint Orla"))


async def test_a_section_has_all_articles_with_highlights(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "enter", "escape", "escape", "slash", *"has:highlight", "enter")
        assert len(main_screen(pilot).article_list.ids) == 1
        await press(pilot, "escape", "S", "slash", *"highlights", "enter")
        assert main_screen(pilot).listing.section.query == "has:highlight"
