"""How the lines of a page are shown beyond their layout: with marks, and wide ones moved sideways.

What marks them loads with the first line that is to be marked: the first paint needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line

if TYPE_CHECKING:
    from textual.events import MouseEvent

    from cache.highlight import Highlight, TextRange
    from fetch.article import Article
    from tui.panes.drag_selection import DraggedPage, DragSelection
    from tui.panes.page_find import Matcher, PageFind
    from tui.panes.page_highlights import PageHighlights


class Place(NamedTuple):
    """The first line on screen, and what was asked to be there: so many letters and digits into the text."""

    line: int
    text_offset: int


class PageView:
    """The marks on one page; `led_by` gives what finds the words of the search that led to it."""

    def __init__(self, led_by: Callable[[], Matcher | None]) -> None:
        self._led_by = led_by
        self._matcher: Matcher | None = None
        self._find: PageFind | None = None
        self._hints: tuple[str, dict[str, int]] | None = None
        self._moved_by = 0
        self.highlights: PageHighlights | None = None
        """What is highlighted on the page, None where nothing is."""
        self._words: PageHighlights | None = None
        self.selection: DragSelection | None = None
        """What is selected with the mouse, None while nothing ever was."""

    def begin(self) -> None:
        """Another page."""
        self._matcher, self._find, self._hints, self._moved_by = self._led_by(), None, None, 0
        self.highlights = self._words = None
        self.end_selection()

    @property
    def finding(self) -> bool:
        """Whether something is looked for on the page."""
        return self._find is not None

    @property
    def said(self) -> str:
        """How many hits there are, and which is open; "" where nothing is looked for."""
        if self._find is None:
            return ""
        number = len(self._find.hits)
        return (
            f"“{self._find.words}” {self._find.at + 1} of {number}" if number else f"“{self._find.words}” is not here"
        )

    @property
    def hit_line(self) -> int | None:
        """The line of the open hit."""
        return self._find.hits[self._find.at].line if self._find and self._find.hits else None

    def find(self, words: str, lines: Sequence[Line], line: int) -> None:
        """Look for words in these lines, from a line on; "" for nothing."""
        from tui.panes.page_find import PageFind

        self._find = PageFind(words) if words else None
        if self._find:
            self._find.look(lines)
            self._find.open_from(line)

    def show_highlights(
        self, article: Article | None, highlights: Sequence[Highlight], line: Callable[[int], Line | None]
    ) -> None:
        """Mark what is highlighted in the article; `line` gives the lines of the page."""
        self.highlights = None
        if article and highlights:
            from tui.panes.page_highlights import PageHighlights

            self.highlights = PageHighlights(article.text, highlights, line)

    def show_words(self, chosen: TextRange | None, line: Callable[[int], Line | None]) -> None:
        """Mark the words that are chosen, in place of any others; `line` gives the lines of the page."""
        self._words = None
        if chosen:
            from cache.highlight import Highlight, TextPlace
            from tui.panes.page_highlights import PageHighlights

            words = Highlight("", place=TextPlace(chosen.start, chosen.end, 0))
            self._words = PageHighlights(chosen.text, [words], line, "words")

    def look(self, lines: Callable[[], Sequence[Line]]) -> None:
        """The lines have been set anew."""
        for marks in (self.highlights, self._words):
            if marks:
                marks.forget()
        self.end_selection()
        if self._find:
            self._find.look(lines())

    def go(self, by: int) -> bool:
        """The next hit; False where nothing is looked for."""
        if self._find is None:
            return False
        self._find.go(by)
        return True

    def drag(self, event: MouseEvent, page: DraggedPage) -> None:
        """Select what the mouse is dragged over."""
        if self.selection is None:
            from tui.panes.drag_selection import DragSelection

            self.selection = DragSelection(page)
        self.selection.mouse(event)

    def end_selection(self) -> None:
        """Select nothing, and let the mouse go: its button may still be down."""
        if self.selection is not None:
            self.selection.clear()
            self.selection = None

    def hint(self, begins: str | None, hrefs: Sequence[str]) -> None:
        """Light the numbers of links that begin so, none with None."""
        self._hints = None if begins is None else (begins, {href: at for at, href in enumerate(hrefs, 1)})

    def slide(self, by: int, lines: Sequence[Line], width: int) -> bool:
        """Move wide lines by so many characters, as far as the widest goes; False where none is wide."""
        from tui.panes.page_find import slides

        widest = max((cells(line.text) for line in lines if slides(line)), default=0)
        self._moved_by = max(0, min(self._moved_by + by, widest - width))
        return widest > 0

    def dressed(self, at: int, line: Line, width: int, before: Line | None = None, after: Line | None = None) -> Line:
        """The line of that number, between its neighbours, as it is shown in so many cells."""
        plain = self._matcher is None and self._find is None and self._hints is None
        line = self.highlights.dressed(at, line) if self.highlights else line
        line = self._words.dressed(at, line) if self._words else line
        line = self.selection.dressed(at, line) if self.selection else line
        if not line.runs or (plain and line.runs[0].role != "slides"):
            return line
        from tui.panes.page_find import hinted, marked, matches, moved, slides

        if self._matcher and self._find is None:
            line = marked(line, matches(line, self._matcher, before or BLANK, after or BLANK), "match")
        if self._find:
            line = self._find.marked(at, line)
        line = hinted(line, *self._hints) if self._hints else line
        return moved(line, self._moved_by, width) if slides(line) else line
