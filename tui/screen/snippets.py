"""Where a search found each article: looked up in the background for the rows that are drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from fetch.errors import NewsError
from tui.background import BackgroundLibrary

if TYPE_CHECKING:
    from cache.library import Library
    from tui.sections import Section

_NEXT_KEY = 0.04  # seconds in which the next letter of a word comes from somebody who types fast


class Snippets:
    """The snippets of one search; `landed` is called with the ids of the rows that have theirs now.

    While it is typed they wait for the next key, which makes them pointless; so does whatever else is listed instead.
    """

    def __init__(
        self,
        background: BackgroundLibrary,
        section: Section,
        landed: Callable[[Sequence[int]], None],
        listed: Callable[[], Section],
    ) -> None:
        """`listed` gives what is listed now."""
        self._background = background
        self._section = section
        self._landed = landed
        self._listed = listed
        self._known: dict[int, str] = {}
        self._wanted: list[int] = []
        self._looking: asyncio.Task[None] | None = None

    def are_of(self, section: Section) -> bool:
        """Whether a section finds what this search does."""
        return section.sought and (section.query, section.begun) == (self._section.query, self._section.begun)

    def of(self, entry_id: int) -> str:
        """The snippet of an entry, its matches marked as in a Hit; "" while it is being looked up."""
        if entry_id not in self._known:
            self._known[entry_id] = ""
            self._wanted.append(entry_id)
            if self._looking is None:
                self._looking = asyncio.create_task(self._look())
        return self._known[entry_id]

    async def _look(self) -> None:
        if self._listed().typed:
            await asyncio.sleep(_NEXT_KEY)
        while self._wanted and self.are_of(self._listed()):
            wanted, self._wanted = self._wanted, []
            try:
                self._known |= await self._background.ask(partial(self._snippets, wanted))
            except NewsError:  # a row without its snippet is a row; whoever lists them tells what is wrong
                break
            if self.are_of(self._listed()):
                self._landed(wanted)
        self._looking = None

    def _snippets(self, ids: Sequence[int], library: Library) -> dict[int, str]:
        return library.snippets(self._section.query, ids, typing=self._section.begun)
