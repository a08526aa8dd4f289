"""How a source is kept and asked."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from cache.arrangement import Arrangement
from cache.writes import retention
from cache.writes.store import Store
from fetch.source import Source
from tests.tui.conftest import Opening, settled
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.source_settings import groups_in
from tui.request_settings import header_lines, headers_of
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_a_source_is_given_limits_and_pruned_to_them(opened: Opening) -> None:
    async with opened() as pilot:
        source_id = main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).source_id
        await press(pilot, "A", "E", "down", "1", "down", *"300k", "down", *"50", "enter")
        kept = main_screen(pilot).library.source(source_id)
        assert (kept.keep_days, kept.keep_count, kept.max_bytes, kept.most) == (None, 1, 300_000, 50)
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


async def test_a_source_is_asked_and_read_as_set(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        source_id = main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).source_id
        await press(pilot, "E", *["down"] * 7, *"6h", "down", *["backspace"] * 7, *"section", "enter")
        source = library.source(source_id)
        assert (source.every, source.kind) == (21_600, "section")
        await press(pilot, "E", *["down"] * 8, *["backspace"] * 7, *"page", "enter")
        assert "“page” is none of feed, sitemap, section." in screen(pilot)
        await press(pilot, *["backspace"] * 7, "up", *["backspace"] * 3, "enter")
        source = library.source(source_id)
        assert (source.every, source.kind) == (None, "section"), "an empty line leaves the kind as it is"


async def test_headers_are_set_here_and_a_secret_is_shown_no_more(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        source_id = main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).source_id
        await press(pilot, "E", "up", *"Cookie: member=torvik-47", "enter")
        assert "Cookie" in library.source(source_id).headers
        await press(pilot, "E", "up", *"Accept-Language: ja", "up")
        assert "Cookie: @" in screen(pilot)
        assert "torvik-47" not in screen(pilot)
        await press(pilot, "enter")
        held = json.loads(library.source(source_id).headers)
        assert held == {"Cookie": "@", "Accept-Language": "ja"}
        await press(pilot, "E", "up", *"Host: elsewhere", "enter")
        assert "Host is a header that every request has a value of its own for" in screen(pilot)
        await press(pilot, *["backspace"] * 20, "up", "up", *["backspace"] * 20, "enter")
        assert json.loads(library.source(source_id).headers) == {"Accept-Language": "ja"}
    assert b"torvik-47" not in (home / "library.db").read_bytes()


async def test_a_source_that_has_no_name_yet_is_named_by_its_feed_still(opened: Opening, home: Path) -> None:
    with Store(home / "library.db") as store:
        source_id = store.sources.add(Source("https://nameless.example/feed", "feed", ""))
    async with opened() as pilot:
        await press(pilot, "S", *"/nameless", "escape", "E", *"30", "enter", "escape")
        assert main_screen(pilot).library.source(source_id).keep_days == 30
    with Store(home / "library.db") as store:
        store.sources.describe(source_id, title="The Nameless")
        assert store.connection.value("SELECT title FROM source WHERE id = ?", (source_id,)) == "The Nameless"


async def test_settings_are_kept_whole_where_they_are_left_at_once(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as pilot:
        library, written = main_screen(pilot).library, asyncio.Event()
        keep_for = library.keep_for

        async def slow(source_id: int, *, days: int | None = None, count: int | None = None) -> None:
            await written.wait()
            await keep_for(source_id, days=days, count=count)

        monkeypatch.setattr(library, "keep_for", slow)
        source_id = main_screen(pilot).context.known(main_screen(pilot).article_list.highlighted).source_id
        await press(pilot, "E", *"30", *["down"] * 5, *["backspace"] * 40, *"Tides", "down", *["backspace"] * 40)
        await pilot.press("enter", "escape", "enter")
        written.set()
        await settled(pilot)
        source = library.source(source_id)
        assert (source.keep_days, source.title, source.groups) == (30, "Tides", ())


def test_what_is_kept_apart_stays_as_it_is_held() -> None:
    held = '{"Cookie": "@https://old.example/feed", "@origins": "https://a.example", "Accept": "text/html"}'
    assert header_lines(held) == ["Cookie: @", "Accept: text/html"]
    assert headers_of(["Cookie: @", "Accept: text/html", " "], held) is None
    changed = headers_of(["Cookie: @", "Accept: */*"], held)
    assert changed == {**json.loads(held), "Accept": "*/*"}
    assert headers_of([""], held) == {}
    with pytest.raises(ValueError, match="no value for X-Member yet"):
        headers_of(["X-Member: @"], held)


async def test_lines_that_were_not_changed_are_not_kept_anew(opened: Opening, home: Path) -> None:
    with Store(home / "library.db") as store:
        source_id = store.sources.add(Source("https://comma.example/feed", "feed", "Comma"), section="Politics, World")
    async with opened() as pilot:
        library = main_screen(pilot).library
        await press(pilot, "S", *"/comma", "escape", "E")
        with Store(home / "library.db") as another:
            another.sources.arrange(source_id, Arrangement(max_bytes=5_000, every=3_600))
            another.sources.file(source_id, "Named elsewhere", None)
            retention.keep_for(another.connection, source_id, 90, None)
        await press(pilot, "down", "7", "enter", "escape")
        kept = library.source(source_id)
        assert (kept.keep_days, kept.keep_count, kept.max_bytes, kept.every) == (90, 7, 5_000, 3_600)
        assert (kept.title, kept.groups) == ("Named elsewhere", ("Politics, World",))


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("Politics, World", ["Politics, World"]),
        ("Sea, Politics,World,Work", ["Sea", "Politics, World", "Work"]),
        ("Politics, Worlds", ["Politics", "Worlds"]),
        ("World, Politics", ["World", "Politics"]),
        (", ,", []),
        ("a,b", ["a,b"]),
    ],
)
def test_a_group_with_a_comma_in_its_name_stays_one(typed: str, groups: list[str]) -> None:
    assert groups_in(typed, ["Politics, World", "a,b"]) == groups


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 10)])
async def test_what_is_wrong_in_a_line_is_told_on_screen_at_any_size(opened: Opening, size: tuple[int, int]) -> None:
    async with opened(*size) as pilot:
        await press(pilot, "E")
        assert "enter keeps all" in screen(pilot)
        await press(pilot, *"abc", "enter")
        assert "“abc” is not a number" in screen(pilot)
        await press(pilot, *["down"] * 7)
        assert "Ask no sooner" in screen(pilot), "the line that has the keys is in view"
