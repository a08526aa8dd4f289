"""Queues of requests, one a host."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias

Job: TypeAlias = Callable[[], Awaitable[None]]

AT_ONCE_PER_HOST = 2


class Lanes:
    """One queue a host, each worked off by two at most: what waits for a slow host keeps no other waiting."""

    def __init__(self, group: asyncio.TaskGroup, emptied: Callable[[str], Awaitable[None]]) -> None:
        """`emptied` is told of each lane that has no more jobs for the time being."""
        self._group = group
        self._emptied = emptied
        self._queues: dict[str, deque[Job]] = {}
        self._running: dict[str, int] = {}

    def put(self, host: str, job: Job) -> None:
        """Queues a job; it runs when those before it have."""
        self._queues.setdefault(host, deque()).append(job)
        if self._running.get(host, 0) < AT_ONCE_PER_HOST:
            self._running[host] = self._running.get(host, 0) + 1
            self._group.create_task(self._work(host))

    async def _work(self, host: str) -> None:
        jobs = self._queues[host]
        try:
            while jobs:
                await jobs.popleft()()
        finally:
            self._running[host] -= 1
        if not self._running[host]:
            await self._emptied(host)


def lane_of(url: str) -> str:
    """The lane of a URL: its host and port; what is no web address at all has the one without a name."""
    return url.partition("://")[2].partition("/")[0]
