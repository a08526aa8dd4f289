"""Questions that may take a while, asked of the library on threads of their own: no key waits for the answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from cache.errors import CacheError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from cache.library import Library

T = TypeVar("T")
_MOMENT = 0.01  # seconds between two tries to break off what is being asked
_SWITCH = 0.001  # seconds after which a long answer lets a key through; Python's own 0.005 can be felt

Lane: TypeAlias = Literal["beside", "listing", "page", "overview", "hooks", "sync"]
"""What a question is for: what stands beside an article or row, a list, a page over an article, all sources at once,
what hooks get, how syncing stands.

Questions of one lane are answered one after the other; none waits for those of another.
"""


class BackgroundLibrary:
    """Further readings of the library, one a lane, each on its own thread; they begin with the first question."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._readings: dict[Lane, _Reading] = {}

    async def ask(self, question: Callable[[Library], T], *, lane: Lane = "beside") -> T:
        """The library's answer; raises what the library raises."""
        if lane not in self._readings:
            self._readings[lane] = _Reading(self._home, lane)
        return await self._readings[lane].ask(question)

    def close(self) -> None:
        """Ends threads and readings: what is being asked is broken off, what waits is dropped."""
        for reading in self._readings.values():
            reading.close()
        self._readings.clear()


class _Reading:
    """A reading of the library on a thread."""

    def __init__(self, home: Path, name: str) -> None:
        import sys
        from concurrent.futures import ThreadPoolExecutor

        sys.setswitchinterval(_SWITCH)
        self._home = home
        self._thread: ThreadPoolExecutor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._library: Library | None = None
        self._closing = False
        self._open = ExitStack()

    async def ask(self, question: Callable[[Library], T]) -> T:
        from asyncio import get_running_loop

        return await get_running_loop().run_in_executor(self._thread, self._answer, question)

    def close(self) -> None:
        self._closing = True
        closed = self._thread.submit(self._open.close)
        while not closed.done():  # what is being asked may be between two statements
            if self._library is not None:
                self._library.interrupt()
            with suppress(TimeoutError):
                closed.result(timeout=_MOMENT)
        self._thread.shutdown(wait=True)

    def _answer(self, question: Callable[[Library], T]) -> T:
        if self._closing:
            raise CacheError("It was broken off.")
        if self._library is None:
            from cache.library import open_reading

            self._library = self._open.enter_context(open_reading(self._home))
        return question(self._library)
