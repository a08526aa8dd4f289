"""What the reader does with articles, and the pages beside an article: tags, notes, searches, stories, changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.db import reads
from cache.entry import Entry
from cache.library import open_library
from cache.paths import places
from cache.writes.store import Store
from tests.tui.conftest import Opening
from tests.tui.newsroom import NOW, PILOTS, edition, paragraph
from tests.tui.pilot import headline, main_screen, press, screen
from tui.app import Broadsheet
from tui.panes.prompt import Prompt

pytestmark = pytest.mark.anyio


async def test_tags_are_typed_and_stand_under_the_headline(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "T", *"night harbour", "enter")
        assert set(main_screen(pilot).context.known(main_screen(pilot).articles.entry.id).tags) == {"night", "harbour"}
        assert "# harbour" in screen(pilot)


async def test_a_note_is_kept_and_can_be_taken_away(opened: Opening) -> None:
    async with opened() as pilot:
        entry_id = main_screen(pilot).article_list.highlighted
        await press(pilot, "e", *"ask Ines", "enter")
        assert main_screen(pilot).library.note_of(entry_id) == "ask Ines"
        assert "Note: ask Ines" in screen(pilot)
        await press(pilot, "e", *["backspace"] * 8, "enter")
        assert main_screen(pilot).library.note_of(entry_id) == ""


async def test_an_error_in_a_query_is_one_sentence(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"since:never")
        assert "never" in main_screen(pilot).status.notice


async def test_what_a_site_changed_is_shown_and_the_article_comes_back(home: Path, opened: Opening) -> None:
    later = replace(PILOTS, body=(paragraph("The pilots have agreed on nothing at all."), *PILOTS.body[1:]))
    with Store(places(home).library) as store:
        entry_id = reads.find_any(store.connection, PILOTS.url)
        assert entry_id
        store.articles.store_article(entry_id, later, (NOW + timedelta(hours=1)).timestamp())
    async with opened(at=home) as pilot:
        await press(pilot, "enter", "D")
        assert "Changed on its site" in screen(pilot)
        await press(pilot, "D")
        assert "agreed on nothing at all" in screen(pilot)
        assert headline(pilot) == PILOTS.headline


async def test_all_that_a_site_changed_can_be_looked_through(home: Path, opened: Opening) -> None:
    with Store(places(home).library) as store:
        entry_id = reads.find_any(store.connection, PILOTS.url)
        assert entry_id
        for hour in range(1, 4):
            later = replace(PILOTS, body=(paragraph(f"Version {hour} of it."), *PILOTS.body[1:]))
            store.articles.store_article(entry_id, later, (NOW + timedelta(hours=hour)).timestamp())
    async with opened(at=home, height=120) as pilot:
        await press(pilot, "enter", "D")
        assert screen(pilot).count("Changed on its site") == 3
        assert "Version 1 of it." in screen(pilot)


async def test_an_article_that_never_changed_says_so(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "D")
        assert "as it was" in main_screen(pilot).status.notice


async def test_the_theme_that_was_chosen_is_there_the_next_time(home: Path) -> None:
    for chosen in ("day", None):
        async with open_library(home) as library:
            app = Broadsheet(library, lambda: NOW)
            async with app.run_test(size=(100, 30)) as pilot:
                if chosen:
                    app.theme = chosen
                await press(pilot)
        async with open_library(home) as library:
            assert library.setting("theme") == "day"


async def test_what_is_thrown_away_leaves_the_list_and_comes_back(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "down", "x")
        assert len(main_screen(pilot).article_list.ids) == len(edition()) - 1
        assert (
            main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).headline
            == edition()[2].headline
        )
        await press(pilot, "u")
        assert len(main_screen(pilot).article_list.ids) == len(edition())


async def test_the_reading_list_has_an_order_of_its_own(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "s", "down", "s", "down", "s", "v", "v")
        saved = [entry.headline for entry in edition_rows(pilot)]
        assert saved == [article.headline for article in edition()[:3]]
        await press(pilot, "G", "K", "K")
        assert [entry.headline for entry in edition_rows(pilot)] == [saved[2], saved[0], saved[1]]
        await press(pilot, "J")
        assert [entry.headline for entry in edition_rows(pilot)] == [saved[0], saved[2], saved[1]]
        await press(pilot, "u", "u", "u")
        assert [entry.headline for entry in edition_rows(pilot)] == saved


async def test_the_list_is_written_to_a_file(tmp_path: Path, opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "W")
        pilot.app.screen.query_one(Prompt).value = str(tmp_path / "out.jsonl")
        await press(pilot, "enter")
        assert "written to" in main_screen(pilot).status.notice
        assert len((tmp_path / "out.jsonl").read_text().splitlines()) == len(edition())


def edition_rows(pilot: Pilot[None]) -> list[Entry]:
    return main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)
