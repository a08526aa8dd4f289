"""The first start of all: what the screen says until the handbook is in."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from cache import library as door
from cache.writes.store import Store
from tests.tui.conftest import Opening, until
from tests.tui.newsroom import NOW
from tests.tui.pilot import headline, press, screen
from tui.app import Broadsheet

pytestmark = pytest.mark.anyio


async def test_a_library_that_is_being_made_is_not_said_to_be_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, first_edition = threading.Event(), door._first_edition

    def slow(store: Store) -> None:
        goes_on.wait(30)
        first_edition(store)

    monkeypatch.setattr(door, "_first_edition", slow)
    async with door.open_library(tmp_path, hurried=True) as library:
        app = Broadsheet(library, lambda: NOW)
        async with app.run_test(size=(120, 30)) as pilot:
            await until(pilot, lambda: "The library is being made" in screen(pilot))
            seen = screen(pilot)
            goes_on.set()
            assert "library is empty" not in seen
            assert "Nothing to read" not in seen
            await until(pilot, lambda: bool(app.main_screen.article_list.highlighted))
            assert "being made" not in screen(pilot)
        await app.main_screen.put_away()


async def test_a_library_whose_first_section_is_empty_is_not_said_to_have_nothing(home: Path, opened: Opening) -> None:
    (home / "config.toml").write_text('[list]\nviews = ["saved", "all"]\n', encoding="utf-8")
    async with opened() as pilot:
        assert "Saved" in screen(pilot)
        assert "to add a news site" not in screen(pilot)
        await press(pilot, "v")
        assert headline(pilot)
