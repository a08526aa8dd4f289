"""Ctrl+z while a refresh writes: one that is stopped inside a transaction keeps every other program from writing."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.refresh.batch_writer import BatchWriter

LONGEST_RUN_ON = 1.0
"""Seconds after which it stops all the same: the writer may be waiting for another program."""


@contextmanager
def stopping_between_transactions(writer: BatchWriter) -> Iterator[None]:
    """While this lasts, ctrl+z stops this program between two transactions, where it would have stopped it at once."""
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return
    if signal.getsignal(signal.SIGTSTP) is not signal.SIG_DFL:
        yield
        return
    loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    def asked() -> None:
        loop.remove_signal_handler(signal.SIGTSTP)
        tasks.add(asyncio.ensure_future(stopped()))

    async def stopped() -> None:
        await _stop(writer)
        loop.add_signal_handler(signal.SIGTSTP, asked)

    loop.add_signal_handler(signal.SIGTSTP, asked)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        loop.remove_signal_handler(signal.SIGTSTP)


async def _stop(writer: BatchWriter) -> None:
    """Stops this program once its writer is between two transactions, or has kept us waiting."""
    once = Lock()

    def stop(_: object = None) -> None:
        if once.acquire(blocking=False):
            os.kill(os.getpid(), signal.SIGTSTP)

    asked = asyncio.ensure_future(writer.write(stop, apart=True))
    await asyncio.wait([asked], timeout=LONGEST_RUN_ON)
    if not asked.done() or asked.exception():  # the writer waits, or has ended
        stop()
