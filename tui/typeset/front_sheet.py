"""The front page laid out: in one column by rank, or as a newspaper's front with a lead, seconds and sections."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from cache.front_page import FOLLOWED_SECTION
from tui.settings import Density
from tui.typeset.front_page import REST
from tui.typeset.front_rows import (
    IN_COLUMNS,
    IN_ONE_COLUMN,
    LEAD,
    LOW,
    SECOND,
    FrontRow,
    RowLook,
    RowRoom,
    set_front_row,
)
from tui.typeset.line import BLANK, Line, line
from tui.typeset.wrap import clip

NEWSPAPER = 84
"""Cells from which on the page is a newspaper's front: fewer than the list has on its own on a screen of 160."""
_COLUMN = 36  # cells that a column has at least
_MOST_COLUMNS = 5
_GAP = 3  # cells between two columns, a rule in their middle
_GOES_ON = ", continued"
_OTHERS = "What else happened"
_LEAST = 8  # cells of a pane that has a size already
_LOW = 14  # lines of a pane under which rows are short
_MOST_UNDER = 2  # stories that may stand under the lead
_THREE_SECONDS = 130  # cells from which on three stories stand beside the lead


class PlacedRow(NamedTuple):
    """Where something stands on the sheet: a row of it by its number, or lines of no row (`row` is -1)."""

    row: int
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...] = ()


class FrontSheet:
    """Rows in reading order, each in its place."""

    def __init__(self, rows: Sequence[FrontRow], size: tuple[int, int], density: Density, *, broad: bool) -> None:
        """`size` is that of the pane, in cells and lines; `broad` where the screen has room for a newspaper."""
        width, height = size
        self.rows: list[FrontRow] = []
        self.places: list[PlacedRow] = []
        """Of the rows, one for each."""
        self.line_count = 0
        self._rooms: list[RowRoom] = []
        self._plain: list[tuple[Line, ...]] = []
        self._drawn: defaultdict[int, list[PlacedRow]] = defaultdict(list)
        if broad and width >= NEWSPAPER and rows:
            _Newspaper(self, width, density).lay(rows)
        else:
            room = (
                IN_ONE_COLUMN[1]
                if width < _LEAST or density == 1
                else IN_ONE_COLUMN[density]
                if height >= _LOW
                else LOW
            )
            self._one_column(rows, width, room)
        for place in self.places:
            self._draw(place)

    @property
    def ids(self) -> list[int]:
        """The reports that the rows stand for."""
        return [row.id for row in self.rows]

    def _one_column(self, rows: Sequence[FrontRow], width: int, room: RowRoom) -> None:
        """By rank, behind those that are followed."""
        followed = [row for row in rows if row.story.followed]
        for name, of_name in (
            (FOLLOWED_SECTION, followed),
            (_OTHERS, [row for row in rows if not row.story.followed]),
        ):
            if followed and of_name:
                self.put([line(f"  {name}", "section")], 0, self.line_count, width)
            for row in of_name:
                self.add(row, 0, self.line_count, width, room)

    def add(self, row: FrontRow, x: int, y: int, width: int, room: RowRoom) -> int:
        """Put a row there; how many lines it has."""
        self._plain.append(set_front_row(row, width, room))
        height = len(self._plain[-1])
        self.places.append(PlacedRow(len(self.rows), x, y, width, height))
        self.rows.append(row)
        self._rooms.append(room)
        self.line_count = max(self.line_count, y + height)
        return height

    def put(self, lines: Sequence[Line], x: int, y: int, width: int) -> None:
        """Put lines of no row there."""
        self._draw(PlacedRow(-1, x, y, width, len(lines), tuple(lines)))
        self.line_count = max(self.line_count, y + len(lines))

    def lines(self, at: int, is_open: bool, highlighted: bool) -> tuple[Line, ...]:
        """A row as it looks where it is open or highlighted."""
        if not is_open and not highlighted:
            return self._plain[at]
        look = RowLook(is_open, highlighted)
        return set_front_row(self.rows[at], self.places[at].width, self._rooms[at], look)

    def pieces(self, y: int) -> list[PlacedRow]:
        """What stands on a line, from the left."""
        return sorted(self._drawn.get(y, ()), key=lambda place: place.x)

    def row_at(self, x: int, y: int) -> int:
        """The row that stands there, -1 for none."""
        there = (place.row for place in self._drawn.get(y, ()) if place.x <= x < place.x + place.width)
        return next(there, -1)

    def further(self, at: int, lines: int) -> int:
        """The row about so many lines below (or above) in the same column; at its end the next in reading order."""
        if at >= len(self.places):
            return 0
        from_place = self.places[at]
        column = [place for place in self.places if place.x == from_place.x and place.width == from_place.width]
        wanted = from_place.y + lines
        near = min(column, key=lambda place: (abs(place.y - wanted), place.row)).row
        return near if near != at else min(max(at + (1 if lines > 0 else -1), 0), len(self.rows) - 1)

    def _draw(self, place: PlacedRow) -> None:
        for y in range(place.y, place.y + place.height):
            self._drawn[y].append(place)


