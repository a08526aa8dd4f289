"""Many marked read at once: a key and a letter, one undo."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.entry import Entry
from fetch.article import Article
from tests.tui.conftest import Opening
from tests.tui.newsroom import edition, paragraph, shelve
from tests.tui.pilot import main_screen, press, screen
from tui.local_time import now
from tui.panes.prompt import Prompt

pytestmark = pytest.mark.anyio


def entries(pilot: Pilot[None]) -> list[Entry]:
    main = main_screen(pilot)
    found = {entry.id: entry for entry in main.library.entries(main.article_list.ids)}
    return [found[entry_id] for entry_id in main.article_list.ids]


@pytest.mark.parametrize(("letter", "read"), [("a", range(3)), ("b", range(4, len(edition())))])
async def test_those_above_or_below_the_highlight_are_marked_and_one_undo_takes_it_back(
    opened: Opening, letter: str, read: range
) -> None:
    async with opened() as pilot:
        await press(pilot, "j", "j", "j", "M", letter)
        assert not main_screen(pilot).query(Prompt)
        assert [at for at, entry in enumerate(entries(pilot)) if entry.read] == list(read)
        assert f"Marked {len(read)} stories read" in screen(pilot)
        await press(pilot, "u")
        assert not any(entry.read for entry in entries(pilot))


async def test_those_of_the_source_are_marked_alone(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "j", "M", "s")
        assert {entry.source for entry in entries(pilot) if entry.read} == {edition()[1].source}
        assert not any(not entry.read for entry in entries(pilot) if entry.source == edition()[1].source)


async def test_those_older_than_a_day_are_marked(tmp_path: Path, opened: Opening) -> None:
    home, today = tmp_path / "days", now()
    ages = (1, 20, 30, 80)
    shelve(home, [story(today - timedelta(hours=hours), hours) for hours in ages])
    async with opened(at=home) as pilot:
        await press(pilot, "M", "d")
        assert [entry.read for entry in entries(pilot)] == [hours > 24 for hours in ages]


def story(when: datetime, number: int) -> Article:
    return Article(f"https://wire.example/{number}", f"{number} hours old", (paragraph("So old."),), published=when)


async def test_another_letter_marks_nothing_and_escape_leaves(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "M", "x")
        assert "There is no x here" in screen(pilot)
        await press(pilot, "M", "escape")
        assert not main_screen(pilot).query(Prompt)
        assert len(entries(pilot)) == len(edition())
        assert not any(entry.read for entry in entries(pilot))
