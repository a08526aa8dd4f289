"""The one writer of a refresh: a thread with a store, which does what it is handed in short transactions.

What it is handed is ready made: nothing is parsed and nothing awaited inside a transaction, and nothing is acknowledged
before it is on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Thread, current_thread
from time import monotonic
from typing import Any, TypeVar

from cache.errors import CacheError, LibraryBusy
from cache.writes.store import Store
from fetch.uncancelled import to_its_end

T = TypeVar("T")
IDLE_SECONDS = 0.05
"""How long the thread waits for work before it gives new entries their stories, a few at a time."""
GATHERED = 20
"""Texts that come in together, as far as they come in time: one transaction for many costs half of one for each."""
GATHER_SECONDS = 0.03
"""How long one that has come waits for others that are being read."""
BETWEEN_CHECKS = 1.0
"""Seconds between two looks whether the thread is there still: one that runs out of memory may end without a word."""
PATIENCE = 2.0
"""Seconds that another program may write before the reader is told that we wait for it."""


@dataclass(slots=True, eq=False)
class _Job:
    """Something to write, who waits for what comes of it, whether it brings an entry what it says.

    `apart`: it has transactions of its own.
    """

    work: Callable[[Store], Any]
    done: asyncio.Future[Any]
    lands: bool
    apart: bool
    outcome: Any = None


class BatchWriter:
    """Does work with one store, in the order in which it is handed in; `busy` is called where another program writes.

    `coming` says how many texts are being read meanwhile, by which it knows whether to wait for more of them.

    Work that finds the library busy is kept, and tried again until it is done or the writer is closed.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self.busy: Callable[[], None] = lambda: None
        self.coming: Callable[[], int] = lambda: 0
        self._open_store = open_store
        self._loop = asyncio.get_running_loop()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._waiting: set[_Job] = set()
        self._ahead: deque[_Job | None] = deque()
        """What was taken from the queue and is next."""
        self._closing = False
        self._stories_wait = False
        self._thread = ThreadPoolExecutor(1, "batch-writer")
        self._running = self._loop.run_in_executor(self._thread, self._run)
        self._running.add_done_callback(self._break_off)
        self._worker: Thread | None = None
        self._next_look = self._loop.call_later(BETWEEN_CHECKS, self._look)

    async def write(self, work: Callable[[Store], T], *, lands: bool = False, apart: bool = False) -> T:
        """What the work returns, once it is on disk; raises CacheError when the library fails, and any bug.

        `lands`: it brings entries what they say, so that they can be given their stories. `apart`: it has transactions
        of its own.
        """
        if self._running.done():
            raise self._why_it_ended()
        job = _Job(work, self._loop.create_future(), lands, apart)
        self._waiting.add(job)
        self._jobs.put(job)
        done: T = await job.done
        return done

    async def close(self) -> None:
        """Ends the work after what has been handed in."""
        self._closing = True
        self._jobs.put(None)
        await asyncio.wait([self._running])
        self._thread.shutdown()

    def _run(self) -> None:
        self._worker = current_thread()
        with self._open_store() as store:
            store.connection.patience = PATIENCE
            while (job := self._next(store)) is not None:
                self._gather(job)
                self._loop.call_soon_threadsafe(self._finish, *self._batch(store, job))

    def _next(self, store: Store) -> _Job | None:
        """The next job; until it comes, entries that came in are given their stories, a few at a time."""
        if self._ahead:
            return self._ahead.popleft()
        while self._stories_wait:
            with contextlib.suppress(queue.Empty):
                return self._jobs.get(timeout=IDLE_SECONDS)
            self._stories_wait = False
            with contextlib.suppress(CacheError):  # what is wrong will show at the next job, which reports it
                self._stories_wait = store.stories.assign_some()
        return self._jobs.get()

    def _gather(self, job: _Job) -> None:
        """Waits a moment for further texts that are being read; what else comes meanwhile is waited for by somebody."""
        until = monotonic() + GATHER_SECONDS
        latest: _Job | None = job
        while latest is not None and latest.lands and len(self._ahead) < GATHERED - 1 and self.coming():
            try:
                latest = self._jobs.get(timeout=max(0.0, until - monotonic()))
            except queue.Empty:
                return
            self._ahead.append(latest)

    def _batch(self, store: Store, job: _Job) -> tuple[list[_Job], CacheError | None]:
        """One transaction; where the library fails, none of its jobs is done. Waits as long as another program writes.

        A library that cannot be had is no failure before the transaction has begun: nothing has been tried yet.
        """
        jobs = [job]
        while True:
            begun = False
            try:
                if job.apart:
                    job.outcome = job.work(store)
                    return jobs, None
                with store.batch():
                    begun = True
                    self._fill(store, jobs)
                self._stories_wait |= any(job.lands for job in jobs)
                return jobs, None
            except LibraryBusy as error:
                if begun or self._closing:
                    return jobs, error
                self._loop.call_soon_threadsafe(self.busy)
            except CacheError as error:
                return jobs, error

    def _fill(self, store: Store, jobs: list[_Job]) -> None:
        """Does the first job, and what is waiting behind it, as long as a transaction may last."""
        jobs[0].outcome = jobs[0].work(store)
        while not store.connection.is_batch_full() and (self._ahead or not self._jobs.empty()):
            job = self._ahead.popleft() if self._ahead else self._jobs.get()
            if job is None or job.apart:
                self._ahead.appendleft(job)
                return
            jobs.append(job)
            job.outcome = job.work(store)

    def _finish(self, jobs: list[_Job], error: CacheError | None) -> None:
        for job in jobs:
            self._waiting.discard(job)
            if job.done.done():  # nobody waits for it any more: the refresh was cancelled
                continue
            if error is None:
                job.done.set_result(job.outcome)
            else:
                job.done.set_exception(error)

    def _look(self) -> None:
        """Lets nobody wait for a thread that is not there any more."""
        if self._worker and not self._worker.is_alive():
            self._running.cancel()
            return
        self._next_look = self._loop.call_later(BETWEEN_CHECKS, self._look)

    def _break_off(self, _: asyncio.Future[None]) -> None:
        """The thread has ended, however it did: whoever still waits hears of it."""
        self._next_look.cancel()
        for job in self._waiting:
            if not job.done.done():
                job.done.set_exception(self._why_it_ended())
        self._waiting.clear()

    def _why_it_ended(self) -> BaseException:
        if self._running.cancelled():
            return CacheError("The refresh broke off, as memory ran out; what had landed is kept.")
        return self._running.exception() or CacheError("The refresh has ended; nothing more is written.")


@asynccontextmanager
async def open_writer(open_store: Callable[[], Store]) -> AsyncIterator[BatchWriter]:
    """A writer, closed in the end, after what has been handed in is done."""
    writer = BatchWriter(open_store)
    try:
        yield writer
    finally:
        await to_its_end(writer.close())
