"""What a refresh tells of itself: one step after the other, with how far it has come."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from cache.entry import Progress, Step
from cache.refresh.jobs import Outcome
from cache.refresh.source_run import Course
from cache.rules.byte_budget import Budget, OverBudget


class Teller:
    """Keeps count of a refresh; `reports` is what it tells, None at its end."""

    def __init__(self, budget: Budget) -> None:
        self.reports: asyncio.Queue[Progress | None] = asyncio.Queue()
        self._budget = budget
        self._running: Counter[str] = Counter()
        self._done = self._total = self._failed = 0

    def _page_done(self, course: Course, outcome: Outcome, entry_id: int, url: str) -> None:
        course.count(outcome.offline)
        self._failed += outcome.reason not in ("", OverBudget.reason)
        step: Step = "failed" if outcome.reason else "landed"
        self._tell(step, course, entry_id=entry_id, url=url, reason=outcome.reason)

    def _leave(self, course: Course) -> None:
        course.open -= 1
        if not course.open:
            self._tell(
                "closed", course, full=course.full, teaser=course.teaser, failed=course.failed,
                wire=course.wire, unpacked=course.unpacked,
            )  # fmt: skip

    def _tell(self, step: Step, course: Course | None = None, **more: Any) -> None:
        where = {"source_id": course.source.id, "source": course.name} if course else {}
        told = {
            "done": self._done, "total": self._total, "failed": self._failed,
            "running": tuple(self._running), "received": self._budget.spent,
        }  # fmt: skip
        self.reports.put_nowait(Progress(step, **{**told, **where, **more}))
