"""The reader's acts on their way to disk: one queue in the order of the keys, each shown once it is kept."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, TypeAlias, TypeVar

from cache.errors import LibraryBusy
from fetch.errors import NewsError
from tui.screen.context import ScreenContext
from tui.screen.library_watch import LibraryWatch

T = TypeVar("T")
WriteWork: TypeAlias = Callable[[], Awaitable[Any]]
"""What the library is asked to keep; asked again where another program was writing for too long."""

_SOON = 0.2  # seconds after which the reader is told that what was done is not kept yet
_LONG = 1.0  # seconds after which the reader is told, again and again, that something else is writing
_BETWEEN_TRIES = 0.1  # seconds; the library itself has waited for its turn long before


def _nothing() -> None:
    """Nothing follows a change."""


class Act(NamedTuple):
    """A change to the entries `ids`, what to say and do once it is on disk, and what to do where it cannot be kept.

    Without a notice it is said to be kept where that took long; with None whoever asked tells what came of it.
    """

    change: WriteWork
    ids: tuple[int, ...] = ()
    notice: str | Callable[[Any], str] | None = ""
    then: Callable[[], object] = _nothing
    failed: Callable[[], object] = _nothing


class Writing:
    """Has the library keep what the reader does, one act after the other; none is dropped while there is hope.

    `landed` is called with the entries an act was about once it is on disk, unless `running` says that the screen has
    been left.
    """

    def __init__(
        self,
        context: ScreenContext,
        watch: LibraryWatch,
        landed: Callable[[Iterable[int]], None],
        running: Callable[[], bool],
    ) -> None:
        self.context = context
        self.leaving = False
        """Whether the reader has asked to leave, and the screen is only there until the last act is kept."""
        self._watch = watch
        self._landed = landed
        self._running = running
        self._acts: deque[Act] = deque()
        self._work: asyncio.Task[None] | None = None
        self._given_up = False
        self._told = False
        self._pending = ""

    @property
    def waiting(self) -> int:
        """How many acts are not on disk yet."""
        return len(self._acts)

    def write(
        self,
        change: WriteWork,
        ids: Iterable[int] = (),
        notice: str | Callable[[Any], str] | None = "",
        then: Callable[[], object] = _nothing,
        failed: Callable[[], object] = _nothing,
    ) -> None:
        """Have a change to the entries `ids` kept; then call `then`, and say `notice` or what it makes of it."""
        self._acts.append(Act(change, tuple(ids), notice, then, failed))
        if self._work is None or self._work.done():
            # No worker: those end with the screen, and what the reader did is kept even so.
            self._work = asyncio.ensure_future(self._keep_all())
            self.context.start(self.drained, group="writing")

    async def outcome(self, change: Callable[[], Awaitable[T]]) -> T:
        """What comes of a change, kept in its turn; raises NewsError where it cannot be."""
        told: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        async def kept() -> None:
            try:
                outcome = await change()
            except LibraryBusy:
                raise
            except NewsError as error:
                if told.cancelled():  # nobody waits any more: said where other trouble is
                    raise
                told.set_exception(error)
            else:
                if not told.cancelled():
                    told.set_result(outcome)

        self.write(kept, notice=None)
        return await told

    async def drained(self) -> None:
        """Wait until every act is kept; whoever stops waiting stops none of them."""
        while self._work is not None and not self._work.done():
            await asyncio.shield(self._work)

    def give_up(self) -> None:
        """Try no longer: what cannot be kept at once is lost, and stays in `waiting`."""
        self._given_up = True
        self.context.library.hurry()

    async def _keep_all(self) -> None:
        while self._acts:
            if not await self._keep(self._acts[0]):
                return
            self._acts.popleft()

    async def _keep(self, act: Act) -> bool:
        """Keeps an act, however long it takes; False when it was given up."""
        while True:
            try:
                outcome, revision = await self._patiently(partial(self._changed, act.change))
                break
            except LibraryBusy:
                if self._given_up:
                    return False
                self._say_busy()
                await asyncio.sleep(_BETWEEN_TRIES)
            except NewsError as error:
                self._show(lambda error=error: self.context.say(str(error)), act.failed)  # type: ignore[misc]
                return True
        if revision is not None:  # then the change is ours, and a mark takes no row off the list that is being read
            self._show(partial(self._watch.catch_up, revision))
        self._show(lambda: self._landed(act.ids), act.then)
        notice = act.notice(outcome) if callable(act.notice) else act.notice
        if notice:
            self._show(lambda: self.context.say(notice))
        elif self._told and notice is not None:
            self._show(lambda: self.context.say("Kept.", instead_of=self._pending))
        self._told = False
        return True

    async def _changed(self, change: WriteWork) -> tuple[Any, int | None]:
        """What comes of a change, and the revision after it where the screen was up to date and nobody else wrote.

        What another program commits meanwhile must not be taken for seen: the revision alone does not say whose it is.
        """
        library = self.context.library
        others = await library.writes_of_others()
        current = self._watch.is_current()
        outcome = await change()
        with suppress(NewsError):  # the change is kept, whatever is wrong with looking
            revision = library.revision()
            if current and await library.writes_of_others() == others:
                return outcome, revision
        return outcome, None

    async def _patiently(self, change: Callable[[], Awaitable[T]]) -> T:
        """What comes of a change; the reader is told where it takes long."""
        asked = asyncio.ensure_future(change())
        if not self._told and not (await asyncio.wait({asked}, timeout=_SOON))[0]:
            self._say_pending(f"Keeping {self._acts_waiting()} …")
        while not (await asyncio.wait({asked}, timeout=_LONG))[0]:
            self._say_busy()
        return await asked

    def _say_busy(self) -> None:
        acts = self._acts_waiting()
        what = (
            self.context.keyed(f"{{main.up|q}} again drops {acts}")
            if self.leaving
            else f"{acts} will be kept once it is done"
        )
        self._say_pending(f"Another program is writing; {what}.")

    def _say_pending(self, sentence: str) -> None:
        self._told, self._pending = True, sentence
        self._show(lambda: self.context.say(sentence))

    def _acts_waiting(self) -> str:
        return "1 act" if self.waiting == 1 else f"{self.waiting:,} acts"

    def _show(self, *steps: Callable[[], object]) -> None:
        """Takes steps on screen, while there is one; trouble with the library is told and takes no act with it."""
        for step in steps:
            if self._running():
                with self.context.telling():
                    step()
