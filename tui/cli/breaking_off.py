"""A verb that is told to end, by SIGTERM or as its terminal goes, breaks off as at ctrl+c: nothing is left half way."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")


class Ended:
    """Which signal has ended the verb, 0 where none did; `cancel` breaks off what asyncio runs for it."""

    def __init__(self) -> None:
        self.number = 0
        self.cancel: Callable[[], object] | None = None

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Break off, once; asyncio has a handler of its own for ctrl+c, which ends what it runs in order."""
        if self.number:
            return
        self.number = number
        at_interrupt = signal.getsignal(signal.SIGINT)
        if callable(at_interrupt):
            at_interrupt(signal.SIGINT, frame)
        elif self.cancel:  # a shell has what it starts in the background ignore ctrl+c, and asyncio listens for nothing
            self.cancel()
        else:
            raise KeyboardInterrupt

    def exit_code(self, code: int) -> int:
        """What a shell calls the end by this signal, else the code itself."""
        return 128 + self.number if self.number else code


_heard_by: list[Ended] = []
"""What hears of signals now, the innermost last."""


def run(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """`asyncio.run`; a signal that ends the verb cancels the work, and never breaks into the loop between two steps."""
    import asyncio

    async def begun() -> Outcome:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        ended = _heard_by[-1] if _heard_by else Ended()
        ended.cancel = partial(loop.call_soon_threadsafe, task.cancel) if task else None
        try:
            return await work
        finally:
            ended.cancel = None

    try:
        return asyncio.run(begun())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


@contextmanager
def breaking_off() -> Iterator[Ended]:
    """While this lasts, signals that end programs raise KeyboardInterrupt; one that is ignored (nohup) stays so."""
    ended = Ended()
    _heard_by.append(ended)
    ours = sys.platform != "win32" and threading.current_thread() is threading.main_thread()
    numbers = (
        [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) is signal.SIG_DFL]
        if ours
        else []
    )
    for number in numbers:
        signal.signal(number, ended.hear)
    try:
        yield ended
    finally:
        _heard_by.remove(ended)
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
