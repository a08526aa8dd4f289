"""Sections, sources and saved searches to go to, and to remove."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.library import open_library
from tests.tui.conftest import Opening
from tests.tui.newsroom import edition
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.contents import Contents, contents

pytestmark = pytest.mark.anyio


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
        assert "Removed; u in the list takes it back" in screen(pilot)
        await press(pilot, "escape")
        left = main_screen(pilot).library.count()
        assert left < len(edition())
        await press(pilot, "u")
        assert main_screen(pilot).library.count() == len(edition())


async def test_what_is_kept_of_a_removed_source_stays_unless_asked_twice(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        source = library.sources()[-1]
        kept = library.ids(f"source:{source.id}")[0]
        await library.save([kept])
        await press(pilot, "S", "G", "D")
        assert "D again removes 1 story that you keep, too" in screen(pilot)
        await press(pilot, "d")
        assert "Removed, 1 story that you keep stays; u in the list takes it back" in screen(pilot)
        await press(pilot, "escape")
        assert kept in library.ids()
        await press(pilot, "u", "S", "G", "D", "D", "escape")
        assert kept not in library.ids()
        await press(pilot, "u")
        assert kept in library.ids()


async def test_an_article_whose_source_is_gone_says_so(opened: Opening) -> None:
    async with opened() as pilot:
        library, entry_id = main_screen(pilot).library, main_screen(pilot).article_list.highlighted
        await library.save([entry_id])
        await library.remove(library.entry(entry_id).source_id)
        for key in ("E", "R"):
            await press(pilot, key)
            assert "no source, or none any more" in main_screen(pilot).status.notice


async def test_a_source_in_two_folders_is_one_source_listed_twice(home: Path, tmp_path: Path) -> None:
    outline = "<outline text='Mole' xmlUrl='https://mole.example/feed'/>"
    (tmp_path / "in.opml").write_text(
        f"<opml><body><outline text='Sea'>{outline}</outline><outline text='Work'>{outline}</outline></body></opml>"
    )
    async with open_library(home) as library:
        assert (await library.import_file(tmp_path / "in.opml")).count == 1
        rows = [row for row in contents(library) if row.section.title == "Mole"]
        assert [row.group for row in rows] == ["Sea", "Work"]
        assert len({row.source_id for row in rows}) == 1
        await library.export("opml", tmp_path / "out.opml")
    assert (tmp_path / "out.opml").read_text().count("https://mole.example/feed") == 2
