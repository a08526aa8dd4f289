"""The newest headlines of a section, to look at and not to move in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.strip import Strip

from cache.entry import Entry
from tui.panes.article_row import set_row
from tui.panes.base import Pane, draw
from tui.typeset.line import BLANK, Line, line


class Headlines(Pane):
    """Rows of two lines, as many as fit; `clock` tells the time."""

    can_focus = False

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__("headlines")
        self._clock = clock
        self._entries: Sequence[Entry] = ()
        self._empty = ""

    def show(self, entries: Sequence[Entry], empty: str = "") -> None:
        """Show these; where there are none, say `empty`."""
        self._entries, self._empty = entries, "" if entries else empty
        self.refresh()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the page."""
        return draw(self._line(at), self.size.width, self.role_styles)

    def _line(self, at: int) -> Line:
        row, within = divmod(at, 3)
        if row < len(self._entries) and within < 2:
            return set_row(self._entries[row], self.size.width, 2, now=self._clock())[within]
        return line(f"  {self._empty}", "meta") if at == 0 and self._empty else BLANK
