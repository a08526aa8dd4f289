"""Refreshes in the linear reader: beside reading, and told once, at their end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from cache.sync.standing import is_anything, standings
from fetch.errors import NewsError
from tui import amounts
from tui.background import BackgroundLibrary
from tui.config.config import byte_budget, fetches_pictures
from tui.config.table import EVERY, MOST, ON_START_AFTER
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.typeset import wording
from tui.typeset.sync_standing import figures, sync_line

if TYPE_CHECKING:
    from cache.progress import Progress
    from tui.hooks import Hook

_QUIET = ("nothing new", "nothing was due", "offline: nothing could be asked")
"""What of a refresh that began by itself nobody needs to hear."""
_MINUTE = 60.0  # seconds
_LOOK = 15.0  # seconds between two looks at whether it is time for one


class LinearRefreshing:
    """One refresh at a time: of the reader's own, and those that the settings have begin by themselves."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk
        self._refresh: asyncio.Task[None] | None = None
        self._by_itself: asyncio.Task[None] | None = None
        self._landed: set[int] = set()
        self._sync: asyncio.Task[None] | None = None
        self._hooks: set[asyncio.Task[None]] = set()
        self._progress: Progress | None = None
        self._waited_for = False

    @property
    def under_way(self) -> bool:
        """Whether one is being waited for; quiet work on the stories may follow it."""
        return self._waited_for and self._refresh is not None and not self._refresh.done()

    async def start(self) -> None:
        """Begin those that the settings have begin by themselves: now, where that is set, and every so many minutes."""
        minutes, answered = self._desk.config.now[ON_START_AFTER], self._desk.library.status().refreshed
        if minutes and not (answered and timedelta() <= self._desk.clock() - answered < timedelta(minutes=minutes)):
            await self._begin(None, by_itself=True)
        self._by_itself = asyncio.ensure_future(self._every())

    async def refresh(self, source_ids: Sequence[int] | None = None) -> None:
        """Fetch what is due, or what these sources have; how far that is when it is asked for again."""
        if self.under_way:
            stops = self._desk.keyed("{main.leave|escape} stops it.")
            self._desk.tell(f"A refresh is under way{self._so_far()}; {stops}")
        else:
            self._desk.tell("Refreshing …")
            await self._begin(source_ids)

    async def refresh_within(self) -> None:
        """Fetch what is due, within so many bytes as are typed."""
        typed = await self._desk.ask("Fetch at most so many bytes, such as 300k or 2M")
        try:
            most = amounts.octets(typed) if typed else 0
        except ValueError as error:
            self._desk.tell(str(error))
            return
        if not most:
            self._desk.tell("Nothing was fetched.")
        elif self.under_way:
            await self.refresh()
        else:
            self._desk.tell("Refreshing …")
            await self._begin(None, max_bytes=most)

    async def sync(self) -> None:
        """Sync with all that is set up, and tell how each place stood before."""
        places = standings(self._desk.library)
        if not places:
            self._desk.tell("Nothing is synced; `broadsheet sync URL --user NAME` sets a server up.")
            return
        now = self._desk.clock()
        self._desk.tell(" ".join(f"{each.place}: {sync_line(figures([each]), now)}." for each in places))
        if any(each.gone for each in places):
            self._desk.tell(
                "Of what is gone there, `broadsheet sync --keep SOURCE` keeps a source here, `broadsheet remove SOURCE`"
                " takes it out."
            )
        self._begin_sync()

    async def refresh_source(self) -> None:
        """Fetch what the source of the article has."""
        if entry := self._desk.here():
            if any(source.id == entry.source_id for source in self._desk.library.sources()):
                await self.refresh([entry.source_id])
            else:
                self._desk.tell("This article has no source, or none any more.")

    async def leave(self) -> None:
        """Stop the refresh that is under way, else go a level back."""
        if self.under_way:
            await self._stop()
            self._desk.tell("The refresh was stopped; the next one goes on from here.")
        else:
            await self._desk.back()

    async def put_away(self) -> None:
        """End all that is under way."""
        await _end({task for task in (self._by_itself, self._sync) if task})  # else it might begin another
        await self._stop()
        await _end(self._hooks)

    async def _begin(
        self,
        source_ids: Sequence[int] | None,
        *,
        by_itself: bool = False,
        max_bytes: int | None = None,
        after_sync: bool = False,
    ) -> None:
        await self._stop()
        self._progress, self._waited_for = None, True
        self._refresh = asyncio.ensure_future(self._refreshed(source_ids, by_itself, max_bytes))
        if source_ids is None and not max_bytes and not after_sync:
            self._begin_sync()

    def _begin_sync(self) -> None:
        """Sync beside the refresh with all that is set up, unless that is under way."""
        if is_anything(self._desk.library) and (self._sync is None or self._sync.done()):
            self._sync = asyncio.ensure_future(self._synced())

    async def _synced(self) -> None:
        """What failed is told, and what came fetched, once the refresh that it ran beside has ended."""
        from cache.sync.every import sync_all

        try:
            done, failed = await sync_all(self._desk.library)
        except NewsError as error:
            done, failed = [], [str(error)]
        if failed:
            self._desk.tell(" ".join(failed))
        if any(each.leaves_to_fetch for each in done):
            self._desk.tell(" ".join(each.sentence.partition("\n")[0] for each in done))
            if self._refresh and not self._refresh.done():
                await asyncio.wait([self._refresh])
            await self._begin(None, by_itself=True, after_sync=True)

    async def _stop(self) -> None:
        await _end({self._refresh} if self._refresh else set())

    async def _every(self) -> None:
        """Without a network it is left for the next time, and nothing said."""
        since = asyncio.get_running_loop().time()
        while True:
            await asyncio.sleep(_LOOK)
            minutes = self._desk.config.now[EVERY]
            if minutes and asyncio.get_running_loop().time() >= since + _MINUTE * minutes and not self.under_way:
                since = asyncio.get_running_loop().time()
                if self._desk.library.online():
                    await self._begin(None, by_itself=True)

    async def _refreshed(self, source_ids: Sequence[int] | None, by_itself: bool, max_bytes: int | None) -> None:
        config, joined, self._landed = self._desk.config.now, False, set()
        budget = max_bytes or byte_budget(config)
        refresh = self._desk.library.refresh(
            source_ids,
            max_bytes=budget,
            force=source_ids is not None,
            default_most=config[MOST],
            pictures=fetches_pictures(config, os.environ),
        )
        try:
            async for progress in refresh:
                joined |= progress.step == "joined"
                if progress.step == "finished":
                    self._waited_for = False
                    self._tell_end(progress, by_itself)
                    self._hand_on()
                elif progress.step in ("waiting", "joined"):
                    self._desk.tell(progress.notice)
                elif progress.entry_id and not joined:  # else it is the other program's to hand on
                    self._landed.add(progress.entry_id)
                self._progress = progress if progress.total else self._progress
        except NewsError as error:
            self._desk.tell(str(error))
        finally:
            self._hand_on()

    def _tell_end(self, progress: Progress, by_itself: bool) -> None:
        ended = wording.refresh_ended(progress, shown=self._desk.keyed("{main.sections|S} tells why"))
        if by_itself and ended in _QUIET:
            return
        newest = self._desk.keyed("{main.newest|circumflex_accent} goes to the newest.") if progress.new else ""
        self._desk.tell(spoken.sentences(f"Refreshed: {spoken.in_words(ended)}", newest))

    def _so_far(self) -> str:
        progress = self._progress
        return f", {progress.done:,} of {progress.total:,} done" if progress else ""

    def _hand_on(self) -> None:
        """Run the reader's hooks over what has landed; how that goes, `doctor` tells."""
        hooks, landed = self._desk.config.now.hooks, frozenset(self._landed)
        self._landed = set()
        if landed and hooks:
            task = asyncio.ensure_future(self._run_hooks(hooks, landed))
            self._hooks.add(task)
            task.add_done_callback(self._hooks.discard)

    async def _run_hooks(self, hooks: tuple[Hook, ...], landed: Collection[int]) -> None:
        from tui.hooks import matches, run_all

        background = BackgroundLibrary(self._desk.library.path.parent)

        async def found(hook: Hook) -> tuple[IO[bytes], int] | None:
            return await background.ask(lambda library: matches(library, hook, landed), lane="hooks")

        try:
            await run_all(hooks, self._desk.library.path, found)
        finally:
            background.close()


async def _end(tasks: Collection[asyncio.Task[None]]) -> None:
    """End tasks, and wait until they have."""
    under_way = {task for task in tasks if not task.done()}
    for task in under_way:
        task.cancel()
    if under_way:
        await asyncio.wait(under_way)
