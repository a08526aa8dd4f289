"""Sections, searches and sources in the linear reader."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from fetch.source import IN_A_LIST, Candidate
from tui import sections
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.linear.levels import ChoiceLevel
from tui.linear.refreshing import LinearRefreshing
from tui.typeset import wording


class SourceCommands:
    """What there is to go to and to add."""

    def __init__(
        self,
        desk: LinearDesk,
        refreshing: LinearRefreshing,
        open_article: Callable[[int | str], Awaitable[None]],
        front: Callable[[], Awaitable[None]],
    ) -> None:
        self._desk = desk
        self._open_article = open_article
        self._front = front
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

    async def search(self, typed: str | None = None) -> None:
        """List what words find, asked for where they are not given."""
        if typed is None:
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

        there = [(row, row.section) for row in contents(self._desk.library, self._desk.lister.sections) if row.section]
        said = [spoken.sentences(row.title, spoken.in_words(row.detail)) for row, _ in there]

        async def enter(at: int) -> None:
            if there[at][1].front:
                await self._front()
            else:
                self._desk.enter(there[at][1])

        self._desk.push(ChoiceLevel("Sections", said, enter))

    async def add(self) -> None:
        """Add what is at an address, a source of those there where there are several, and fetch what it has."""
        typed = await self._desk.ask("Address of a news site, a feed or an article")
        if not typed:
            self._desk.tell("Nothing was added.")
            return
        self._desk.tell("Looking …")
        work = asyncio.ensure_future(self._desk.do(self._desk.library.discover(typed)))
        if not await self._desk.keyboard.unless_escaped(work):
            self._desk.tell("Given up.")
        elif found := work.result():
            if len(found) == 1 or all(candidate.why == IN_A_LIST for candidate in found):
                await self._add(found)
            else:
                rows = [spoken.source_row(candidate, self._desk.clock()) for candidate in found]
                self._desk.push(ChoiceLevel("Sources there, the best first", rows, lambda at: self._add([found[at]])))

    async def keep_search(self) -> None:
        """Keep what is searched for as a section."""
        section, query = self._desk.stories.section, self._desk.stories.section.query
        if not section.sought:
            self._desk.tell(self._desk.keyed("This is no search; {main.search|slash} begins one."))
        elif await self._desk.done(self._desk.keep(lambda: self._desk.library.keep_search(query, query))):
            self._desk.tell(f"Kept as a section: {query}. {self._desk.keyed('{main.sections|S} lists it.')}")

    async def _add(self, candidates: Sequence[Candidate]) -> None:
        """Add sources and fetch what they have; an article alone is opened."""
        if isinstance(self._desk.level, ChoiceLevel):
            self._desk.levels.pop()
        first = candidates[0]
        if len(candidates) == 1 and first.source.kind == "page" and not first.login:
            await self._open_article(first.source.url)
            return
        added = []
        for candidate in candidates:
            source = await self._desk.do(self._desk.library.add(candidate.source.url, candidate))
            added += [source] if source else []
        if added:
            names = added[0].title or wording.site(added[0].url) if len(added) == 1 else f"{len(added)} sources"
            self._desk.tell(f"Added {names}.")
            await self._refreshing.refresh([source.id for source in added])
