"""The progress that a refresh reports: each step, with how far all of it has come."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from cache.db.rows import OFFLINE
from cache.progress import FailedSource, Network, Progress, Step
from cache.refresh.source_run import SourceRun
from cache.refresh.storing import Outcome
from cache.rules import receipt
from cache.rules.byte_budget import Budget, OverBudget
from fetch.errors import BadStatus, FetchError, NotNews, Unreachable
from fetch.http.online import online


def _counts(source_runs: Sequence[SourceRun]) -> dict[str, Any]:
    """What came of these sources, by what the library now has of it."""
    return {
        name: sum(getattr(run, name) for run in source_runs) for name in ("new", "full", "part", "teaser", "failed")
    }


class ProgressReporter:
    """Keeps count of a refresh and queues what it reports.

    `reports` holds the steps, and None at the end. `total`, `done` and `failed` count sources and pages.
    """

    def __init__(self, budget: Budget) -> None:
        self.reports: asyncio.Queue[Progress | None] = asyncio.Queue()
        self.total = self.done = self.failed = 0
        self._budget = budget
        self.network: Network = ""
        self.failures: list[FailedSource] = []
        self._unanswered: set[str] = set()
        self._running: Counter[str] = Counter()

    def report(self, step: Step, source_run: SourceRun | None = None, **more: Any) -> None:
        """Queues a step; `more` are fields of Progress."""
        where = {"source_id": source_run.source.id, "source": source_run.name} if source_run else {}
        counts = {
            "done": self.done, "total": self.total, "failed": self.failed,
            "running": tuple(self._running), "received": self._budget.spent, "network": self.network,
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
                "closed", source_run, **_counts([source_run]), left=source_run.left,
                wire=source_run.wire, unpacked=source_run.unpacked,
            )  # fmt: skip

    def finished(
        self, source_runs: Sequence[SourceRun], held: Mapping[str, Any], asked_for: str, *, pictures_left: int = 0
    ) -> None:
        """Reports the end: what this refresh brought, and what the library has (`held` is a `FetchPlan.receipt`)."""
        if not self.network and self._unanswered and (self._unanswered == {"offline"} or not online()):
            self.network = "offline"
        asked = sum(source_run.asked for source_run in source_runs)
        self.report(
            "finished", **_counts(source_runs), left=sum(source_run.left for source_run in source_runs), asked=asked,
            notice=receipt.sentence(held) + ("; " + asked_for if asked_for else ""), asked_for=asked_for,
            library={state: held[state] for state in OFFLINE}, failures=tuple(self.failures), wire=self._budget.spent,
            unpacked=sum(source_run.unpacked for source_run in source_runs), pictures_left=pictures_left,
        )  # fmt: skip

    def heard(self, error: FetchError) -> None:
        """Notes whether an error is an answer, too, or there was none."""
        if isinstance(error, BadStatus | NotNews):
            self.network = "online"
        elif isinstance(error, Unreachable):
            self._unanswered.add(error.reason)

    def source_failed(self, source_run: SourceRun, outcome: Outcome) -> None:
        """Notes that a source could not be had, unless it was left for the next refresh."""
        if outcome.reason != OverBudget.reason:
            self.failures.append(FailedSource(source_run.name, outcome.reason, outcome.sentence))

    def waiting(self) -> None:
        """Reports that another program writes to the library, and has for some time."""
        self.report(
            "waiting", notice="Another program is writing to the library; what has come waits until it is done."
        )

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
