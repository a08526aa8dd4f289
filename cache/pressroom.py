"""Hands orders to a press, in a process of its own or, where there can be none, in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import queue
import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import cache
from cache.errors import CacheError
from cache.orders import Order, Outcome, packed
from cache.press import Press, Shelf
from cache.store import Store, open_store
from fetch.text import drawable

BUSY = 20
"""Orders that are more than one transaction's worth of work."""
MOST_WAITING = 32
"""Orders handed over and not yet done: what more comes in waits with the network."""
_OURS = str(Path(cache.__file__).resolve().parents[1])


class PressRoom(ABC):
    """Orders go in, outcomes come out, first in first out."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[Outcome]] = deque()
        self._gone: BaseException | None = None
        self._eased = asyncio.Event()
        self._eased.set()

    async def work(self, order: Order) -> Outcome:
        """Has the order done; raises CacheError when the library itself fails, and what ended the press if it has."""
        if self._gone is not None:
            raise self._gone
        waiting: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
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
        waiting = self._waiting.popleft()
        if not waiting.done():  # else nobody waits for it any more: the refresh was cancelled
            waiting.set_result(outcome)
        if len(self._waiting) < MOST_WAITING:
            self._eased.set()

    def _break_off(self, error: BaseException) -> None:
        """The press is gone: whoever waits for it is told why."""
        self._gone = error
        self._eased.set()
        while self._waiting:
            waiting = self._waiting.popleft()
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
    """A press in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        super().__init__()
        self._process = process
        self._reading = asyncio.ensure_future(self._read())
        self._listening = asyncio.ensure_future(last_words(process))

    def _send(self, order: Order) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(packed(order))

    async def _read(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                size = await self._process.stdout.readexactly(4)
                outcome = pickle.loads(await self._process.stdout.readexactly(int.from_bytes(size, "big")))
                self._settle(outcome)
        self._break_off(broken_off(await self._listening))

    async def close(self) -> None:
        """Ends the work after what has been handed over; kills a press that does not end in time."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(10):
                await self._process.wait()
                await self._reading
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
            self._reading.cancel()


async def last_words(process: asyncio.subprocess.Process) -> str:
    """What a process said on standard error before it ended, at most its last few thousand characters."""
    assert process.stderr is not None
    said = b""
    while part := await process.stderr.read(65_536):
        said = (said + part)[-8_000:]
    return said.decode("utf-8", "replace").strip()


def broken_off(last: str) -> CacheError:
    """The error for a process of ours that died; its traceback is kept as a note."""
    line = drawable(last.rpartition("\n")[2]) or "it was ended from outside"
    error = CacheError(
        f"The refresh broke off ({line}); what it had stored is kept, and the next one goes on from there."
    )
    error.add_note(last)
    return error


@asynccontextmanager
async def press_at(library: Path) -> AsyncIterator[PressRoom]:
    """A press for a library file: a process, or a thread where the system will not start one."""
    room: PressProcess | PressThread
    try:
        room = PressProcess(await start("cache.press", str(library)))
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


async def start(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """Runs one of our modules as a process, with pipes to it.

    The folder we were loaded from comes first on its path and the current one not at all: a reader may well stand in
    a folder that holds something called "cache".
    """
    path = os.pathsep.join(filter(None, (_OURS, os.environ.get("PYTHONPATH", ""))))
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", module, *arguments,
        stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, "PYTHONPATH": path}, limit=2**20,
    )  # fmt: skip
