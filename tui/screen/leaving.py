"""Leaving the reader: not before all that was done in it is kept."""

from __future__ import annotations

from collections.abc import Callable

from tui.screen.context import ScreenContext
from tui.screen.reading import OpenArticles
from tui.screen.writing import Writing


class Leaving:
    """Waits for the last act, then calls `leave`; a reader who asks twice leaves without, and nobody else does."""

    def __init__(
        self, context: ScreenContext, articles: OpenArticles, writing: Writing, leave: Callable[[], object]
    ) -> None:
        self.context = context
        self._articles = articles
        self._writing = writing
        self._leave = leave
        self._begun = False

    def ask(self) -> None:
        """The reader wants to leave; the second time, not to wait for what is not kept yet."""
        if self._writing.leaving:
            self._writing.give_up()
        self._writing.leaving = True
        self.begin()

    def begin(self) -> None:
        """Keep the place in the open article, too, and leave; once begun, only the acts are waited for."""
        if self._begun:
            return
        self._begun = True
        with self.context.telling():
            self._articles.leave()
        self.context.start(self._wait, group="leaving")

    async def _wait(self) -> None:
        await self._writing.drained()
        self._leave()
