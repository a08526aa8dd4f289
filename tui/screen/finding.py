"""Finding words in the open page as one types; with the same key once more, in the library."""

from __future__ import annotations

from collections.abc import Callable

from tui.panes.page_view import Place
from tui.panes.prompt import Question
from tui.panes.reader import ReaderPane
from tui.screen.context import ScreenContext

_TITLE = "Find in this page (/ again searches the library, esc leaves)"


class FindInPage:
    """Marks what is typed on the page; `search` gives the question that searches the library."""

    def __init__(self, context: ScreenContext, reader: ReaderPane, search: Callable[[], Question]) -> None:
        self.context = context
        self._reader = reader
        self._search = search
        self._before = (0, Place(0, 0))

    def ask(self) -> None:
        """Ask for words to find from here on; given up, the page is where it was."""
        self._before = (self._reader.first_line, self._reader.place)
        self.context.ask(Question(_TITLE, self._answered, self._typed, left=self._left, again=self._search))

    def _typed(self, words: str) -> None:
        self._reader.find(words, self._before[0])

    def _answered(self, words: str) -> None:
        self._reader.find(words, self._before[0])
        if words and self._reader.view.hit_line is None:
            self._left(words)
            self.context.say_of_article(f"“{words}” is not on this page; // searches the library.")
        elif words:
            self.context.say_of_article("n and N go from hit to hit, esc ends that.")

    def _left(self, _: str) -> None:
        self._reader.find("")
        self._reader.come_back(self._before[1])
