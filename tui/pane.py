"""What every pane shares: lines drawn one by one, each checked at the gate, nothing built for what is not on screen."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fetch.text import drawable
from tui.ink import Ground, Ink, ink
from tui.line import Line
from tui.wrap import cells


def draw(line: Line, width: int, pens: Ink, ground: Ground = "paper", *, margin: int = 0) -> Strip:
    """The line as a strip of exactly `width` cells; every foreign string passes the gate here once more."""
    segments = [Segment(" " * margin, pens.style("text", ground))] if margin else []
    used = margin
    for text, role, _ in line.runs:
        safe = drawable(text)
        segments.append(Segment(safe, pens.style(role, ground)))
        used += cells(safe)
    if used < width:
        segments.append(Segment(" " * (width - used), pens.style("text", ground)))
    strip = Strip(segments, max(used, width))
    return strip if used <= width else strip.crop(0, width)


class Pane(ScrollView, can_focus=True):
    """A scrolling pane with a title in its upper rule, and a thin rail at its right that shows where one is.

    The rail is part of the lines: ready-made scroll bars are widgets of their own, to be laid out and drawn again
    with every line scrolled.
    """

    ALLOW_SELECT = False

    @property
    def text_width(self) -> int:
        """The cells a line has, left of the rail."""
        return max(1, self.size.width - 1)

    def render_line(self, y: int) -> Strip:
        """The line `y` of the pane, with its piece of the rail."""
        strip = self.line_at(y + self.scroll_offset.y)
        role = ("hold" if self.has_focus else "rail") if self._under_thumb(y) else ""
        return Strip([*strip, self._rail_piece(role)], self.size.width)

    def line_at(self, at: int) -> Strip:
        """The line `at` of what the pane shows, `text_width` cells wide."""
        raise NotImplementedError

    def jump_on_rail(self, event: events.Click) -> bool:
        """Scroll to where the rail was clicked; False when the click was elsewhere."""
        if event.x - self.gutter.left < self.text_width:
            return False
        self.move_to(self.virtual_size.height * (event.y - self.gutter.top) // max(1, self.size.height))
        return True

    def _under_thumb(self, y: int) -> bool:
        height, whole = self.size.height, self.virtual_size.height
        if whole <= height:
            return False
        length = max(1, height * height // whole)
        top = round((height - length) * self.scroll_offset.y / max(1, whole - height))
        return top <= y < top + length

    def _rail_piece(self, role: str) -> Segment:
        return Segment("▐" if role else " ", self.pens.style(role or "text"))

    @property
    def pens(self) -> Ink:
        """The styles of the theme in use."""
        return ink(self.app.theme)

    def entitle(self, title: str) -> None:
        """Set the pane's title; never markup, whatever brackets a source's name holds."""
        self.border_title = Content(f" {drawable(title)} " if title else "")

    def move_to(self, top: int) -> None:
        """Scroll so that this line is the first, at once."""
        self.scroll_to(y=top, animate=False, force=True)

    def action_scroll_down(self) -> None:
        """One line on, at once: animation would lag behind a key held down."""
        self.move_to(self.scroll_offset.y + 1)

    def action_scroll_up(self) -> None:
        """One line back."""
        self.move_to(self.scroll_offset.y - 1)

    def action_page_down(self) -> None:
        """A page on, two lines of the old one kept."""
        self.move_to(self.scroll_offset.y + max(1, self.size.height - 2))

    def action_page_up(self) -> None:
        """A page back."""
        self.move_to(self.scroll_offset.y - max(1, self.size.height - 2))

    def action_scroll_home(self) -> None:
        """To the first line."""
        self.move_to(0)

    def action_scroll_end(self) -> None:
        """To the last line."""
        self.move_to(self.virtual_size.height)
