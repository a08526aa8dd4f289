"""The store worker: parses what came over the network, and stores and indexes it in the library.

It runs in a process of its own, so that a second processor has work and the network never waits for it (`python -m
cache.refresh.store_worker`, started by `cache.refresh.worker_client`), or in a thread where there can be no process.
Nothing is acknowledged before it is on disk.
"""

from __future__ import annotations

import contextlib
import math
import pickle
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cache.db import reads
from cache.db.rows import OFFLINE
from cache.errors import CacheError
from cache.refresh.framing import frame, frames_in, own_pipes
from cache.refresh.jobs import UNREADABLE, Job, Outcome
from cache.refresh.parsing import Page, joined, read_page
from cache.rules import http_state
from cache.rules.backoff import retry_after
from cache.rules.http_state import Visit
from cache.writes.sources import VisitRecord
from fetch.article import Article
from fetch.errors import NewsError, NotAnArticle
from fetch.extract import MOST_PAGES
from fetch.http.response import Response
from fetch.links import is_of_a_feed
from fetch.listing import Listing, read_listing, teaser_of_article

if TYPE_CHECKING:
    from cache.writes.store import Store

BATCH_SECONDS = 0.05
"""How long a transaction may gather work: a crash loses no more, and a reader's own mark waits no longer."""
IDLE_SECONDS = 0.05
"""How long the worker waits for a job before it gives new entries their story, a few at a time."""
MOST_WANTED = 10_000


JobQueue: TypeAlias = "queue.SimpleQueue[Job | None]"
"""Jobs on their way to the worker; None ends its work."""


