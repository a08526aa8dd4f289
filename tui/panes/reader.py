"""The reading pane: an article's lines, laid out as far as they have been looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from tui.keymap import keymap_of
from tui.messages import FollowLink, NextUnread, OpenArticle, Tell
from tui.panes.article_end import ArticleEnd
from tui.panes.article_layout import ArticleStyle, OpenPage, PageLayout, article_layout
from tui.panes.base import Pane, draw, href_at
from tui.panes.page_view import PageView, Place
from tui.panes.passage_cursor import PassageCursor, hrefs_of
from tui.panes.pictures import PicturePainter
from tui.panes.reader_keys import READER_KEYS
from tui.typeset import wording
from tui.typeset.line import Line, letters_and_digits, line
from tui.typeset.theme import Ground
from tui.typeset.wrap import wrap

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.found import Related
    from cache.highlight import Highlight
    from fetch.article import Article, When
    from tui.panes.page_find import Matcher

_CHUNK = 400  # lines laid out at a time once the first screen is drawn
_NEAR = 4  # lines without letters, above the one that a place is told by
_ABOVE = 1  # empty lines above the article


class ReaderPane(Pane):
    """The open article; what lies below the screen is laid out after the first lines are drawn."""

    BINDINGS: ClassVar[list[BindingType]] = list(READER_KEYS)

    finding: reactive[bool] = reactive(False, repaint=False)
    """Whether something is looked for on the page."""
    choosing: reactive[bool] = reactive(False, repaint=False)
    """Whether a passage is chosen, which acts are then meant for."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        related_shown: Callable[[], bool] = lambda: True,
        led_by: Callable[[], Matcher | None] = lambda: None,
    ) -> None:
        """`related_shown` says whether related stories are in view elsewhere; if not, the title tells of them.

        `led_by` gives what finds the words of the search that led to the article, None where none did.
        """
        super().__init__("reader")
        self.view = PageView(led_by)
        """What is marked on the page, and how far wide lines are moved."""
        self._clock = clock
        self._related_shown = related_shown
        self._title = ""
        self.passage = PassageCursor(self)
        """The passage that is chosen."""
        self._end = ArticleEnd()
        self._page_layout: PageLayout = lambda _: iter(())
        self._lines: list[Line] = []
        self._rest: Iterator[Line] = iter(())
        self._whole = True
        self._strips: dict[tuple[int, str, bool], Strip] = {}
        self._laid_for = 0
        self._style = ArticleStyle()
        self._painter = PicturePainter(self, self.draw_anew)
        self._age: wording.Age = wording.briefly_ago
        self._set_to = Place(0, 0)

    @property
    def page(self) -> list[Line]:
        """All lines of the article; lays out the rest."""
        self._lay(None)
        return self._lines

    @property
    def hrefs(self) -> list[str]:
        """Where the article's numbered links lead, in their order; lays out the rest to know them."""
        return hrefs_of(self.page)

    @property
    def first_line(self) -> int:
        """Which of the article's lines is the first on screen."""
        return max(0, self.scroll_offset.y - _ABOVE)

    @property
    def text_offset(self) -> int:
        """Where the reader is: letters and digits above the first line on screen, which holds at any width.

        While nobody scrolls it stays what it was set to, however often the width changes.
        """
        if self.scroll_offset.y == self._set_to.line:
            return self._set_to.text_offset
        return sum(letters_and_digits(laid.text) for laid in self._lines[: max(0, self.scroll_offset.y - _ABOVE)])

    def show(
        self, entry: Entry | None, article: Article | None, *, notice: str = "", note: str = "", text_offset: int = 0
    ) -> None:
        """Show the article, or of an entry without one its teaser.

        `notice` is the library's sentence on it, `note` the reader's own note, `text_offset` as the property gives it.
        """
        chosen, page = self.passage.number_in(article), OpenPage(entry, article, notice, note)
        self.show_page(page.source, article_layout(page, self._clock, lambda: self._style), text_offset=text_offset)
        self.passage.show_in(article, chosen)

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show what is highlighted in the open article."""
        self.view.show_highlights(self.passage.article, highlights, self.line)
        self.draw_anew()

    def say(self, *sentences: str) -> None:
        """Show plain sentences where there is no article."""
        self.show_page("", lambda width: (line(text, "meta") for part in sentences for text in wrap(part, width)))

    def show_page(self, title: str, layout: PageLayout, *, text_offset: int = 0) -> None:
        """Show what `layout` sets in lines of a given width."""
        self._page_layout = layout
        self._title = title
        self.view.begin()
        self.finding, self.passage.article, self.passage.number = False, None, 0
        self._end.set((), ())
        self._entitle()
        self._start()
        self.go_to(text_offset)
        self.choosing = False

    def show_end(self, stories: Sequence[Related], following: Sequence[Entry]) -> None:
        """Put these below the article: its related stories, and what follows it in the list."""
        self._end.set(stories, following)
        self._end.lay_out(self._measure, self._told)
        self._entitle()
        self._count_lines()
        self.draw_anew()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the article, the empty ones above it counted."""
        at -= _ABOVE
        strip = self._strips.get((at, rail, self._held))
        if strip is None:
            self._lay(at + 2)
            laid, row = (self._lines[at], -1) if 0 <= at < len(self._lines) else self._end.at(at - len(self._lines))
            ground: Ground = "chosen" if row >= 0 and row == self._end.row else "paper"
            if row < 0:
                laid = self.view.dressed(at, laid, self._measure, self.line(at - 1), self.line(at + 1))
            margin = self._margin if laid.runs else 0
            if laid.passage and laid.passage == self.passage.number:
                laid, margin = self.passage.beside(at, laid), max(0, margin - 1)
                ground = "paper" if self.passage.words else "chosen" if self._held else "held"
            elif self.view.highlights and (beside := self.view.highlights.beside(at, laid)):
                laid, margin = beside, margin - 1
            strip = draw(laid, self.size.width, self.role_styles, ground, margin=margin, rail=rail)
            if laid.picture:
                strip = self._painter.strip(laid.picture, strip, margin)
            self._strips[at, rail, self._held] = strip
        return strip

    def action_scroll_down(self) -> None:
        """A line on, or the next passage, or where the rows below the article are in view into them."""
        if not self.passage.walk(1) and not self._walk(1):
            super().action_scroll_down()

    def action_scroll_up(self) -> None:
        """A line back, or the passage before, or through those rows."""
        if not self.passage.walk(-1) and not self._walk(-1):
            super().action_scroll_up()

    async def action_on_passage(self, act: str) -> None:
        """What the screen does with the passage that is chosen."""
        await self.run_action(f"screen.passage({act!r})")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no passage is chosen, the keys of one mean what they mean elsewhere."""
        return self.passage.hears(*parameters) if action == "on_passage" else super().check_action(action, parameters)

    def action_open_row(self) -> None:
        """Open the highlighted story below the article."""
        if self._end.row >= 0:
            self.post_message(OpenArticle(self._end.refs[self._end.row]))

    def go_to_role(self, role: str, by: int) -> bool:
        """Scroll to the next line, or with -1 the one before, that has this role; False where there is none."""
        self._lay(None)
        top = self.scroll_offset.y - _ABOVE
        lines = range(top + 1, len(self._lines)) if by > 0 else range(top - 1, -1, -1)
        found = next((at for at in lines if any(run.role == role for run in self._lines[at].runs)), None)
        if found is None or (by > 0 and self.scroll_offset.y >= self.max_scroll_y):
            return False
        self.move_to(found + _ABOVE)
        return True

    def go_to_line(self, line: int, *, in_view: bool = False) -> None:
        """Scroll to a line of the article, some lines of its surroundings above; not where it is `in_view` already."""
        shown = range(self.first_line, self.first_line + self.size.height - 1)
        if not (in_view and line in shown):
            self.move_to(max(0, line + _ABOVE - self.size.height // 4))

    def find(self, words: str, line: int = 0) -> None:
        """Mark words on the page, and go to the first hit from a line on; "" marks nothing any more."""
        self.view.find(words, self.page if words else (), line)
        self.finding = bool(words)
        self._show_hit()

    def go_to_hit(self, by: int) -> bool:
        """The next hit of what is marked on the page; False where nothing is."""
        if not self.view.go(by):
            return False
        self._show_hit()
        return True

    def hint(self, begins: str | None) -> None:
        """Light the marks of links, of those whose number begins so; None puts them out."""
        self.view.hint(begins, self.hrefs if begins is not None else ())
        self.draw_anew()

    def action_slide(self, by: int) -> None:
        """Move wide code and tables sideways."""
        if not self.view.slide(by, self.page, self._measure):
            self.post_message(Tell("No code or table here is wider than the page."))
        self.draw_anew()

    def _show_hit(self) -> None:
        if (line := self.view.hit_line) is not None:
            self.go_to_line(line, in_view=True)
        self._entitle()
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw all lines again."""
        self._strips.clear()
        self.refresh()

    def action_read_on(self) -> None:
        """A page on; where there is none, the next unread article."""
        self._lay(self.scroll_offset.y + 2 * self.size.height + 1)
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(NextUnread())
        else:
            self.action_page_down()

    def action_scroll_end(self) -> None:
        """To the end of the article."""
        self._lay(None)
        super().action_scroll_end()

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it; the end of a drag is none."""
        if self.view.selection or self.jump_on_rail(event):
            return
        at, cell = self.place_of(event)
        _, row = self._end.at(at - len(self._lines))
        if self._whole and row >= 0:
            self.post_message(OpenArticle(self._end.refs[row]))
        elif 0 <= at < len(self._lines) and (href := href_at(self._lines[at], cell, self.role_styles)):
            self.post_message(FollowLink(href))

    def on_mouse_down(self, event: events.MouseEvent) -> None:
        """A drag selects text."""
        self.view.drag(event, self)

    on_mouse_move = on_mouse_up = on_mouse_down

    def place_of(self, event: events.MouseEvent) -> tuple[int, int]:
        """Which of the article's lines the mouse is on, and which cell of its text; it may be on none."""
        at = event.y - self.gutter.top + self.scroll_offset.y - _ABOVE
        return at, event.x - self.gutter.left - self._margin

    def on_resize(self) -> None:
        """Lines are set anew for another width; the first one on screen stays."""
        self._entitle()
        if self._measure != self._laid_for:
            text_offset, chosen = self.text_offset, self.passage.number
            self.passage.number = 0
            self._start()
            self.go_to(text_offset)
            self.passage.show_in(self.passage.article, chosen)
        elif self.passage.number:
            self.passage.show()

    def tell(self, age: wording.Age) -> None:
        """How the stories below the article tell when they were."""
        if age is not self._age:
            self._age = age
            if self._laid_for:
                self._end.lay_out(self._measure, self._told)
                self.draw_anew()

    def _told(self, when: When | None) -> str:
        return self._age(when, self._clock())

    def set_style(self, style: ArticleStyle) -> None:
        """How articles are set; the place in the open one stays."""
        if style != self._style:
            self._style = style
            self.set_anew()

    def set_anew(self) -> None:
        """Set all lines again, as what they are made by is another; the place in the article stays."""
        if self._laid_for:
            self._laid_for = -1  # no width that there is
            self.on_resize()

    def forget_strips(self) -> None:
        """Another width, or other colours: lines that are as long as before stand elsewhere, or look otherwise."""
        self._strips.clear()

    @property
    def _measure(self) -> int:
        return max(12, min(self._style.measure, self.text_width - 3))

    @property
    def _margin(self) -> int:
        return max(1, (self.text_width - self._measure) // 2)

    def _start(self) -> None:
        """Begin the layout afresh, with as much as the screen shows."""
        self._laid_for = self._measure
        self._lines, self._strips, self._whole = [], {}, False
        self._rest = self._page_layout(self._measure)
        self._end.lay_out(self._measure, self._told)
        self._lay(self.size.height + 1)
        self.view.look(lambda: self.page)
        self.refresh()
        if not self._whole:
            self.call_after_refresh(self._lay_on)

    def _lay(self, upto: int | None) -> None:
        """Lay out up to that many lines, all of them when None."""
        if self._whole or (upto is not None and len(self._lines) >= upto):
            return
        more = list(self._rest) if upto is None else list(islice(self._rest, upto - len(self._lines)))
        self._lines += more
        self._whole = upto is None or len(self._lines) < upto
        self._count_lines()

    def _count_lines(self) -> None:
        below = len(self._end) + 1 if self._whole else self.size.height
        self.line_count = len(self._lines) + _ABOVE + below

    def _lay_on(self) -> None:
        """Another piece of the rest, then again when the screen has been served."""
        if not self._whole:
            self._lay(len(self._lines) + _CHUNK)
            self.call_after_refresh(self._lay_on)

    @property
    def place(self) -> Place:
        """Where the reader is, to come back to."""
        return Place(self.scroll_offset.y, self.text_offset)

    def come_back(self, place: Place) -> None:
        """Go back to a place: its very line where the width is still the same."""
        self.go_to(place.text_offset)
        if abs(place.line - self.scroll_offset.y) <= _NEAR:
            self.move_to(place.line)

    def go_to(self, text_offset: int) -> None:
        """Scroll to the line that holds what follows so many letters and digits."""
        passed = at = 0
        while text_offset > 0:
            self._lay(at + 1)
            if at >= len(self._lines):
                break
            passed += letters_and_digits(self._lines[at].text)
            if passed > text_offset:
                break
            at += 1
        self.move_to(at + _ABOVE if at else 0)
        self._set_to = Place(self.scroll_offset.y, text_offset)

    def move_to(self, top: int) -> None:
        """Scroll so that this line is the first, at once; where that leaves the chosen passage, another is chosen."""
        super().move_to(top)
        self.passage.follow()

    def line(self, at: int) -> Line | None:
        """A line of the article, laid out where that has not been done yet."""
        self._lay(at + 1)
        return self._lines[at] if 0 <= at < len(self._lines) else None

    @property
    def shown(self) -> range:
        """The lines of the article on screen, be there so many or not."""
        top = self.scroll_offset.y - _ABOVE
        return range(top, top + self.size.height)

    def show_passage(self, by: int) -> None:
        """Another passage is chosen, or none, or it is to be seen elsewhere: scroll by so many lines."""
        self.choosing = self.passage.number > 0
        self.view.show_words(self.passage.text_range if self.passage.words else None, self.line)
        super().move_to(self.scroll_offset.y + by)
        self.draw_anew()

    def _walk(self, by: int) -> bool:
        """Move the highlight along the rows below the article; False where they are not in view, or left upwards."""
        if not self._whole:
            return False
        first, before = len(self._lines) + _ABOVE - self.scroll_offset.y, self._end.row
        further = self._end.walk(by, first, self.size.height)
        if further:
            self.move_to(self.scroll_offset.y + further)
        if self._end.row != before:
            self.draw_anew()
        return further is not None

    def _entitle(self) -> None:
        number = 0 if self._related_shown() else self._end.related
        related = keymap_of(self.app).said(f"{number} related · {{main.sidebar|i}}") if number else ""
        self.entitle(" · ".join(part for part in (self._title, self.view.said or related) if part))
