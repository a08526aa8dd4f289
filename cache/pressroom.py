"""Hands orders to a press, in a process of its own or, where there can be none, in a thread."""

from __future__ import annotations

import asyncio
import pickle
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

from cache.copydesk import CopyDesk
from cache.errors import CacheError
from cache.orders import Order, Outcome
from cache.press import Press, Shelf
from cache.store import Store, open_store
from cache.worker import Begin, Worker, broken_off

BUSY = 20
"""Orders that are more than one transaction's worth of work."""
MOST_WAITING = 32
"""Orders handed over and not yet done: what more comes in waits with the network."""
PATIENCE = 30.0
"""Seconds that one order may take; the largest pages take two or three."""
MOST_DEATHS = 20
"""Presses that may end in one refresh before something else than pages must be wrong."""


class PressRoom(ABC):
    """Orders go in, outcomes come out, first in first out."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Order, asyncio.Future[Outcome]]] = deque()
        self._gone: BaseException | None = None
        self._eased = asyncio.Event()
        self._eased.set()

    async def work(self, order: Order) -> Outcome:
        """Has the order done; raises CacheError when the library itself fails, and what ended the press if it has."""
        if self._gone is not None:
            raise self._gone
        waiting: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((order, waiting))
        if len(self._waiting) >= MOST_WAITING:
            self._eased.clear()
        self._send(order)
        outcome = await waiting
        if outcome.trouble is not None:
            raise outcome.trouble
        return outcome

    @property
    def busy(self) -> bool:
        """Whether enough is waiting to keep the press at work for a while."""
        return len(self._waiting) >= BUSY

    async def room(self) -> None:
        """Waits while too much is waiting: called before fetching what would have to wait."""
        await self._eased.wait()

    @abstractmethod
    def _send(self, order: Order) -> None: ...

    def _settle(self, outcome: Outcome) -> None:
        _, waiting = self._waiting.popleft()
        if not waiting.done():  # else nobody waits for it any more: the refresh was cancelled
            waiting.set_result(outcome)
        if len(self._waiting) < MOST_WAITING:
            self._eased.set()

    def _break_off(self, error: BaseException) -> None:
        """The press is gone: whoever waits for it is told why."""
        self._gone = error
        self._eased.set()
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
    lost, and the refresh does without it. `patience` is how many seconds one order may take; more count as endless.
    """

    def __init__(
        self, worker: Worker, begin: Begin, *, desk: CopyDesk | None = None, patience: float = PATIENCE
    ) -> None:
        super().__init__()
        self._worker = worker
        self._begin = begin
        self._desk = desk
        self._patience = patience
        self._singly = 0
        self._deaths = 0
        self._closing = False
        self._alarm: asyncio.TimerHandle | None = None
        self._running = asyncio.ensure_future(self._run())

    async def work(self, order: Order) -> Outcome:
        """Has the order done, read first at the copy desk while the press is busy."""
        return await super().work(await self._desk.read(order) if self._desk and self.busy else order)

    def _send(self, order: Order) -> None:
        if not self._singly:
            self._worker.send(order)
        if len(self._waiting) == 1:
            self._watch()

    def _settle(self, outcome: Outcome) -> None:
        super()._settle(outcome)
        if self._singly:
            self._singly -= 1
            self._hand_over()
        self._watch()

    async def _run(self) -> None:
        """Hears what the press says until it ends; ended before its time, it is begun anew."""
        while True:
            async for parcel in self._worker.parcels():
                self._settle(pickle.loads(parcel))
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
            self._watch()
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

    def _watch(self) -> None:
        """Sets the alarm by which the press must have finished something, if it has anything to do."""
        if self._alarm is not None:
            self._alarm.cancel()
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(self._patience, self._worker.kill) if self._waiting else None

    async def close(self) -> None:
        """Ends the work after what has been handed over; kills a press that does not end in time."""
        self._closing = True
        if self._desk is not None:
            await self._desk.close()
        await self._worker.end()
        await self._running
        if self._alarm is not None:
            self._alarm.cancel()


@asynccontextmanager
async def press_at(library: Path) -> AsyncIterator[PressRoom]:
    """A press for a library file: a process, or a thread where the system will not start one."""
    begin = partial(Worker.begin, "cache.press", str(library))
    room: PressProcess | PressThread
    try:
        room = PressProcess(await begin(), begin, desk=CopyDesk(partial(Worker.begin, "cache.copydesk")))
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
