"""Sources added by address or from the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste

from cache.library import open_reading
from cache.writes.store import Store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, publish
from tests.newsroom import headline as title_of
from tests.tui.conftest import Opening, settled, until
from tests.tui.pilot import headline, main_screen, press, screen
from tui.dialogs.add_source import AddDialog

pytestmark = pytest.mark.anyio


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


async def test_what_cannot_be_added_is_said_in_a_sentence(home: Path, site: Loopback, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await pilot.press("a")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = site.url("/nothing")
        await pilot.press("enter")
        await settled(pilot)
        lines = [line for line in screen(pilot).splitlines() if "404" in line or "/nothing" in line]
        assert len(lines) >= 2, "the error stands below what was typed, which is still there"
        assert dialog.typing.value == site.url("/nothing")
        await pilot.press("x")
        assert "404" not in screen(pilot)


async def test_the_catalogue_is_there_to_pick_from(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "a")
        assert "USNI News" in screen(pilot)
        await press(pilot, *"world bbc")
        assert "BBC News: World" in screen(pilot)
        assert "USNI News" not in screen(pilot)


async def test_what_a_source_would_give_is_shown_before_it_is_kept(home: Path, site: Loopback, opened: Opening) -> None:
    site.put("/feed", feed(site.url(""), ("mole", "tide", "quay")), kind=RSS)
    async with opened(at=home) as pilot:
        library = main_screen(pilot).library
        before = len(library.sources())
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = f"Do read {site.url('/feed')}, it is good."
        await pilot.press("enter")
        await until(pilot, lambda: "enter adds it" in screen(pilot))
        assert "feed · 3 stories · teasers · the newest" in screen(pilot)
        assert len(library.sources()) == before
        await pilot.press("enter")
        await until(pilot, lambda: len(library.sources()) == before + 1)


async def test_two_addresses_pasted_at_once_can_both_be_added(home: Path, site: Loopback, opened: Opening) -> None:
    for name in ("one", "two"):
        site.put(f"/{name}", feed(site.url(""), ("mole", name), title=name), kind=RSS)
    async with opened(at=home) as pilot:
        library = main_screen(pilot).library
        before = len(library.sources())
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        pilot.app.post_message(Paste(f"{site.url('/one')}\n{site.url('/two')}\n"))
        await until(pilot, lambda: site.url("/two") in dialog.typing.value)
        await pilot.press("enter")
        await until(pilot, lambda: "All of these" in screen(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: len(library.sources()) == before + 2)


async def test_a_folder_and_a_file_that_is_not_there_are_told_as_such(home: Path, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        for typed, said in (
            (str(home), "is a folder; name a file in it"),
            ("~/none-such.opml", "There is no such file"),
            ("~nobody-of-that-name", "There is nobody called ~nobody-of-that-name here."),
        ):
            dialog.typing.value = typed
            await pilot.press("enter")
            await settled(pilot)
            assert said in screen(pilot)


async def test_enter_on_an_empty_line_adds_nothing(home: Path, opened: Opening) -> None:
    async with opened(at=home) as pilot:
        library = main_screen(pilot).library
        before = library.sources()
        await press(pilot, "a", "enter", "enter")
        assert library.sources() == before
        assert "Type an address or a name" in screen(pilot)
        await press(pilot, "down", "up")
        assert isinstance(pilot.app.screen, AddDialog)


async def test_a_single_article_is_opened_and_is_no_source(home: Path, site: Loopback, opened: Opening) -> None:
    site.put("/story", page("ferry"), kind="text/html")
    async with opened(at=home) as pilot:
        main = main_screen(pilot)
        before = len(main.library.sources())
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = site.url("/story")
        await pilot.press("enter")
        await until(pilot, lambda: "single page" in screen(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: headline(pilot) == title_of("ferry"))
        assert len(main.library.sources()) == before
        await press(pilot, "S", *"/single", "enter")
        assert main.listing.section.title == "Single articles"
        assert [entry.headline for entry in main.library.entries(main.article_list.ids)] == [title_of("ferry")]


async def test_a_list_that_was_taken_in_is_offered_to_be_refreshed(home: Path, tmp_path: Path, opened: Opening) -> None:
    lists = tmp_path / "mine.opml"
    lists.write_text(
        '<opml version="2.0"><body><outline type="rss" text="Tide" xmlUrl="https://tide.example/feed"/></body></opml>'
    )
    async with opened(at=home) as pilot:
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = str(lists)
        await pilot.press("enter")
        await until(pilot, lambda: "r fetches what is new there" in screen(pilot))


def _known(folder: Path) -> Path:
    """A file with the first of the articles alone."""
    row = {"url": "https://in.example/0", "headline": "In 0", "text": "It came."}
    (folder / "known.jsonl").write_text(json.dumps(row))
    return folder / "known.jsonl"


async def test_of_a_damaged_file_what_came_and_what_is_missing_is_said(
    home: Path, tmp_path: Path, opened: Opening
) -> None:
    rows = ({"url": f"https://in.example/{at}", "headline": f"In {at}", "text": "It came."} for at in range(3))
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows))[:-9])
    async with opened(80, 24, at=home) as pilot:
        library = main_screen(pilot).library
        await library.import_file(_known(tmp_path))  # one is there already, which is told, too
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = str(tmp_path / "in.jsonl")
        await pilot.press("enter")
        await until(pilot, lambda: "1 article taken in" in screen(pilot))
        assert "1 article is missing" in screen(pilot)
        assert library.entry("https://in.example/1").headline == "In 1"


async def test_escape_stops_an_import_and_what_has_landed_stays(home: Path, tmp_path: Path, opened: Opening) -> None:
    words, number = " ".join(f"w{at}" for at in range(600)), 1500
    rows = ({"url": f"https://in.example/{at}", "headline": f"In {at}", "text": words} for at in range(number))
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    async with opened(at=home) as pilot:
        library = main_screen(pilot).library
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = str(tmp_path / "in.jsonl")
        await pilot.press("enter")
        await until(pilot, lambda: library.count("in") > 0)
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen is main_screen(pilot)
        assert library.count("in") < number
    with open_reading(home) as left:
        assert 0 < left.count("in") < number


async def test_the_first_five_minutes(tmp_path: Path, site: Loopback, opened: Opening) -> None:
    publish(site, "eastern-mole", "market-hall", "spring-tides")
    with Store(tmp_path / "library.db"):
        pass
    async with opened(at=tmp_path) as pilot:
        main = main_screen(pilot)
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = site.url("/feed")
        await pilot.press("enter")
        await until(pilot, lambda: "feed · 3 stories" in screen(pilot))  # what will come
        await pilot.press("enter")
        stories = [title_of(slug) for slug in ("eastern-mole", "market-hall", "spring-tides")]
        await until(pilot, lambda: headline(pilot) in stories)
        await settled(pilot)
        newest = main.library.entries(main.article_list.ids)[0]
        assert headline(pilot) == newest.headline
        assert len(main.article_list.ids) == len(stories)
        assert main.focused is main.article_list, "nothing that arrives takes the keys"
        assert not newest.read
        await press(pilot, "q")
        assert main.listing.section.title == "All stories"


async def test_who_goes_on_while_a_source_is_fetched_stays_where_he_went(
    home: Path, site: Loopback, opened: Opening
) -> None:
    publish(site, "eastern-mole", "market-hall", "spring-tides")
    async with opened(at=home) as pilot:
        main = main_screen(pilot)
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, AddDialog)
        dialog.typing.value = site.url("/feed")
        await pilot.press("enter")
        await until(pilot, lambda: "enter adds it" in screen(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is main)
        await pilot.press("q", "enter")
        opened_article = headline(pilot)
        await settled(pilot)
        assert headline(pilot) == opened_article


async def test_the_catalogue_says_which_addresses_are_not_confirmed(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "a")
        assert "? is not confirmed, looked at first" in screen(pilot)
        rows = screen(pilot).splitlines()
        unsure, sure = (next(row for row in rows if name in row) for name in ("DVIDS: USINDOPACOM", "Defense One"))
        assert "?" in unsure
        assert "?" not in sure
