"""Sections, sources and saved searches to go to, and to remove."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from cache.library import open_library
from cache.writes.sources import VisitRecord
from cache.writes.store import Store
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW, edition
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.contents import Contents
from tui.dialogs.contents_rows import contents, what_to_do
from tui.keymap import Keymap

pytestmark = pytest.mark.anyio


async def test_a_search_is_kept_as_a_section(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", *"freighter", "ctrl+s", "escape")
        assert len(main_screen(pilot).article_list.ids) == len(edition())
        await press(pilot, "S")
        assert isinstance(pilot.app.screen, Contents)
        assert "Searches" in screen(pilot)
        await press(pilot, *"/freighter", "enter")
        assert main_screen(pilot).listing.section.title == "freighter"
        assert main_screen(pilot).article_list.ids == main_screen(pilot).library.ids("freighter")


async def test_a_source_is_removed_and_comes_back(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "G", "d")
        assert "Removed; u brings it back" in screen(pilot)
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
        assert "Removed, 1 story that you keep stays; u brings it back" in screen(pilot)
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
        rows = [row for row in contents(library) if row.title == "Mole"]
        assert [row.within for row in rows] == [("group:Sea",), ("group:Work",)]
        assert len({row.source_id for row in rows}) == 1
        await library.export("opml", tmp_path / "out.opml")
    assert (tmp_path / "out.opml").read_text().count("https://mole.example/feed") == 2


async def test_the_list_is_narrowed_by_what_is_typed(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", *"/obs")
        told = screen(pilot)
        assert "Orla Observer" in told
        assert "Signal & Noise" not in told.split("Sections and sources")[1]
        await press(pilot, "enter")
        assert main_screen(pilot).listing.section.title == "Orla Observer"


async def test_an_arrow_leads_from_the_filter_into_what_it_found(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "slash", *"http", "down")
        page = pilot.app.screen
        assert isinstance(page, Contents)
        assert page.focused is page.choices
        assert page.typing.value == "http"
        before = page.choices.index
        await press(pilot, "down")
        assert page.choices.index == before + 1
        await press(pilot, "escape", "slash", *"http")
        for key in ("down", "j"):  # as fast as they come
            pilot.app.post_message(Key(key, key if key == "j" else None))
        await settled(pilot)
        assert page.typing.value == "http"
        assert page.choices.index == before + 1


async def test_what_is_called_nothing_is_said_and_escape_shows_all_again(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", *"/qqq")
        assert "Nothing here is called “qqq”." in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Contents)
        assert "Signal & Noise" in screen(pilot)
        await press(pilot, "escape")
        assert main_screen(pilot).focused is main_screen(pilot).article_list


async def test_what_is_typed_in_the_filter_is_no_command(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        before = len(library.sources())
        await press(pilot, "S", "G", *"/dDr Eq")
        assert len(library.sources()) == before
        assert isinstance(pilot.app.screen, Contents)


async def test_groups_are_a_tree_with_what_is_unread_in_each_and_in_those_within(home: Path) -> None:
    async with open_library(home) as library:
        papers = {source.title: source for source in library.sources()}
        await library.file_source(papers["Orla Observer"].id, groups=["Sea"])
        await library.file_source(papers["Signal & Noise"].id, groups=["Sea/Harbours", " Sea//Harbours "])
        await library.file_source(papers["The Island Courier"].id, title="Courier", groups=[])
        rows = contents(library)
        within = {row.title: row.within for row in rows if row.source_id}
        headings = {row.heads: (row.title, row.detail) for row in rows if row.heads}
        unread = papers["Orla Observer"].unread + papers["Signal & Noise"].unread
        assert headings["group:Sea"] == ("Sea", f"{unread} unread")
        assert headings["group:Sea/Harbours"] == ("Harbours", f"{papers['Signal & Noise'].unread} unread")
        assert within["Orla Observer"] == ("group:Sea",)
        assert within["Signal & Noise"] == ("group:Sea", "group:Sea/Harbours")
        assert within["Courier"] == ("sources",)
        assert library.count('group:"sea"') == papers["Orla Observer"].total + papers["Signal & Noise"].total


async def test_a_name_and_groups_are_given_in_the_list_and_a_refresh_leaves_them(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await press(pilot, "S", *"/obs", "backspace", "backspace", "backspace", *"Orla")
        await press(pilot, "escape", "G", "E", *["down"] * 5)
        await press(pilot, *["backspace"] * 40, *"Mine", "down", *["backspace"] * 40, *"Sea/Work, Home", "enter")
        source = next(each for each in library.sources() if each.title == "Mine")
        assert source.groups == ("Sea/Work", "Home")
        assert screen(pilot).count("Mine") >= 2


async def test_marked_sources_are_removed_together_and_come_back(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        before = len(library.sources())
        await press(pilot, "S", "G", "k", "space", "space")
        assert "2 marked" in screen(pilot)
        await press(pilot, "d")
        assert len(library.sources()) == before - 2
        await press(pilot, "escape", "u")
        assert len(library.sources()) == before


async def test_a_failing_source_keeps_its_counts_and_says_what_to_do(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        with Store(library.path) as store:
            source = library.sources()[0]
            failed = f"{source.url}: there is no such host."
            visit = VisitRecord(NOW.timestamp(), "", NOW.timestamp(), error=failed)
            store.sources.record_visit(source.id, visit)
        await press(pilot, "S", *f"/{source.title.split()[-1]}")
        told = " ".join(screen(pilot).split())
        assert f"{source.unread} of {source.total}" in told
        assert "there is no such host" in told
        assert "The name is wrong, or the site is gone" in told


def test_each_error_has_an_advice() -> None:
    assert what_to_do("") == ""
    assert what_to_do("https://a.example/ did not answer in time.").startswith("Its server is slow")
    assert Keymap().said(what_to_do("something new")) == "r asks it again."


async def test_views_beyond_the_usual_ones_are_gone_to(opened: Opening) -> None:
    async with opened() as pilot:
        for typed, query in (("today", "since:today"), ("failed", "is:failed"), ("tagged", "is:tagged")):
            await press(pilot, "S", *f"/{typed}", "enter")
            assert main_screen(pilot).listing.section.query == query
