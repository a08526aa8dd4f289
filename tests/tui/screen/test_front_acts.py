"""What the reader does on the front page: marks, follows, mutes, asks why."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.paths import places
from cache.writes.store import Store
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press, screen
from tests.tui.screen.front_pages import Edition, front, news, paper, shown, to_front

__all__ = ["news", "paper"]

pytestmark = pytest.mark.anyio


async def test_why_here_is_told_in_words_and_taken_back(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await press(pilot, "Q")
        assert "Why here is asked on the front page" in screen(pilot)
        await to_front(pilot)
        await press(pilot, "Q")
        assert "Why here? Above the next by" in " ".join(screen(pilot).split())
        await press(pilot, "Q")
        assert "Why here?" not in screen(pilot)


async def test_why_is_still_told_once_the_page_that_was_being_made_is_shown(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "v", "d", "Q")
        made = main_screen(pilot).listing.front.maker(lambda: False)(main_screen(pilot).library)
        main_screen(pilot).listing.front.looked()
        main_screen(pilot).listing.front.take(made)
        await settled(pilot)
        assert "Why here? Above the next by" in " ".join(screen(pilot).split())


async def test_the_span_goes_round_by_a_key_and_is_remembered(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "O")
        assert "Front page · 7 days" in screen(pilot)
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        assert "Front page · 7 days" in screen(pilot)


async def test_m_reads_the_story_until_something_comes(opened: Opening, paper: Path, news: Edition) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "m")
        await until(pilot, lambda: front(pilot).rows[0].story.read)
        await press(pilot, "u")
        await until(pilot, lambda: not front(pilot).rows[0].story.read)


async def test_keys_in_a_burst_end_where_they_would_one_by_one(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await asyncio.gather(*(pilot.press(key) for key in "d j j Q m d d k".split()))
        await settled(pilot)
        assert main_screen(pilot).listing.section.front
        assert not main_screen(pilot).writing.waiting


async def test_x_mutes_and_f_follows_and_u_takes_both_back_after_a_restart_too(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "x")
        assert shown(pilot) == [3, 2, 1]
        assert "Muted until something else happens in it. u brings it back." in screen(pilot)
        await press(pilot, "f")
        await until(pilot, lambda: front(pilot).rows[0].story.followed)
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot, 3)
        assert "followed" in screen(pilot)
        await press(pilot, "u")
        await until(pilot, lambda: not front(pilot).rows[0].story.followed)
        await press(pilot, "u")
        await until(pilot, lambda: shown(pilot) == [5, 3, 2, 1])
        assert "The story is on the front page again." in screen(pilot)


async def test_what_stands_beside_the_page_is_of_the_story_that_is_highlighted_once_one_is_muted(
    opened: Opening, paper: Path
) -> None:
    async with opened(120, 40, at=paper) as pilot:
        await to_front(pilot)
        await until(pilot, lambda: bool(main_screen(pilot).related.stories))
        await press(pilot, "x")
        reports = {*front(pilot).rows[0].story.reports}
        await until(pilot, lambda: any(one.entry_id in reports for one in main_screen(pilot).related.stories))


async def test_a_whole_page_muted_says_so(opened: Opening, paper: Path) -> None:
    async with opened(60, 20, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, *"xxxx")
        await until(pilot, lambda: not front(pilot).rows)
        await press(pilot, "d", "d")
        await until(pilot, lambda: "4 muted" in " ".join(screen(pilot).split()))


@pytest.mark.parametrize("width", [100, 160])
async def test_what_is_followed_has_a_section_of_its_own(opened: Opening, paper: Path, width: int) -> None:
    async with opened(width, 45, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "G", "f")
        await until(pilot, lambda: any(row.story.followed for row in front(pilot).rows))
        await settled(pilot)
        lines = [line.strip() for line in screen(pilot).splitlines()]
        assert any(line.startswith("Followed") for line in lines)


@pytest.mark.parametrize("size", [(100, 45), (80, 24), (160, 45)])
async def test_following_says_where_the_topic_stands_and_it_stands_there(
    opened: Opening, paper: Path, size: tuple[int, int]
) -> None:
    async with opened(*size, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "f")
        await until(pilot, lambda: front(pilot).rows[0].story.followed)
        await settled(pilot)
        assert "Followed: its topic stands under “Followed” on the front page." in screen(pilot)
        assert any(line.split()[:1] == ["Followed"] for line in screen(pilot).splitlines()[:-1])
        assert main_screen(pilot).article_list.highlighted == front(pilot).rows[0].id


@pytest.mark.parametrize("width", [160, 100])
async def test_the_page_begins_at_its_first_row_whatever_is_followed(opened: Opening, paper: Path, width: int) -> None:
    async with opened(100, 45, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "j", "j", *("f" if width < 160 else "kkf"))
        await until(pilot, lambda: any(row.story.followed for row in front(pilot).rows))
    async with opened(width, 20, at=paper) as pilot:
        await to_front(pilot)
        await settled(pilot)
        listed = main_screen(pilot).article_list
        assert (listed.index, listed.scroll_offset.y) == (0, 0)


async def test_another_program_takes_it_all_away_meanwhile_and_keys_say_so(opened: Opening, paper: Path) -> None:
    async with opened(120, 40, at=paper) as pilot:
        await to_front(pilot)
        with Store(places(paper).library) as store:
            store.connection.run("DELETE FROM entry")
        await pilot.pause(0.6)
        await settled(pilot)
        await press(pilot, "j", "m", "s", "x", "f", "t", "enter")
        assert main_screen(pilot).listing.section.front
        await press(pilot, "q", "d", "d")
        await until(pilot, lambda: not front(pilot).rows)


async def test_acts_on_many_rows_are_on_all_reports_of_their_stories(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "j", "j", "M", "a")
        assert "Marked 8 reports read" in screen(pilot)
        await press(pilot, "A")
        assert "Marked 3 reports read" in screen(pilot)
        await until(pilot, lambda: all(row.story.read for row in front(pilot).rows))


@pytest.mark.parametrize("size", [(100, 40), (160, 45)])
async def test_rows_are_selected_by_moving_and_take_the_acts(
    opened: Opening, paper: Path, size: tuple[int, int]
) -> None:
    async with opened(*size, at=paper) as pilot:
        await to_front(pilot)
        library, listed = main_screen(pilot).library, main_screen(pilot).article_list
        await press(pilot, "V", "j")
        assert "2 selected" in screen(pilot)
        assert "x mute" in screen(pilot)
        await press(pilot, "m")
        assert "Marked 8 reports read" in screen(pilot)
        assert not listed.selecting
        await until(pilot, lambda: [row.story.read for row in front(pilot).rows] == [True, True, False, False])
        await press(pilot, "g", "V", "j", "s")
        assert "Saved 2 stories." in screen(pilot)
        assert {*library.ids("is:saved")} == {row.id for row in front(pilot).rows[:2]}
        await press(pilot, "g", "V", "j", "x")
        assert "Muted 2 stories." in screen(pilot)
        await until(pilot, lambda: shown(pilot) == [2, 1])
        await press(pilot, "u")
        await until(pilot, lambda: shown(pilot) == [5, 3, 2, 1])
        assert "2 stories are on the front page again." in screen(pilot)
        await press(pilot, "V", "j", "q")
        assert not listed.selecting
        assert main_screen(pilot).listing.section.front


async def test_going_elsewhere_is_the_end_of_a_look_and_a_search_is_not(opened: Opening, paper: Path) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        library = main_screen(pilot).library
        await press(pilot, "slash", "a", "enter")
        assert not library.setting("front.looked", 0.0)
        await press(pilot, "q", "v")
        assert library.setting("front.looked", 0.0) == NOW.timestamp()


async def test_why_is_told_within_the_screen_on_the_lowest_row_too(opened: Opening, paper: Path) -> None:
    async with opened(80, 24, at=paper) as pilot:
        await to_front(pilot)
        await press(pilot, "j", "j", "Q")
        listed = main_screen(pilot).article_list
        y, height = listed.rows.span(listed.index)
        assert y + height <= listed.scroll_offset.y + listed.size.height
        assert "Why here?" in screen(pilot)


async def test_what_the_settings_ask_more_of_stands_higher_on_the_screen_too(opened: Opening, paper: Path) -> None:
    with open_reading(paper) as library:
        source = library.entries(library.ids(limit=1))[0].source_id
    (paper / "config.toml").write_text(f'[front]\nmore = ["source:{source}"]\n', "utf-8")
    async with opened(100, 40, at=paper) as pilot:
        await to_front(pilot)
        found = {*main_screen(pilot).library.ids(f"source:{source}")}
        asked = [not found.isdisjoint(row.story.reports) for row in front(pilot).rows]
        assert ["you ask for more of" in row.story.why for row in front(pilot).rows] == asked
        assert 0 < sum(asked) < 4


async def test_what_is_followed_stands_among_the_sections_and_is_followed_no_longer_from_there(
    opened: Opening, paper: Path
) -> None:
    async with opened(100, 40, at=paper) as pilot:
        await press(pilot, "S")
        assert "Followed" not in screen(pilot)
        await press(pilot, "escape")
        await to_front(pilot)
        await press(pilot, "j", "f")
        row, library, shown_screen = front(pilot).rows[1], main_screen(pilot).library, main_screen(pilot)
        await press(pilot, "S")
        headline = library.topics()[0].headline
        assert re.search(rf"Followed +3 unread[ ▐\n]+{re.escape(headline[:20])}.* 3 unread", screen(pilot))
        await press(pilot, "slash", *"followed", "enter", "enter")
        assert shown_screen.listing.section.title == "Followed"
        assert {*shown_screen.listing.covered()} == {*row.story.reports}
        await press(pilot, "enter")
        assert shown_screen.articles.entry.id in row.story.reports  # type: ignore[union-attr]
        await press(pilot, "q", "S")
        await press(pilot, "slash", *headline.split()[0], "down", "d")
        assert "Followed no longer; u brings it back" in screen(pilot)
        assert not library.topics()
        await press(pilot, "u")
        assert [topic.headline for topic in library.topics()] == [headline]
        assert "The story is followed again." in screen(pilot)
        await press(pilot, "escape", "escape")
    async with opened(100, 40, at=paper) as pilot:
        await press(pilot, "u")
        assert not main_screen(pilot).library.topics()
