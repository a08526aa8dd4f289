"""Fetching what is new while somebody reads: started, followed in the status line, stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial

from textual.worker import Worker, WorkerError

from fetch.errors import NewsError
from tui.config.config import byte_budget, fetches_pictures
from tui.config.table import MOST
from tui.panes.bars import StatusLine
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext, careful
from tui.screen.library_watch import LibraryWatch
from tui.screen.writing import Writing
from tui.typeset import wording

_SHOWN = "{main.sections|S} shows why"


class Refreshing:
    """One refresh at a time; `watch` hears of what has landed, `ended` is called with all that it brought, on disk, and
    `sorted_out` once that has its stories. `sync`, where it is set, begins to sync beside a refresh of all that is due.
    """

    def __init__(
        self,
        context: ScreenContext,
        status: StatusLine,
        writing: Writing,
        watch: LibraryWatch,
        ended: Callable[[Collection[int]], None],
        *,
        sorted_out: Callable[[], None] = lambda: None,
    ) -> None:
        self.context = context
        self._status = status
        self._writing = writing
        self._watch = watch
        self._ended = ended
        self._sorted_out = sorted_out
        self.sync: Callable[[], None] = lambda: None
        self._brought = ""
        self._worker: Worker[None] | None = None
        self._under_way = False
        self._because = ""
        self._landed: set[int] = set()

    @property
    def under_way(self) -> bool:
        """Whether one is being waited for; quiet work on the stories may follow it."""
        return self._under_way and self._worker is not None and self._worker.is_running

    def begin(self, source_ids: Sequence[int] | None = None, max_bytes: int | None = None, because: str = "") -> bool:
        """Fetch what is due, or what is new from these sources, due or not; `because` is told once more at the end.

        False where another one is under way, which is told.
        """
        if self.under_way:
            self.context.say("A refresh is under way; escape stops it.")
            if source_ids is None and not max_bytes and not because:  # what was done meanwhile is exchanged
                self.sync()
            return False
        self.context.say("")
        self._under_way, self._because, self._landed = True, because, set()
        work = partial(self._refresh, None if source_ids is None else list(source_ids), max_bytes)
        self._worker = self.context.start(work, group="refresh", exclusive=True)
        if source_ids is None and not max_bytes and not because:
            self.sync()
        return True

    def go_on(self, because: str) -> None:
        """Fetch what a sync brought, once what is under way has ended; `because` says so."""
        if self._worker is not None and self._worker.is_running:
            self._brought = because
        else:
            self.begin(because=because)

    def begin_source_of(self, entry_id: int) -> None:
        """Fetch what is new from the source of an article."""
        entry = self.context.known(entry_id)
        with self.context.telling():
            if entry and any(source.id == entry.source_id for source in self.context.library.sources()):
                self.begin([entry.source_id])
            elif entry:
                self.context.say_of_article("This article has no source, or none any more.")

    def ask_budget(self) -> None:
        """Refresh with a budget of bytes."""
        budget = str(self.context.library.setting("budget", ""))
        self.context.ask(Question("Refresh with at most so many bytes: 300k, 2M", self._begin_within), budget)

    def stop(self) -> bool:
        """Stop it; False when there is nothing to stop."""
        if not self.under_way or self._worker is None:
            return False
        self._brought = ""
        self._worker.cancel()
        self._end("The refresh was stopped; the next one goes on from here.")
        return True

    async def put_away(self) -> None:
        """Wait for a refresh that leaving cuts short: it is in the middle of something."""
        if self._worker:
            self._worker.cancel()
            with suppress(WorkerError):
                await self._worker.wait()

    @careful
    def _begin_within(self, words: str) -> None:
        from tui import amounts

        try:
            budget = amounts.octets(words)
        except ValueError as error:
            self.context.say(str(error))
            return
        self._writing.write(lambda: self.context.library.set_setting("budget", words))
        self.begin(max_bytes=budget)

    async def _refresh(self, source_ids: list[int] | None, max_bytes: int | None) -> None:
        await self._fetch(source_ids, max_bytes)
        while self._brought:
            self._under_way, self._landed = True, set()
            self._because, self._brought = self._brought, ""
            await self._fetch(None, None)

    async def _fetch(self, source_ids: list[int] | None, max_bytes: int | None) -> None:
        finished = joined = False
        config = self.context.config.now
        refresh = self.context.library.refresh(
            source_ids,
            max_bytes=max_bytes or byte_budget(config),
            force=source_ids is not None,
            default_most=config[MOST],
            pictures=fetches_pictures(config, os.environ),
        )
        try:
            async for progress in refresh:
                if progress.step == "finished":
                    # What follows is quiet work on the stories, which nobody waits for.
                    if progress.asked:  # what answered before may not any more
                        self._status.heard = progress.network
                    self._end(wording.refresh_ended(progress, shown=self.context.keyed(_SHOWN)))
                    finished = True
                elif progress.step in ("waiting", "joined"):
                    self.context.say(progress.notice)
                    joined |= progress.step == "joined"
                elif not finished:
                    self._status.progress = progress
                    if progress.step in ("listed", "landed"):
                        self._watch.hear()
                    if progress.entry_id and not joined:  # else it is the other program's to hand on
                        self._landed.add(progress.entry_id)
                self._status.heard = progress.network or self._status.heard
            self._sorted_out()
        except NewsError as error:
            self._end(str(error))

    def _end(self, notice: str) -> None:
        self._under_way = False
        self._status.progress = None
        self.context.say(f"{self._because} {notice}".lstrip())
        self._ended(self._landed)