class StoreWorker:
    """Does jobs with one store, one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: dict[int, list[tuple[str, Article]]] = {}
        self._ended = False
        self._stories_wait = False

    def run(self, jobs: JobQueue, acknowledge: Callable[[list[Outcome]], None]) -> None:
        """Works off the queue until it ends; acknowledges outcomes in the order of their jobs, once on disk."""
        while not self._ended and (job := self._next(jobs)) is not None:
            acknowledge(self._batch(job, jobs))

    def _next(self, jobs: JobQueue) -> Job | None:
        """The next job; until it comes, entries that came in are given their stories, a few at a time."""
        while self._stories_wait:
            with contextlib.suppress(queue.Empty):
                return jobs.get(timeout=IDLE_SECONDS)
            self._stories_wait = False
            with contextlib.suppress(CacheError):  # what is wrong will show at the next job, which reports it
                self._stories_wait = self._store.stories.assign_some()
        return jobs.get()

    def _batch(self, job: Job | None, jobs: JobQueue) -> list[Outcome]:
        """One transaction; where the library fails, none of its jobs is done and all say so."""
        outcomes: list[Outcome] = []
        begun, tried = time.monotonic(), 0
        try:
            with self._store.batch():
                while job is not None:
                    tried += 1
                    outcomes.append(self._do(job))
                    if time.monotonic() - begun > BATCH_SECONDS or jobs.empty():
                        break
                    job = jobs.get()
                    self._ended = job is None
        except CacheError as error:
            return [Outcome(reason="library", sentence=str(error), trouble=error) for _ in range(tried)]
        self._stories_wait |= any(outcome.offline != "teaser" for outcome in outcomes)
        return outcomes

    def _do(self, job: Job) -> Outcome:
        now = time.time()
        match job.what:
            case "plan":
                return self._plan(job, now)
            case "listing":
                return self._listing(job, now)
            case "visit":
                self._close(job, job.visit, job.due, now, job.reason)
                return Outcome()
            case "page":
                return self._page(job, now)
            case "kept":
                return self._outcome(job.entry_id, "")
            case "failed":
                return self._failed(job, job.reason, now)
            case "lost":
                return self._lost(job, now)
            case "receipt":
                return Outcome(counts=self._store.plan.receipt())
            case "stories":
                return Outcome(more=self._store.stories.assign_some())

    def _plan(self, job: Job, now: float) -> Outcome:
        ids = job.source_ids
        due = self._store.plan.due_sources(now, ids, force=job.force, scheduled=job.scheduled)
        known = self._store.plan.due_sources(math.inf)
        return Outcome(
            due=tuple(due), known=tuple(known), wanted=tuple(self._store.plan.wanted(now, ids, limit=MOST_WANTED))
        )

    def _listing(self, job: Job, now: float) -> Outcome:
        answer = job.answer
        assert answer is not None
        try:
            if job.kind == "page":
                return self._single(job, answer, now)
            listing: Listing = pickle.loads(job.parsed) if job.parsed else read_listing(job.kind, answer)
        except NewsError as error:
            unpacked = len(answer.body)
            self._close(job, http_state.after_failure(job.visit), 0.0, now, str(error), unpacked=unpacked)
            return Outcome(reason=getattr(error, "reason", "failed"), sentence=str(error))
        self._store.sources.describe(job.source_id, title=listing.title, home=listing.home, language=listing.language)
        wanted = self._store.entries.store_listing(job.source_id, listing.teasers, now)
        for each in wanted:
            if is_of_a_feed(each.url):
                self._store.articles.keep_feed_text(each.entry_id, now)
        self._opened(job, answer, now, unpacked=listing.unpacked)
        return Outcome(wanted=tuple(wanted), further=_rest(job, listing))

    def _single(self, job: Job, answer: Response, now: float) -> Outcome:
        """A source that is one story: what answered is already the page; only its further pages are still wanted."""
        page = read_page(answer)
        if page.article is None:
            raise NotAnArticle(page.sentence, answer.url, reason=page.reason)
        article = page.article
        teaser = teaser_of_article(article)
        self._store.sources.describe(job.source_id, title=article.headline, language=article.language)
        wanted = self._store.entries.store_listing(job.source_id, [teaser], now)
        self._opened(job, answer, now, unpacked=len(answer.body))
        if page.further:
            return Outcome(wanted=tuple(wanted))
        entry_id = reads.find_any(self._store.connection, teaser.url)
        if entry_id is None:  # the reader threw it away
            return Outcome()
        self._store.articles.store_article(entry_id, article, now, received=answer.received)
        return self._outcome(entry_id, article.reason, landed=entry_id)

    def _opened(self, job: Job, answer: Response, now: float, *, unpacked: int) -> None:
        """Notes a visit that found a source."""
        visit = http_state.after(job.visit, answer, now)
        self._close(job, visit, http_state.due(visit, now), now, unpacked=unpacked)

    def _close(self, job: Job, visit: Visit, due: float, now: float, error: str = "", *, unpacked: int = 0) -> None:
        if visit.believed:
            self._store.sources.move(job.source_id, visit.believed)
            visit = replace(visit, moved="", sightings=0)
        received = job.answer.received if job.answer else 0
        record = VisitRecord(now, http_state.dump(visit), due, received, unpacked, error)
        self._store.sources.record_visit(job.source_id, record)

    def _page(self, job: Job, now: float) -> Outcome:
        answer = job.answer
        assert answer is not None
        page: Page = pickle.loads(job.parsed) if job.parsed else read_page(answer)
        if page.article is None:
            return self._failed(job, page.reason, now)
        parts = [*self._parts.pop(job.entry_id, []), (job.url, page.article)]
        if len(parts) <= job.part:  # a worker before this one had the pages before; what it stored of them stays
            return self._outcome(job.entry_id, UNREADABLE)
        more = page.further and page.further not in dict(parts)
        article = joined([article for _, article in parts], more=bool(more))
        self._store.articles.store_article(job.entry_id, article, now, received=answer.received)
        further = page.further if more and len(parts) < MOST_PAGES else ""
        if further:
            self._parts[job.entry_id] = parts
        return self._outcome(job.entry_id, article.reason, further=further)

    def _lost(self, job: Job, now: float) -> Outcome:
        """Notes that a page or listing ended the worker before this one, without reading it again."""
        if job.entry_id:
            self._store.articles.store_failure(job.entry_id, UNREADABLE, now)
            return self._outcome(job.entry_id, UNREADABLE)
        visit = http_state.after_failure(job.visit)
        due = now + retry_after(UNREADABLE, visit.failures)
        sentence = "What it answers cannot be read: twice it was the end of the program that tried."
        self._close(job, visit, due, now, sentence)
        return Outcome(reason=UNREADABLE, sentence=sentence)

    def _failed(self, job: Job, reason: str, now: float) -> Outcome:
        """Notes why a page could not be had; what the feed itself carried of it takes its place."""
        if self._parts.pop(job.entry_id, None):  # a later page of several: what came before it is kept
            return self._outcome(job.entry_id, reason)
        if self._store.articles.keep_feed_text(job.entry_id, now):
            return self._outcome(job.entry_id, "")
        self._store.articles.store_failure(job.entry_id, reason, now)
        return self._outcome(job.entry_id, reason)

    def _outcome(self, entry_id: int, reason: str, *, further: str = "", landed: int = 0) -> Outcome:
        """The outcome of a job about an entry, with what the library now has of it."""
        offline = OFFLINE[self._store.connection.value("SELECT offline FROM entry WHERE id = ?", (entry_id,)) or 0]
        return Outcome(reason=reason, offline=offline, further=further, landed=landed)


def _rest(job: Job, listing: Listing) -> str:
    """Where the list goes on: a sitemap index's newest part, or the next page of a section, as far as it is wanted."""
    if listing.further and not listing.teasers:
        return listing.further[0]
    if job.kind != "section" or job.pages < 2 or job.answer is None:
        return ""
    from fetch.sections.section import next_page

    return next_page(job.answer.body, job.answer.url, job.answer.content_type)


def main() -> None:
    """Works for the process that started this one."""
    from cache.writes.store import open_store

    incoming, answer = own_pipes()
    jobs: JobQueue = queue.SimpleQueue()
    threading.Thread(target=_enqueue, args=(incoming, jobs), daemon=True).start()

    def acknowledge(done: list[Outcome]) -> None:
        answer(b"".join(frame(outcome) for outcome in done))
        if done[0].due:  # there is time now, while the first answers are on their way
            import fetch.feeds.fast_xml  # noqa: F401

    try:
        with open_store(Path(sys.argv[1])) as store:
            StoreWorker(store).run(jobs, acknowledge)
    except CacheError as error:  # it could not even be opened, or not be closed
        while jobs.get() is not None:
            acknowledge([Outcome(reason="library", sentence=str(error), trouble=error)])


def _enqueue(incoming: RawIOBase, jobs: JobQueue) -> None:
    """Queues jobs as they come; the end of the pipe is the end of the work."""
    for job in frames_in(incoming):
        jobs.put(job)
    jobs.put(None)


if __name__ == "__main__":
    main()
