"""Runs a refresh: in this process, or in one of its own that keeps the reader's screen free.

`python -m cache.refresh.process LIBRARY OPTIONS` is that process. It writes its progress as JSON, a line a step, and
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
from contextlib import AsyncExitStack, aclosing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from traceback import TracebackException
from types import TracebackType

from cache.errors import CacheError
from cache.progress import Progress
from cache.refresh.batch_writer import open_writer
from cache.refresh.options import RefreshOptions
from cache.refresh.parsers import parsers_of
from cache.refresh.progress_lines import error_line, from_line, to_line
from cache.refresh.run import refresh
from cache.refresh.stopping import stopping_between_transactions
from cache.refresh.turn import RefreshTurn
from cache.secret_store import SecretStore
from cache.writes.store import open_store
from fetch.fetcher import Fetcher
from fetch.parsers.child import ended, read_stderr, spawn
from fetch.secret import redacted
from fetch.text import drawable
from fetch.uncancelled import to_its_end

TIME_TO_END = 5.0
"""Seconds a refresh has to put away what it was just doing when it is cancelled."""
_BEHIND_THE_READER = 5


async def run_here(
    library: Path, options: RefreshOptions, *, fetcher: Fetcher | None = None
) -> AsyncGenerator[Progress, None]:
    """A refresh in this process, with a fetcher of its own unless one is handed in, as by tests.

    Where another program's is under way that is followed first; one that asks all that is due is enough.
    """
    turn = RefreshTurn(library, whole=options.source_ids is None)
    try:
        async with aclosing(turn.others()) as others:
            async for progress in others:
                yield progress
        if turn.is_done:
            return
        async with aclosing(_in_turn(library, options, fetcher)) as steps:
            async for progress in steps:
                turn.tell(progress)
                yield progress
    finally:
        turn.give_back()


async def _in_turn(library: Path, options: RefreshOptions, fetcher: Fetcher | None) -> AsyncGenerator[Progress, None]:
    secrets = SecretStore.beside(library)
    async with open_writer(partial(open_store, library)) as writer, AsyncExitStack() as own:
        if fetcher is None:
            fetcher = await own.enter_async_context(Fetcher(parsers=parsers_of(library, writer.write)))
            fetcher.parsers.warm()
            fetcher.preload()
        own.enter_context(stopping_between_transactions(writer))
        async with aclosing(refresh(writer, fetcher, options, secrets)) as steps:
            async for progress in steps:
                yield progress


async def run_apart(library: Path, options: RefreshOptions) -> AsyncGenerator[Progress, None]:
    """A refresh in a process of its own; closing the iterator cancels it, and what it acknowledged is kept.

    However often it is cancelled, it ends after its process: whoever leaves closes the library behind it.
    """
    starting = asyncio.ensure_future(spawn("cache.refresh.process", str(library), json.dumps(asdict(options))))
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:
        with contextlib.suppress(OSError):
            await to_its_end(_end_of(starting))
        raise
    except OSError:
        async with aclosing(run_here(library, options)) as steps:
            async for progress in steps:
                yield progress
        return
    listening = asyncio.ensure_future(read_stderr(process))
    try:
        assert process.stdout is not None
        async for line in process.stdout:
            yield from_line(line)
        if await process.wait():
            raise _broken_off_error(await listening)
    finally:
        await to_its_end(_end(process))
        await listening


def _broken_off_error(last: str) -> CacheError:
    """The error for a refresh that died; its traceback is kept as a note."""
    line = drawable(last.rpartition("\n")[2]) or "it was ended from outside"
    error = CacheError(
        f"The refresh broke off ({line}); what it had stored is kept, and the next one goes on from there."
    )
    error.add_note(last)
    return error


async def _end_of(starting: asyncio.Future[asyncio.subprocess.Process]) -> None:
    await _end(await starting)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends a refresh in a process of its own, if it has not ended."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        async with asyncio.timeout(TIME_TO_END):
            await ended(process)
    except TimeoutError:
        process.kill()
        await ended(process)


def main() -> None:
    """A refresh for the process that started this one."""
    library, options = Path(sys.argv[1]), json.loads(sys.argv[2])
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library may print, it is no progress
    sys.excepthook = _told_without_secrets
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows
        with contextlib.suppress(OSError):
            os.nice(_BEHIND_THE_READER)
    if options["source_ids"] is not None:
        options["source_ids"] = tuple(options["source_ids"])

    async def report() -> None:
        task = asyncio.current_task()
        assert task is not None
        _cancel_at_end_of_input(asyncio.get_running_loop(), task)
        async with aclosing(run_here(library, replace(RefreshOptions(**options), to_the_end=True))) as steps:
            async for progress in steps:
                out.write(to_line(progress))
                out.flush()

    with contextlib.suppress(asyncio.CancelledError, BrokenPipeError):
        try:
            asyncio.run(report())
        except CacheError as error:
            out.write(error_line(error))
            out.flush()


def _told_without_secrets(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    told = [*TracebackException.from_exception(error).format()]
    while isinstance(error, BaseExceptionGroup):  # whose own last line is a frame of dashes
        error = error.exceptions[0]
        told += TracebackException.from_exception(error).format_exception_only()
    sys.stderr.write(redacted("".join(told)))


def _cancel_at_end_of_input(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    def wait() -> None:
        while os.read(0, 1):  # a thread that waits in a buffered reader would break the interpreter's end
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(task.cancel)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()
