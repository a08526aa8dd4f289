"""What the reader does with articles, and the pages beside an article: tags, notes, searches, stories, changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from cache.db import reads
from cache.entry import Entry
from cache.library import open_library
from cache.paths import places
from cache.writes.store import Store
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW, PILOTS, edition, paragraph
from tests.tui.pilot import headline, main_screen, press, screen
from tui.app import Broadsheet
from tui.dialogs.command_palette import commands
from tui.dialogs.contents import Contents
from tui.dialogs.dialog import Dialog
from tui.panes.prompt import Prompt
from tui.screen.main import MainScreen

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


async def test_a_search_is_kept_as_a_section(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"freighter", "ctrl+s", "escape")
        assert len(main_screen(pilot).article_list.ids) == len(edition())
        await press(pilot, "S")
        assert isinstance(pilot.app.screen, Contents)
        assert "Searches" in screen(pilot)
        await press(pilot, "G", "enter")
        assert main_screen(pilot).listing.section.title == "freighter"
        assert main_screen(pilot).article_list.ids == main_screen(pilot).library.ids("freighter")


async def test_a_source_is_removed_and_comes_back(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "G", "d")
        assert "is removed" in screen(pilot)
        await press(pilot, "escape")
        left = main_screen(pilot).library.count()
        assert left < len(edition())
        await press(pilot, "u")
        assert main_screen(pilot).library.count() == len(edition())


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


async def test_the_wheel_scrolls_and_a_click_on_the_rail_jumps(opened: Opening) -> None:
    async with opened(120, 24) as pilot:
        reader = main_screen(pilot).reader
        await pilot._post_mouse_events([events.MouseScrollDown], reader, (5, 5), button=0)
        await press(pilot)
        assert reader.scroll_offset.y == 3
        await pilot.click("#reader", offset=(reader.size.width - 1, reader.size.height))
        await press(pilot)
        assert reader.scroll_offset.y > 10


async def test_the_palette_finds_what_there_is_to_do_by_name(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p")
        assert "Follow the story" in screen(pilot)
        await press(pilot, *"mark read", "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).read


async def test_every_command_of_the_palette_is_one_of_the_main_screen(opened: Opening) -> None:
    async with opened() as pilot:
        for command in commands():
            name = command.action.partition("(")[0]
            assert hasattr(main_screen(pilot), f"action_{name}"), command
            assert command.choice.label


async def test_a_theme_is_chosen_in_the_palette(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "ctrl+p", *"theme day", "enter")
        assert pilot.app.theme == "day"


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


async def test_a_source_is_given_limits_and_pruned_to_them(opened: Opening) -> None:
    async with opened() as pilot:
        source_id = main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).source_id
        await press(pilot, "A", "E", "down", "1", "down", *"300k", "enter")
        kept = main_screen(pilot).library.source(source_id)
        assert (kept.keep_days, kept.keep_count, kept.max_bytes) == (None, 1, 300_000)
        before = main_screen(pilot).library.count()
        await press(pilot, "P")
        assert main_screen(pilot).library.count() == before, "only told so far"
        assert "past their time" in main_screen(pilot).status.notice
        await press(pilot, "P")
        assert len(main_screen(pilot).library.ids(f"source:{source_id}")) == 1


async def test_an_amount_that_is_none_is_said_in_a_sentence(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "E", *"some", "enter")
        assert "“some” is not a number above zero." in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_the_list_is_written_to_a_file(tmp_path: Path, opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "W")
        pilot.app.screen.query_one(Prompt).value = str(tmp_path / "out.jsonl")
        await press(pilot, "enter")
        assert "written to" in main_screen(pilot).status.notice
        assert len((tmp_path / "out.jsonl").read_text().splitlines()) == len(edition())


def edition_rows(pilot: Pilot[None]) -> list[Entry]:
    return main_screen(pilot).library.entries(main_screen(pilot).article_list.ids)


@pytest.mark.parametrize("key", ["S", "ctrl+p", "question_mark", "E"])
async def test_a_dialog_left_twice_is_left_once(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        await press(pilot, key)
        dialog = pilot.app.screen
        assert isinstance(dialog, Dialog)
        if isinstance(dialog, Contents):
            dialog.choices.action_choose()
            dialog.choices.action_choose()
        dialog.action_give_up()
        dialog.action_give_up()
        await settled(pilot)
        assert isinstance(pilot.app.screen, MainScreen)
