"""Marking many read at once: above or below the highlight, of its source, or older than a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cache.entry import Entry
from tui.panes.article_list import ArticleList
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext
from tui.screen.listing import SectionList
from tui.screen.marking import Marked, mark_seen, marked
from tui.screen.writing import Writing

if TYPE_CHECKING:
    from cache.library import Library

_WHICH = "Mark read: a above · b below · s this source · d older than a day"
_OLD = "is:unread before:1d"


class MarkingMany:
    """Asks which with one letter; `close` closes the line it is typed in. One undo takes all of it back.

    What came in and has not been on screen is left, as where all of a list is marked.
    """

    def __init__(
        self,
        context: ScreenContext,
        article_list: ArticleList,
        listing: SectionList,
        writing: Writing,
        close: Callable[[], None],
    ) -> None:
        self.context = context
        self._list = article_list
        self._listing = listing
        self._writing = writing
        self._close = close

    def ask(self) -> None:
        """Ask which; above and below are those of the highlight at this moment."""
        entry = self.context.known(self._list.highlighted)
        if entry is None:
            self.context.say("There is nothing here to mark.")
            return
        at, rows = self._list.index, list(self._list.ids)
        beside = {"a": self._listing.behind(rows[:at]), "b": self._listing.behind(rows[at + 1 :])}
        self.context.ask(
            Question(
                _WHICH,
                lambda words: self._answered(words, entry, beside),
                lambda words: self._typed(words, entry, beside),
            )
        )

    def _typed(self, words: str, entry: Entry, beside: dict[str, list[int]]) -> None:
        """A letter is enough."""
        if words:
            self._close()
            self._answered(words, entry, beside)

    def _answered(self, words: str, entry: Entry, beside: dict[str, list[int]]) -> None:
        if words in beside:
            self._write(lambda _: beside[words])
        elif words == "s" and entry.source_id:
            self._write(lambda library: library.ids(f"is:unread source:{entry.source_id}"))
        elif words == "s":
            self.context.say_of_article("This article has no source, or none any more.")
        elif words == "d":
            covered = frozenset(self._listing.covered())
            self._write(lambda library: [each for each in library.ids(_OLD) if each in covered])
        elif words:
            self.context.say(f"There is no {words} here: a, b, s or d.")

    def _write(self, chosen: Callable[[Library], Sequence[int]]) -> None:
        """Which they are is asked when it is this act's turn: what was marked before it is not counted."""
        unseen, things = self._list.news.unseen, self._listing.things

        async def mark() -> Marked:
            ids = await self.context.background.ask(chosen, lane="page")
            return await mark_seen(self.context.library, ids, unseen)

        def kept() -> None:
            self._list.news.tell(unseen)
            self._list.forget()

        self._writing.write(
            mark, (), lambda outcome: self.context.keyed(marked(outcome, "{main.mark_many|M}", things)), then=kept
        )
