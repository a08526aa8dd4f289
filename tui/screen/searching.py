"""Searching as one types: enter stays with what is found, escape goes back to where one was."""

from __future__ import annotations

from collections.abc import Callable

from tui import sections
from tui.panes.article_list import ArticleList
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext, careful
from tui.screen.listing import SectionList
from tui.screen.writing import Writing
from tui.sections import Section

_TITLE = "Search (enter stays with it, ctrl+s keeps it as a section, esc leaves)"


class Searching:
    """Lists what the words typed find; `reveal` brings the article list to view."""

    def __init__(
        self,
        context: ScreenContext,
        article_list: ArticleList,
        listing: SectionList,
        writing: Writing,
        reveal: Callable[[], None],
    ) -> None:
        self.context = context
        self._list = article_list
        self._listing = listing
        self._writing = writing
        self._reveal = reveal
        self._before: tuple[Section, int] = (sections.ALL, 0)

    def ask(self) -> None:
        """Ask for words to search for."""
        self.context.ask(self.question())

    def question(self) -> Question:
        """What asks for them; given up, it goes back to where one is now."""
        self._before = (self._listing.section, self._list.highlighted)
        return Question(_TITLE, self._answered, self._typed, self._kept, self._left)

    @careful
    def _typed(self, words: str) -> None:
        self._reveal()  # the rows; the keys stay with the line
        self._listing.enter(sections.found(words, typed=True) if words else self._before[0])
        self.context.say(" ".join(self.context.library.query_errors(words, typing=True)))

    @careful
    def _answered(self, words: str) -> None:
        errors = self.context.library.query_errors(words)
        # What was on screen stays there; only where something was not understood is it read once more, as it stands.
        self._listing.enter(sections.found(words, begun=not errors) if words else self._before[0])
        self.context.say(" ".join(errors))
        self._reveal()

    def _kept(self, words: str) -> None:
        if words:
            notice = f"Kept as a section: {words}. S lists it."
            self._writing.write(lambda: self.context.library.keep_search(words, words), notice=notice)

    @careful
    def _left(self, _: str) -> None:
        self._listing.enter(*self._before)
