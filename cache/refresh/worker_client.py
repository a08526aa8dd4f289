"""Hands jobs to a store worker, in a process of its own or, where there can be none, in a thread."""

from __future__ import annotations

import asyncio
import queue
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from cache.errors import CacheError
from cache.refresh.child import ChildProcess, StartChild, broken_off_error
from cache.refresh.jobs import Job, Outcome
from cache.refresh.parser_client import ParserClient
from cache.refresh.store_worker import JobQueue, StoreWorker
from cache.writes.store import Store, open_store

BUSY_JOBS = 20
"""Jobs under way that are worth a parser process: more than one transaction's work."""
IDLE_JOBS = 4
"""Jobs with the worker so few that it may as well read the next itself."""
MOST_UNDER_WAY = 48
"""Jobs not yet done; what more comes waits with the network."""
MOST_DEATHS = 20
"""Workers that may end in one refresh before something else than pages must be wrong."""


class WorkerClient(ABC):
    """Jobs go in, outcomes come out, first in first out."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Job, asyncio.Future[Outcome]]] = deque()
        self._gone: BaseException | None = None
        self._under_way = 0
        self._eased = asyncio.Event()
        self._eased.set()

    async def work(self, job: Job) -> Outcome:
        """Has the job done; raises CacheError when the library itself fails, and what ended the worker if it has."""
        self._under_way += 1
        if self._under_way >= MOST_UNDER_WAY:
            self._eased.clear()
        try:
            return await self._done(await self._prepared(job))
        finally:
            self._under_way -= 1
            if self._under_way < MOST_UNDER_WAY:
                self._eased.set()

    async def wait_for_room(self) -> None:
        """Waits while too much is under way: called before fetching what would have to wait."""
        await self._eased.wait()

    async def _prepared(self, job: Job) -> Job:
        """The job as it is to be handed over."""
        return job

    async def _done(self, job: Job) -> Outcome:
        if self._gone is not None:
            raise self._gone
        waiting: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, waiting))
        self._send(job)
        outcome = await waiting
        if outcome.trouble is not None:
            raise outcome.trouble
        return outcome

    @abstractmethod
    def _send(self, job: Job) -> None: ...

    def _resolve(self, outcome: Outcome) -> None:
        _, waiting = self._waiting.popleft()
        if not waiting.done():  # else nobody waits for it any more: the refresh was cancelled
            waiting.set_result(outcome)

    def _break_off(self, error: BaseException) -> None:
        """The worker is gone: whoever waits for it gets the error."""
        self._gone = error
        while self._waiting:
            _, waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(error)


class ThreadClient(WorkerClient):
    """A store worker in a thread: for tests, and where no process can be started."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._jobs: JobQueue = queue.SimpleQueue()
        self._open_store = open_store
        self._thread = ThreadPoolExecutor(1, "store-worker")
        self._work = self._loop.run_in_executor(self._thread, self._run)
        self._work.add_done_callback(self._ended)

    def _send(self, job: Job) -> None:
        self._jobs.put(job)

    def _run(self) -> None:
        with self._open_store() as store:
            StoreWorker(store).run(self._jobs, self._acknowledge)

    def _acknowledge(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            self._loop.call_soon_threadsafe(self._resolve, outcome)

    def _ended(self, work: asyncio.Future[None]) -> None:
        """A bug in the worker is raised where its work was asked for."""
        self._break_off(work.exception() or CacheError("The store worker has ended."))

    async def close(self) -> None:
        """Ends the work after what has been handed over."""
        self._jobs.put(None)
        await asyncio.wait([self._work])
        self._thread.shutdown()


class ProcessClient(WorkerClient):
    """A store worker in a process of its own; where a page crashed it, another goes on with the rest.

    What was handed over when a worker ended is given to the next one by one: the one that ends that, too, is noted as
    lost, and the refresh does without it.
    """

    def __init__(self, worker: ChildProcess, start: StartChild, *, parser: ParserClient | None = None) -> None:
        super().__init__()
        self._worker = worker
        self._start = start
        self._parser = parser
        self._singly = 0
        self._deaths = 0
        self._closing = False
        self._running = asyncio.ensure_future(self._run())

    async def _prepared(self, job: Job) -> Job:
        """The job, read by the parser process first unless the worker has hardly anything to do."""
        if self._parser is None or self._under_way < BUSY_JOBS or len(self._waiting) < IDLE_JOBS:
            return job
        return await self._parser.parse(job)

    def _send(self, job: Job) -> None:
        if not self._singly:
            self._worker.send(job)

    def _resolve(self, outcome: Outcome) -> None:
        super()._resolve(outcome)
        if self._singly:
            self._singly -= 1
            self._hand_over()

    async def _run(self) -> None:
        """Takes what the worker answers until it ends; ended before its time, it is started anew."""
        while True:
            async for outcome in self._worker.messages():
                self._resolve(outcome)
            last = await self._worker.read_stderr()
            if self._closing or not self._can_go_on():
                break
            try:
                self._worker = await self._start()
            except OSError:
                break
            if self._closing:
                self._worker.kill()
            self._hand_over()
        self._break_off(broken_off_error(last))

    def _can_go_on(self) -> bool:
        """Whether a next worker may go on with what this one left, if without the job that ended both."""
        self._deaths += 1
        if not self._singly:
            self._singly = len(self._waiting)
            return self._deaths <= MOST_DEATHS
        job, waiting = self._waiting[0]
        self._waiting[0] = replace(job, what="lost", answer=None, parsed=b""), waiting
        return job.what in ("page", "listing", "failed") and self._deaths <= MOST_DEATHS

    def _hand_over(self) -> None:
        for job, _ in islice(self._waiting, 1 if self._singly else None):
            self._worker.send(job)

    async def close(self) -> None:
        """Ends the work after what has been handed over; kills a worker that does not end in time."""
        self._closing = True
        if self._parser is not None:
            await self._parser.close()
        await self._worker.end()
        await self._running


@asynccontextmanager
async def start_worker(library: Path) -> AsyncIterator[WorkerClient]:
    """A store worker for a library file: a process, or a thread where the system will not start one."""
    start = partial(ChildProcess.start, "cache.refresh.store_worker", str(library))
    client: ProcessClient | ThreadClient
    try:
        client = ProcessClient(
            await start(), start, parser=ParserClient(partial(ChildProcess.start, "cache.refresh.parser_process"))
        )
    except OSError:
        client = ThreadClient(lambda: open_store(library))
    async with open_client(client):
        yield client


@asynccontextmanager
async def open_client(client: ProcessClient | ThreadClient) -> AsyncIterator[WorkerClient]:
    """The client, closed in the end, after what has been handed over is done."""
    try:
        yield client
    finally:
        await asyncio.shield(client.close())
