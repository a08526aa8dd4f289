"""Following a link of the open article by its number."""

from __future__ import annotations

from collections.abc import Callable

from tui.panes.prompt import Question
from tui.panes.reader import ReaderPane
from tui.screen.context import ScreenContext


class LinkNumbers:
    """Asks for the number of a link; `close` closes the prompt, `follow` goes where a link leads."""

    def __init__(
        self,
        context: ScreenContext,
        reader: ReaderPane,
        close: Callable[[], None],
        follow: Callable[[str], None],
    ) -> None:
        self.context = context
        self._reader = reader
        self._close = close
        self._follow = follow

    def ask(self) -> None:
        """Ask for the number, where there are links."""
        if links := self._reader.hrefs:
            title = f"Follow link number, 1 to {len(links)}"
            self._reader.hint("")
            self.context.ask(Question(title, self._answered, self._typed, left=self._left))
        else:
            self.context.say_of_article("This article has no links.")

    def _typed(self, words: str) -> None:
        """Without enter, where no other number begins so; until then, where it would lead."""
        links = self._reader.hrefs
        self._reader.hint(words)
        if words.isdecimal() and 0 < int(words) <= len(links):
            self.context.say_of_article(links[int(words) - 1])
        if words.isdecimal() and int(words) * 10 > len(links):
            self._close()
            self._answered(words)

    def _left(self, _: str) -> None:
        self._reader.hint(None)

    def _answered(self, words: str) -> None:
        links = self._reader.hrefs
        self._reader.hint(None)
        if words.isdecimal() and 0 < int(words) <= len(links):
            self._follow(links[int(words) - 1])
        else:
            self.context.say_of_article(f"There is no link {words}.")
