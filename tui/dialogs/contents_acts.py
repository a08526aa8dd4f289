"""Keys of the page of sources that act on sources: what they mean, done in their order, and told."""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from tui.dialogs.contents_rows import SEARCHES, TOPICS, ContentsRow, topic_of
from tui.dialogs.contents_tree import ContentsTree
from tui.dialogs.source_acts import UNDO_KEY, SourceActs, SourcesHost

if TYPE_CHECKING:
    from textual.app import App

    from cache.library import Library
    from cache.source_entry import SourceEntry

_NO_SOURCE = "Go to a source for that"


class SourcesPage(Protocol):
    """What these keys ask of the page they are pressed on."""

    @property
    def app(self) -> App[Any]:
        """The program."""

    @property
    def is_attached(self) -> bool:
        """Whether the page is still there."""

    @property
    def among_articles(self) -> bool:
        """Whether keys are of articles."""

    @property
    def is_meant(self) -> bool:
        """Whether a key means what is highlighted or marked."""

    def here_now(self) -> ContentsRow | None:
        """The highlighted row."""

    def show(self, here: ContentsRow | None) -> None:
        """Show the rows there are, the highlight on one."""

    def fill(self) -> object:
        """Look at the library again."""

    def tell(self, sentence: str) -> None:
        """Say it in the status line."""

    def telling(self) -> AbstractContextManager[None]:
        """Tell what the library cannot do."""


class KeysOnSources:
    """Each key's act; `waiting` is how many are not done yet."""

    def __init__(
        self, page: SourcesPage, tree: ContentsTree, acts: SourceActs, library: Library, host: SourcesHost
    ) -> None:
        self._page = page
        self._tree = tree
        self._acts = acts
        self._library = library
        self._host = host
        self.waiting = 0

    def _meant(self) -> list[SourceEntry]:
        """The marked sources in their order, else the highlighted one."""
        return [] if self._page.among_articles else self._tree.meant(self._page.here_now())

    def refresh(self) -> None:
        """Fetch what is new of the marked sources, else of the highlighted one."""
        meant = self._meant()
        self._page.tell(self._acts.refresh(meant) if meant else _NO_SOURCE)

    def browse(self) -> None:
        """Open the page of the highlighted source."""
        row = self._page.here_now()
        self._page.tell(self._acts.browse(row.source) if row and row.source else _NO_SOURCE)

    def pause(self) -> None:
        """Have the sources rest, or asked again."""
        if meant := self._meant():
            self.have_done(self._acts.pause(meant))
        else:
            self._page.tell(_NO_SOURCE)

    def reorder(self, by: int) -> None:
        """Move the highlighted source in its group, with it those that are marked where it is."""
        row = self._page.here_now()
        if not row or not row.source or self._page.among_articles:
            self._page.tell(_NO_SOURCE)
        elif ids := self._tree.reorder(row, by):
            self._page.show(row)
            self.have_done(self._acts.put_in_order(ids))

    async def arrange(self) -> None:
        """The settings of the highlighted source, or those that several marked ones can share."""
        from tui.dialogs.source_settings import ArrangeTogether, SourceSettings

        meant = self._meant()
        if not meant:
            self._page.tell(_NO_SOURCE)
            return
        with self._page.telling():
            several = len(meant) > 1
            one = partial(SourceSettings, undo=UNDO_KEY)
            dialog = ArrangeTogether(self._library, meant) if several else one(self._library, meant[0])
            await self._page.app.push_screen(dialog, self._arranged)

    def _arranged(self, sentence: str | None) -> None:
        if sentence:
            self._page.tell(sentence)
            self._page.fill()

    def remove(self) -> None:
        """Remove the sources with their articles, a search, or what is followed; what is kept of a source is asked
        about, and stays.
        """
        row, meant, is_meant = self._page.here_now(), self._meant(), self._page.is_meant
        if meant:
            self.have_done(self._acts.remove(meant, meant=is_meant))
        elif row and row.section and row.within == (SEARCHES,) and not self._page.among_articles:
            self.have_done(self._acts.drop_search(row.title, meant=is_meant))
        elif row and row.section and row.within == (TOPICS,) and not self._page.among_articles:
            self.have_done(self._acts.unfollow(topic_of(row.section), row.title, meant=is_meant))
        else:
            self._page.tell(_NO_SOURCE)

    def remove_all(self) -> None:
        """Remove the sources with what is kept of them, once that has been told and the key pressed again."""
        if meant := self._meant():
            self.have_done(self._acts.remove_all(meant, meant=self._page.is_meant))
        else:
            self._page.tell(_NO_SOURCE)

    def undo(self) -> None:
        """Take the last act back."""
        self.have_done(self._acts.undo())

    def have_done(self, act: Coroutine[Any, Any, str | None]) -> None:
        """Have an act done, tell what came of it, and show the rows as they are once none is waiting.

        It is done, and told, too, where the page is closed meanwhile.
        """
        self.waiting += 1
        self._host.start(partial(self._do, act), group="acting")

    async def _do(self, act: Coroutine[Any, Any, str | None]) -> None:
        try:
            with self._page.telling():
                if sentence := await act:
                    self._page.tell(sentence)
        finally:
            self.waiting -= 1
        if self._page.is_attached:
            self._page.fill()
