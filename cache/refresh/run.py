"""The refresh: sources → teasers → articles → library, several hosts at once, with its progress as it happens.

The network runs here; what comes in is read in processes apart (`fetch.parsers`) and written by a thread of its own
(`cache.refresh.batch_writer`). Nothing is held back for the end: whatever was acknowledged is on disk, and the next
refresh goes on from there.
"""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections import Counter, deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from cache.db.fetch_plan import Wanted
from cache.db.rows import to_epoch
from cache.progress import MOST_OF_A_SOURCE, Progress, Step
from cache.refresh import picture_wishes, storing
from cache.refresh.batch_writer import BatchWriter
from cache.refresh.host_queues import HostQueues, queue_of
from cache.refresh.intake import MOST_UNREADABLE, Intake
from cache.refresh.options import RefreshOptions
from cache.refresh.picture_intake import LEAST_SECONDS, SILENT, PictureIntake
from cache.refresh.picture_wishes import PictureWish
from cache.refresh.progress_reporter import ProgressReporter
from cache.refresh.source_run import SourceRun
from cache.refresh.storing import Outcome, VisitEnd
from cache.rules import http_state
from cache.rules.advice import with_advice
from cache.rules.byte_budget import Budget, OverBudget
from cache.rules.receipt import of_asked
from cache.secret_store import SecretStore
from fetch.article import Article
from fetch.errors import FetchError, NewsError, NoParser, Unreachable, Unreadable
from fetch.extract import MOST_PAGES, join
from fetch.fetcher import Fetcher
from fetch.http.request import Request
from fetch.http.response import Response
from fetch.links import is_of_a_feed

NO_FAULT = ("offline", OverBudget.reason, NoParser.reason)
"""Why a page may not have come that stays wanted as if it had not been asked for."""
MOST_PARTS = 12
"""Lists of a source that are asked for at one visit."""
MOST_LISTS = 4
"""Lists of a source that are asked for one behind the other: a sitemap index, the index that it names, a sitemap."""
REMEMBERED_AT_ONCE = 50
"""Pictures wanted before the library is told of them, while texts are fetched; a refresh that is stopped tells all."""
LEAST_STORY_SECONDS = 2.0
"""Seconds that giving entries their stories may take in any case."""


