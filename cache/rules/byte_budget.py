"""The byte budget of a refresh: how many bytes it may still ask for, shared by all that are on their way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Protocol, Self

from fetch.errors import Refused

MOST_PROMISED = 4
"""Answers on their way under a budget, where what comes first counts more than speed."""
FIRST_GUESS = 20_000
"""Bytes that an answer is expected to weigh before any has come."""
MOST_REFUSED = 3
"""Answers too heavy for what is left after which no more are asked for: to be told their weight costs, too."""


class OverBudget(Refused):
    """The byte budget is used up; what was not fetched stays wanted."""

    reason = "budget"


class ByteAccount(Protocol):
    """What keeps its own account of bytes: a source on its way."""

    wire: int


class Budget:
    """Bytes that may still come over the wire; without a limit it only counts."""

    def __init__(self, most: int | None) -> None:
        self.spent = 0
        self._most = most
        self._coming = 0
        self._refused = 0
        self._answers = 0
        self._promised: list[int] = []
        self._freed = asyncio.Event()

    @property
    def used_up(self) -> bool:
        """Whether nothing more may be asked for: nothing is left, or too little for what has come up lately."""
        return self._most is not None and (self.spent >= self._most or self._refused >= MOST_REFUSED)

    @asynccontextmanager
    async def promise(self) -> AsyncIterator[None]:
        """Room for one answer; raises OverBudget when nothing is left."""
        guess = await self.reserve()
        try:
            if self.used_up:
                raise OverBudget("The byte budget of this refresh is used up.")
            yield
        finally:
            self.release(guess)

    async def reserve(self) -> int:
        """Waits for room for one answer of the usual weight; near the end of the budget, answers come one at a time.

        Gives what to release afterwards.
        """
        if self._most is None:
            return 0
        guess = self.spent // self._answers if self._answers else FIRST_GUESS
        while self._promised and not (len(self._promised) < MOST_PROMISED and self._holds(sum(self._promised) + guess)):
            self._freed.clear()
            await self._freed.wait()
        self._promised.append(guess)
        return guess

    def release(self, guess: int) -> None:
        """The answer has come, or will not."""
        if self._most is not None:
            self._promised.remove(guess)
            self._answers += 1
            self._freed.set()

    def check(self, count: int) -> None:
        """Raises OverBudget for an announced body that the budget does not hold, before any of it is read."""
        if not self._holds(count):
            self._refused += 1
            raise OverBudget("The rest of the byte budget is too small for this page.")

    def expect(self, count: int) -> None:
        """Keeps room for bytes that are announced; with less than nothing, gives it back."""
        self._coming += count

    def spend(self, count: int) -> None:
        """Takes bytes off; raises OverBudget in the midst of a body that the budget does not hold."""
        self.spent += count
        if not self._holds(0):
            self._refused += 1
            raise OverBudget("The byte budget of this refresh is used up.")

    def _holds(self, count: int) -> bool:
        return self._most is None or self.spent + self._coming + count <= self._most


class ByteMeter:
    """The meter of one answer: takes its bytes off the budget of the refresh and off the source's own.

    A context manager, at whose end what was announced and did not come is given back.
    """

    def __init__(self, account: ByteAccount, *budgets: Budget) -> None:
        self._account = account
        self._budgets = budgets
        self._coming = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._expect(-self._coming)

    def expect(self, count: int) -> None:
        """Hears how much is announced; raises OverBudget."""
        for budget in self._budgets:
            budget.check(count)
        self._expect(count)

    def spend(self, count: int) -> None:
        """Hears how much came; raises OverBudget."""
        self._account.wire += count
        self._expect(-min(count, self._coming))
        for budget in self._budgets:
            budget.spend(count)

    def _expect(self, count: int) -> None:
        self._coming += count
        for budget in self._budgets:
            budget.expect(count)
