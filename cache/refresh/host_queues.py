"""Queues of requests, one a host."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from fetch.http.pacing import AT_ONCE_PER_HOST

HostJob: TypeAlias = Callable[[], Awaitable[None]]


class HostQueues:
    """One queue a host, each worked off by two at most: what waits for a slow host keeps no other waiting."""

    def __init__(self, group: asyncio.TaskGroup, emptied: Callable[[str], Awaitable[None]]) -> None:
        """`emptied` is called with each host whose queue has run empty for the time being."""
        self._group = group
        self._emptied = emptied
        self._queues: dict[str, deque[HostJob]] = {}
        self._running: dict[str, int] = {}

    def put(self, host: str, request: HostJob) -> None:
        """Queues a request; it runs when those before it have."""
        self._queues.setdefault(host, deque()).append(request)
        if self._running.get(host, 0) < AT_ONCE_PER_HOST:
            self._running[host] = self._running.get(host, 0) + 1
            self._group.create_task(self._work(host))

    async def _work(self, host: str) -> None:
        requests = self._queues[host]
        try:
            while requests:
                await requests.popleft()()
        finally:
            self._running[host] -= 1
        if not self._running[host]:
            await self._emptied(host)


def queue_of(url: str) -> str:
    """The name of a URL's queue: its host and port; what is no web address at all has the one without a name."""
    return url.partition("://")[2].partition("/")[0]
