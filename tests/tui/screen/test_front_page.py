"""The front page on the screen: its rows at any size, what comes while it is read, the start with it."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.geometry import Region, Size

from cache.front_page import Front, FrontWishes
from cache.library import open_library
from cache.paths import places
from cache.reading import LibraryReader
from cache.writes.store import Store
from tests.news_events import Event, World
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW
from tests.tui.pilot import headline, main_screen, press, screen
from tests.tui.screen.front_pages import DAY, Edition, chose_list, edition_of, front, land, news, paper, shown, to_front
from tui.app import Broadsheet
from tui.panes.article_list import ArticleList
from tui.screen.front_kept import rows_of
from tui.typeset.cells import cells

__all__ = ["news", "paper"]

pytestmark = pytest.mark.anyio


async def test_what_most_report_comes_first_with_its_counts_and_sentence(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        assert shown(pilot) == [5, 3, 2, 1]
        said = screen(pilot)
        assert "Front page · 24 hours" in said
        assert "5 sources" in said
        assert re.search(r"— \w+ \w+, as 5 of", said)


async def test_it_stands_first_among_the_sections_where_three_sources_are_kept(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await press(pilot, "S")
        await until(pilot, lambda: "Front page" in screen(pilot))
        lines = [line.strip(" ▏") for line in screen(pilot).splitlines()]
        assert next(i for i, line in enumerate(lines) if line.startswith("Front page")) < next(
            i for i, line in enumerate(lines) if line.startswith("All stories")
        )


async def test_it_is_no_section_where_fewer_sources_are_kept(opened: Opening, tmp_path: Path) -> None:
    async with opened(100, 40, at=tmp_path / "empty") as pilot:
        await press(pilot, "S")
        await until(pilot, lambda: "All stories" in screen(pilot))
        assert "Front page" not in screen(pilot)


async def test_enter_opens_the_report_and_q_leads_back_to_the_story(opened: Opening, paper: Path) -> None:
    async with opened(120, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "j", "enter")
        row = front(pilot).rows[1]
        assert main_screen(pilot).articles.entry.id == row.story.best  # type: ignore[union-attr]
        assert headline(pilot)
        await press(pilot, "q")
        assert main_screen(pilot).article_list.highlighted == row.id
        await press(pilot, "d")
        assert main_screen(pilot).listing.section.title == "All stories"


async def test_the_sidebar_is_the_story_and_t_its_timeline(opened: Opening, paper: Path) -> None:
    async with opened(120, 40, at=paper) as pilot:
        await to_front(pilot)
        await until(pilot, lambda: "The same story" in screen(pilot))
        await press(pilot, "t")
        assert main_screen(pilot).articles.page == "The story so far"


async def test_an_empty_one_says_what_would_fill_it(opened: Opening, tmp_path: Path) -> None:
    async with opened(80, 24, at=tmp_path / "empty") as pilot:
        await press(pilot, "d")
        await until(pilot, lambda: "Making" not in screen(pilot))
        assert "Press a to add a few" in " ".join(screen(pilot).split())
        await press(
            pilot, "j", "k", "G", "g", "pagedown", "enter", "m", "s", "x", "f", "Q", "A", "u", "circumflex_accent"
        )


async def test_the_footer_names_the_keys_of_stories_as_soon_as_there_are_some(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await until(pilot, lambda: "enter open   Q why here" in screen(pilot))
        await press(pilot, *"xxxx")
        await until(pilot, lambda: "enter open" not in screen(pilot))


async def test_what_is_quoted_is_said_of_the_reports_there_are_now(opened: Opening, paper: Path, news: Edition) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        before = front(pilot).rows[0]
        assert before.quoted_from.endswith("of 5 reports say")
        with Store(places(paper).library) as store:
            store.connection.run("DELETE FROM entry WHERE id = ?", (before.story.reports[0],))
        await until(pilot, lambda: front(pilot).rows[0].story.sources == 4)
        assert not front(pilot).rows[0].quoted_from.endswith("of 5 reports say")


async def test_what_lands_meanwhile_waits_above_and_nothing_jumps(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "j")
        before = list(main_screen(pilot).article_list.ids)
        land(paper, *edition_of(6, seed=99), hours_ago=1)
        await until(pilot, lambda: "▲ 1 new above" in screen(pilot))
        assert (list(main_screen(pilot).article_list.ids), main_screen(pilot).article_list.index) == (before, 1)
        await press(pilot, "circumflex_accent")
        assert shown(pilot)[0] == 6
        assert main_screen(pilot).article_list.index == 0
        assert "new above" not in screen(pilot)


async def test_a_newspaper_s_front_where_there_is_room(opened: Opening, paper: Path) -> None:
    async with opened(160, 45, at=paper) as pilot:
        await to_front(pilot)
        listed = main_screen(pilot).article_list
        sheet = listed.rows.sheet
        assert sheet is not None
        lead, *others = sheet.places
        seconds = [place for place in others if place.x]
        assert (lead.x, lead.y, seconds[0].y, len(seconds)) == (0, 0, 0, 2)
        assert all(place.x > lead.width for place in seconds)
        assert not main_screen(pilot).reader.display
        await press(pilot, "enter")
        assert main_screen(pilot).reader.display
        assert listed.size.width <= 64
        await press(pilot, "q")
        assert not main_screen(pilot).reader.display
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert not main_screen(pilot).reader.display
        assert {place.x for place in listed.rows.sheet.places} == {0}  # type: ignore[union-attr]


async def test_a_page_drawn_before_it_is_laid_out_for_a_narrower_pane_stays_within_it(
    opened: Opening, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(160, 45, at=paper) as pilot:
        await to_front(pilot)
        pane = main_screen(pilot).article_list
        with monkeypatch.context() as patched:  # a pane has its size before it hears of it
            patched.setattr(ArticleList, "size", property(lambda _: Size(51, 39)))
            strips = pane.render_lines(Region(0, 1, 51, 20))
        assert {sum(cells(segment.text) for segment in strip) for strip in strips} == {51}


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (80, 24), (200, 50)])
async def test_keys_go_through_it_in_reading_order_at_any_size(
    opened: Opening, paper: Path, size: tuple[int, int]
) -> None:
    async with opened(*size, at=paper) as pilot:
        await to_front(pilot)
        listed = main_screen(pilot).article_list
        for at in range(4):
            assert listed.index == at
            y, height = listed.rows.span(at)
            top = listed.scroll_offset.y
            assert top <= y < top + listed.size.height
            assert y + height <= top + listed.size.height or y == top
            await press(pilot, "j")
        await press(pilot, "g", "c", "c", "G", "c", "pageup", "pagedown", "pagedown")
        assert listed.index == 3


async def test_the_start_is_where_the_reader_left_with_the_page_as_it_was(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        before = [(row.id, row.quote, row.quoted_from) for row in front(pilot).rows]
        main_screen(pilot).end()
        await until(pilot, lambda: not main_screen(pilot).writing.waiting)
    async with open_library(paper) as library:
        kept = rows_of(library.setting("front.kept", []))
        assert [(row.id, row.quote, row.quoted_from) for row in kept] == before
    async with opened(100, 40, at=paper) as pilot:
        assert main_screen(pilot).listing.section.front
        assert [row.id for row in front(pilot).rows] == [entry_id for entry_id, *_ in before]
        await press(pilot, "d")
        assert main_screen(pilot).listing.section.title == "All stories"


async def test_a_first_start_shows_it_where_three_sources_are_kept_and_the_list_is_remembered_once_chosen(
    opened: Opening, tmp_path: Path, news: Edition
) -> None:
    home = tmp_path / "first"
    home.mkdir()
    land(home, *news)
    for _ in range(2):
        async with opened(100, 40, at=home) as pilot:
            await until(pilot, lambda: shown(pilot) == [5, 3, 2, 1])
            main_screen(pilot).end()
            await until(pilot, lambda: not main_screen(pilot).writing.waiting)
    async with opened(100, 40, at=home) as pilot:
        await press(pilot, "d")
        assert main_screen(pilot).listing.section.title == "All stories"
        main_screen(pilot).end()
        await until(pilot, lambda: not main_screen(pilot).writing.waiting)
    async with opened(100, 40, at=home) as pilot:
        assert main_screen(pilot).listing.section.title == "All stories"


async def test_a_key_typed_while_the_first_page_is_made_is_answered_at_once(
    opened: Opening, tmp_path: Path, news: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "first"
    home.mkdir()
    land(home, *news)
    made, begun = threading.Event(), threading.Event()
    front_of = LibraryReader.front

    def held(library: LibraryReader, wishes: FrontWishes | None = None) -> Front:
        begun.set()
        made.wait(20)
        return front_of(library, wishes)

    monkeypatch.setattr(LibraryReader, "front", held)
    async with open_library(home) as library:
        app = Broadsheet(library, lambda: NOW)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, begun.is_set)
            assert "Making the front page" in screen(pilot)
            await pilot.press("j", "m", "d")
            await until(pilot, lambda: bool(main_screen(pilot).article_list.ids))
            assert main_screen(pilot).listing.section.title == "All stories"
            made.set()
            await settled(pilot)
            assert main_screen(pilot).listing.section.title == "All stories"
            assert main_screen(pilot).articles.entry is not None
        await app.main_screen.put_away()


async def test_a_refresh_makes_the_page_that_the_next_start_begins_with(
    opened: Opening, tmp_path: Path, news: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "first"
    home.mkdir()
    old = [[replace(one, at=one.at - timedelta(days=30)) for one in told] for told in edition_of(5, 3)]
    land(home, *old, hours_ago=24 * 30)
    async with opened(100, 40, at=home) as pilot:
        assert main_screen(pilot).listing.section.title == "All stories"
        main_screen(pilot).listing.keep_front()
        await settled(pilot)
        assert not main_screen(pilot).library.setting("front.kept", [])
        land(home, *(replace_events(news)), hours_ago=1)
        main_screen(pilot).listing.keep_front()
        await until(pilot, lambda: bool(main_screen(pilot).library.setting("front.kept", [])))
        assert main_screen(pilot).listing.section.title == "All stories"
        main_screen(pilot).end()
        await until(pilot, lambda: not main_screen(pilot).writing.waiting)
    made = threading.Event()
    front_of = LibraryReader.front
    monkeypatch.setattr(LibraryReader, "front", lambda *asked: made.wait(20) and front_of(*asked))
    async with open_library(home) as library:
        app = Broadsheet(library, lambda: NOW)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: "sources" in screen(pilot))
            assert len(main_screen(pilot).article_list.ids) == 4
            made.set()
            await settled(pilot)
        await app.main_screen.put_away()


def replace_events(told: Edition) -> Edition:
    """The same events under other numbers: those of an edition stand at their addresses already."""
    return [[replace(one, event=one.event + 10_000) for one in reports] for reports in told]


@pytest.mark.parametrize("sizes", [(2, 2), ()])
async def test_a_first_start_shows_the_list_where_there_is_little_to_fill_a_page(
    opened: Opening, tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    home = tmp_path / "few"
    home.mkdir()
    old = [[replace(one, at=one.at - timedelta(days=30)) for one in told] for told in edition_of(5, 3)]
    land(home, *old, *edition_of(*sizes)[:1], hours_ago=8)
    async with opened(100, 40, at=home) as pilot:
        assert main_screen(pilot).listing.section.title == "All stories"


@pytest.mark.parametrize(
    "odd", [7, "x", {"a": 1}, [None], [[]], [[1, ["h"] * 7, [], [True, False], []]], [[1, ["h"] * 6, [], [1, 2], [1]]],
            [[-1, ["h"] * 7, [], [True, False], [1]]], [[2**70, ["h"] * 7, [3], [True, False], [2**70]]]],
)  # fmt: skip
def test_what_is_no_page_among_the_settings_is_passed_by(odd: object) -> None:
    assert rows_of(odd) == []


async def test_a_page_kept_of_articles_that_are_gone_opens_and_keys_do_no_harm(opened: Opening, paper: Path) -> None:
    async with open_library(paper) as library:
        gone = [[99, ["\x1b[31mGone\u202e", "", "q", "by", "", "why", "1, 2"], ["f"], [False, True], [99, 98]]]
        await library.set_setting("front.kept", gone)
        await library.set_setting("front.open", True)
    async with opened(160, 45, at=paper) as pilot:
        await until(pilot, lambda: shown(pilot) == [5, 3, 2, 1])
        await press(pilot, "enter", "q", "m", "x", "u")
        assert "\x1b" not in screen(pilot)


@pytest.mark.parametrize("width", [80, 100, 140])
async def test_no_article_stands_beside_it_until_one_is_opened(opened: Opening, paper: Path, width: int) -> None:
    async with opened(width, 24, at=paper) as pilot:
        await to_front(pilot)
        assert not main_screen(pilot).reader.display
        assert main_screen(pilot).article_list.size.width > 0.7 * width
        await press(pilot, "enter")
        assert main_screen(pilot).reader.display
        await press(pilot, "q", "d")
        assert main_screen(pilot).reader.display
        assert main_screen(pilot).article_list.size.width < 0.4 * width


async def test_a_search_from_it_leads_back_to_the_story_and_nothing_else_is_shown(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "j", "j")
        held = main_screen(pilot).article_list.highlighted
        await press(pilot, "slash", "a", "enter")
        assert main_screen(pilot).listing.section.sought
        await press(pilot, "q")
        assert main_screen(pilot).listing.section.front
        assert main_screen(pilot).article_list.highlighted == held


async def test_rows_closer_and_wider_say_what_they_hold(opened: Opening, paper: Path) -> None:
    async with opened(60, 30, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "c", "c")
        assert "A line for each story." in screen(pilot)
        assert [place.height for place in main_screen(pilot).article_list.rows.sheet.places] == [1] * 4  # type: ignore[union-attr]


async def test_headlines_of_any_letters_and_length_stay_within_their_columns(
    opened: Opening, tmp_path: Path, news: Edition
) -> None:
    home = tmp_path / "odd"
    home.mkdir()
    odd = ("\x1b[2J\u202eevil\n\n", "漢字" * 300, "שלום עולם " * 20, "W" * 4000, "", "e\u0301" * 200)
    chose_list(home)
    land(home, *([replace(one, headline=odd[at % len(odd)]) for one in told] for at, told in enumerate(news)))
    for size in ((40, 10), (80, 24), (160, 45)):
        async with opened(*size, at=home) as pilot:
            await press(pilot, "d")
            await until(pilot, lambda: bool(front(pilot).rows))
            await press(pilot, "Q", "j", "G", "c", "c")
            lines = pilot.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in lines} == {size[0]}
            assert not any(sign in screen(pilot) for sign in "\x1b\u202e")


async def test_figures_that_differ_are_told_where_one_line_is_all_there_is(opened: Opening, paper: Path) -> None:
    world = World(0, seed=3)
    event = Event(1, "ferry", DAY - timedelta(hours=8), world.facts(), 9, 0, 12.0)
    land(paper, world.reports_of(event), hours_ago=1)
    async with opened(60, 24, at=paper) as pilot:
        await press(pilot, "d")
        await until(pilot, lambda: bool(front(pilot).rows))
        assert re.search(r"Reports differ: \d+ \w+, \d+ \w+", screen(pilot))
        await press(pilot, "c")
        assert "Reports differ on " in screen(pilot)


async def test_what_came_since_the_last_look_is_counted(opened: Opening, tmp_path: Path) -> None:
    home = tmp_path / "looked"
    home.mkdir()
    told, *others = edition_of(6, 3, 1)
    chose_list(home)
    land(home, told[:3], *others)
    async with open_library(home) as library:
        await library.look_at_front((NOW - timedelta(hours=2)).timestamp())
    land(home, told[3:], hours_ago=1)
    async with opened(100, 40, at=home) as pilot:
        await to_front(pilot, 3)
        assert re.search(r"6 sources · 3 new since \d\d:\d\d · grew", screen(pilot))


async def test_texts_are_not_read_again_for_what_was_said_of_the_same_reports(
    opened: Opening, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        main_screen(pilot).end()
        await until(pilot, lambda: not main_screen(pilot).writing.waiting)
    read: list[int] = []
    detail = LibraryReader.front_detail
    monkeypatch.setattr(
        LibraryReader, "front_detail", lambda library, story: read.append(story.best) or detail(library, story)
    )
    land(paper, *edition_of(6, seed=99), hours_ago=1)
    async with opened(100, 40, at=paper) as pilot:
        await until(pilot, lambda: len(front(pilot).rows) == 5)
        assert len(read) == 1


async def test_an_empty_span_says_how_old_the_newest_story_is(opened: Opening, tmp_path: Path) -> None:
    home = tmp_path / "old"
    home.mkdir()
    old = [[replace(one, at=one.at - timedelta(days=30)) for one in told] for told in edition_of(4, 3)]
    land(home, *old, hours_ago=24 * 30)
    async with opened(140, 30, at=home) as pilot:
        await press(pilot, "d")
        await until(pilot, lambda: "The newest one is of" in " ".join(screen(pilot).split()))
        assert "for a longer span" not in " ".join(screen(pilot).split())
        assert not main_screen(pilot).related.display
        assert "why here" not in screen(pilot)
        await press(pilot, "d")
        assert main_screen(pilot).related.display
