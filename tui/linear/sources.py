"""Sections, searches and sources in the linear reader."""

from __future__ import annotations

import asyncio

from tui import sections
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.linear.levels import ChoiceLevel
from tui.linear.refreshing import LinearRefreshing
from tui.typeset import wording


class SourceCommands:
    """What there is to go to and to add."""

    def __init__(self, desk: LinearDesk, refreshing: LinearRefreshing) -> None:
        self._desk = desk
        self._refreshing = refreshing

    async def newest(self) -> None:
        """The list as it is now, from its top."""
        self._desk.enter(self._desk.stories.section)

    async def view(self) -> None:
        """The view that follows in turn."""
        self._desk.enter(sections.after(self._desk.stories.section, self._desk.lister.views))

    async def sort(self) -> None:
        """The next order of the section."""
        if said := await self._desk.do(self._desk.lister.sort(self._desk.stories.section)):
            self._desk.tell(said)
            self._desk.enter(self._desk.stories.section)

    async def fold(self) -> None:
        """Of each story the first report only, or all of them."""
        if said := await self._desk.do(self._desk.lister.fold()):
            self._desk.tell(said)
            self._desk.enter(self._desk.stories.section)

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
            await self._refreshing.refresh([source.id])
