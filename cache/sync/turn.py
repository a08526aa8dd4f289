"""One sync of an account at a time, whichever program makes it: of two, one would undo what the other has just sent."""

from __future__ import annotations

import os
from asyncio import sleep
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

from cache.db.locks import FileLock, acquire
from cache.sync.remote import CannotSync

_PAUSE = 0.1
BUSY = "busy"


@asynccontextmanager
async def sync_turn(library: Path, account_id: int, wait: float) -> AsyncIterator[None]:
    """The turn to sync an account; raises CannotSync where another program has it for `wait` seconds more.

    The operating system takes it from a program that dies.
    """
    path, until = _beside(library, account_id), monotonic() + wait
    while True:
        try:
            lock: FileLock | None = acquire(path)
        except OSError:  # no file can be made beside the library: nobody else is there either
            lock = None
            break
        if lock:
            break
        if monotonic() >= until:
            raise CannotSync("Another program is just syncing this account; it exchanges all that there is.", BUSY)
        await sleep(_PAUSE)
    try:
        yield
    finally:
        if lock:
            lock.release()


def _beside(library: Path, account_id: int) -> Path:
    real = Path(os.path.realpath(library))
    return real.with_name(f"{real.name}-sync{account_id}")
