"""Where the rows of a list stand: each as high as the others, or as a front page lays them out."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Protocol

from textual.geometry import Region

from tui.panes.article_row import row_height
from tui.settings import Density

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tui.typeset.front_sheet import FrontSheet


class LaysOut(Protocol):
    """What lays the rows of a front page out."""

    def sheet(self, shown: Sequence[int], width: int, height: int, density: Density) -> FrontSheet:
        """Those of its rows that are shown, in a pane of that size."""
        ...


class ListRows:
    """Tells which lines a row has; `sheet` where a front page is listed."""

    def __init__(self) -> None:
        self.height = 1
        """The lines of each row, where all have as many."""
        self.sheet: FrontSheet | None = None

    def measure(self, density: Density, *, found: bool) -> None:
        """All rows have as many lines as that density says."""
        self.height, self.sheet = row_height(density, found=found), None

    def lay_out(self, sheet: FrontSheet) -> None:
        """The rows stand where the sheet has them."""
        self.height, self.sheet = 1, sheet

    def lines(self, number: int) -> int:
        """The lines of so many rows."""
        return self.sheet.line_count if self.sheet else number * self.height

    def span(self, at: int) -> tuple[int, int]:
        """The first line of a row, and how many it has."""
        if self.sheet is None:
            return at * self.height, self.height
        place = self.sheet.places[at] if at < len(self.sheet.places) else None
        return (place.y, place.height) if place else (0, 1)

    def region(self, at: int, width: int, scrolled: int) -> Region:
        """Where a row stands on a pane that is scrolled by so many lines."""
        y, height = self.span(at)
        if self.sheet is None:
            return Region(0, y - scrolled, width, height)
        place = self.sheet.places[at] if at < len(self.sheet.places) else None
        return Region(place.x, y - scrolled, place.width, height) if place else Region(0, 0, 0, 0)

    def row_at(self, x: int, y: int) -> int:
        """The row whose lines are there; -1 for none."""
        return y // self.height if self.sheet is None else self.sheet.row_at(x, y)

    def further(self, at: int, rows: int, height: int) -> int:
        """The row a page of `height` lines further, which has so many rows where all are alike."""
        return at + rows if self.sheet is None else self.sheet.further(at, (1 if rows > 0 else -1) * height)


def without(ids: array[int], dropped: Container[int]) -> array[int]:
    """The ids that are not dropped."""
    return array("q", [entry_id for entry_id in ids if entry_id not in dropped])


def with_held(ids: array[int], before: array[int], index: int) -> array[int]:
    """The new ids with the highlighted one of those before kept, though it no longer belongs: behind its neighbour."""
    present = set(ids)
    neighbour = next((before[at] for at in range(index - 1, -1, -1) if before[at] in present), 0)
    kept = ids[:]
    kept.insert(ids.index(neighbour) + 1 if neighbour else 0, before[index])
    return kept
