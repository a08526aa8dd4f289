"""What every pane shares: lines drawn one by one, each checked at the gate, nothing built for what is not on screen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fetch.text import drawable
from tui.typeset.cells import as_drawn, cells, head, is_certain
from tui.typeset.line import Line, Run
from tui.typeset.theme import Ground, RoleStyles, role_styles
from tui.typeset.wrap import has_right_to_left

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from textual.color import Color
    from textual.filter import LineFilter

_LINK = re.compile("https?://[!-~]+")  # what may stand in an escape sequence of ours, and lead somewhere
_RAIL = {"rail": "▐", "hold": "▐", "off": " "}
_OWN_COLOUR = Style(color="default")
_WHEEL = 3  # lines a notch


def draw(
    line: Line, width: int, styles: RoleStyles, ground: Ground = "paper", *, margin: int = 0, rail: str = ""
) -> Strip:
    """The line as a strip of exactly `width` cells, none where that is below 0; every foreign string passes the gate
    here once more.

    `rail` is the role of the last cell, which the text does not reach; "" leaves it to the text.
    """
    if not line.runs or width <= 0:
        return _blank(max(0, width), styles, ground, rail if width > 0 else "")
    room = width - 1 if rail else width
    used = min(margin, room)
    segments = [Segment(" " * used, styles.style("text", ground))] if used else []
    for text, role, href in runs_as_drawn(line, styles):
        safe, style = as_drawn(drawable(text)), styles.style(role, ground)
        taken = cells(safe)
        if used + taken > room:
            safe = head(safe, room - used)
            taken = cells(safe)
        style = style + Style(link=href) if _LINK.fullmatch(href) else style
        segments.append(Segment(safe, style) if is_certain(safe) else closed(safe, style))
        used += taken
    if used < room:
        segments.append(Segment(" " * (room - used), styles.style("text", ground)))
    if rail:
        segments.append(Segment(_RAIL[rail], styles.style(rail)))
    return Strip(segments, width)


@lru_cache(maxsize=64)
def _blank(width: int, styles: RoleStyles, ground: Ground, rail: str) -> Strip:
    """A line without text, of which screens have many: always the same strip, which Textual filters and cuts once.

    None is left of a pane that is narrower by now than what stands before it: a strip says how long it is, and is cut.
    """
    if width < 1:
        return Strip([], 0)
    room = width - 1 if rail else width
    segments = [Segment(" " * room, styles.style("text", ground))] if room > 0 else []
    return Strip([*segments, Segment(_RAIL[rail], styles.style(rail))] if rail else segments, width)


def runs_as_drawn(line: Line, styles: RoleStyles) -> tuple[Run, ...]:
    """The runs of a line from the left: where the terminal puts none in order, those written from right to left are."""
    if not styles.visual_order or not any(has_right_to_left(run.text) for run in line.runs):
        return line.runs
    from tui.typeset.visual_order import line_in_visual_order

    return line_in_visual_order(line)


def href_at(line: Line, x: int, styles: RoleStyles) -> str:
    """Where the run that is drawn at this cell of a line leads."""
    end = 0
    for run in runs_as_drawn(line, styles):
        end += cells(run.text)
        if x < end:
            return run.href
    return ""


class Closed(str):
    """Blanks for the cells that a text takes at most, with the text written over them once they are drawn.

    Terminals count the text differently. So its cells are blanked, the text is written over them, and the cursor goes
    on where the blanks end, wherever the text has taken it. To Textual these are blanks, to be cut and moved as any.
    """

    __slots__ = ("over",)
    over: str

    def __format__(self, _: str) -> str:
        """What a strip writes between the codes of its style."""
        return f"{' ' * len(self)}\x1b7\x1b[{len(self)}D{self.over}\x1b8"  # remember, go back, write, return

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and (len(self), self.over) == (len(other), other.over)

    def __hash__(self) -> int:
        return hash((len(self), self.over))


def closed(text: str, style: Style) -> Segment:
    """Text that terminals count differently, as exactly as many cells as the widest of them gives it."""
    blanks = Closed(" " * cells(text))
    blanks.over = text
    # Without any code there is nothing to write it between.
    return Segment(blanks, style if style.color or style.bgcolor else style + _OWN_COLOUR)


def plain(text: str) -> Content:
    """Text for the rule round a box; never markup, whatever brackets a source's name holds."""
    return Content(f" {as_drawn(drawable(text))} " if text else "")