class _Newspaper:
    """Lays a lead with seconds beside it, and the rest by section in columns."""

    def __init__(self, sheet: FrontSheet, width: int, density: Density) -> None:
        self._sheet = sheet
        self._width = width
        self._room = IN_COLUMNS[density]

    def lay(self, rows: Sequence[FrontRow]) -> None:
        """All rows, the lead the first that is not followed: those that are stand under their own heading."""
        others = [row for row in rows if not row.story.followed]
        under, seconds = self._beside_the_lead(others) if others else ([], [])
        head = [*others[:1], *under, *seconds]
        above = self._head(head[0], under, seconds) if head else []
        if rest := [row for row in rows if row not in head]:
            at = self._sheet.line_count
            self._sheet.line_count += 1
            below = self._rest(rest)
            self._sheet.put([line(_across(self._width, above, below), "rule")], 0, at, self._width)

    def _beside_the_lead(self, rows: Sequence[FrontRow]) -> tuple[list[FrontRow], list[FrontRow]]:
        """Those that stand under the lead, and those beside it: so many that neither column is left half empty."""
        left, seconds = self._left(), 3 if self._width >= _THREE_SECONDS else 2
        lead = self._height(rows[0], left - _GAP, LEAD)
        found, least = 0, math.inf
        for under in range(_MOST_UNDER + 1):
            beside = rows[1 + under : 1 + under + seconds]
            high = sum(self._height(row, self._width - left, SECOND) for row in beside)
            low = lead + sum(self._height(row, left - _GAP, SECOND) for row in rows[1 : 1 + under])
            if len(beside) == seconds and abs(high - low) < least:
                found, least = under, abs(high - low)
        return [*rows[1 : 1 + found]], [*rows[1 + found : 1 + found + seconds]]

    def _left(self) -> int:
        """Where the seconds begin."""
        return self._width * 3 // 5

    def _height(self, row: FrontRow, width: int, room: RowRoom) -> int:
        return len(set_front_row(row, width, room))

    def _head(self, lead: FrontRow, under: Sequence[FrontRow], seconds: Sequence[FrontRow]) -> list[int]:
        """The lead, those under it, and the seconds; where the rule between them stands."""
        sheet = self._sheet
        left = self._left() if seconds else self._width
        width = left - _GAP if seconds else left
        y = sheet.add(lead, 0, 0, width, LEAD)
        for row in under:
            y += sheet.add(row, 0, y, width, SECOND)
        y = 0
        for row in seconds:
            y += sheet.add(row, left, y, self._width - left, SECOND)
        if not seconds:
            return []
        sheet.put(_upright(sheet.line_count), left - _GAP, 0, _GAP)
        return [left - _GAP + 1]

    def _rest(self, rows: Sequence[FrontRow]) -> list[int]:
        """All others by section in columns; where the rules between these stand."""
        columns = min(max(2, (self._width + _GAP) // (_COLUMN + _GAP)), _MOST_COLUMNS)
        width = (self._width - _GAP * (columns - 1)) // columns
        top, begun = self._sheet.line_count, 0
        units = _units(rows)
        heights = [len(set_front_row(row, width, self._room)) for _, row in units]
        target = -(-(sum(heights) + 2 * len({name for name, _ in units})) // columns)
        x, y, said = 0, top, ""
        for (name, row), height in zip(units, heights, strict=True):
            if y > top and y - top + height / 2 > target and begun < columns - 1:
                begun += 1
                x, y = begun * (width + _GAP), top
            if name and (name != said or y == top):
                heading = clip(name, width - 3 - len(_GOES_ON)) + _GOES_ON if name == said else clip(name, width - 3)
                self._sheet.put([line(f"  {heading}", "section"), BLANK], x, y, width)
                y += 2
            said = name
            y += self._sheet.add(row, x, y, width, self._room)
        for each in range(1, begun + 1):
            rule = _upright(self._sheet.line_count - top)
            self._sheet.put(rule, each * (width + _GAP) - _GAP, top, _GAP)
        return [each * (width + _GAP) - _GAP + 1 for each in range(1, begun + 1)]


def _units(rows: Sequence[FrontRow]) -> list[tuple[str, FrontRow]]:
    """The rows by their sections, in the order of the first of each: those followed first, those of none last."""
    found: dict[str, list[FrontRow]] = {}
    for row in rows:
        found.setdefault(FOLLOWED_SECTION if row.story.followed else row.story.section, []).append(row)
    followed = [(FOLLOWED_SECTION, row) for row in found.pop(FOLLOWED_SECTION, [])]
    loose = found.pop("", [])
    named = [(name, row) for name, of_section in found.items() for row in of_section]
    return [*followed, *named, *((REST if named or followed else "", row) for row in loose)]


def _across(width: int, above: Sequence[int], below: Sequence[int]) -> str:
    """A rule that those above and below it meet."""
    joints = {(True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─"}
    return "".join(joints[at in above, at in below] for at in range(width))


def _upright(height: int) -> list[Line]:
    return [line(" │ ", "rule")] * max(0, height)
