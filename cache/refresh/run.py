"""The refresh: sources → teasers → articles → library; several hosts at once, told as it happens.

The network runs here, the work on what comes in with a press (`cache.refresh.worker_client`). Nothing is held back
for the end: whatever was acknowledged is on disk, and the next refresh goes on from there.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import replace
from functools import partial
from typing import cast

from cache.db.rows import to_epoch
from cache.entry import Progress, Step
from cache.refresh.host_queues import Lanes, lane_of
from cache.refresh.jobs import Order, Outcome
from cache.refresh.progress import Teller
from cache.refresh.source_run import Bounds, Course
from cache.refresh.worker_client import PressRoom
from cache.rules import http_state
from cache.rules.byte_budget import Budget, OverBudget
from cache.rules.receipt import of_asked, sentence
from cache.writes.store import Wanted
from fetch.errors import FetchError, NewsError, Unreachable
from fetch.fetcher import Fetcher
from fetch.http.response import Answer
from fetch.source import Kind

SILENT = 2
"""Requests in a row that a host left unanswered, after which the rest of its pages wait for the next refresh."""
NO_FAULT = ("offline", OverBudget.reason)
"""Why a page may not have come that stays wanted as if it had not been asked for."""
LEAST_SETTLING = 2.0
"""Seconds that telling stories apart may take in any case."""
MOST_PER_SOURCE = 200
"""Pages of one source in one refresh; what is left over comes with the next."""


class Round(Teller):
    """One refresh from plan to receipt, told as it happens."""

    def __init__(self, press: PressRoom, fetcher: Fetcher, bounds: Bounds) -> None:
        super().__init__(Budget(bounds.max_bytes))
        self._press = press
        self._fetcher = fetcher
        self._bounds = bounds
        self._courses: dict[int, Course] = {}
        self._taken: set[int] = set()
        self._later: list[Wanted] = []
        self._asked_for: Counter[str] = Counter()
        self._begun = time.monotonic()

    async def run(self) -> None:
        """Runs to the end, whatever single hosts do; raises CacheError when the library fails, a bug before that."""
        try:
            await self._run()
        except ExceptionGroup as group:  # what a TaskGroup raises: one broke, and others on being taken down with it
            _, bugs = group.split(NewsError)
            raise (bugs or group).exceptions[0] from group
        finally:
            self.reports.put_nowait(None)

    async def _run(self) -> None:
        bounds = self._bounds
        plan = await self._press.work(
            Order("plan", source_ids=bounds.source_ids, force=bounds.force, scheduled=bounds.scheduled)
        )
        due = {source.id for source in plan.due}
        async with asyncio.TaskGroup() as group:
            lanes = Lanes(group, self._fetcher.leave)
            for source in plan.known:
                self._courses[source.id] = Course.of(source, due=source.id in due)
            for wanted in plan.wanted:
                if wanted.queued:
                    self._want(wanted, lanes)
            for source in plan.due:
                self._total += 1
                lanes.put(lane_of(source.url), partial(self._visit, self._courses[source.id], lanes))
            for wanted in plan.wanted:
                self._want(wanted, lanes)
        if self._later:
            await self._in_value_order()
        await self._finish()
        await self._settle()

    async def _in_value_order(self) -> None:
        """The pages under a byte budget: what the reader asked for, then the newest, wherever they come from."""
        self._later.sort(key=lambda wanted: (not wanted.queued, -to_epoch(wanted.published) if wanted.published else 0))
        async with asyncio.TaskGroup() as group:
            for wanted in self._later:
                group.create_task(self._promised(wanted, await self._budget.reserve()))

    async def _promised(self, wanted: Wanted, guess: int) -> None:
        try:
            await self._page(wanted)
        finally:
            self._budget.release(guess)

    async def _finish(self) -> None:
        counts = (await self._press.work(Order("receipt"))).counts or {}
        self._tell(
            "finished", full=counts["full"], teaser=counts["teaser"], failed=counts["failed"],
            notice=sentence(counts) + of_asked(self._asked_for), wire=self._budget.spent,
            unpacked=sum(course.unpacked for course in self._courses.values()),
        )  # fmt: skip

    async def _settle(self) -> None:
        """Tells which entries are one story, in small steps: the reader has been told that all is done."""
        now = time.monotonic()
        end = math.inf if self._bounds.to_the_end else now + max(LEAST_SETTLING, (now - self._begun) / 2)
        while (await self._press.work(Order("settle"))).more and time.monotonic() < end:
            continue

    async def _visit(self, course: Course, lanes: Lanes) -> None:
        """Asks a source what it lists, and queues the pages that are wanted of it."""
        self._tell("source", course)
        self._running[course.name] += 1
        try:
            async with self._budget.promise():
                outcome = await self._asked(course)
        except FetchError as error:
            outcome = await self._visit_failed(course, error)
        finally:
            self._running -= Counter([course.name])
        self._done += 1
        pages = 0 if self._bounds.teasers_only else MOST_PER_SOURCE
        course.teaser += len(outcome.wanted[pages:])
        for wanted in outcome.wanted[:pages]:
            self._want(wanted, lanes)
        if outcome.landed:
            self._tell("listed", course)
            self._page_done(course, outcome, outcome.landed, course.source.url)
        else:
            step: Step = "failed" if outcome.reason else "listed"
            self._tell(step, course, reason=outcome.reason, notice=outcome.sentence)
        self._leave(course)

    async def _asked(self, course: Course) -> Outcome:
        """Asks at the source's own address, whatever robots.txt says of it.

        It is for programs that find their own way (RFC 9309, 1); this address a person chose, as in a browser. What
        the source in turn names, no person chose: its pages and further parts are fetched where robots.txt lets us.
        """
        source = course.source
        with course.weighed_against(self._budget) as meter:
            answer = await self._fetcher.get(
                source.url,
                validators=course.visit.asks_with(time.time()),
                reach="anywhere",
                headers=course.headers_for(source.url),
                proxy=source.proxy,
                meter=meter,
            )
        course.visit = replace(course.visit, zone=course.visit.zone or answer.zone)
        return await self._list(course, answer)

    async def _list(self, course: Course, answer: Answer) -> Outcome:
        """Has an answer parsed and stored, and the sitemaps that a sitemap index names fetched."""
        source, visit = course.source, course.visit
        course.unpacked += len(answer.body)
        if answer.unchanged:
            visit = http_state.after(visit, answer, time.time())
            due = http_state.due(visit, time.time())
            return await self._press.work(Order("visit", source.id, answer=answer, visit=visit, due=due))
        kind, pages = cast(Kind, source.kind), self._bounds.pages
        order = Order("listing", source.id, kind=kind, answer=answer, visit=visit, pages=pages)
        outcome = await self._press.work(order)
        return replace(outcome, wanted=outcome.wanted + await self._rest(course, order, outcome.further))

    async def _rest(self, course: Course, order: Order, further: str) -> tuple[Wanted, ...]:
        """What the further parts of a list hold; one that cannot be had ends it, and does the first no harm."""
        first, found, seen = order.answer, tuple[Wanted, ...](), {course.source.url}
        while further and further not in seen and first is not None:
            seen.add(further)
            try:
                with course.weighed_against(self._budget) as meter:
                    part = await self._fetcher.get(
                        further,
                        reach=course.visit.reach,
                        robots=True,
                        headers=course.headers_for(further),
                        proxy=course.source.proxy,
                        meter=meter,
                    )
            except FetchError:
                break
            course.unpacked += len(part.body)
            told = replace(part, validators=first.validators, moved=first.moved, wait=first.wait)
            order = replace(order, answer=told, pages=order.pages - 1)
            outcome = await self._press.work(order)
            found, further = found + outcome.wanted, outcome.further
        return found

    async def _visit_failed(self, course: Course, error: FetchError) -> Outcome:
        if not isinstance(error, OverBudget):
            visit = http_state.after_failure(course.visit)
            due = http_state.due_after_failure(visit, error, time.time())
            self._failed += 1
            await self._press.work(Order("visit", course.source.id, visit=visit, due=due, reason=str(error)))
        return Outcome(reason=error.reason, sentence=str(error))

    def _want(self, wanted: Wanted, lanes: Lanes) -> None:
        if wanted.entry_id in self._taken or self._bounds.teasers_only:
            return
        self._taken.add(wanted.entry_id)
        self._total += 1
        if wanted.source_id in self._courses:
            self._courses[wanted.source_id].open += 1
        if self._bounds.max_bytes is not None:
            self._later.append(wanted)
        else:
            lanes.put(lane_of(wanted.url), partial(self._page, wanted))

    async def _page(self, wanted: Wanted) -> None:
        """Fetches a page, its further pages too, and has them stored."""
        course = self._courses.get(wanted.source_id) or Course.of_queue()
        outcome = self._skipped(wanted, course)
        if not outcome.reason:
            await self._press.room()
            self._running[course.name] += 1
            try:
                outcome = await self._fetched(wanted, course)
            finally:
                self._running -= Counter([course.name])
        self._done += 1
        self._asked_for[outcome.reason] += wanted.queued
        self._page_done(course, outcome, wanted.entry_id, wanted.url)
        self._leave(course)

    async def _fetched(self, wanted: Wanted, course: Course) -> Outcome:
        """A page and what follows it, asked for and stored part by part."""
        url, seen = wanted.url, set[str]()
        while True:
            seen.add(url)
            try:
                answer = await self._answer(wanted, course, url)
            except FetchError as error:
                return await self._page_failed(wanted, url, error)
            course.unpacked += len(answer.body)
            order = Order("page", entry_id=wanted.entry_id, url=url, part=len(seen) - 1, answer=answer)
            outcome = await self._press.work(order)
            url = outcome.further
            if not url or url in seen:
                return outcome

    async def _answer(self, wanted: Wanted, course: Course, url: str) -> Answer:
        """What answers at a page's address; a page that the reader asked for is no robot's business."""
        with course.weighed_against(self._budget) as meter:
            return await self._fetcher.page(
                url,
                reach=wanted.reach if wanted.queued or not wanted.source_id else course.visit.reach,
                robots=not wanted.queued,
                headers=course.headers_for(url),
                proxy=course.source.proxy,
                meter=meter,
            )

    async def _page_failed(self, wanted: Wanted, url: str, error: FetchError) -> Outcome:
        if error.reason in NO_FAULT:
            return Outcome(reason=error.reason)
        return await self._press.work(Order("failed", entry_id=wanted.entry_id, url=url, reason=error.reason))

    def _skipped(self, wanted: Wanted, course: Course) -> Outcome:
        """Why a page is not even asked for, if so: what is left over then stays wanted, and is no failure of it."""
        if self._budget.used_up or course.budget.used_up:
            return Outcome(reason=OverBudget.reason)
        return Outcome(reason=Unreachable.reason if self._fetcher.silence(wanted.url) >= SILENT else "")


async def refresh(press: PressRoom, fetcher: Fetcher, bounds: Bounds) -> AsyncGenerator[Progress, None]:
    """Runs one refresh and tells of it as it happens; closing the iterator cancels it."""
    at_work = Round(press, fetcher, bounds)
    task = asyncio.create_task(at_work.run())
    try:
        while (progress := await at_work.reports.get()) is not None:
            yield progress
        await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
