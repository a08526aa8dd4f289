"""Going to a footnote of the open article, and back to where one was."""

from __future__ import annotations

from collections.abc import Callable

from tui.panes.page_view import Place
from tui.panes.prompt import Question
from tui.panes.reader import ReaderPane
from tui.screen.context import ScreenContext

_MOST = 12  # marks that the question names


class Footnotes:
    """Jumps to footnotes by their marks; `open_id` says which article is open, `close` closes the line to type in."""

    def __init__(
        self, context: ScreenContext, reader: ReaderPane, open_id: Callable[[], int], close: Callable[[], None]
    ) -> None:
        self.context = context
        self._reader = reader
        self._open_id = open_id
        self._close = close
        self._back: tuple[int, Place] | None = None

    def ask(self) -> None:
        """Back from a footnote; else to the only one, or to the one whose mark is typed."""
        if self._back and self._back[0] == self._open_id():
            self._return()
            return
        marks = self._marks()
        if not marks:
            self.context.say_of_article("This article has no footnotes.")
        elif len(marks) == 1:
            self._go(marks[0])
        else:
            named = ", ".join(marks[:_MOST]) + (" …" if len(marks) > _MOST else "")
            self.context.ask(Question(f"To footnote {named}", self._answered, self._typed))

    def follow(self, href: str) -> None:
        """A mark was clicked: of the text, to the note; of a note, back."""
        if self._back and self._back[0] == self._open_id():
            self._return()
        else:
            self._go(href.removeprefix("#"))

    def _typed(self, words: str) -> None:
        """Without enter, where no other mark begins so."""
        if [mark for mark in self._marks() if mark.startswith(words)] == [words]:
            self._close()
            self._go(words)

    def _answered(self, words: str) -> None:
        if words in self._marks():
            self._go(words)
        else:
            self.context.say_of_article(f"There is no footnote {words}.")

    def _marks(self) -> list[str]:
        runs = (run for line in self._reader.page for run in line.runs if run.role == "note")
        return list(dict.fromkeys(run.href.removeprefix("#") for run in runs))

    def _go(self, mark: str) -> None:
        lines = enumerate(self._reader.page)
        notes = (at for at, line in lines if any((run.role, run.href) == ("note", f"#{mark}") for run in line.runs))
        if (at := next(notes, None)) is not None:
            self._back = self._open_id(), self._reader.place
            self._reader.go_to_line(at, in_view=True)
            self.context.say_of_article(f"Footnote {mark}; # goes back.")

    def _return(self) -> None:
        if self._back:
            self._reader.come_back(self._back[1])
            self._back = None