class RefreshRun:
    """One refresh from plan to receipt."""

    def __init__(
        self, writer: BatchWriter, fetcher: Fetcher, options: RefreshOptions, secrets: SecretStore | None
    ) -> None:
        self._budget = Budget(options.max_bytes)
        self.progress = ProgressReporter(self._budget)
        self._write = writer.write
        writer.busy = self.progress.waiting
        self._intake = Intake(fetcher.parsers, writer)
        self._fetcher = fetcher
        self._options = options
        self._secrets = secrets
        self._source_runs: dict[int, SourceRun] = {}
        self._queue_run = SourceRun.of_queue()
        self._waiting: dict[int, list[Wanted]] = {}
        self._taken: set[int] = set()
        self._later: list[Wanted] = []
        self._asked_for: Counter[str] = Counter()
        self._begun = time.monotonic()
        self._pictures: PictureIntake
        self._with_pictures = False

    async def run(self) -> None:
        """Runs to the end, whatever single hosts do; raises CacheError when the library fails.

        A bug comes before that, in the group of those that broke; what the library said beside it is a note of it.
        """
        said: list[NewsError | ExceptionGroup[NewsError]] = []
        try:
            await self._run()
        except* NewsError as group:
            said += group.exceptions
        finally:
            self.progress.finish()
            if said and (bug := sys.exception()):
                bug.add_note("\n".join(map(str, said)))
        if said:
            raise said[0]

    async def _run(self) -> None:
        options = self._options
        plan = await self._write(partial(storing.plan, options=options), apart=True)
        self._intake.kept = plan.kept
        library = await self._write(lambda store: store.connection.path)
        self._with_pictures = options.pictures and options.max_bytes is None
        self._pictures = PictureIntake(self._fetcher, library, self._budget, wanted=self._with_pictures)
        try:
            await self._fetch_texts(plan)
        finally:  # stopped as well: the texts that came are kept, and asked for no more
            with suppress(NewsError):
                await self._remember_pictures()
        if self._with_pictures:
            await self._fetch_pictures()
        await self._finish()
        if self._pictures.has_any:
            await self._pictures.sweep(await self._write(partial(picture_wishes.pictured, now=time.time()), apart=True))
        await self._assign_stories()

    async def _fetch_texts(self, plan: storing.Plan) -> None:
        """What is due lists, and the pages that are wanted."""
        due = {source.id for source in plan.due}
        async with asyncio.TaskGroup() as group:
            queues = HostQueues(group, self._fetcher.close_idle)
            for source in plan.known:
                self._source_runs[source.id] = SourceRun.of(source, self._secrets, due=source.id in due)
            for wanted in plan.wanted:
                if wanted.queued:
                    self._want(wanted, queues)
                else:
                    self._waiting.setdefault(wanted.source_id, []).append(wanted)
            for source in plan.due:
                self.progress.total += 1
                queues.put(queue_of(source.url), partial(self._visit, self._source_runs[source.id], queues))
            for source_id in self._waiting.keys() - due:
                self._want_newest(source_id, (), queues)
        if self._later:
            await self._in_value_order()

    async def _want_pictures(self, entry_id: int, urls: Sequence[str], source_run: SourceRun) -> None:
        """Have the pictures of an article fetched last; a refresh that is killed before forgets few of them."""
        self._pictures.want(entry_id, urls, source_run)
        if len(self._pictures.unremembered) >= REMEMBERED_AT_ONCE:
            await self._remember_pictures()

    async def _remember_pictures(self) -> None:
        """Have the library remember what is wanted since it last did."""
        wishes, self._pictures.unremembered = self._pictures.unremembered, []
        try:
            if wishes:
                await self._write(partial(picture_wishes.remember_too, wishes=wishes))
        except asyncio.CancelledError:
            self._pictures.unremembered += wishes
            raise

    async def _fetch_pictures(self) -> None:
        """The pictures, last of all, in as long as the rest took; what is left comes with the next refresh."""
        others, chosen = list[PictureWish](), self._options.source_ids
        for wish, source_id in await self._write(picture_wishes.remembered):
            if chosen is None or source_id in chosen:
                self._pictures.want_again([wish], self._source_runs.get(source_id, self._queue_run))
            else:
                others.append(wish)
        await self._write(partial(picture_wishes.remember, wishes=[*others, *self._pictures.left]))
        self.progress.report("pictures")
        await self._pictures.fetch(max(LEAST_SECONDS, time.monotonic() - self._begun), self._fetcher.close_idle)
        await self._write(partial(picture_wishes.remember, wishes=[*others, *self._pictures.left]))

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
        held = await self._write(lambda store: store.plan.receipt(), apart=True)
        source_runs = [*self._source_runs.values(), self._queue_run]
        self.progress.finished(source_runs, held, of_asked(self._asked_for), pictures_left=len(self._pictures.left))

    async def _assign_stories(self) -> None:
        """Gives new entries their stories, in small steps: the reader has been told that all is done."""
        now = time.monotonic()
        end = math.inf if self._options.to_the_end else now + max(LEAST_STORY_SECONDS, (now - self._begun) / 2)
        await self._fetcher.parsers.close()
        await self._write(lambda store: store.stories.have_help(), apart=True)
        while await self._write(lambda store: store.stories.assign_some(), apart=True):
            if time.monotonic() > end:
                await self._write(lambda store: store.stories.assign_found(), apart=True)
                return

    async def _visit(self, source_run: SourceRun, queues: HostQueues) -> None:
        """Asks a source what it lists, and queues the pages that are wanted of it."""
        self.progress.report("source", source_run)
        source_run.asked = source_run.source.kind != "bundled"
        await self._intake.room(source_run)
        with self.progress.running(source_run):
            try:
                async with self._budget.promise():
                    outcome = await self._asked(source_run)
            except FetchError as error:
                outcome = await self._visit_failed(source_run, error)
        self.progress.done += 1
        source_run.new += sum(wanted.new for wanted in outcome.wanted)
        self._want_newest(source_run.source.id, outcome.wanted, queues)
        if outcome.landed:
            await self._want_pictures(outcome.landed, outcome.pictures, source_run)
            self.progress.report("listed", source_run)
            self.progress.page_done(source_run, outcome, outcome.landed, source_run.source.url)
        else:
            step: Step = "failed" if outcome.reason else "listed"
            if outcome.reason:
                self.progress.source_failed(source_run, outcome)
            self.progress.report(step, source_run, reason=outcome.reason, notice=outcome.sentence)
        self.progress.part_done(source_run)

    async def _asked(self, source_run: SourceRun) -> Outcome:
        """Asks at the source's own address, whatever robots.txt says of it.

        It is for programs that find their own way (RFC 9309, 1); this address a person chose, as in a browser. What
        the source in turn names, no person chose: its pages and further parts are fetched where robots.txt lets us.
        """
        source = source_run.source
        with source_run.weighed_against(self._budget) as meter:
            answer = await self._fetcher.get(
                Request(
                    source.url,
                    validators=source_run.visit.asks_with(time.time()),
                    reach=source_run.visit.own_reach,
                    headers=source_run.headers_for(source.url),
                    proxy=source_run.proxy(),
                    meter=meter,
                )
            )
            if source_run.asked:
                self.progress.network = "online"
        source_run.visit = replace(source_run.visit, zone=http_state.found_in(source_run.visit, answer))
        return await self._list(source_run, answer)

    async def _list(self, source_run: SourceRun, answer: Response) -> Outcome:
        """Has an answer read and stored, and the further parts of its list fetched."""
        end = VisitEnd.found(source_run.source.id, source_run.visit, answer)
        pages, seen = self._options.pages, {source_run.source.url}
        deepest, most = max(MOST_LISTS, pages), max(MOST_PARTS, pages)
        first = await self._intake.source(source_run, answer, end, follow=pages > 1)
        wanted, waiting = first.wanted, deque((url, 2) for url in first.further)
        while waiting and len(seen) < most:
            url, depth = waiting.popleft()
            if url in seen or depth > deepest:
                continue
            seen.add(url)
            pages -= 1
            try:
                part = await self._further(source_run, url)
                end = replace(end, received=part.received, unpacked=len(part.body))
                outcome = await self._intake.listing(source_run, part, end, follow=pages > 1)
            except FetchError:  # what cannot be had does the rest of the list no harm
                continue
            wanted += outcome.wanted
            waiting.extend((further, depth + 1) for further in outcome.further)
        return replace(first, wanted=wanted)

    async def _further(self, source_run: SourceRun, url: str) -> Response:
        with source_run.weighed_against(self._budget) as meter:
            return await self._fetcher.get(
                Request(
                    url,
                    reach=source_run.visit.reach,
                    headers=source_run.headers_for(url),
                    proxy=source_run.proxy(),
                    meter=meter,
                ),
                robots=True,
            )

    async def _visit_failed(self, source_run: SourceRun, error: FetchError) -> Outcome:
        if not isinstance(error, OverBudget):
            self.progress.heard(error)
            visit = http_state.after_failure(source_run.visit)
            due = http_state.due_after_failure(visit, error, time.time(), source_run.source.url)
            self.progress.failed += 1
            end = VisitEnd(source_run.source.id, visit, due, error=with_advice(error))
            await self._write(partial(storing.visited, end=end))
        return Outcome(reason=error.reason, sentence=with_advice(error))

    def _want_newest(self, source_id: int, listed: Sequence[Wanted], queues: HostQueues) -> None:
        """Queues the pages of a source, what it has just listed before what was left over, no more than are allowed."""
        wanted = [*listed, *self._waiting.pop(source_id, ())]
        source_run = self._source_runs.get(source_id, self._queue_run)
        options = self._options
        allowed = options.most or source_run.source.most or options.default_most or MOST_OF_A_SOURCE
        most = 0 if options.teasers_only else allowed
        for each in wanted[:most]:
            self._want(each, queues)
        source_run.teaser += len(listed[most:])
        source_run.left += 0 if options.teasers_only else len(wanted[most:])

    def _want(self, wanted: Wanted, queues: HostQueues) -> None:
        if wanted.entry_id in self._taken or self._options.teasers_only:
            return
        self._taken.add(wanted.entry_id)
        self.progress.total += 1
        self._source_runs.get(wanted.source_id, self._queue_run).open += 1
        if self._options.max_bytes is not None:
            self._later.append(wanted)
        else:
            queues.put(queue_of(wanted.url), partial(self._page, wanted))

    async def _page(self, wanted: Wanted) -> None:
        """Fetches a page, its further pages too, and has them stored."""
        source_run = self._source_runs.get(wanted.source_id, self._queue_run)
        outcome = self._skipped(wanted, source_run)
        if not outcome.reason:
            await self._intake.room(source_run)
            with self.progress.running(source_run):
                outcome = await self._fetched(wanted, source_run)
        self.progress.done += 1
        self._asked_for[outcome.reason] += wanted.queued
        self.progress.page_done(source_run, outcome, wanted.entry_id, wanted.url)
        self.progress.part_done(source_run)

    async def _fetched(self, wanted: Wanted, source_run: SourceRun) -> Outcome:
        """A page and what follows it, asked for and stored part by part."""
        if is_of_a_feed(wanted.url):
            return await self._write(partial(storing.standing, entry_id=wanted.entry_id))
        url, parts, outcome = wanted.url, dict[str, Article](), Outcome()
        pictures: tuple[str, ...] = ()
        while url and url not in parts and len(parts) < MOST_PAGES:
            try:
                answer = await self._answer(wanted, source_run, url)
                if queue_of(url):  # what comes with the program is on no host
                    self.progress.network = "online"
                ready = await self._intake.page(source_run, answer, later=bool(parts))
            except FetchError as error:
                return await self._page_failed(wanted, error, begun=bool(parts))
            parts[url], pictures = (article := ready.article), pictures or ready.pictures
            if ready.text is None:
                article = join([*parts.values()], more=bool(ready.further) and ready.further not in parts)
            kept = partial(storing.page, entry_id=wanted.entry_id, article=article, text=ready.text)
            outcome = await self._write(partial(kept, received=answer.received), lands=True)
            url = ready.further
        await self._want_pictures(wanted.entry_id, pictures, source_run)
        return outcome

    async def _page_failed(self, wanted: Wanted, error: FetchError, *, begun: bool) -> Outcome:
        """Notes why a page could not be had; what has `begun` with other pages stays as it is."""
        self.progress.heard(error)
        if error.reason in NO_FAULT and not begun:
            return Outcome(reason=error.reason)
        if begun:
            return await self._write(partial(storing.standing, entry_id=wanted.entry_id, reason=error.reason))
        return await self._intake.no_page(wanted.entry_id, wanted.url, error)

    async def _answer(self, wanted: Wanted, source_run: SourceRun, url: str) -> Response:
        """What answers at a page's address; a page that the reader asked for is no robot's business."""
        with source_run.weighed_against(self._budget) as meter:
            return await self._fetcher.page(
                Request(
                    url,
                    reach=wanted.reach if wanted.queued or not wanted.source_id else source_run.visit.reach,
                    headers=source_run.headers_for(url),
                    proxy=source_run.proxy(),
                    meter=meter,
                ),
                robots=not wanted.queued,
            )

    def _skipped(self, wanted: Wanted, source_run: SourceRun) -> Outcome:
        """Why a page is not even asked for, if so: what is left over then stays wanted, and is no failure of it."""
        if self._budget.used_up or source_run.budget.used_up:
            return Outcome(reason=OverBudget.reason)
        if source_run.unreadable >= MOST_UNREADABLE:
            return Outcome(reason=Unreadable.reason)
        if self._intake.reads_nothing:
            return Outcome(reason=NoParser.reason)
        return Outcome(reason=Unreachable.reason if self._fetcher.unanswered(wanted.url) >= SILENT else "")


async def refresh(
    writer: BatchWriter, fetcher: Fetcher, options: RefreshOptions, secrets: SecretStore | None = None
) -> AsyncGenerator[Progress, None]:
    """Runs one refresh and yields its progress as it happens; closing the iterator cancels it."""
    run = RefreshRun(writer, fetcher, options, secrets)
    task = asyncio.create_task(run.run())
    try:
        while (progress := await run.progress.reports.get()) is not None:
            yield progress
        await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
