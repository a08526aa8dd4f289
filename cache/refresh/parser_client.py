"""The copy desk: reads pages and feeds before they go to a busy press, so that a second processor has work.

It is a process of its own (`cache.refresh.parser_process`), as what it reads is foreign: where a page ends it,
everything it held goes to the press unread, and there the page is found out.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace

from cache.refresh.child import Begin, Worker
from cache.refresh.jobs import Order

READ = ("page", "listing")
"""What is read here; of sources only feeds, as the others are few."""


class CopyDesk:
    """Takes orders, and gives them back read; as they were when there is no time, or none is left to read them."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._worker: Worker | None = None
        self._closed = False
        self._running: asyncio.Task[None] | None = None

    async def read(self, order: Order) -> Order:
        """The order with its page or feed read; as it is while the desk, begun with the first, is not ready."""
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())
        if self._worker is None or order.answer is None or order.what not in READ or order.kind != "feed":
            return order
        waiting: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._worker.send((order.what, order.answer))
        copy = await waiting
        return replace(order, answer=replace(order.answer, body=b""), copy=copy) if copy else order

    async def close(self) -> None:
        """Ends the desk at once: whoever waited for it has gone."""
        self._closed = True
        if self._worker is not None:
            self._worker.kill()
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        try:
            self._worker = worker = await self._begin()
        except OSError:
            return
        if self._closed:
            worker.kill()
        async for copy in worker.parcels():
            self._settle(copy)
        self._worker = None
        while self._waiting:
            self._settle(b"")
        await worker.last_words()

    def _settle(self, copy: bytes) -> None:
        waiting = self._waiting.popleft()
        if not waiting.done():  # else nobody waits for it any more: the refresh was cancelled
            waiting.set_result(copy)
