"""The newest of what is highlighted in the tree, as a list beside it."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.background import BackgroundLibrary
from tui.keymap import keymap_of
from tui.sections import SAVED, Section

if TYPE_CHECKING:
    from cache.library import Library
    from tui.panes.article_list import ArticleList

_RESTED = 0.08  # seconds on a row, after which its newest are shown
_MOST = 200


class NewestBeside:
    """Fills a list once the highlight rests; `here` gives the section it is on and the library's revision.

    `telling` tells what the library cannot do. The list shows what `shown` is, None before anything was.
    """

    def __init__(
        self,
        page: Screen[Any],
        article_list: ArticleList,
        background: BackgroundLibrary,
        here: Callable[[], tuple[Section | None, int]],
        telling: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._page = page
        self.list = article_list
        self.list.selects = False  # no act is on its rows
        self._background = background
        self._here = here
        self._telling = telling
        self._shown: tuple[Section, int] | None = None

    def begin(self) -> None:
        """Once the page is there."""
        self._resting = self._page.set_interval(_RESTED, self._rested, pause=True)

    @property
    def shown(self) -> Section | None:
        """What the list shows the newest of."""
        return self._shown[0] if self._shown else None

    @property
    def can_be_gone_to(self) -> bool:
        """Whether there are rows on screen."""
        return bool(self.list.display and self.list.ids)

    def moved(self) -> None:
        """The highlight has moved, and may come to rest; a timer of its own for each row would cost as much as that."""
        if self.list.display:
            self._resting.reset()
            self._resting.resume()

    def _rested(self) -> None:
        self._resting.pause()
        section, revision = self._here()
        if section and self._shown != (section, revision):
            self._page.run_worker(self._show(section, revision), group="newest", exclusive=True)

    async def _show(self, section: Section, revision: int) -> None:
        with self._telling():
            ids = await self._background.ask(partial(_newest, section), lane="beside")
            if section == self.shown:
                self.list.renew(ids)
            else:
                self.list.show(section.title, ids, empty=keymap_of(self._page.app).said(section.empty))
            self._shown = section, revision


def _newest(section: Section, library: Library) -> array[int]:
    return library.reading_list()[:_MOST] if section == SAVED else library.ids(section.query, limit=_MOST)
