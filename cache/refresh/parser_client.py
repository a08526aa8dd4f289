"""Has pages and feeds parsed before they go to a busy store worker, so that a second processor has work.

The parser is a process of its own (`cache.refresh.parser_process`), as what it reads is foreign: where a page crashes
it, everything it held goes to the store worker unread, which finds out which page it was.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace

from cache.refresh.child import ChildProcess, StartChild
from cache.refresh.jobs import Job

READ = ("page", "listing")
"""What is read here; of sources only feeds, as the others are few."""


class ParserClient:
    """Gives jobs back with their answer parsed; as they were when there is no time or no process to parse them."""

    def __init__(self, start: StartChild) -> None:
        self._start = start
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._worker: ChildProcess | None = None
        self._closed = False
        self._running: asyncio.Task[None] | None = None

    async def parse(self, job: Job) -> Job:
        """The job with its page or feed read; as it is while the process, started with the first, is not ready."""
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())
        # The parser reads pages, and of listings those of feeds; a page's job leaves its kind at "feed".
        if self._worker is None or job.answer is None or job.what not in READ or job.kind != "feed":
            return job
        waiting: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._worker.send((job.what, job.answer))
        parsed = await waiting
        return replace(job, answer=replace(job.answer, body=b""), parsed=parsed) if parsed else job

    async def close(self) -> None:
        """Ends the process at once: whoever waited for it has gone."""
        self._closed = True
        if self._worker is not None:
            self._worker.kill()
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        try:
            self._worker = worker = await self._start()
        except OSError:
            return
        if self._closed:
            worker.kill()
        async for parsed in worker.messages():
            self._resolve(parsed)
        self._worker = None
        while self._waiting:
            self._resolve(b"")
        await worker.read_stderr()

    def _resolve(self, parsed: bytes) -> None:
        waiting = self._waiting.popleft()
        if not waiting.done():  # else nobody waits for it any more: the refresh was cancelled
            waiting.set_result(parsed)
