"""How the reader is stopped from outside: signals that end it, and the way to the shell and back."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

_ENDING = ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT")  # the last two are not on Windows


class Ending:
    """Which signal has ended the reader; 0 where none did."""

    def __init__(self) -> None:
        self.number = 0

    @property
    def exit_code(self) -> int:
        """What a shell calls the end by this signal."""
        return 128 + self.number if self.number else 0


@contextmanager
def leaving(leave: Callable[[], Awaitable[None]], hung_up: Callable[[], None]) -> Iterator[Ending]:
    """While this lasts, a signal that ends programs has `leave` called, once, and nothing is broken off.

    `hung_up` is called before it where the terminal may be gone. Where the system has no such signals, nothing is done.
    """
    ending, tasks, loop = Ending(), set(), asyncio.get_running_loop()

    def heard(number: int) -> None:
        if ending.number:
            return
        ending.number = number
        if number == getattr(signal, "SIGHUP", 0):
            hung_up()
        tasks.add(asyncio.ensure_future(leave()))

    def caught(number: int, _: object) -> None:
        # Not add_signal_handler: that goes by a socket, which a burst of keys fills, and then the signal is lost.
        loop.call_soon_threadsafe(heard, number)

    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)] if sys.platform != "win32" else []
    before = {number: signal.signal(number, caught) for number in numbers}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def has_shell() -> bool:
    """Whether a shell with job control waits behind us, which could bring us back once we stop."""
    if sys.platform == "win32":
        return False
    try:
        parent = os.getppid()
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        return False
