"""The pages that lie over an open article: what its site changed in it, and the story it belongs to."""

from __future__ import annotations

from functools import partial

from cache.entry import Entry
from fetch.errors import NewsError
from tui.panes.article_layout import PageLayout
from tui.panes.reader import ReaderPane
from tui.screen.context import ScreenContext
from tui.screen.reading import OpenArticles

_CHANGES, _STORY = "What changed", "The story so far"
_ALONE = "No other report of this story so far."
_NO_MORE = {1: "This is the last report of the story.", -1: "This is the first report of the story."}


class ArticlePages:
    """Lays a page over the article; the key that brought it brings the article back."""

    def __init__(self, context: ScreenContext, reader: ReaderPane, articles: OpenArticles) -> None:
        self.context = context
        self._reader = reader
        self._articles = articles

    def toggle_changes(self) -> None:
        """What its site has changed in the article."""
        self._toggle(_CHANGES)

    def toggle_story(self) -> None:
        """All reports of the story."""
        self._toggle(_STORY)

    def reopen(self, title: str, text_offset: int) -> None:
        """The page that lay over the article when it was left, at its place."""
        if entry := self._articles.entry:
            work = partial(self._show, title, entry, text_offset)
            self.context.start(work, group="reading", exclusive=True)

    def go_to_report(self, by: int) -> None:
        """The next report of the story, or the one before: on its timeline there, from an article opened."""
        entry = self._articles.entry
        if self._articles.page == _STORY:
            if not self._reader.go_to_role("time", by):
                self.context.say_of_article(_NO_MORE[by])
        elif entry is not None:
            self.context.start(partial(self._open_report, entry, by), group="reading", exclusive=True)

    async def _open_report(self, entry: Entry, by: int) -> None:
        try:
            timeline = await self.context.background.ask(lambda library: library.timeline(entry.id), lane="page")
        except NewsError as error:
            self._say_of(entry, str(error))
            return
        ids = [report.entry.id for report in timeline.reports]
        at = ids.index(entry.id) + by if entry.id in ids else -1
        if len(ids) < 2:
            self._say_of(entry, _ALONE)
        elif not 0 <= at < len(ids):
            self._say_of(entry, _NO_MORE[by])
        elif self._still_open(entry):
            self._articles.open(ids[at])

    def _still_open(self, entry: Entry) -> bool:
        return self._articles.entry is not None and self._articles.entry.id == entry.id

    def _say_of(self, entry: Entry, sentence: str) -> None:
        """Say something of an article, which nobody needs once another is open."""
        if self._still_open(entry):
            self.context.say_of_article(sentence)

    def _toggle(self, title: str) -> None:
        entry = self._articles.entry
        if entry is None:
            return
        if self._articles.page == title:
            self._articles.show_article()
        else:
            self.context.start(partial(self._show, title, entry), group="reading", exclusive=True)

    async def _show(self, title: str, entry: Entry, text_offset: int = 0) -> None:
        ask = self._changes if title == _CHANGES else self._story
        try:
            layout = await ask(entry)
        except NewsError as error:
            self._say_of(entry, str(error))
            return
        if layout is not None and self._still_open(entry):
            self._articles.show_page(title, layout, text_offset)

    async def _changes(self, entry: Entry) -> PageLayout | None:
        from tui.typeset.changes import lay_out_changes

        changes = await self.context.background.ask(lambda library: library.changes(entry.id), lane="page")
        if not changes:
            self._say_of(entry, "The article is as it was when it was first fetched.")
            return None
        return lambda width: lay_out_changes(changes, width, now=self.context.clock())

    async def _story(self, entry: Entry) -> PageLayout | None:
        from tui.typeset.story import lay_out_story

        timeline = await self.context.background.ask(lambda library: library.timeline(entry.id), lane="page")
        if len(timeline.reports) < 2:
            self._say_of(entry, _ALONE)
            return None
        return lambda width: lay_out_story(timeline, width, now=self.context.clock())
