"""Hands orders to a press, in a process of its own or, where there can be none, in a thread."""

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
from cache.refresh.child import Begin, Worker, broken_off
from cache.refresh.jobs import Order, Outcome
from cache.refresh.parser_client import CopyDesk
from cache.refresh.store_worker import Press, Shelf
from cache.writes.store import Store, open_store

BUSY = 20
"""Orders under way that are worth a copy desk: more than one transaction's work."""
IDLE = 4
"""Orders with the press so few that it may as well read the next itself."""
MOST_UNDER_WAY = 48
"""Orders not yet done; what more comes waits with the network."""
MOST_DEATHS = 20
"""Presses that may end in one refresh before something else than pages must be wrong."""


class PressRoom(ABC):
    """Orders go in, outcomes come out, first in first out."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Order, asyncio.Future[Outcome]]] = deque()
        self._gone: BaseException | None = None
        self._under_way = 0
        self._eased = asyncio.Event()
        self._eased.set()

    async def work(self, order: Order) -> Outcome:
        """Has the order done; raises CacheError when the library itself fails, and what ended the press if it has."""
        self._under_way += 1
        if self._under_way >= MOST_UNDER_WAY:
            self._eased.clear()
        try:
            return await self._done(await self._prepared(order))
        finally:
            self._under_way -= 1
            if self._under_way < MOST_UNDER_WAY:
                self._eased.set()

    async def room(self) -> None:
        """Waits while too much is under way: called before fetching what would have to wait."""
        await self._eased.wait()

    async def _prepared(self, order: Order) -> Order:
        """The order as it is to be handed over."""
        return order

    async def _done(self, order: Order) -> Outcome:
        if self._gone is not None:
            raise self._gone
        waiting: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((order, waiting))
        self._send(order)
        outcome = await waiting
        if outcome.trouble is not None:
            raise outcome.trouble
        return outcome

    @abstractmethod
    def _send(self, order: Order) -> None: ...

    def _settle(self, outcome: Outcome) -> None:
        _, waiting = self._waiting.popleft()
        if not waiting.done():  # else nobody waits for it any more: the refresh was cancelled
            waiting.set_result(outcome)

    def _break_off(self, error: BaseException) -> None:
        """The press is gone: whoever waits for it is told why."""
        self._gone = error
        while self._waiting:
            _, waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(error)


class PressThread(PressRoom):
    """A press in a thread: for tests, and where no process can be started."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._shelf: Shelf = queue.SimpleQueue()
        self._open_store = open_store
        self._thread = ThreadPoolExecutor(1, "press")
        self._work = self._loop.run_in_executor(self._thread, self._run)
        self._work.add_done_callback(self._ended)

    def _send(self, order: Order) -> None:
        self._shelf.put(order)

    def _run(self) -> None:
        with self._open_store() as store:
            Press(store).run(self._shelf, self._acknowledge)

    def _acknowledge(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            self._loop.call_soon_threadsafe(self._settle, outcome)

    def _ended(self, work: asyncio.Future[None]) -> None:
        """A bug in the press is raised where its work was asked for."""
        self._break_off(work.exception() or CacheError("The press has ended."))

    async def close(self) -> None:
        """Ends the work after what has been handed over."""
        self._shelf.put(None)
        await asyncio.wait([self._work])
        self._thread.shutdown()


class PressProcess(PressRoom):
    """A press in a process of its own; where a page was the end of it, another goes on with the rest.

    What was handed over when a press ended is given to the next one by one: the one that ends that, too, is noted as
    lost, and the refresh does without it.
    """

    def __init__(self, worker: Worker, begin: Begin, *, desk: CopyDesk | None = None) -> None:
        super().__init__()
        self._worker = worker
        self._begin = begin
        self._desk = desk
        self._singly = 0
        self._deaths = 0
        self._closing = False
        self._running = asyncio.ensure_future(self._run())

    async def _prepared(self, order: Order) -> Order:
        """The order, read at the copy desk first unless the press has hardly anything to do."""
        if self._desk is None or self._under_way < BUSY or len(self._waiting) < IDLE:
            return order
        return await self._desk.read(order)

    def _send(self, order: Order) -> None:
        if not self._singly:
            self._worker.send(order)

    def _settle(self, outcome: Outcome) -> None:
        super()._settle(outcome)
        if self._singly:
            self._singly -= 1
            self._hand_over()

    async def _run(self) -> None:
        """Hears what the press says until it ends; ended before its time, it is begun anew."""
        while True:
            async for outcome in self._worker.parcels():
                self._settle(outcome)
            last = await self._worker.last_words()
            if self._closing or not self._can_go_on():
                break
            try:
                self._worker = await self._begin()
            except OSError:
                break
            if self._closing:
                self._worker.kill()
            self._hand_over()
        self._break_off(broken_off(last))

    def _can_go_on(self) -> bool:
        """Whether a next press may go on with what this one left, if without the order that was the end of both."""
        self._deaths += 1
        if not self._singly:
            self._singly = len(self._waiting)
            return self._deaths <= MOST_DEATHS
        order, waiting = self._waiting[0]
        self._waiting[0] = replace(order, what="lost", answer=None, copy=b""), waiting
        return order.what in ("page", "listing", "failed") and self._deaths <= MOST_DEATHS

    def _hand_over(self) -> None:
        for order, _ in islice(self._waiting, 1 if self._singly else None):
            self._worker.send(order)

    async def close(self) -> None:
        """Ends the work after what has been handed over; kills a press that does not end in time."""
        self._closing = True
        if self._desk is not None:
            await self._desk.close()
        await self._worker.end()
        await self._running


@asynccontextmanager
async def press_at(library: Path) -> AsyncIterator[PressRoom]:
    """A press for a library file: a process, or a thread where the system will not start one."""
    begin = partial(Worker.begin, "cache.refresh.store_worker", str(library))
    room: PressProcess | PressThread
    try:
        room = PressProcess(await begin(), begin, desk=CopyDesk(partial(Worker.begin, "cache.refresh.parser_process")))
    except OSError:
        room = PressThread(lambda: open_store(library))
    async with open_room(room):
        yield room


@asynccontextmanager
async def open_room(room: PressProcess | PressThread) -> AsyncIterator[PressRoom]:
    """The room, closed in the end, after what has been handed over is done."""
    try:
        yield room
    finally:
        await asyncio.shield(room.close())
