"""The passage of the open article that a reader's acts are meant for, moved from one to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from tui.messages import Tell
from tui.typeset.line import Line, Run, behind

if TYPE_CHECKING:
    from textual.message import Message

    from cache.highlight import TextRange
    from fetch.article import Article
    from tui.panes.word_choice import WordChoice

_FIRST, _FURTHER = Run("▸", "cursor"), Run("▏", "cursor")
"""What stands in the margin beside a passage's first line, and beside those that follow."""


_AMONG_WORDS = frozenset(("word_right", "word_left", "first_word", "last_word"))


class PassagePage(Protocol):
    """What shows the article."""

    def line(self, at: int) -> Line | None:
        """A line of the page by its number, None behind the last one."""

    @property
    def shown(self) -> range:
        """The lines on screen, be there so many or not."""

    def show_passage(self, by: int) -> None:
        """Another passage is chosen, or none, or it is to be seen elsewhere: scroll by so many lines."""

    def post_message(self, message: Message) -> bool:
        """Tell the screen."""


class PassageCursor:
    """Which passage of `article` it is on, by its number as lines have it (`Line.passage`); 0 while it is on none."""

    def __init__(self, page: PassagePage) -> None:
        self.number = 0
        self.article: Article | None = None
        self.words: WordChoice | None = None
        """The words of the passage that are chosen; None while all of it is."""
        self._page = page
        self._first = 0

    @property
    def text(self) -> str:
        """What its passage, or the words chosen in it, say, as the article's text has it; "" while it is on none."""
        chosen = self.text_range
        return chosen.text[chosen.start : chosen.end] if chosen else ""

    @property
    def text_range(self) -> TextRange | None:
        """Its passage, or the words chosen in it, as a range of the article's text; None while it is on none."""
        whole = self._whole
        if not whole or not self.words:
            return whole
        first, last = self.words.span
        return whole._replace(start=whole.start + first, end=whole.start + last)

    @property
    def _whole(self) -> TextRange | None:
        if not self.number or self.article is None:
            return None
        text, following = self.article.text, self._next(self.lines.stop, 1)
        texts = text.split("\n")
        before, held = texts[: self.number - 1], texts[self.number - 1 : following and self._passage_of(following) - 1]
        start = sum(len(each) + 1 for each in before)
        from cache.highlight import TextRange

        return TextRange(text, start, start + len("\n".join(held)))

    def number_in(self, article: Article | None) -> int:
        """Its passage by number in the same article as it now is, the nearest of the same words; 0 where none is."""
        if not self.number or not self.article or not article or article.url != self.article.url:
            return 0
        texts, said = article.text.split("\n"), self._said.split("\n")
        alike = (at for at, text in enumerate(texts) if text == said[0] and texts[at : at + len(said)] == said)
        return min((at + 1 for at in alike), key=lambda number: abs(number - self.number), default=0)

    def go_to(self, number: int) -> None:
        """Onto the passage that this line of the article's text, by its number, is of."""
        at = found = 0
        while (line := self._page.line(at)) is not None and line.passage <= number:
            found, at = line.passage or found, at + 1
        self.show_in(self.article, found)

    @property
    def hrefs(self) -> list[str]:
        """Where the links of its passage lead, in their order."""
        return hrefs_of(line for at in self.lines if (line := self._page.line(at)))

    def begin(self) -> None:
        """Onto the first passage that begins on screen, else the one nearest; none where the page is no article."""
        if self.article is None:
            return
        shown = self._page.shown
        begins = (at for at in shown if self._passage_of(at) not in (0, self._passage_of(at - 1)))
        if self._go(next(begins, None)) or self._go(self._next(max(0, shown.start), 1)) or self._go(self._last()):
            self.show()

    def leave(self) -> None:
        """Onto none."""
        self.number, self.words = 0, None
        self._page.show_passage(0)

    def show_in(self, article: Article | None, number: int) -> None:
        """Onto a passage of an article that has been set anew; none where it has that no more."""
        self.article, self._first = article, 0
        while number and (line := self._page.line(self._first)) is not None and line.passage != number:
            self._first += 1
        self.number = number if number and self._passage_of(self._first) == number else 0
        if self.words and self.words.said != self._said:
            self.words = None
        self.show()

    def follow(self) -> None:
        """The page was scrolled: onto a passage that is on screen, where this one is no more."""
        lines, shown = self.lines, self._page.shown
        if self.number and not (lines.start < shown.stop and shown.start < lines.stop):
            self.begin()

    def walk(self, by: int) -> bool:
        """Onto the next passage, or with -1 the one before, and of a long one first to its rest; False without one.

        Where words are chosen, to those a line further down or up.
        """
        if not self.number:
            return False
        if self.words:
            if self.words.down(by, self._set):
                self.show()
            else:
                self._page.post_message(Tell(self.words.ends(by)))
            return True
        lines, shown = self.lines, self._page.shown
        hidden = lines.stop > shown.stop if by > 0 else lines.start < shown.start
        if hidden and len(lines) > len(shown):
            self._page.show_passage(by * max(1, len(shown) - 2))
        elif self._go(self._next(lines.stop if by > 0 else lines.start - 1, by)):
            self.show()
        else:
            self._page.post_message(Tell("This is the last passage." if by > 0 else "This is the first passage."))
        return True

    def show(self) -> None:
        """Scroll as little as brings the passage, or its word, on screen; of a longer one than that its beginning."""
        lines, shown = self._to_show, self._page.shown
        above = lines.start - shown.start
        by = min(above, max(0, lines.stop - shown.stop)) if above > 0 else above
        self._page.show_passage(by if self.number else 0)

    @property
    def lines(self) -> range:
        """The lines of its passage."""
        end = self._first
        while self.number and self._passage_of(end) == self.number:
            end += 1
        return range(self._first, end)

    def hears(self, act: object) -> bool:
        """Whether a key of a passage is for this act now: those that go from word to word where words are chosen."""
        return self.number > 0 and (act not in _AMONG_WORDS or self.words is not None)

    def up(self) -> None:
        """From its words back to all of the passage, and from there onto none."""
        if self.words is None:
            self.leave()
        else:
            self.choose_words(None)

    def choose_words(self, words: WordChoice | None) -> None:
        """These words of it are chosen from now on; None for all of it."""
        self.words = words
        self.show()

    def first_in_view(self) -> WordChoice:
        """The first of its words on screen, to choose."""
        from tui.panes.word_choice import WordChoice

        words = WordChoice(self._said)
        hidden = self._page.shown.start - self._first
        if words and hidden > 0:
            words.down(hidden, self._set)
        return words

    @property
    def _said(self) -> str:
        whole = self._whole
        return whole.text[whole.start : whole.end] if whole else ""

    @property
    def _set(self) -> list[Line]:
        """Its lines as they are set."""
        return [line for at in self.lines if (line := self._page.line(at))]

    @property
    def _to_show(self) -> range:
        """The lines that are to be on screen: all of them, or that of the word that is moved."""
        if not self.words:
            return self.lines
        at = self._first + max(0, self.words.line_of(self._set))
        return range(at, at + 1)

    def beside(self, at: int, line: Line) -> Line:
        """A line of its passage with what stands in the margin beside it, which takes a cell."""
        return behind(_FIRST if at == self._first else _FURTHER, line) if line.runs else line

    def _go(self, at: int | None) -> bool:
        """Onto the passage that this line is of."""
        if at is None:
            return False
        self.number, self.words = self._passage_of(at), None
        while self._passage_of(at - 1) == self.number:
            at -= 1
        self._first = at
        return True

    def _passage_of(self, at: int) -> int:
        line = self._page.line(at) if at >= 0 else None
        return line.passage if line else 0

    def _next(self, at: int, by: int) -> int | None:
        """The first line from this one on, or back, that is of a passage."""
        while at >= 0 and (line := self._page.line(at)) is not None:
            if line.passage and line.runs:
                return at
            at += by
        return None

    def _last(self) -> int | None:
        """The last line of all that is of a passage."""
        at = 0
        while self._page.line(at) is not None:
            at += 1
        return self._next(at - 1, -1)


def hrefs_of(lines: Iterable[Line]) -> list[str]:
    """Where the links in these lines lead, in their order, footnotes left out."""
    runs = (run for laid in lines for run in laid.runs)
    return list(dict.fromkeys(run.href for run in runs if run.href and run.role not in ("note", "noteref")))
