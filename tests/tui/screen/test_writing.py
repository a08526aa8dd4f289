"""Changes are kept one after the other, shown when they are on disk, and trouble is told."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from cache.errors import DiskFull, LibraryBusy
from cache.writes.marks import mark_read
from cache.writes.store import open_store
from tests.tui.screen.conftest import Harness
from tui.screen.writing import Writing

pytestmark = pytest.mark.anyio


async def test_a_change_is_on_disk_when_it_is_shown_and_said(harness: Harness) -> None:
    entry_id = harness.library.ids()[0]
    seen: list[bool] = []
    harness.writing.write(
        lambda: harness.library.mark_read([entry_id]),
        [entry_id],
        "Done.",
        lambda: seen.append(harness.library.entry(entry_id).read),
    )
    await harness.done()
    assert (harness.written, seen, harness.said) == ([[entry_id]], [True], ["Done."])
    assert harness.watch.is_current(), "a change of ours has nothing listed anew"


async def test_what_another_program_changed_meanwhile_is_still_to_be_taken_over(harness: Harness) -> None:
    first, second = harness.library.ids()[:2]
    await harness.library.mark_read([first])
    harness.writing.write(lambda: harness.library.mark_read([second]))
    await harness.done()
    assert not harness.watch.is_current()


async def test_what_another_program_commits_while_a_change_is_kept_is_still_to_be_taken_over(harness: Harness) -> None:
    first, second = harness.library.ids()[:2]

    async def both() -> None:
        with open_store(harness.library.path) as other:
            mark_read(other.connection, [first], True, 1e9)
        await harness.library.mark_read([second])

    harness.writing.write(both)
    await harness.done()
    assert not harness.watch.is_current()


async def test_changes_do_not_overtake_each_other(harness: Harness) -> None:
    entry_id = harness.library.ids()[0]
    for read in (True, False, True):
        harness.writing.write(partial(harness.library.mark_read, [entry_id], read))
    await harness.done()
    assert harness.library.entry(entry_id).read


async def test_trouble_is_one_sentence_and_nothing_follows(harness: Harness) -> None:
    async def fail() -> None:
        raise DiskFull("The disk is full.")

    harness.writing.write(fail, [1], "Done.", lambda: harness.said.append("then"))
    await harness.done()
    assert harness.said == ["The disk is full."]
    assert harness.written == []


async def test_nothing_is_shown_on_a_screen_that_was_left(harness: Harness) -> None:
    writing = Writing(harness.context, harness.watch, lambda ids: harness.written.append([*ids]), lambda: False)
    entry_id = harness.library.ids()[0]
    writing.write(lambda: harness.library.mark_read([entry_id]), [entry_id], "Done.")
    await harness.done()
    assert harness.library.entry(entry_id).read
    assert (harness.written, harness.said) == ([], [])


async def test_an_act_that_finds_the_library_busy_is_tried_again_before_the_next(harness: Harness) -> None:
    first, second = harness.library.ids()[:2]
    tries = iter((LibraryBusy("busy"), LibraryBusy("busy"), None))

    async def change() -> None:
        if trouble := next(tries):
            raise trouble
        await harness.library.save([first])

    harness.writing.write(change, [first], "Saved.")
    harness.writing.write(lambda: harness.library.save([second]), [second])
    assert harness.writing.waiting == 2
    await harness.done()
    assert list(harness.library.reading_list()) == [first, second]
    assert harness.said == [*["Another program is writing; 2 acts will be kept once it is done."] * 2, "Saved."]


async def test_what_is_not_kept_at_once_is_said_to_be_under_way_and_then_to_be_kept(harness: Harness) -> None:
    said, ready = asyncio.Queue[str](), asyncio.Event()
    context = harness.context._replace(say=lambda sentence, **_: said.put_nowait(sentence))
    writing = Writing(context, harness.watch, lambda ids: None, lambda: True)
    writing.write(ready.wait)
    writing.write(lambda: harness.library.mark_read([]))
    first = await asyncio.wait_for(said.get(), 5)
    assert first == "Keeping 2 acts …", "long before it is known that another program is writing"
    ready.set()
    await writing.drained()
    assert said.get_nowait() == "Kept."


async def test_an_outcome_is_waited_for_in_its_turn(harness: Harness) -> None:
    first = harness.library.ids()[0]
    harness.writing.write(lambda: harness.library.toggle_saved(first))
    assert await harness.writing.outcome(lambda: harness.library.toggle_saved(first)) is False

    async def fail() -> None:
        raise DiskFull("The disk is full.")

    with pytest.raises(DiskFull):
        await harness.writing.outcome(fail)


async def test_what_cannot_be_shown_is_kept_all_the_same(harness: Harness) -> None:
    def fail() -> None:
        raise DiskFull("cannot be read")

    first, second = harness.library.ids()[:2]
    harness.writing.write(lambda: harness.library.save([first]), then=fail)
    harness.writing.write(lambda: harness.library.save([second]))
    await harness.done()
    assert list(harness.library.reading_list()) == [first, second]
    assert harness.said == ["cannot be read"]


async def test_what_came_of_a_slow_change_is_told_by_who_asked_and_nothing_over_it(harness: Harness) -> None:
    said, told = list[str](), asyncio.Event()

    def say(sentence: str, **_: object) -> None:
        said.append(sentence)
        told.set()

    async def slow() -> str:
        await told.wait()
        return "done"

    async def full() -> str:
        await told.wait()
        raise DiskFull("The disk is full.")

    writing = Writing(harness.context._replace(say=say), harness.watch, lambda ids: None, lambda: True)
    say(await asyncio.wait_for(writing.outcome(slow), 20))
    await writing.drained()
    assert said == ["Keeping 1 act …", "done"]
    told.clear()
    with pytest.raises(DiskFull):
        await asyncio.wait_for(writing.outcome(full), 20)
    await writing.drained()
    assert said[2:] == ["Keeping 1 act …"]
