"""A process of ours at the other end of two pipes: messages go in, and an answer to each comes out, in order."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Self, TypeAlias

import cache
from cache.errors import CacheError
from cache.refresh.framing import frame
from fetch.text import drawable

TIME_FOR_A_JOB = 45.0
"""Seconds that a message may take: the largest pages take two or three, and a library that another program writes to
may keep a worker waiting for thirty (`cache.db.opening.LOCK_TIMEOUT`), which is no page's fault."""
END_SECONDS = 10.0
"""How long a worker may take to put away what it was doing when its work ends."""
_OURS = str(Path(cache.__file__).resolve().parents[1])


class ChildProcess:
    """A process that works for this one; it is killed when a message takes it longer than `patience`, in seconds."""

    def __init__(self, process: asyncio.subprocess.Process, patience: float) -> None:
        self._process = process
        self._patience = patience
        self._owed = 0
        self._ready = False
        self._alarm: asyncio.TimerHandle | None = None
        self._listening = asyncio.ensure_future(read_stderr(process))

    @classmethod
    async def start(cls, module: str, *arguments: str, patience: float = TIME_FOR_A_JOB) -> Self:
        """Starts one of our modules; raises OSError where the system will not."""
        return cls(await spawn(module, *arguments), patience)

    def send(self, message: Any) -> None:
        """Puts a message into its pipe."""
        assert self._process.stdin is not None
        self._process.stdin.write(frame(message))
        self._owed += 1
        if self._owed == 1:
            self._watch()

    async def messages(self) -> AsyncIterator[Any]:
        """What comes back, until the process ends."""
        with contextlib.suppress(asyncio.IncompleteReadError):
            await self._message()  # the first only says that it is ready
            self._ready = True
            self._watch()
            while True:
                message = await self._message()
                self._owed -= 1
                self._watch()
                yield message

    async def _message(self) -> Any:
        assert self._process.stdout is not None
        size = await self._process.stdout.readexactly(4)
        return pickle.loads(await self._process.stdout.readexactly(int.from_bytes(size, "big")))

    async def read_stderr(self) -> str:
        """What it said on standard error before it ended."""
        said = await self._listening
        self._owed = 0
        self._watch()
        await self._process.wait()
        return said

    def kill(self) -> None:
        """Ends it at once, if it has not ended."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    def _watch(self) -> None:
        """Sets the alarm by which the next answer must have come, if one is owed; a slow start is no fault."""
        if self._alarm is not None:
            self._alarm.cancel()
        owed = self._owed and self._ready
        self._alarm = asyncio.get_running_loop().call_later(self._patience, self.kill) if owed else None

    async def end(self) -> None:
        """Ends its work after what has been handed over; kills one that does not end in time."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(END_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()


StartChild: TypeAlias = Callable[[], Awaitable[ChildProcess]]


async def read_stderr(process: asyncio.subprocess.Process) -> str:
    """What a process said on standard error before it ended, at most its last few thousand characters."""
    assert process.stderr is not None
    said = b""
    while part := await process.stderr.read(65_536):
        said = (said + part)[-8_000:]
    return said.decode("utf-8", "replace").strip()


def broken_off_error(last: str) -> CacheError:
    """The error for a process of ours that died; its traceback is kept as a note."""
    line = drawable(last.rpartition("\n")[2]) or "it was ended from outside"
    error = CacheError(
        f"The refresh broke off ({line}); what it had stored is kept, and the next one goes on from there."
    )
    error.add_note(last)
    return error


async def spawn(module: str, *arguments: str) -> asyncio.subprocess.Process:
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
