"""The progress that a refresh reports: each step, with how far all of it has come."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cache.entry import Progress, Step
from cache.refresh.jobs import Outcome
from cache.refresh.source_run import SourceRun
from cache.rules.byte_budget import Budget, OverBudget


class ProgressReporter:
    """Keeps count of a refresh and queues what it reports.

    `reports` holds the steps, and None at the end. `total`, `done` and `failed` count sources and pages.
    """

    def __init__(self, budget: Budget) -> None:
        self.reports: asyncio.Queue[Progress | None] = asyncio.Queue()
        self.total = self.done = self.failed = 0
        self._budget = budget
        self._running: Counter[str] = Counter()

    def report(self, step: Step, source_run: SourceRun | None = None, **more: Any) -> None:
        """Queues a step; `more` are fields of Progress."""
        where = {"source_id": source_run.source.id, "source": source_run.name} if source_run else {}
        counts = {
            "done": self.done, "total": self.total, "failed": self.failed,
            "running": tuple(self._running), "received": self._budget.spent,
        }  # fmt: skip
        self.reports.put_nowait(Progress(step, **{**counts, **where, **more}))

    def page_done(self, source_run: SourceRun, outcome: Outcome, entry_id: int, url: str) -> None:
        """Counts and reports an article that came, or could not be had."""
        source_run.count(outcome.offline)
        self.failed += outcome.reason not in ("", OverBudget.reason)
        step: Step = "failed" if outcome.reason else "landed"
        self.report(step, source_run, entry_id=entry_id, url=url, reason=outcome.reason)

    def part_done(self, source_run: SourceRun) -> None:
        """Counts that the source, or one of its pages, is done; with the last of them the source is closed."""
        source_run.open -= 1
        if not source_run.open:
            self.report(
                "closed", source_run, full=source_run.full, teaser=source_run.teaser, failed=source_run.failed,
                wire=source_run.wire, unpacked=source_run.unpacked,
            )  # fmt: skip

    def finish(self) -> None:
        """Ends the reports."""
        self.reports.put_nowait(None)

    @contextmanager
    def running(self, source_run: SourceRun) -> Iterator[None]:
        """Names the source among those under way, until what is done for it inside is over."""
        self._running[source_run.name] += 1
        try:
            yield
        finally:
            self._running -= Counter([source_run.name])
