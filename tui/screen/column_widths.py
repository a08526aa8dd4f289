"""How wide the columns are: set by keys and by drag, remembered for each class of width."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import events
from textual.screen import Screen

from tui.config.table import LIST_WIDTH, RELATED_WIDTH
from tui.panes.base import Pane
from tui.settings import COLUMNS, width_class

if TYPE_CHECKING:
    from tui.screen.first_parts import FirstParts

_LEAST = 20  # cells of a column
_MOST = 1000
_LEAST_READER = 36  # cells that stay for the article and the edges beside it


class ColumnWidths:
    """Sets the widths of the list and the sidebar; the article has the rest."""

    def __init__(self, first: FirstParts, screen: Screen[None]) -> None:
        self.context = first.context
        self._list, self._reader, self._related = first.panes
        self._writing = first.writing
        self._screen = screen
        self._dragged: Pane | None = None
        self._given: list[int] = []
        self._chosen_now: set[str] = set()

    @cached_property
    def _chosen(self) -> dict[str, list[int]]:
        """What was chosen for each class of width; a library may hold anything there."""
        chosen = {}
        for name, widths in self.context.library.setting(*COLUMNS).items():
            if isinstance(widths, list) and len(widths) == 2 and all(type(each) is int for each in widths):
                chosen[name] = [min(max(0, each), _MOST) for each in widths]
        return chosen

    def fit(self, columns: int) -> None:
        """The screen has so many columns now: as its reader chose for one of this class, or as the stylesheet says.

        What the settings say goes before what was chosen another time.
        """
        widths = self._widths(width_class(columns))
        room = columns - _LEAST_READER
        listed = widths[0] or min(max(29, columns * 32 // 100), 64)  # as the stylesheet has it
        related = min(widths[1], max(_LEAST, room - listed)) if widths[1] else 0
        spread = self._screen.has_class("-front")  # as the stylesheet has it
        beside = related if width_class(columns) == "wide" else 0
        _set(self._list, min(widths[0], max(_LEAST, room - beside)) if widths[0] and not spread else 0)
        _set(self._related, related)

    def _widths(self, name: str) -> list[int]:
        """The widths for a class of width, 0 for what the stylesheet says."""
        given = [self.context.setting(LIST_WIDTH), self.context.setting(RELATED_WIDTH)]
        if given != self._given:
            self._given = given
            self._chosen_now.clear()
        if name == "narrow":
            return [0, 0]
        chosen = self._chosen.get(name, [0, 0])
        return (
            chosen if name in self._chosen_now else [set_to or had for set_to, had in zip(given, chosen, strict=True)]
        )

    def widen(self, by: int) -> None:
        """Make the column that has the keys wider, or narrower; the article takes from the list, else the sidebar."""
        if not self._movable():
            self.context.say("There is one column here; a wider screen has more.")
            return
        focused = self._screen.focused
        if focused is self._list or focused is self._related:
            self._resize(focused, _width(focused) + by)
            return
        beside = self._list if self._list.display else self._related
        if beside.display:
            self._resize(beside, _width(beside) - by)
        else:
            self.context.say("The article has the whole screen already.")

    def mouse(self, event: events.MouseEvent) -> None:
        """A press between two columns takes hold of their edge, moving moves it, letting go keeps it."""
        x = event.screen_x
        if isinstance(event, events.MouseDown):
            self._dragged = self._edge_at(x) if event.button == 1 else None
            if self._dragged is not None:
                self._screen.capture_mouse()
        elif self._dragged is not None and isinstance(event, events.MouseUp):
            self._screen.release_mouse()
            self._keep()
            self._dragged = None
        elif self._dragged is self._list:
            self._resize(self._list, x, keep=False)
        elif self._dragged is self._related:
            self._resize(self._related, self._screen.size.width - x - 1, keep=False)

    def _movable(self) -> bool:
        return width_class(self._screen.size.width) != "narrow"

    def _edge_at(self, x: int) -> Pane | None:
        """The column whose edge is there; the cell between two columns is of neither."""
        if not self._movable():
            return None
        if self._list.display and x == self._list.region.right:
            return self._list
        return self._related if self._related.display and x == self._related.region.x - 1 else None

    def _resize(self, column: Pane, width: int, *, keep: bool = True) -> None:
        columns = self._screen.size.width
        other = self._related if column is self._list else self._list
        room = columns - _LEAST_READER - (_width(other) if other.display else 0)
        name = width_class(columns)
        widths = self._chosen[name] = self._widths(name)
        self._chosen_now.add(name)
        widths[column is self._related] = min(max(_LEAST, width), max(_LEAST, room))
        self.fit(columns)
        if keep:
            self._keep()

    def _keep(self) -> None:
        chosen = {name: list(widths) for name, widths in self._chosen.items()}
        self._writing.write(lambda: self.context.library.set_setting(COLUMNS.name, chosen))


def _width(column: Pane) -> int:
    """The cells a column has, or will have once what was set is drawn."""
    set_to = column.styles.inline.width if column.styles.inline.has_rule("width") else None
    return int(set_to.value) if set_to else column.size.width


def _set(column: Pane, width: int) -> None:
    """So many cells for a column; 0 leaves that to the stylesheet."""
    styles = column.styles
    for rule in ("width", "min_width", "max_width"):
        if width:
            setattr(styles, rule, width)
        elif styles.inline.has_rule(rule):
            styles.inline.clear_rule(rule)
            column.refresh(layout=True)