class Pane(ScrollView, can_focus=True):
    """A scrolling pane with a title in its upper rule, and a thin rail at its right that shows where one is.

    The rail is part of the lines: ready-made scroll bars are widgets of their own, to be laid out and drawn again
    with every line scrolled.
    """

    ALLOW_SELECT = False

    def __init__(self, pane_id: str | None = None) -> None:
        super().__init__(id=pane_id)
        self._thumb, self._held, self._entitled = range(0), False, ""
        self._drawn: dict[int, Strip] = {}
        self._drawn_for: tuple[object, ...] = ()
        self._made_for: tuple[object, ...] = ()

    @property
    def line_count(self) -> int:
        """How many lines there are to scroll through."""
        return self.virtual_size.height

    @line_count.setter
    def line_count(self, lines: int) -> None:
        # Without its watcher, which has the whole screen arranged anew, for scroll bars that a pane does not have.
        if lines != self.line_count:
            self.set_reactive(Pane.virtual_size, Size(self.size.width, lines))
            self.refresh(Region(self.size.width - 1, 0, 1, self.size.height))

    @property
    def text_width(self) -> int:
        """The cells a line has, left of the rail."""
        return max(1, self.size.width - 1)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw these regions anew, the whole pane where none is named."""
        if not regions:
            self._drawn.clear()
        for region in regions:
            for y in region.line_range:
                self._drawn.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Another theme: draw all anew."""
        super().notify_style_update()
        self._drawn.clear()

    def forget_strips(self) -> None:
        """Another width, or other colours: no strip that a pane has kept is of use any more."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the pane, those anew that were to be.

        Textual asks for all lines of each pane that lies between two things that changed, a line to type in below and
        a list above. Those below the rule come as they are drawn, made as wide as the pane: they have the colours of
        the theme.
        """
        self._thumb, self._held = self._thumb_now(), self.has_focus
        rule, width = self.gutter.top, self.size.width
        filters, ground = self.get_line_filters(), self.background_colors[1]
        made_for = (width, self.role_styles)
        if made_for != self._made_for:
            self._made_for = made_for
            self.forget_strips()
        look = (self.size, self.scroll_offset, self._thumb, self._held, self.role_styles, ground, tuple(filters))
        if look != self._drawn_for:
            self._drawn.clear()
            self._drawn_for = look
        strips = []
        for y in range(crop.y - rule, crop.bottom - rule):
            strip = self._drawn.get(y)
            if strip is None and y < 0:
                (strip,) = super().render_lines(Region(0, y + rule, width, 1))
            elif strip is None:
                strip = self._filtered_line(y, filters, ground)
            self._drawn[y] = strip
            strips.append(strip if crop.width == width else strip.crop(*crop.column_span))
        return strips

    def _filtered_line(self, y: int, filters: Sequence[LineFilter], ground: Color) -> Strip:
        strip = self.render_line(y).adjust_cell_length(self.size.width, self.role_styles.style("text"))
        for each in filters:
            strip = strip.apply_filter(each, ground)
        return strip

    def render_line(self, y: int) -> Strip:
        """The line `y` of the pane, with its piece of the rail."""
        rail = "off" if y not in self._thumb else "hold" if self._held else "rail"
        return self.line_at(y + self.scroll_offset.y, rail)

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of what the pane shows, and the role of its last cell, for `draw`."""
        raise NotImplementedError

    def jump_on_rail(self, event: events.Click) -> bool:
        """Scroll to where the rail was clicked; False when the click was elsewhere. Other buttons click on nothing."""
        if event.button > 1:
            return True
        if event.x - self.gutter.left < self.text_width:
            return False
        self.move_to(self.line_count * (event.y - self.gutter.top) // max(1, self.size.height))
        return True

    @property
    def role_styles(self) -> RoleStyles:
        """The styles of the theme in use."""
        return role_styles(self.app.theme, getattr(self.app, "visual_order", False))

    def entitle(self, title: str) -> None:
        """Set the pane's title into its upper rule."""
        if has_right_to_left(title) and getattr(self.app, "visual_order", False):
            from tui.typeset.visual_order import text_in_visual_order

            title = text_in_visual_order(as_drawn(drawable(title)))
        if title != self._entitled:  # to set it draws the whole pane anew
            self._entitled, self.border_title = title, plain(title)

    def move_to(self, top: int) -> None:
        """Scroll so that this line is the first, at once."""
        self.scroll_to(y=top, animate=False, force=True)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel goes three lines on."""
        event.stop()
        self.move_to(self.scroll_offset.y + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel goes three lines back."""
        event.stop()
        self.move_to(self.scroll_offset.y - _WHEEL)

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
        self.move_to(self.line_count)

    def _thumb_now(self) -> range:
        """Which lines of the pane the thumb of the rail covers."""
        shown, whole = self.size.height, self.line_count
        if whole <= shown:
            return range(0)
        length = max(1, shown * shown // whole)
        top = round((shown - length) * self.scroll_offset.y / max(1, whole - shown))
        return range(top, top + length)
