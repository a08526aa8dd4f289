"""The pool of parsers: strangers' bytes are handed to one that is free, which is started when it is first needed.

A thing that ends its parser, by its size, by the time it takes or by a mistake of ours, is `Unreadable`; another parser
takes the place of that one. concurrent.futures breaks a whole pool where one process dies and kills none that takes too
long; what does both loads multiprocessing into every reader.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

from fetch.errors import FetchError, NoParser, StillUnreadable, Unreadable
from fetch.parsers.limits import Limits
from fetch.parsers.parser import Cause, Parser, ParserEnded

T = TypeVar("T")
PROCESS = "fetch.parsers.process"
USUAL_LIMITS = Limits()
MOST_PARSERS = 2
LARGE = 1_000_000
"""Bytes from which a thing is read beside small ones only, so that no two such need their memory at once."""
BETWEEN_TRIES = 1.0
"""Seconds until a further parser is tried where the system has just allowed none beside those that are at work."""
IDLE_PARSER_SECONDS = 60.0
"""How long parsers are kept that nobody needs."""

_WHY: dict[Cause, str] = {
    "time": "reading it takes too long",
    "memory": "reading it takes too much memory",
    "fault": "it ended the program that read it",
    "late": "reading it takes too long",
    "killed": "the program that read it was ended from outside",
}


@dataclass(frozen=True, slots=True)
class KnownUnreadable:
    """A body that could not be read: its digest, and the sentence that says why."""

    digest: bytes
    sentence: str


class Memory(Protocol):
    """What could not be read, by its address; it is read again once its bytes are others."""

    async def known(self, url: str) -> KnownUnreadable | None:
        """What is known of an address."""

    async def note(self, url: str, known: KnownUnreadable) -> None:
        """Remembers it."""


class Parsers(Protocol):
    """Whatever calls functions on strangers' bytes."""

    async def run(self, name: str, call: partial[T], *, body: bytes = b"") -> T:
        """What a call returns; `name` is the address or file it reads, `body` the bytes by which that is known again.

        Raises what the call raises, and Unreadable.
        """

    def stream(self, name: str, call: partial[Iterator[T]], limits: Limits = USUAL_LIMITS) -> AsyncGenerator[T, None]:
        """The parts that a call yields, each read under the limits."""

    def warm(self) -> None:
        """Something will be read soon."""

    async def close(self) -> None:
        """Ends what reads."""


