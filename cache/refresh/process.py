"""Sends a refresh out: in this process, or in one of its own that keeps the reader's screen free.

`python -m cache.refresh.process LIBRARY BOUNDS` is that process. It tells its progress as JSON, a line a step, and
ends when its standard input does: a reader that goes away, however it goes, takes its refresh along.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from cache import errors
from cache.entry import Progress
from cache.errors import CacheError
from cache.refresh.child import broken_off, last_words, start
from cache.refresh.run import refresh
from cache.refresh.source_run import Bounds
from cache.refresh.worker_client import PressThread, open_room, press_at
from cache.writes.store import open_store
from fetch.fetcher import Fetcher

PATIENCE = 5.0
"""Seconds a refresh has to put away what it was just doing when it is cancelled."""
_BEHIND_THE_READER = 5


async def go(library: Path, bounds: Bounds, *, fetcher: Fetcher | None = None) -> AsyncGenerator[Progress, None]:
    """A refresh in this process; with a fetcher handed in (a test's, whose transport cannot travel) in it alone."""
    if fetcher is not None:
        thread = PressThread(lambda: open_store(library))
        async with open_room(thread) as room, aclosing(refresh(room, fetcher, bounds)) as steps:
            async for progress in steps:
                yield progress
        return
    async with press_at(library) as press, Fetcher() as own, aclosing(refresh(press, own, bounds)) as steps:
        own.make_ready()  # while the press starts
        async for progress in steps:
            yield progress


async def send_out(library: Path, bounds: Bounds) -> AsyncGenerator[Progress, None]:
    """A refresh in a process of its own; closing the iterator cancels it, and what it acknowledged is kept."""
    try:
        process = await start("cache.refresh.process", str(library), json.dumps(asdict(bounds)))
    except OSError:
        async with aclosing(go(library, bounds)) as steps:
            async for progress in steps:
                yield progress
        return
    listening = asyncio.ensure_future(last_words(process))
    try:
        assert process.stdout is not None
        async for line in process.stdout:
            yield _told(json.loads(line))
        if await process.wait():
            raise broken_off(await listening)
    finally:
        await asyncio.shield(_call_back(process))
        await listening


async def _call_back(process: asyncio.subprocess.Process) -> None:
    """Ends a refresh that was sent out, if it has not ended."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _told(line: dict[str, Any]) -> Progress:
    """A line as progress; raises the CacheError that it tells of."""
    if "error" in line:
        raise getattr(errors, line["error"], CacheError)(line["sentence"])
    return Progress(**{**line, "running": tuple(line["running"])})


def main() -> None:
    """A refresh for the process that started this one."""
    library, bounds = Path(sys.argv[1]), json.loads(sys.argv[2])
    tell = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library may print, it is no progress
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows
        with contextlib.suppress(OSError):
            os.nice(_BEHIND_THE_READER)
    if bounds["source_ids"] is not None:
        bounds["source_ids"] = tuple(bounds["source_ids"])

    async def report() -> None:
        task = asyncio.current_task()
        assert task is not None
        _cancel_at_end_of_input(asyncio.get_running_loop(), task)
        async with aclosing(go(library, replace(Bounds(**bounds), to_the_end=True))) as steps:
            async for progress in steps:
                tell.write(_line({name: getattr(progress, name) for name in _FIELDS}))
                tell.flush()

    with contextlib.suppress(asyncio.CancelledError, BrokenPipeError):
        try:
            asyncio.run(report())
        except CacheError as error:
            tell.write(_line({"error": type(error).__name__, "sentence": str(error)}))
            tell.flush()


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _cancel_at_end_of_input(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    def wait() -> None:
        while os.read(0, 1):  # a thread that waits in a buffered reader would break the interpreter's end
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(task.cancel)

    threading.Thread(target=wait, daemon=True).start()


_FIELDS = tuple(field.name for field in fields(Progress))

if __name__ == "__main__":
    main()
