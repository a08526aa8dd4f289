"""Changes are kept one after the other, shown when they are on disk, and trouble is told."""

from __future__ import annotations

import pytest

from cache.errors import LibraryBusy
from tests.tui.screen.conftest import Harness
from tui.screen.writing import Writing

pytestmark = pytest.mark.anyio


async def test_a_change_is_on_disk_when_it_is_shown_and_said(harness: Harness) -> None:
    entry_id = harness.library.ids()[0]
    seen: list[bool] = []
    change = harness.library.mark_read([entry_id])
    harness.writing.write(change, [entry_id], "Done.", lambda: seen.append(harness.library.entry(entry_id).read))
    await harness.done()
    assert (harness.written, seen, harness.said) == ([[entry_id]], [True], ["Done."])
    assert harness.watch.is_current(), "a change of ours has nothing listed anew"


async def test_what_another_program_changed_meanwhile_is_still_to_be_taken_over(harness: Harness) -> None:
    first, second = harness.library.ids()[:2]
    await harness.library.mark_read([first])
    harness.writing.write(harness.library.mark_read([second]))
    await harness.done()
    assert not harness.watch.is_current()


async def test_changes_do_not_overtake_each_other(harness: Harness) -> None:
    entry_id = harness.library.ids()[0]
    for read in (True, False, True):
        harness.writing.write(harness.library.mark_read([entry_id], read))
    await harness.done()
    assert harness.library.entry(entry_id).read


async def test_trouble_is_one_sentence_and_nothing_follows(harness: Harness) -> None:
    async def fail() -> None:
        raise LibraryBusy("The library is busy.")

    harness.writing.write(fail(), [1], "Done.", lambda: harness.said.append("then"))
    await harness.done()
    assert harness.said == ["The library is busy."]
    assert harness.written == []


async def test_nothing_is_shown_on_a_screen_that_was_left(harness: Harness) -> None:
    writing = Writing(harness.context, harness.watch, lambda ids: harness.written.append([*ids]), lambda: False)
    entry_id = harness.library.ids()[0]
    writing.write(harness.library.mark_read([entry_id]), [entry_id], "Done.")
    await harness.done()
    assert harness.library.entry(entry_id).read
    assert (harness.written, harness.said) == ([], [])
