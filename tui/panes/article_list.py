"""The article list: every id of a section in a row, and of the rows only those on screen asked of the library."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from cache.entry import Entry
from tui.keymap import keymap_of
from tui.messages import ArticleHighlighted, LibraryFailed, OpenArticle, Tell
from tui.panes.article_row import RowState, set_row
from tui.panes.base import Pane, draw
from tui.panes.list_entries import ListEntries
from tui.panes.list_keys import LIST_KEYS
from tui.panes.list_news import ListNews, fitted
from tui.panes.list_rows import LaysOut, ListRows, with_held, without
from tui.panes.row_selection import RowSelection
from tui.settings import DENSITY, Density
from tui.typeset import wording
from tui.typeset.line import BLANK, Line, line
from tui.typeset.theme import Ground
from tui.typeset.wrap import wrap

if TYPE_CHECKING:
    from cache.library import Library
    from tui.typeset.front_sheet import FrontSheet

_AROUND = 8  # entries asked for beyond the rows on screen
_MOST_TIMES = 1_000_000  # more rows than any list has


class ArticleList(Pane):
    """The headlines of one section, newest first; a row is asked of the library when it comes into view."""

    BINDINGS: ClassVar[list[BindingType]] = [*LIST_KEYS]

    open_id: reactive[int] = reactive(0, repaint=False)
    """The id of the article open in the reader, 0 for none."""

    news_above: reactive[int] = reactive(0, repaint=False)
    """How many rows that came in stand above the first row on screen, and have not been on it."""

    selecting: reactive[bool] = reactive(False, repaint=False)
    """Whether rows are selected."""

    filled: reactive[bool] = reactive(False, repaint=False)
    """Whether it has rows."""

    selects = True
    """Whether rows can be selected: not where no act is on them."""

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__("article-list")
        self._library = library
        self._clock = clock
        self._entries = ListEntries(library, lambda sentence: self.post_message(LibraryFailed(sentence)))
        self._rows: dict[tuple[int, Ground], tuple[Line, ...]] = {}
        self._strips: dict[tuple[int, Ground, int, str], Strip] = {}
        self._density: Density = DENSITY.default
        self.rows = ListRows()
        self._front: LaysOut | None = None
        self._look = RowState()
        self._snippet_of: Callable[[int], str] | None = None
        self._dropped: set[int] = set()
        self.news = ListNews()
        self._held_back = self._count = self._set_for = 0
        self._selection = RowSelection()
        self.empty = self._heading = self._more = ""
        self.ids: array[int] = array("q")
        self.index = 0

    def alike(self) -> ArticleList:
        """Another list whose rows are set like those of this one."""
        other = ArticleList(self._library, self._clock)
        other._density, other._look = self._density, self._look
        return other

    @property
    def highlighted(self) -> int:
        """The id of the highlighted entry, 0 in an empty list."""
        return self.ids[self.index] if self.ids else 0

    @property
    def selected(self) -> list[int]:
        """The entries of the selected rows."""
        return [self.ids[at] for at in self._selection.rows if at < len(self.ids)]

    def action_select(self) -> None:
        """Begin to select at the highlighted row, or end it."""
        if not self.selects:
            self.post_message(Tell("Rows are selected in the list itself; enter goes there."))
            return
        self._selection.begin = 0 if self.selecting else self.highlighted
        self._select()

    def _select(self) -> None:
        self._selection.reach(self.ids, self.index)
        self.selecting = bool(self._selection.begin)
        self._entitle()
        self.refresh()

    @property
    def density(self) -> Density:
        """The lines of a row; setting it leaves the highlighted row where it is on screen."""
        return self._density

    @density.setter
    def density(self, density: Density) -> None:
        if density != self._density:
            self._density = density
            self._set_anew()

    def tell(self, age: wording.Age) -> None:
        """How rows tell when something was."""
        self._look = RowState(age=age)
        self._forget_drawn()
        self.refresh()

    def show(
        self,
        title: str,
        ids: array[int],
        *,
        empty: str = "",
        snippet_of: Callable[[int], str] | None = None,
        more: bool = False,
        front: LaysOut | None = None,
    ) -> None:
        """List these entries from the top; there may be `more`, which are listed next.

        `empty` is what to say when there are none, `snippet_of` gives the snippet of what a search found, `front` lays
        out the rows of a front page.
        """
        self.empty, self._snippet_of, self._front = empty, snippet_of, front
        self._heading, self._held_back = title, 0
        self._selection.end()
        self.news.clear()
        self.selecting, self.news_above = False, 0
        self.ids, self.index = self._without_dropped(ids), 0
        self._more = "+" if more else ""
        self._entitle()
        self.forget()
        self._measure()
        self.index = 0  # of a front page as it is laid out
        self.move_to(0)

    def renew(self, ids: array[int], news: Iterable[int] = ()) -> None:
        """Take the section's ids as they now are; highlight and scroll stay on the article they were on.

        `news` are those of them that have come in since.
        """
        self.news.add(news)
        self._more = ""
        ids = self._without_dropped(ids)
        held, offset = self.highlighted, self._top - self.scroll_offset.y
        if ids != self.ids or self._front:
            if held and held not in ids:
                ids = with_held(ids, self.ids, self.index)
            self.ids = ids
            self.index = ids.index(held) if held else 0
            self._measure()
            self.news.place(ids)
            self.move_to(0 if offset == 0 == self.index else self._top - offset)  # with the heading above the first
        self.forget()
        self._select()

    def drop(self, entry_id: int) -> None:
        """Take a row off the list until it is settled; the highlight goes to the one below it."""
        self._dropped.add(entry_id)
        if entry_id in self.ids:
            at = self.ids.index(entry_id)
            self.ids = self.ids[:at] + self.ids[at + 1 :]
            self.index = max(0, min(self.index - (at < self.index), len(self.ids) - 1))
            self._measure()
            self.move_highlight(self.index)
            self.refresh()

    def settle(self, entry_id: int) -> None:
        """From now on a row that was dropped is on the list where the library has it there."""
        self._dropped.discard(entry_id)

    def forget(self, ids: Iterable[int] | None = None) -> None:
        """Ask the library again for these entries (all of them when None), as they have changed."""
        for entry_id in [None] if ids is None else ids:
            self._entries.forget(entry_id)
            self._forget_drawn(entry_id)
        self.refresh()

    def entry(self, at: int) -> Entry | None:
        """The entry in row `at`; None where the library no longer has it."""
        return self._entries.get(self.ids[at], lambda: self._near(at), self._forget_drawn)

    def following(self, most: int) -> list[Entry]:
        """At most so many entries behind the highlighted one."""
        ahead = range(self.index + 1, min(self.index + 1 + most, len(self.ids)))
        return [entry for at in ahead if (entry := self.entry(at))]

    def move_highlight(self, at: int) -> None:
        """Put the highlight on row `at`, and scroll no further than needed to see it."""
        if not self.ids:
            return
        at = min(max(at, 0), len(self.ids) - 1)
        old, self.index = self.index, at
        top, (first, height) = self.scroll_offset.y, self.rows.span(at)
        if first < top:
            self.move_to(first if at else 0)
        elif first + height > top + self.size.height:
            self.move_to(min(first, first + height - self.size.height))
        if self.selecting:
            self._select()
        for row in {old, at}:
            self._refresh_row(row)

    def highlight(self, entry_id: int) -> bool:
        """Put the highlight on this entry; False when the list does not hold it."""
        if entry_id not in self.ids:
            return False
        self.move_highlight(self.ids.index(entry_id))
        return True

    def move_to(self, top: int) -> None:
        """Scroll so that this line is the first; what is on screen then is no news any more."""
        super().move_to(top)
        first = self.scroll_offset.y // self.rows.height
        last = (self.scroll_offset.y + max(1, self.size.height) - 1) // self.rows.height
        above = self.news.see(self.ids, first, last) + self._held_back
        if above != self.news_above:
            self.news_above = above
            self._entitle()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the list."""
        if self.rows.sheet and self.ids:
            return self._sheet_line(at, self.rows.sheet, rail)
        row, part = divmod(at, self.rows.height)
        if row >= len(self.ids):
            return self._empty_line(at) if not self.ids else draw(BLANK, self.size.width, self.role_styles, rail=rail)
        return self._row_line(row, part, self.size.width, rail)

    def _sheet_line(self, at: int, sheet: FrontSheet, rail: str) -> Strip:
        """A line of a front page: what stands on it beside each other."""
        strips, x = [], 0
        for place in sheet.pieces(at):
            if place.x > x:
                strips.append(draw(BLANK, place.x - x, self.role_styles))
            part = at - place.y
            drawn = self._row_line(place.row, part, place.width, "") if place.row >= 0 else None
            strips.append(drawn or draw(place.lines[part], place.width, self.role_styles))
            x = place.x + place.width
        return Strip.join([*strips, draw(BLANK, self.size.width - x, self.role_styles, rail=rail)])

    def _row_line(self, row: int, part: int, width: int, rail: str) -> Strip:
        ground: Ground = "paper"
        if row == self.index:
            ground = "chosen" if self.has_focus else "held"
        elif row in self._selection.rows:
            ground = "held"
        entry_id = self.ids[row]
        strip = self._strips.get((entry_id, ground, part, rail))
        if strip is None:
            line = self._row(row, ground)[part]
            strip = draw(line, width, self.role_styles, ground if line.runs else "paper", rail=rail)
            self._strips[entry_id, ground, part, rail] = strip
        return strip

    def watch_open_id(self, old: int, new: int) -> None:
        """The bar moves from the article that was open to the one that is."""
        for entry_id in (old, new):
            self._forget_drawn(entry_id)
            if entry_id in self.ids:
                self._refresh_row(self.ids.index(entry_id))

    def action_move(self, by: int) -> None:
        """Move the highlight by so many rows, as often as was typed before."""
        self.move_highlight(self.index + by * max(1, self._count))
        self.post_message(ArticleHighlighted(self.highlighted))

    def action_page(self, by: int) -> None:
        """Move the highlight by a page, as often as was typed before."""
        times = max(1, self._count)
        rows = max(1, self.size.height // self.rows.height) * times
        to = self.rows.further(self.index, by * rows, self.size.height * times)
        self.move_to(self.scroll_offset.y + by * rows * self.rows.height)
        self.move_highlight(to)
        self.post_message(ArticleHighlighted(self.highlighted))

    def action_jump(self, at: int) -> None:
        """Move the highlight to the first row or, with -1, to the last; where a number was typed, to that row."""
        self.move_highlight(self._count - 1 if self._count else at if at >= 0 else len(self.ids) - 1)
        self.post_message(ArticleHighlighted(self.highlighted))

    def action_count(self, digit: int) -> None:
        """A digit of how often the key behind it is meant."""
        self._count = min(self._count * 10 + digit, _MOST_TIMES)
        self._entitle()

    def key_done(self, key: str) -> None:
        """A key has been dealt with: a number typed before it is used up, unless it goes on."""
        if self._count and not key.isdecimal():
            self._count = 0
            self._entitle()

    def action_open(self) -> None:
        """Open the highlighted article."""
        if self.highlighted:
            self.post_message(OpenArticle(self.highlighted))

    def on_click(self, event: events.Click) -> None:
        """A click opens the article it falls on."""
        if self.jump_on_rail(event):
            return
        at = self.rows.row_at(event.x - self.gutter.left, event.y - self.gutter.top + self.scroll_offset.y)
        if 0 <= at < len(self.ids):
            self.move_highlight(at)
            self.action_open()

    def on_resize(self) -> None:
        """Rows are set anew for another width; where there is room for more or fewer they stay as they are."""
        self._set_anew(alike=self._set_for == self.text_width)
        self._entitle()

    def forget_strips(self) -> None:
        """Another width, or other colours."""
        self._strips.clear()

    def _entitle(self) -> None:
        """The section, how many a search has found, and how much news stands above."""
        title = f"{self._heading} · {len(self.ids):,}{self._more}" if self._snippet_of else self._heading
        key = keymap_of(self.app).said("{main.newest|circumflex_accent}") if self.news_above else ""
        news = f"▲ {self.news_above:,} new above · {key}" if key else ""
        selected = f"{len(self._selection.rows):,} selected" if self.selecting else ""
        self.entitle(fitted(f"{self._count:,} ×" if self._count else "", selected, title, news, self.size.width - 4))

    def _set_anew(self, *, alike: bool = False) -> None:
        """Another size, or height of rows (`alike`: no row is other); the highlight stays where it was on screen."""
        offset, self._set_for = self._top - self.scroll_offset.y, self.text_width
        if not alike:
            self._forget_drawn()
        self._measure()
        self.move_to(self._top - max(0, min(offset, self.size.height - self.rows.span(self.index)[1])))
        if self._front or not alike:
            self.refresh()

    @property
    def _top(self) -> int:
        """The first line of the highlighted row."""
        return self.rows.span(self.index)[0]

    def _measure(self) -> None:
        if self._front:
            held = self.highlighted
            self.rows.lay_out(self._front.sheet(self.ids, self.text_width, self.size.height, self._density))
            self.ids = array("q", self.rows.sheet.ids) if self.rows.sheet else self.ids
            self.index = self.ids.index(held) if held in self.ids else 0
            self._forget_drawn()
        else:
            self.rows.measure(self._density, found=self._snippet_of is not None)
        self.line_count, self.filled = self.rows.lines(len(self.ids)), bool(self.ids)

    def hold_back(self, news: int) -> None:
        """So much has come that the front page does not show yet."""
        self._held_back = news
        self.move_to(self.scroll_offset.y)

    def _row(self, at: int, ground: Ground) -> tuple[Line, ...]:
        entry_id = self.ids[at]
        lines = self._rows.get((entry_id, ground))
        if lines is None:
            opened, highlighted = entry_id == self.open_id, ground != "paper"
            if self.rows.sheet:
                return self._rows.setdefault((entry_id, ground), self.rows.sheet.lines(at, opened, highlighted))
            entry = self.entry(at)
            if entry is None:
                return (BLANK,) * self.rows.height
            snippet = self._snippet_of(entry_id) if self._snippet_of else None
            state = self._look._replace(snippet=snippet, is_open=opened, highlighted=highlighted)
            lines = self._rows[entry_id, ground] = set_row(
                entry, self.text_width, self._density, now=self._clock(), state=state
            )
        return lines

    def _near(self, at: int) -> Sequence[int]:
        """What to ask for with the row `at`: a screenful on, and some before and after it."""
        page = self.size.height // self.rows.height + 1
        more = min(page, _AROUND)
        return self.ids[max(0, at - more) : at + page + more]

    def _without_dropped(self, ids: array[int]) -> array[int]:
        return without(ids, self._dropped) if self._dropped else ids

    def _refresh_row(self, at: int) -> None:
        self.refresh(self.rows.region(at, self.size.width, self.scroll_offset.y))

    def _forget_drawn(self, entry_id: int | None = None) -> None:
        """Set and draw this row anew, all of them when None."""
        if entry_id is None:
            self._rows.clear()
            self._strips.clear()
            return
        for row in [key for key in self._rows if key[0] == entry_id]:
            del self._rows[row]
        for strip in [key for key in self._strips if key[0] == entry_id]:
            del self._strips[strip]

    def _empty_line(self, y: int) -> Strip:
        lines = [
            line(f"  {text}", "meta") for part in self.empty.split("\n") for text in wrap(part, self.text_width - 4)
        ]
        return draw(lines[y - 1] if 1 <= y <= len(lines) else BLANK, self.text_width, self.role_styles)
