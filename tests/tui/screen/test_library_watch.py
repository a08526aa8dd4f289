"""Changes on disk are noticed once, whoever made them."""

from __future__ import annotations

import pytest

from tests.tui.screen.conftest import Harness
from tui.screen import library_watch
from tui.screen.library_watch import LibraryWatch

pytestmark = pytest.mark.anyio


async def test_a_change_is_told_once_and_what_was_caught_up_with_not_at_all(harness: Harness) -> None:
    told: list[bool] = []
    watch = LibraryWatch(harness.library, lambda: told.append(True))
    watch.catch_up()
    watch.look()
    assert told == []
    await harness.library.mark_read([harness.library.ids()[0]])
    assert not watch.is_current()
    watch.look()
    watch.look()
    assert told == [True]
    await harness.library.mark_read([harness.library.ids()[1]])
    watch.catch_up()
    watch.look()
    assert told == [True]


async def test_a_pause_holds_a_change_back(harness: Harness) -> None:
    told: list[bool] = []
    watch = LibraryWatch(harness.library, lambda: told.append(True))
    watch.catch_up()
    watch.pause(3600)
    await harness.library.mark_read([harness.library.ids()[0]])
    watch.look()
    assert told == []
    watch.pause(0)
    watch.look()
    assert told == [True]


async def test_what_a_refresh_says_is_looked_at_once_in_a_moment(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    watch = LibraryWatch(harness.library, lambda: told.append(True))
    watch.catch_up()
    monkeypatch.setattr(library_watch, "MOMENT", 3600)
    for entry_id in harness.library.ids()[:2]:
        await harness.library.mark_read([entry_id])
        watch.hear()
    assert told == [True]
    monkeypatch.setattr(library_watch, "MOMENT", 0)
    watch.hear()
    assert told == [True, True]
