"""The keys stay where the reader has put them: nothing that arrives by itself takes them, a line gives them back."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot

from tests.loopback import Loopback, Reply, Seen
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import edition
from tests.tui.pilot import headline, main_screen, press, screen
from tui.panes.prompt import Prompt

pytestmark = pytest.mark.anyio

LINES = ["slash", "T", "e", "W", "B"]
PAGE = "<title>{0}</title><article><h1>{0}</h1><p>{1}</p></article>".format(
    "The late boat came in", "The boat came in after dark, and the harbour master wrote it down as he always does. " * 5
)


@pytest.mark.parametrize("width", [60, 100, 120])
@pytest.mark.parametrize("key", LINES)
async def test_a_line_left_with_escape_gives_the_keys_back_to_where_they_were(
    opened: Opening, key: str, width: int
) -> None:
    async with opened(width, 30) as pilot:
        await press(pilot, "enter")
        main = main_screen(pilot)
        await press(pilot, key, "z", "q", "escape")
        assert not main.query(Prompt)
        assert (main.focused, main.reader.display) == (main.reader, True)
        assert headline(pilot) == edition()[0].headline


async def test_a_click_beyond_a_screen_that_has_become_smaller_takes_the_keys_from_no_pane(opened: Opening) -> None:
    async with opened(60, 20) as pilot:
        main = main_screen(pilot)
        for kind in (events.MouseDown, events.MouseUp, events.MouseScrollDown):
            await pilot.app.on_event(kind(None, 99, 30, 0, 0, 1, False, False, False, 99, 30))
            assert main.focused is main.article_list


async def test_a_click_elsewhere_leaves_the_keys_with_the_line(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, *"/pil")
        await pilot.click(main.reader, offset=(10, 10))
        await pilot.press(*"ots")
        assert main.query_one(Prompt).value == "pilots"
        await press(pilot, "escape")
        assert not main.query(Prompt)
        assert main.focused is main.article_list


async def test_an_article_that_arrives_while_one_types_takes_no_key(opened: Opening) -> None:
    with Loopback() as server:
        release = threading.Event()
        server.routes["/late"] = held(release)
        async with opened() as pilot:
            main = main_screen(pilot)
            before = main.library.count()
            await begin_to_open(pilot, server.url("/late"))
            await pilot.press(*"/har")
            release.set()
            await until(pilot, lambda: "The late boat came in" in screen(pilot))
            await pilot.press("x", "s")
            assert main.query_one(Prompt).value == "harxs"
            await press(pilot, "escape")
            assert main.library.count() == before + 1, "and nothing was thrown away"
            assert not main.library.entry(server.url("/late")).saved


async def test_an_article_that_arrives_when_another_is_open_does_not_take_its_place(opened: Opening) -> None:
    with Loopback() as server:
        release = threading.Event()
        server.routes["/late"] = held(release)
        async with opened() as pilot:
            await begin_to_open(pilot, server.url("/late"))
            await pilot.pause()
            await pilot.press("tab", "tab", "down", "enter")
            await until(pilot, lambda: headline(pilot) == edition()[1].headline)
            release.set()
            await until(pilot, lambda: "“The late boat came in” is here" in screen(pilot))
            assert headline(pilot) == edition()[1].headline


async def test_an_article_that_arrives_leaves_the_keys_in_the_list(opened: Opening) -> None:
    with Loopback() as server:
        release = threading.Event()
        server.routes["/late"] = held(release)
        async with opened() as pilot:
            main = main_screen(pilot)
            await begin_to_open(pilot, server.url("/late"))
            await pilot.press("tab", "tab")
            assert main.focused is main.article_list
            release.set()
            await until(pilot, lambda: headline(pilot) == "The late boat came in")
            assert main.focused is main.article_list


async def begin_to_open(pilot: Pilot[None], url: str) -> None:
    """As somebody who has put the address on the list of what to fetch, and does not wait for that."""
    main = main_screen(pilot)
    await main.library.queue(url)
    main.articles.open(url)


def held(release: threading.Event) -> Callable[[Seen], Reply]:
    """An answer that comes once it is released."""

    def answer(_: Seen) -> Reply:
        release.wait(20)
        return Reply(PAGE.encode())

    return answer


async def test_enter_in_a_search_keeps_the_rows_that_were_shown(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, *"/pilo")
        await until(pilot, lambda: len(main.article_list.ids) > 0)
        shown = list(main.article_list.ids)
        await press(pilot, "enter")
        await settled(pilot)
        assert list(main.article_list.ids) == shown
        assert main.focused is main.article_list


async def test_at_the_edges_the_keys_to_the_side_stay(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        for key in ("h", "left"):
            await press(pilot, key)
            assert main.focused is main.article_list
        await press(pilot, "l", "l", "l", "right")
        assert main.focused is main.related
        await press(pilot, "tab")
        assert main.focused is main.article_list


async def test_tags_that_are_neither_there_nor_typed_are_not_said_to_be_gone(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "T", "enter")
        assert "gone" not in screen(pilot)
        await press(pilot, "e", "enter")
        assert "gone" not in screen(pilot)


async def test_a_search_begun_in_the_reader_shows_its_rows_where_one_pane_fits(opened: Opening) -> None:
    async with opened(60, 30) as pilot:
        main = main_screen(pilot)
        await press(pilot, "enter", *"//pilot")
        assert main.article_list.display
        await press(pilot, "enter")
        assert main.focused is main.article_list
