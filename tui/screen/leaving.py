"""Leaving the reader: not before all that was done in it is kept."""

from __future__ import annotations

from collections.abc import Callable

from tui.screen.context import ScreenContext
from tui.screen.reading import OpenArticles
from tui.screen.writing import Writing


class Leaving:
    """Waits for the last act, then calls `leave`; asked again while it waits, it leaves without."""

    def __init__(
        self, context: ScreenContext, articles: OpenArticles, writing: Writing, leave: Callable[[], object]
    ) -> None:
        self.context = context
        self._articles = articles
        self._writing = writing
        self._leave = leave

    def begin(self) -> None:
        """Keep the place in the open article, too, and leave."""
        if self._writing.leaving:
            self._writing.give_up()
            return
        self._writing.leaving = True
        with self.context.telling():
            self._articles.leave()
        self.context.start(self._wait, group="leaving")

    async def _wait(self) -> None:
        await self._writing.drained()
        self._leave()
