"""Text of a page that is selected with the mouse: from where the button goes down to where it is let go."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from textual import events

from tui.keymap import keymap_of
from tui.messages import NoLongerSo, Tell
from tui.panes.page_find import marked
from tui.typeset.cells import cells, head
from tui.typeset.line import BESIDE_TEXT, Line, cut
from tui.typeset.table import SLIDES

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Offset, Region
    from textual.message import Message

_BESIDE_CODE = "▏"
_NO_TEXT = (BESIDE_TEXT | {"rule"}) - {"caption"}
_BROKEN = frozenset(("headline", "dek", "caption", "credit"))
"""Roles of what is broken into lines beside the article's text."""
_SELECTED = "Selected. {main.copy|y} copies it, {main.leave|escape} ends that."


class PagePlace(NamedTuple):
    """A line of the page, and a cell of its text."""

    line: int
    cell: int


class DraggedPage(Protocol):
    """What shows the text."""

    def line(self, at: int) -> Line | None:
        """A line of the page by its number, None behind the last one."""

    def place_of(self, event: events.MouseEvent) -> tuple[int, int]:
        """The line and the cell that the mouse is on; it may be on no line of the page."""

    @property
    def content_region(self) -> Region:
        """Where on the screen it is, without its edges."""

    @property
    def shown(self) -> range:
        """The lines on screen."""

    @property
    def scroll_offset(self) -> Offset:
        """How far it is scrolled."""

    def move_to(self, top: int) -> None:
        """Scroll to a line."""

    def draw_anew(self) -> None:
        """Draw all lines again."""

    @property
    def app(self) -> App[Any]:
        """The program."""

    def post_message(self, message: Message) -> bool:
        """Tell the screen."""

    def capture_mouse(self, capture: bool = True) -> None:
        """Have all that the mouse does from now on."""


class DragSelection:
    """What a drag has selected on a page; a click selects nothing, and ends what is selected."""

    def __init__(self, page: DraggedPage) -> None:
        self._page = page
        self._begin: PagePlace | None = None
        self._end: PagePlace | None = None
        self._button_is_down = False

    def __bool__(self) -> bool:
        return self._begin is not None and self._end is not None

    def mouse(self, event: events.MouseEvent) -> None:
        """Take over what the mouse does."""
        place = PagePlace(*self._page.place_of(event))
        if isinstance(event, events.MouseDown):
            self.clear()
            if event.button == 1 and self._is_on_text(event):
                self._begin = place
                self._hold(down=True)
        elif isinstance(event, events.MouseUp):
            if self._button_is_down and self:
                self._page.post_message(Tell(self._told))
            self._hold(down=False)
        elif self._button_is_down and event.button != 1:  # let go where nobody saw it
            self._hold(down=False)
        elif self._button_is_down and place not in (self._begin, self._end):
            self._reach(place)

    def _is_on_text(self, event: events.MouseEvent) -> bool:
        """Whether it is within the page, and neither on its edges nor on its rail."""
        (x, y), region = event.screen_offset, self._page.content_region
        return region.x <= x < region.right - 1 and region.y <= y < region.bottom

    def _hold(self, *, down: bool) -> None:
        """While the button is down, all that the mouse does is meant for the page, wherever it goes."""
        if down != self._button_is_down:
            self._button_is_down = down
            self._page.capture_mouse(down)

    def clear(self) -> None:
        """Select nothing."""
        was, self._begin, self._end = bool(self), None, None
        self._hold(down=False)
        if was:
            self._page.post_message(NoLongerSo(self._told))
            self._page.draw_anew()

    @property
    def _told(self) -> str:
        return keymap_of(self._page.app).said(_SELECTED)

    def dressed(self, at: int, line: Line) -> Line:
        """The line of that number with what of it is selected marked."""
        start, end = self._span(at, line)
        return marked(line, [(start, end)], "words") if start < end else line

    @property
    def text(self) -> str:
        """What is selected, a passage a line, as it was before it was broken into lines; "" where nothing is."""
        return "".join(self._pieces()).strip("\n")

    def _reach(self, place: PagePlace) -> None:
        shown = self._page.shown
        self._end = place
        self._page.draw_anew()
        if place.line < shown.start or place.line >= shown.stop:
            self._page.move_to(self._page.scroll_offset.y + (-1 if place.line < shown.start else 1))

    def _pieces(self) -> Iterator[str]:
        """The text of each line that has some, and before it what parts it from the one before."""
        if self._begin is None or self._end is None:
            return
        before: Line | None = None
        first, last = sorted((self._begin, self._end))
        for at in range(max(0, first.line), last.line + 1):
            line = self._page.line(at)
            if line is None:
                return
            runs = cut(line.runs, *self._span(at, line))
            text = "".join(run.text for run in runs if run.role not in _NO_TEXT)
            if before is not None:
                yield _between(before, line)
            text = text.rstrip() if _is_code(line) else text.strip()
            yield text[:-1] if line.parted and text.endswith(line.text.rstrip()[-1:]) else text
            before = line

    def _span(self, at: int, line: Line) -> tuple[int, int]:
        """What of a line is selected, in characters; all of one that is written from right to left, or slides."""
        if self._begin is None or self._end is None:
            return 0, 0
        first, last = sorted((self._begin, self._end))
        if not first.line <= at <= last.line:
            return 0, 0
        text = line.text
        if line.right_to_left_from is not None or (line.runs and line.runs[0].role == SLIDES):
            return 0, len(text)
        start = _character(text, first.cell) if at == first.line else 0
        return start, _character(text, last.cell + 1) if at == last.line else len(text)


def _character(text: str, cell: int) -> int:
    """Which character stands at a cell."""
    if cell <= 0:
        return 0
    return len(text) if cell >= cells(text) else len(head(text, cell))


def _between(before: Line, line: Line) -> str:
    """What parts two lines of a page that follow each other: nothing within a word or a script without spaces."""
    alike = before.passage == line.passage if line.passage else _role(before) == _role(line) in _BROKEN
    if not alike or _is_code(line):
        return "\n"
    ends, begins = before.text.rstrip()[-1:], line.text.lstrip()[:1]
    return "" if before.parted or (_is_wide(ends) and _is_wide(begins)) else " "


def _role(line: Line) -> str:
    return next((run.role for run in line.runs if run.role != "bar"), "")


def _is_code(line: Line) -> bool:
    return line.text.startswith(_BESIDE_CODE)


def _is_wide(letter: str) -> bool:
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF"
