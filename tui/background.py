"""Questions that may take a while, asked of the library on a thread of their own: no key waits for the answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from cache.library import Library

T = TypeVar("T")
_SWITCH = 0.001  # seconds after which a long answer lets a key through; Python's own 0.005 can be felt


class BackgroundLibrary:
    """A second reading of the library, on its own thread; thread and reading begin with the first question."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._thread: ThreadPoolExecutor | None = None
        self._library: Library | None = None
        self._open = ExitStack()

    async def ask(self, question: Callable[[Library], T]) -> T:
        """The library's answer; raises what the library raises."""
        from asyncio import get_running_loop

        if self._thread is None:
            import sys
            from concurrent.futures import ThreadPoolExecutor

            sys.setswitchinterval(_SWITCH)
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        return await get_running_loop().run_in_executor(self._thread, self._answer, question)

    def close(self) -> None:
        """Ends thread and reading; what is still being asked is answered first, what waits is dropped."""
        if self._thread is not None:
            self._thread.submit(self._open.close)
            self._thread.shutdown(wait=True)
            self._thread = None

    def _answer(self, question: Callable[[Library], T]) -> T:
        if self._library is None:
            from cache.library import open_reading

            self._library = self._open.enter_context(open_reading(self._home))
        return question(self._library)
