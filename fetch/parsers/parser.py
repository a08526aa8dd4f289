"""One parser process, from the side of whoever has things read: asked, watched, and killed where it takes too much."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias

from fetch.parsers.child import ended, read_stderr, spawn
from fetch.parsers.limits import OUT_OF_MEMORY, Limits, resident_memory

Cause: TypeAlias = Literal["time", "memory", "fault", "late", "killed"]
"""Why a parser ended: it took too long or too much, it crashed or met a mistake of ours, it was late by the clock on
the wall though it had run for little, or somebody killed it. The last two say nothing of what it read.
"""

_BETWEEN_LOOKS = 0.25
_ONE_LOOK = 1.0
"""Seconds that count between two looks at most: this process, too, may have been stopped meanwhile."""
_PIECE = 262_144
_SWOLLEN = 64_000_000
"""Bytes that a parser may keep of what it has read; one that keeps more is not asked again."""
_OUT_OF_TIME = -getattr(signal, "SIGPROF", 0)
_KILLED = -getattr(signal, "SIGKILL", 0)


@dataclass
class ParserEnded(Exception):
    """A parser ended while it read; `said` is what it left on standard error."""

    cause: Cause
    said: str = ""


class Parser:
    """A parser process; reads one thing at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._listening = asyncio.ensure_future(read_stderr(process))
        self._cause: Cause | None = None
        self._at_first = self._kept = 0
        self._busy = False
        self._left = self._looked = 0.0
        """Seconds until the reply that is waited for is too late, as of the last look, by the loop's clock."""
        self._next_look: asyncio.TimerHandle

    @classmethod
    async def start(cls, module: str, *arguments: str) -> Self:
        """Starts one, and waits until it is ready; raises OSError where the system will not, or ParserEnded."""
        parser = cls(await spawn(module, *arguments))
        try:
            _, parser._at_first = await parser._reply()
        finally:
            if not parser._at_first:
                await parser.end()
        return parser

    @property
    def is_fit(self) -> bool:
        """Whether it can be asked again: it is there, has answered, and has given back what it took."""
        return not self._busy and self._process.returncode is None and self._kept < _SWOLLEN

    async def answers(self, message: bytes, limits: Limits) -> AsyncIterator[Any]:
        """The parts of an answer to a call, which is pickled; raises what the call raised, and ParserEnded."""
        self._busy = True
        await self._send(message)
        self._watch(limits)
        try:
            while True:
                kind, value = await self._reply()
                if kind == "part":
                    self._next_look.cancel()
                    yield value
                    self._watch(limits)
                    continue
                self._busy = False
                if kind == "raised":
                    self._kept = self._more_memory()
                    raise value
                only, memory = value if kind == "last" else (None, value)
                self._kept = memory - self._at_first
                if kind == "last":
                    yield only
                return
        finally:
            self._next_look.cancel()

    async def _send(self, message: bytes) -> None:
        """Writes piece by piece: a pipe's buffer would hold a third copy of what weighs twenty megabytes."""
        pipe, view = self._process.stdin, memoryview(message)
        assert pipe is not None
        with contextlib.suppress(ConnectionError):  # it has ended, which its answer will say
            pipe.write(len(message).to_bytes(4, "big") + view[:_PIECE])  # in one: each write wakes the parser
            await pipe.drain()
            for begin in range(_PIECE, len(message), _PIECE):
                pipe.write(view[begin : begin + _PIECE])
                await pipe.drain()

    def _watch(self, limits: Limits) -> None:
        """Ends the parser where the next reply takes too long or too much memory; looks now and then."""
        loop = asyncio.get_running_loop()
        self._left, self._looked = limits.seconds, loop.time()
        self._next_look = loop.call_later(min(_BETWEEN_LOOKS, limits.seconds), self._look, limits.memory)

    async def _reply(self) -> Any:
        assert self._process.stdout is not None
        try:
            size = await self._process.stdout.readexactly(4)
            return pickle.loads(await self._process.stdout.readexactly(int.from_bytes(size, "big")))
        except (asyncio.IncompleteReadError, ConnectionError):
            said = await self._listening
            raise ParserEnded(self._why(await self._process.wait()), said) from None

    def _why(self, status: int) -> Cause:
        if self._cause:
            return self._cause
        if status == OUT_OF_MEMORY:
            return "memory"
        if status == _OUT_OF_TIME:
            return "time"
        return "killed" if status == _KILLED else "fault"

    def _look(self, most: int) -> None:
        """Ends it where it is too late, or has that many bytes more than at first; looks again soon."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._left -= min(now - self._looked, _ONE_LOOK)
        self._looked = now
        if self._left <= 0:
            self._kill("late" if _OUT_OF_TIME else "time")
        elif self._more_memory() > most:
            self._kill("memory")
        else:
            self._next_look = loop.call_later(min(_BETWEEN_LOOKS, self._left), self._look, most)

    def _more_memory(self) -> int:
        return resident_memory(self._process.pid) - self._at_first

    def _kill(self, cause: Cause) -> None:
        self._cause = cause
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """Ends it at once."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._listening
        await ended(self._process)
