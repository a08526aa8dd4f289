"""A verb that is told to end, by SIGTERM or as its terminal goes, breaks off as at ctrl+c: nothing is left half way."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Ended:
    """Which signal has ended the verb; 0 where none did."""

    def __init__(self) -> None:
        self.number = 0

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Break off, once; asyncio has a handler of its own for ctrl+c, which ends what it runs in order."""
        if self.number:
            return
        self.number = number
        at_interrupt = signal.getsignal(signal.SIGINT)
        if callable(at_interrupt):
            at_interrupt(signal.SIGINT, frame)
        else:  # a shell has what it starts in the background ignore ctrl+c
            raise KeyboardInterrupt

    def exit_code(self, code: int) -> int:
        """What a shell calls the end by this signal, else the code itself."""
        return 128 + self.number if self.number else code


@contextmanager
def breaking_off() -> Iterator[Ended]:
    """While this lasts, signals that end programs raise KeyboardInterrupt; one that is ignored (nohup) stays so."""
    ended = Ended()
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
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
