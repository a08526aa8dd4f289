"""Pictures in the lines of an article, made beside the screen: in half blocks, or as the terminal itself shows them.

The place is known before: a picture's size is in the name of its file, so no line moves when the picture is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from tui.panes.picture_terminals import PictureTerminal
    from tui.typeset.picture_place import PicturePlace, PictureRow

_REMEMBERED = 12  # pictures


class PicturePainter:
    """Paints rows of pictures in a pane; `painted` is called when there is more to see."""

    def __init__(self, pane: Widget, painted: Callable[[], object]) -> None:
        self._pane = pane
        self._painted = painted
        self._shown_by: PictureTerminal | None = None
        self._rows: dict[PicturePlace, Sequence[Sequence[Segment]] | None] = {}

    def strip(self, row: PictureRow, blank: Strip, margin: int) -> Strip:
        """The row in a blank strip, behind a margin; blank as long as its picture is not there."""
        place = row.place
        if self._terminal is not self._shown_by:
            self.forget_all()
        if place not in self._rows:
            self._rows[place] = None
            while len(self._rows) > _REMEMBERED:
                self._forget(next(iter(self._rows)))
            self._pane.call_after_refresh(self._begin, place)  # the text is seen first
        rows = self._rows[place]
        end = margin + place.columns
        if not rows or end > blank.cell_length:
            return blank
        return Strip.join([blank.crop(0, margin), Strip(rows[row.row], place.columns), blank.crop(end)])

    def forget_all(self) -> None:
        """Paint all of them anew, as the terminal now shows pictures, when they are looked at again."""
        for place in [*self._rows]:
            self._forget(place)
        self._shown_by = self._terminal

    @property
    def _terminal(self) -> PictureTerminal | None:
        """What shows pictures whole, None where there are half blocks only."""
        return getattr(self._pane.app, "picture_terminal", None)

    def _forget(self, place: PicturePlace) -> None:
        del self._rows[place]
        if self._shown_by:
            self._shown_by.forget(place)

    def _begin(self, place: PicturePlace) -> None:
        if place in self._rows:
            self._pane.run_worker(self._paint(place), group="pictures")

    async def _paint(self, place: PicturePlace) -> None:
        terminal = self._shown_by
        prepared = await asyncio.to_thread(terminal.prepare, place) if terminal else None
        rows = await asyncio.to_thread(half_blocks, place) if prepared is None else []
        if place in self._rows and terminal is self._shown_by:
            self._rows[place] = rows if terminal is None or prepared is None else terminal.show(place, prepared)
            self._painted()


def half_blocks(place: PicturePlace) -> list[list[Segment]]:
    """The rows of a picture, each cell with a pixel above and one below; empty where the file is gone or spoilt."""
    from tui.panes.picture_terminals import pixels_of  # with the first picture

    pixels = pixels_of(place.path, (place.columns, 2 * place.rows))
    return [_row(pixels[at : at + 6 * place.columns], place.columns) for at in range(0, len(pixels), 6 * place.columns)]


def _row(pixels: bytes, columns: int) -> list[Segment]:
    segments: list[Segment] = []
    before = b""
    for at in range(0, 3 * columns, 3):
        both = pixels[at : at + 3] + pixels[3 * columns + at : 3 * columns + at + 3]
        if both == before:
            segments[-1] = Segment(segments[-1].text + "▀", segments[-1].style)
        else:
            above, below = Color.from_rgb(*both[:3]), Color.from_rgb(*both[3:])
            segments.append(Segment("▀", Style.from_color(above, below)))
        before = both
    return segments