class ParserPool:
    """Parsers in processes apart; `log` is given what one that ended by a mistake of ours has said."""

    def __init__(
        self,
        memory: Memory,
        *,
        preload: Iterable[str] = (),
        log: Callable[[str], None] = lambda _: None,
        process: str = PROCESS,
    ) -> None:
        self._memory = memory
        self._start = partial(Parser.start, process, *preload)
        self._log = log
        self._idle: list[Parser] = []
        self._places = asyncio.Semaphore(MOST_PARSERS)
        self._large = asyncio.Semaphore(1)
        self._warming: asyncio.Task[None] | None = None
        self._putting_away: set[asyncio.Task[None]] = set()
        self._retiring: asyncio.TimerHandle | None = None
        self._at_work = 0
        """Parsers that read or are being started."""
        self._given_back = asyncio.Event()
        self._no_further_until = 0.0
        """Until when no further one is tried, by the loop's clock: the system has just allowed none."""

    async def run(self, name: str, call: partial[T], *, body: bytes = b"") -> T:
        """What a call returns; `name` is the address or file it reads, `body` the bytes by which that is known again.

        Raises what the call raises, and Unreadable. What was being read by a parser that somebody else killed is read
        once more. That it was killed, or stopped by somebody, says nothing of the bytes and is not remembered.
        """
        known = await self._memory.known(name) if body else None
        if known and known.digest == _digest(body):
            raise StillUnreadable(known.sentence, name)
        try:
            returned: T = await self._returned_at_last(name, pickle.dumps((USUAL_LIMITS, call), protocol=5))
            return returned
        except ParserEnded as ended:
            error = self._unreadable(name, ended)
            if body and ended.cause not in ("late", "killed"):
                await self._memory.note(name, KnownUnreadable(_digest(body), str(error)))
            raise error from None

    async def stream(
        self, name: str, call: partial[Iterator[T]], limits: Limits = USUAL_LIMITS
    ) -> AsyncGenerator[T, None]:
        """The parts that a call yields, each read under the limits."""
        try:
            async with self._parser(name, large=True) as parser:
                async for part in parser.answers(pickle.dumps((limits, call), protocol=5), limits):
                    yield part
        except ParserEnded as ended:
            raise self._unreadable(name, ended) from None

    def warm(self) -> None:
        """Something will be read soon: a parser is started now, where there is none."""
        if self._warming is None and not self._idle:
            self._warming = asyncio.ensure_future(self._warmed())

    async def close(self) -> None:
        """Ends the parsers."""
        if self._retiring is not None:
            self._retiring.cancel()
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.wait({self._warming})
        self._retire()
        while self._putting_away:
            await asyncio.wait(self._putting_away)

    async def _returned_at_last(self, name: str, message: bytes) -> Any:
        try:
            return await self._returned(name, message)
        except ParserEnded as ended:
            if ended.cause != "killed":
                raise
        return await self._returned(name, message)

    async def _returned(self, name: str, message: bytes) -> Any:
        async with self._parser(name, large=len(message) > LARGE) as parser:
            parts = [part async for part in parser.answers(message, USUAL_LIMITS)]
        return parts.pop()

    async def _warmed(self) -> None:
        try:
            async with self._parser("", large=False):
                pass
        except FetchError:
            pass  # whoever needs one will be told

    @asynccontextmanager
    async def _parser(self, name: str, *, large: bool) -> AsyncIterator[Parser]:
        """A parser that is free, or a new one; afterwards others may have it, unless it is spent."""
        async with self._large if large else nullcontext(), self._places:
            if self._retiring is not None:
                self._retiring.cancel()
            parser = await self._taken(name)
            try:
                yield parser
            finally:
                if parser.is_fit:
                    self._idle.append(parser)
                else:
                    self._put_away(parser)
                self._give_back()
                self._retiring = asyncio.get_running_loop().call_later(IDLE_PARSER_SECONDS, self._retire)

    async def _taken(self, name: str) -> Parser:
        """One that is free, or a new one; where the system allows no further one, another's once that is free."""
        clock = asyncio.get_running_loop().time
        while True:
            if self._idle or not self._at_work or clock() >= self._no_further_until:
                try:
                    return await self._begun(name)
                except FetchError:
                    if not (self._at_work or self._idle):
                        raise
                    self._no_further_until = clock() + BETWEEN_TRIES
            self._given_back.clear()
            if self._at_work:
                await self._given_back.wait()

    async def _begun(self, name: str) -> Parser:
        self._at_work += 1
        with ExitStack() as unless_had:
            unless_had.callback(self._give_back)
            parser = self._idle.pop() if self._idle else await self._new(name)
            unless_had.pop_all()
        return parser

    def _give_back(self) -> None:
        self._at_work -= 1
        self._given_back.set()

    async def _new(self, name: str) -> Parser:
        """A new one; one that somebody else killed as it began is started once more."""
        try:
            try:
                return await self._start()
            except ParserEnded as ended:
                if ended.cause != "killed":
                    raise
            return await self._start()
        except OSError as error:
            raise _no_parser(name) from error
        except ParserEnded as ended:
            self._log(f"It could not begin.\n{ended.said}")
            raise _no_parser(name) from None

    def _retire(self) -> None:
        while self._idle:
            self._put_away(self._idle.pop())

    def _put_away(self, parser: Parser) -> None:
        task = asyncio.ensure_future(parser.end())
        self._putting_away.add(task)
        task.add_done_callback(self._putting_away.discard)

    def _unreadable(self, name: str, ended: ParserEnded) -> FetchError:
        if ended.cause == "fault":
            self._log(f"{name}\n{ended.said or 'It ended without a word.'}")
        return Unreadable(f"{name} cannot be read: {_WHY[ended.cause]}.", name)


class SameProcess:
    """Reads in this very process: for tests, and for programs that read one thing and end."""

    async def run(self, name: str, call: partial[T], *, body: bytes = b"") -> T:
        """What a call returns."""
        return call()

    async def stream(
        self, name: str, call: partial[Iterator[T]], limits: Limits = USUAL_LIMITS
    ) -> AsyncGenerator[T, None]:
        """The parts that a call yields."""
        for part in call():
            yield part

    def warm(self) -> None:
        """Nothing has to be started."""

    async def close(self) -> None:
        """Nothing has to be ended."""


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()


def _no_parser(name: str) -> FetchError:
    return NoParser(f"{name} cannot be read: no process can be started that would do it.", name)
