"""One refresh at a time: begun, followed, stopped, put away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import ANY

import pytest
from textual.worker import WorkerCancelled

from cache.progress import FailedSource, Progress
from fetch.errors import Unreachable
from tests.tui.screen.conftest import Harness
from tui.screen.refreshing import Refreshing

pytestmark = pytest.mark.anyio


FAILED = FailedSource("Gazette", "timed out", "The Gazette did not answer in time.")


class Worker:
    """As Textual's, over a task."""

    def __init__(self, task: asyncio.Task[None]) -> None:
        self._task = task

    @property
    def is_running(self) -> bool:
        return not self._task.done()

    def cancel(self) -> None:
        self._task.cancel()

    async def wait(self) -> None:
        await asyncio.wait([self._task])
        if self._task.cancelled():
            raise WorkerCancelled("cancelled")


class Wire:
    """Stands in for the library's refresh: gives the steps put into it, and notes how it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.steps: asyncio.Queue[Progress | Exception | None] = asyncio.Queue()

    async def refresh(self, source_ids: list[int] | None, **options: Any) -> AsyncIterator[Progress]:
        self.asked.append({"source_ids": source_ids, **options})
        while (step := await self.steps.get()) is not None:
            if isinstance(step, Exception):
                raise step
            yield step


@pytest.fixture
def wire(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire()
    monkeypatch.setattr(harness.library, "refresh", wire.refresh)
    return wire


@pytest.fixture
def status() -> SimpleNamespace:
    return SimpleNamespace(progress=None, heard="")


@pytest.fixture
def ended() -> list[Any]:
    return []


@pytest.fixture
def refreshing(harness: Harness, wire: Wire, status: SimpleNamespace, ended: list[Any]) -> Refreshing:

    def start(work: Any, **options: Any) -> Worker:
        return Worker(harness.context.start(work, **options))

    context = harness.context._replace(start=start)
    return Refreshing(context, status, harness.writing, harness.watch, ended.append)


async def turn() -> None:
    """Let what is ready run."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_it_is_followed_to_its_end_and_quiet_work_after_it_is_not_waited_for(
    harness: Harness, wire: Wire, status: SimpleNamespace, ended: list[Any], refreshing: Refreshing
) -> None:
    refreshing.begin()
    wire.steps.put_nowait(Progress("source", total=3))
    await turn()
    assert refreshing.under_way
    assert status.progress.total == 3
    refreshing.begin()
    assert harness.said[-1] == "A refresh is under way; escape stops it."
    wire.steps.put_nowait(Progress("finished", new=3, asked=1, network="online"))
    wire.steps.put_nowait(Progress("landed"))
    await turn()
    assert (refreshing.under_way, status.progress, ended) == (False, None, [set()])
    assert harness.said[-1] == "3 new"
    assert status.heard == "online"
    await refreshing.put_away()
    assert wire.asked == [{"source_ids": None, "max_bytes": None, "force": False, "default_most": 200, "pictures": ANY}]


async def test_what_was_added_is_told_once_more_at_the_end(
    harness: Harness, wire: Wire, refreshing: Refreshing
) -> None:
    refreshing.begin([3], because="Added Tide Table.")
    wire.steps.put_nowait(Progress("finished", new=3, asked=1, network="online"))
    await turn()
    assert harness.said[-1] == "Added Tide Table. 3 new"
    await refreshing.put_away()


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ({"new": 47, "failures": (FAILED,) * 3, "asked": 9}, "47 new · 3 sources failed (S shows why)"),
        ({"failures": (FAILED,) * 3, "asked": 3}, "nothing new · all 3 sources failed (S shows why)"),
        ({"failures": (FAILED,), "asked": 1}, "nothing new · the source failed (S shows why)"),
        ({"failures": (FAILED,), "asked": 1, "network": "offline"}, "offline: nothing could be asked"),
        ({"new": 520, "asked": 1, "left": 320}, "520 new · 320 left for the next refresh"),
        ({"asked_for": "of what you asked for: 1 came"}, "nothing new · of what you asked for: 1 came"),
        ({"asked": 2}, "nothing new"),
        ({}, "nothing was due"),
    ],
)
async def test_the_reader_is_told_what_happened(
    harness: Harness, wire: Wire, refreshing: Refreshing, last: dict[str, Any], said: str
) -> None:
    refreshing.begin()
    wire.steps.put_nowait(Progress("finished", **last))
    wire.steps.put_nowait(None)
    await harness.done()
    assert harness.said[-1] == said


async def test_it_is_stopped_once(harness: Harness, wire: Wire, refreshing: Refreshing) -> None:
    assert not refreshing.stop()
    refreshing.begin([7])
    await turn()
    assert refreshing.stop()
    assert "stopped" in harness.said[-1]
    assert not refreshing.stop()
    await refreshing.put_away()
    assert wire.asked == [{"source_ids": [7], "max_bytes": None, "force": True, "default_most": 200, "pictures": ANY}]


async def test_trouble_ends_it_with_a_sentence(
    harness: Harness, wire: Wire, status: SimpleNamespace, refreshing: Refreshing
) -> None:
    refreshing.begin()
    wire.steps.put_nowait(Progress("source"))
    wire.steps.put_nowait(Unreachable("Nobody answers."))
    await harness.done()
    assert (refreshing.under_way, status.progress, harness.said[-1]) == (False, None, "Nobody answers.")


async def test_a_budget_is_kept_for_the_next_time(harness: Harness, wire: Wire, refreshing: Refreshing) -> None:
    refreshing.ask_budget()
    harness.question.answered("lots")
    assert "is not a size" in harness.said[-1]
    harness.question.answered("300k")
    await turn()
    assert wire.asked[0]["max_bytes"] == 300_000
    wire.steps.put_nowait(None)
    await harness.done()
    refreshing.ask_budget()
    assert harness.asked[-1][1] == "300k"


async def test_the_source_of_an_article_is_asked_due_or_not(
    harness: Harness, wire: Wire, refreshing: Refreshing
) -> None:
    entry = harness.library.entry(harness.library.ids()[0])
    refreshing.begin_source_of(424242)
    refreshing.begin_source_of(entry.id)
    wire.steps.put_nowait(None)
    await harness.done()
    assert wire.asked == [
        {"source_ids": [entry.source_id], "max_bytes": None, "force": True, "default_most": 200, "pictures": ANY}
    ]


async def test_what_landed_is_handed_on_unless_another_program_fetched_it(
    wire: Wire, ended: list[Any], refreshing: Refreshing
) -> None:
    for first in (Progress("landed", entry_id=3), Progress("joined", notice="Another program refreshes.")):
        refreshing.begin()
        for step in (first, Progress("landed", entry_id=4), Progress("finished", asked=1)):
            wire.steps.put_nowait(step)
        await turn()
    assert ended == [{3, 4}, set()]
    await refreshing.put_away()
