"""Syncing with servers and shared folders while somebody reads: beside each refresh, and told in the status line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual.worker import Worker, WorkerError

from cache.sync.gone import GoneSource, gone_sources, keep_here
from cache.sync.outcome import Synced
from cache.sync.standing import is_anything, standings
from fetch.errors import NewsError
from tui.panes.bars import StatusLine
from tui.screen.context import ScreenContext, careful
from tui.typeset.sync_standing import SyncFigures, figures, sync_line

if TYPE_CHECKING:
    from tui.dialogs.gone_sources import GoneDecision
    from tui.screen.writing import Writing

    SetUpServer: TypeAlias = Callable[[Sequence[str], Callable[[], None]], Awaitable[None]]
    DecideOfGone: TypeAlias = Callable[
        [Sequence[GoneSource], Callable[[GoneDecision], Awaitable[object]]], Awaitable[None]
    ]


class Syncing:
    """One sync at a time; `landed` hears that something may have come, `brought` the sentence where there is more of
    it to be fetched.
    """

    def __init__(
        self,
        context: ScreenContext,
        status: StatusLine,
        landed: Callable[[], None],
        brought: Callable[[str], None],
        writing: Writing,
    ) -> None:
        self.context = context
        self._status = status
        self._landed = landed
        self._brought = brought
        self._writing = writing
        self._told_gone = 0
        self._worker: Worker[None] | None = None
        self._looking = self._look_again = self._again = False

    @property
    def under_way(self) -> bool:
        """Whether one is."""
        return self._worker is not None and self._worker.is_running

    @careful
    def begin(self) -> None:
        """Sync with all that is set up, once more where that is just done; what failed is told, and hinders nothing."""
        if self.under_way:  # what was done meanwhile may be too late for this one
            self._again = True
        elif is_anything(self.context.library):
            self._worker = self.context.start(self._sync, group="sync")

    @careful
    def look(self) -> None:
        """Have the status line tell how it stands now, where anything is set up."""
        if self._looking:
            self._look_again = True
        elif is_anything(self.context.library):
            self._looking = True
            self.context.start(self._tell_status, group="sync-status")
        elif self._status.sync is not None:
            self._status.sync = None

    def standing(self) -> list[str]:
        """How each place stands, a line each, for whoever sets up another."""
        now = self.context.clock()
        return [
            f"{each.place}{f' as {each.user}' if each.user else ''}:"
            f" {sync_line(figures([each]), now)}.{f' {each.sentence}' if each.reason else ''}"
            for each in standings(self.context.library)
        ]

    async def open(self, decide: DecideOfGone, set_up: SetUpServer) -> None:
        """Have it decided of the sources that a server has no more; where there are none, have a server set up."""
        gone = gone_sources(self.context.library.connection) if is_anything(self.context.library) else []
        if not gone:
            await set_up(self.standing(), self.begin)
            return

        async def decided(decision: GoneDecision) -> None:
            if decision.source is None:
                await set_up(self.standing(), self.begin)
            else:
                self._decide(decision.source, stays=decision.stays)

        await decide(gone, decided)

    def _decide(self, source: GoneSource, *, stays: bool) -> None:
        """Keep what was decided of a source, in its turn behind the acts before it."""
        library = self.context.library
        act = partial(keep_here, library, source.source_id) if stays else partial(library.remove, source.source_id)
        back = self.context.keyed("{main.undo|u} brings it back.")
        said = f"{source.name} stays here." if stays else f"{source.name} is removed. {back}"
        self._writing.write(act, (), said, self._landed)

    async def put_away(self) -> None:
        """Wait for a sync that leaving cuts short: it goes on with the next."""
        if self._worker:
            self._worker.cancel()
            with suppress(WorkerError):
                await self._worker.wait()

    async def _sync(self) -> None:
        from cache.sync.every import sync_all

        self._status.sync = replace(self._status.sync or SyncFigures(), under_way=True)
        done, failed = list[Synced](), list[str]()
        try:
            await self._writing.drained()  # what was done before goes along
            done, failed = await sync_all(self.context.library)
        except NewsError as error:
            failed = [str(error)]
        finally:
            self._worker = None
            self.look()
        if failed:
            self.context.say(" ".join(failed))
        if done:
            self._landed()
        if any(each.leaves_to_fetch for each in done):
            self._brought(" ".join(each.sentence.partition("\n")[0] for each in done))
        if self._again:
            self._again = False
            self.begin()

    def _tell_gone(self) -> None:
        """Say once of sources that a server has no more how that is decided; the status line goes on counting them."""
        gone = self._status.sync.gone if self._status.sync else 0
        if gone > self._told_gone:
            what, them = ("A source", "it") if gone == 1 else (f"{gone} sources", "them")
            self.context.say(self.context.keyed(f"{what} went on the server: {{main.sync|at}} decides of {them} here."))
        self._told_gone = gone

    async def _tell_status(self) -> None:
        try:
            self._look_again = True
            while self._look_again:
                self._look_again = False
                places = await self.context.background.ask(standings, lane="sync")
                self._status.sync = figures(places, under_way=self.under_way) if places else None
                self._tell_gone()
        except NewsError as error:
            self.context.say(str(error))
        finally:
            self._looking = False
