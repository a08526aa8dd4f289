"""What the linear reader lists goes by the settings, as the screen's does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.linear.keys_pressed import LinearReader, linear_reader
from tests.tui.newsroom import edition, shelve

pytestmark = pytest.mark.anyio


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path)
    return tmp_path


def headlines(reader: LinearReader) -> list[str]:
    library = reader.desk.library
    return [library.entry(entry_id).headline for entry_id in reader.desk.stories.ids]


async def test_it_opens_with_the_first_of_the_views_and_v_goes_through_them(home: Path) -> None:
    async with linear_reader(home, '[list]\nviews = ["unread", "saved"]\n') as reader:
        assert reader.said[0].startswith("Unread, ")
        assert await reader.press("v") == ["Nothing is saved yet. Press s on an article to put it aside."]
        assert (await reader.press("q"))[0].startswith("Unread, ")
        await reader.press("q")
        assert reader.commands.left


async def test_q_leaves_at_once_where_the_settings_say_so(home: Path) -> None:
    async with linear_reader(home, '[screen]\nq = "leave"\n') as reader:
        await reader.press("enter", "q")
        assert reader.commands.left


async def test_the_order_is_that_of_the_settings_then_the_one_chosen(home: Path) -> None:
    async with linear_reader(home) as reader:
        newest = headlines(reader)
        said = await reader.press("O")
        assert said[:2] == ["Listed oldest first.", f"All stories, oldest first, {len(newest):,}:"]
        assert headlines(reader) == newest[::-1]
    async with linear_reader(home) as reader:
        assert headlines(reader) == newest[::-1], "kept for the next time"
    async with linear_reader(home, '[list]\norder = "source"\n') as reader:
        assert reader.said[0].startswith("All stories, by source, ")
        assert "config.toml says what holds at the next start." in (await reader.press("O"))[0]


async def test_a_fold_is_chosen_and_all_that_stands_behind_a_row_is_marked_with_it(home: Path) -> None:
    async with linear_reader(home) as reader:
        one_story = "INSERT OR REPLACE INTO reports (entry_id, story) SELECT id, 1 FROM entry"
        await reader.desk.library.write(lambda store: store.connection.run(one_story))
        await reader.press("circumflex_accent")
        rows = len(reader.desk.stories)
        assert rows < len(edition())
        number = len(reader.desk.library.ids("is:unread"))
        assert await reader.press("A") == [f"Marked {number} stories read. u takes it back."]
        assert not len(reader.desk.library.ids("is:unread"))
        await reader.press("u")
        assert (await reader.press("F"))[0] == "A row for each report."
        assert len(reader.desk.stories) == len(reader.desk.library.ids(""))
    async with linear_reader(home, "[list]\nfold = true\n") as reader:
        assert len(reader.desk.stories) == rows


async def test_from_what_was_found_one_comes_back_to_where_one_was(home: Path) -> None:
    async with linear_reader(home) as reader:
        row = (await reader.press("v", "j"))[-1]
        await reader.press("slash", typed="freighter\r")
        await reader.press("slash", typed="pilots\r")
        assert (await reader.press("q"))[1:] == [row]
        assert reader.desk.stories.title == "Unread"


async def test_rows_tell_when_by_the_clock_where_that_is_set(home: Path) -> None:
    async with linear_reader(home) as reader:
        assert "The Island Courier, 2 hours ago." in reader.said[1]
    async with linear_reader(home, '[list]\ndates = "clock"\n') as reader:
        assert "The Island Courier, 22 November, 06:20." in reader.said[1]
    async with linear_reader(home, '[list]\ndates = "iso"\n') as reader:
        assert "The Island Courier, 06:20." in reader.said[1]
