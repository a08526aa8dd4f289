"""How often a host may be asked: two requests at a time at most, and a pause as long as the host itself needs.

The pause follows what the host shows us: one that answers in a hundredth of a second is asked again at once, one that
takes a second is left alone for a second. What a host says (Crawl-delay, Retry-After) goes before what we measure.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from fetch.errors import BrokenAnswer, RateLimited, Unreachable

Clock: TypeAlias = Callable[[], float]

AT_ONCE_PER_HOST = 2
LONGEST_PAUSE = 10.0
LONGEST_CRAWL_DELAY = 60.0
"""Seconds; who asks for more is asked once a minute."""
LONGEST_HOLD = 5.0
"""Seconds that a request waits for a Retry-After to pass; longer ones are an error that says when."""
_FIRST_PAUSE = 0.25
_QUICK = 0.1
_BRISK = 1.0


class HostPace:
    """What we know of one host's pace: how fast it answered, how long it wants to be left alone."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.crawl_delay = 0.0
        self.unanswered = 0
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE_PER_HOST)
        self._answers: deque[float] = deque(maxlen=3)
        self._next = 0.0
        self._held = 0.0

    @property
    def pause(self) -> float:
        """Seconds between two requests to this host."""
        if self.crawl_delay:
            return min(self.crawl_delay, LONGEST_CRAWL_DELAY)
        if not self._answers:
            return _FIRST_PAUSE
        quickest = min(self._answers)  # the others were slow because we were
        return min(quickest * min(1.0, quickest / _QUICK), LONGEST_PAUSE)

    def answered(self, seconds: float) -> None:
        """Notes how long the host took to begin its response."""
        self.unanswered = 0
        self._answers.append(seconds)
        self._next = min(self._next, self._clock() + self.pause)

    def hold(self, seconds: float) -> None:
        """No request to this host for so long."""
        self._held = max(self._held, self._clock() + seconds)

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Waits until the host may be asked for `url`; raises RateLimited when that is too far off."""
        async with self._turns:
            self._refuse_while_held(url)
            now = self._clock()
            begin = max(now, self._next, self._held)
            self._next = begin + self.pause
            if begin > now:
                await asyncio.sleep(begin - now)
                self._refuse_while_held(url)
            yield

    def _refuse_while_held(self, url: str) -> None:
        left = self._held - self._clock()
        if left > LONGEST_HOLD:
            until = datetime.now(UTC) + timedelta(seconds=left)
            raise RateLimited(f"{url}: its server asked us to come again later.", url, until=until)


class Slots:
    """So many requests at a time, the urgent before the others.

    One that takes over a second gives its slot up, so that slow hosts delay no quick one.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: tuple[deque[asyncio.Future[None]], deque[asyncio.Future[None]]] = (deque(), deque())

    @asynccontextmanager
    async def one(self, *, urgent: bool) -> AsyncIterator[None]:
        """A slot among those that run."""
        loop = asyncio.get_running_loop()
        await self._take(loop.create_future(), self._waiting[0 if urgent else 1])
        early = loop.call_later(_BRISK, self._give)
        try:
            yield
        finally:
            if loop.time() < early.when():
                early.cancel()
                self._give()

    async def _take(self, slot: asyncio.Future[None], waiting: deque[asyncio.Future[None]]) -> None:
        if self._free > 0:
            self._free -= 1
            return
        waiting.append(slot)
        try:
            await slot
        except asyncio.CancelledError:
            if slot.done() and not slot.cancelled():  # given in the same moment
                self._give()
            raise

    def _give(self) -> None:
        for waiting in self._waiting:
            while waiting:
                slot = waiting.popleft()
                if not slot.done():
                    slot.set_result(None)
                    return
        self._free += 1


class Pacing:
    """The hosts met so far, and the slots for requests to all of them."""

    def __init__(self, at_once: int = 16) -> None:
        self._hosts: dict[str, HostPace] = {}
        self._slots = Slots(at_once)

    def host(self, name: str) -> HostPace:
        """What we know of a host (its name with the port)."""
        return self._hosts.setdefault(name, HostPace())

    @asynccontextmanager
    async def turn(self, name: str, url: str, *, urgent: bool = True) -> AsyncIterator[HostPace]:
        """Waits for the host's turn and for a slot, and counts the requests it leaves unanswered."""
        host = self.host(name)
        async with host.turn(url), self._slots.one(urgent=urgent):
            try:
                yield host
            except Unreachable as error:
                host.unanswered += error.reason != BrokenAnswer.reason  # which is one
                raise
