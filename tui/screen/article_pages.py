"""The pages that lie over an open article: what its site changed in it, and the story it belongs to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from cache.entry import Entry
from fetch.errors import NewsError
from tui.panes.reader import PageLayout
from tui.screen.context import ScreenContext
from tui.screen.reading import OpenArticles

_CHANGES, _STORY = "What changed", "The story so far"
AskPage: TypeAlias = Callable[[Entry], Awaitable[PageLayout | None]]


class ArticlePages:
    """Lays a page over the article; the key that brought it brings the article back."""

    def __init__(self, context: ScreenContext, articles: OpenArticles) -> None:
        self.context = context
        self._articles = articles

    def toggle_changes(self) -> None:
        """What its site has changed in the article."""
        self._toggle(_CHANGES, self._changes)

    def toggle_story(self) -> None:
        """All reports of the story."""
        self._toggle(_STORY, self._story)

    def _toggle(self, title: str, ask: AskPage) -> None:
        entry = self._articles.entry
        if entry is None:
            return
        if self._articles.page == title:
            self._articles.show_article()
        else:
            self.context.start(partial(self._show, title, entry, ask), group="reading", exclusive=True)

    async def _show(self, title: str, entry: Entry, ask: AskPage) -> None:
        try:
            layout = await ask(entry)
        except NewsError as error:
            self.context.say(str(error))
            return
        still_open = self._articles.entry is not None and self._articles.entry.id == entry.id
        if layout is not None and still_open:
            self._articles.show_page(title, layout)

    async def _changes(self, entry: Entry) -> PageLayout | None:
        from tui.typeset.changes import lay_out_changes

        changes = await self.context.background.ask(lambda library: library.changes(entry.id), lane="page")
        if not changes:
            self.context.say("The article is as it was when it was first fetched.")
            return None
        return lambda width: lay_out_changes(changes, width, now=self.context.clock())

    async def _story(self, entry: Entry) -> PageLayout | None:
        from tui.typeset.story import lay_out_story

        timeline = await self.context.background.ask(lambda library: library.timeline(entry.id), lane="page")
        if len(timeline.reports) < 2:
            self.context.say("No other report of this story so far.")
            return None
        return lambda width: lay_out_story(timeline, width, now=self.context.clock())
