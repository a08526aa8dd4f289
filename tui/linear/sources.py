"""Sections, searches, sources and refreshes in the linear reader."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from fetch.errors import NewsError
from tui import sections
from tui.background import BackgroundLibrary
from tui.config.config import byte_budget
from tui.config.table import MOST
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.linear.levels import ChoiceLevel
from tui.typeset import wording

if TYPE_CHECKING:
    from tui.hooks import Hook


class SourceCommands:
    """What there is to go to, to add and to fetch."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk
        self._refresh: asyncio.Task[None] | None = None
        self._landed: set[int] = set()
        self._hooks: set[asyncio.Task[None]] = set()
        self._background = BackgroundLibrary(desk.library.path.parent)

    async def newest(self) -> None:
        """The list as it is now, from its top."""
        self._desk.enter(self._desk.stories.section)

    async def view(self) -> None:
        """The view that follows in turn."""
        self._desk.enter(sections.after(self._desk.stories.section))

    async def search(self) -> None:
        """List what words find."""
        typed = await self._desk.ask("Search")
        if typed:
            for error in self._desk.library.query_errors(typed):
                self._desk.tell(error)
            self._desk.enter(sections.found(typed))
        else:
            self._desk.tell("Nothing was searched for.")

    async def choose_section(self) -> None:
        """All there is to go to: views, sources, searches that were kept."""
        from tui.dialogs.contents_rows import contents

        there = [(row, row.section) for row in contents(self._desk.library) if row.section]
        said = [spoken.sentences(row.title, spoken.in_words(row.detail)) for row, _ in there]

        async def enter(at: int) -> None:
            self._desk.enter(there[at][1])

        self._desk.push(ChoiceLevel("Sections", said, enter))

    async def add(self) -> None:
        """Add the best source at an address, and fetch what it has."""
        typed = await self._desk.ask("Address of a news site, a feed or an article")
        if not typed:
            self._desk.tell("Nothing was added.")
            return
        self._desk.tell("Looking …")
        work = asyncio.ensure_future(self._desk.do(self._desk.library.add(typed)))
        if not await self._desk.keyboard.unless_escaped(work):
            self._desk.tell("Given up.")
        elif source := work.result():
            self._desk.tell(f"Added {source.title or wording.site(source.url)}.")
            await self.refresh([source.id])

    async def refresh(self, source_ids: Sequence[int] | None = None) -> None:
        """Fetch what is due, or what these sources have; what comes of it is told at its end."""
        if self._refresh and not self._refresh.done():
            self._desk.tell(self._desk.keyed("A refresh is under way; {main.leave|escape} stops it."))
        else:
            self._desk.tell("Refreshing …")
            self._refresh = asyncio.ensure_future(self._refreshed(source_ids))

    async def refresh_source(self) -> None:
        """Fetch what the source of the article has."""
        if entry := self._desk.here():
            if any(source.id == entry.source_id for source in self._desk.library.sources()):
                await self.refresh([entry.source_id])
            else:
                self._desk.tell("This article has no source, or none any more.")

    async def leave(self) -> None:
        """Stop the refresh that is under way, else go a level back."""
        if await self.put_away():
            self._desk.tell("The refresh was stopped; the next one goes on from here.")
            self._hand_on()
        else:
            await self._desk.back()

    async def put_away(self) -> bool:
        """End the refresh that is under way; whether there was one."""
        if self._refresh is None or self._refresh.done():
            return False
        self._refresh.cancel()
        await asyncio.wait((self._refresh,))
        return True

    async def close(self) -> None:
        """End all that is under way."""
        await self.put_away()
        for hooks in self._hooks:
            hooks.cancel()
        if self._hooks:
            await asyncio.wait(self._hooks)
        self._background.close()

    async def _refreshed(self, source_ids: Sequence[int] | None) -> None:
        config, joined, self._landed = self._desk.config.now, False, set()
        refresh = self._desk.library.refresh(
            source_ids, max_bytes=byte_budget(config), force=source_ids is not None, default_most=config[MOST]
        )
        try:
            async for progress in refresh:
                if progress.step == "finished":
                    ended = wording.refresh_ended(progress, shown=self._desk.keyed("{main.sections|S} tells why"))
                    newest = (
                        self._desk.keyed("{main.newest|circumflex_accent} goes to the newest.") if progress.new else ""
                    )
                    self._desk.tell(spoken.sentences(f"Refreshed: {spoken.in_words(ended)}", newest))
                    self._hand_on()
                elif progress.step in ("waiting", "joined"):
                    self._desk.tell(progress.notice)
                    joined |= progress.step == "joined"
                self._landed.add(0 if joined else progress.entry_id)  # else it is the other program's to hand on
        except NewsError as error:
            self._desk.tell(str(error))
            self._hand_on()

    def _hand_on(self) -> None:
        """Have the reader's hooks run over what has landed; nobody waits for them, and `doctor` tells how it went."""
        hooks, landed = self._desk.config.now.hooks, self._landed - {0}
        self._landed = set()
        if not hooks or not landed:
            return
        from tui.hooks import matches, run_all

        async def found(hook: Hook) -> tuple[IO[bytes], int] | None:
            return await self._background.ask(lambda library: matches(library, hook, landed), lane="hooks")

        running = asyncio.ensure_future(run_all(hooks, self._desk.library.path, found))
        self._hooks.add(running)
        running.add_done_callback(self._hooks.discard)
