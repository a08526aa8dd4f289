"""Pictures in the lines of an article, made beside the screen: in half blocks, or as the terminal itself shows them.

The place is known before: a picture's size is in the name of its file, so no line moves when the picture is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.typeset.picture_place import PicturePlace, PictureRow

_REMEMBERED = 12  # pictures
_CELL = (8, 16)  # pixels of a cell in which a terminal is sent a picture, which it scales itself
_LARGEST = 1_000  # pixels of a side; what is larger is none that we have kept


class PicturePainter:
    """Paints rows of pictures; `start` begins work beside the screen, `painted` is called when there is more to see."""

    def __init__(
        self,
        start: Callable[[Coroutine[None, None, None]], object],
        painted: Callable[[], None],
        sender: Callable[[], Callable[[str], object] | None],
    ) -> None:
        """`sender` gives what sends a picture to a terminal that shows it by placeholders, None for any other."""
        self._start = start
        self._painted = painted
        self._sender = sender
        self._sent: dict[PicturePlace, int] = {}
        self._number = 0
        self._rows: dict[PicturePlace, Sequence[Sequence[Segment]] | None] = {}

    def strip(self, row: PictureRow, blank: Strip, margin: int) -> Strip:
        """The row in a blank strip, behind a margin; blank as long as its picture is not there."""
        place = row.place
        if place not in self._rows:
            self._rows[place] = None
            while len(self._rows) > _REMEMBERED:
                self._forget(next(iter(self._rows)))
            self._start(self._paint(place))
        rows = self._rows[place]
        end = margin + place.columns
        if not rows or end > blank.cell_length:
            return blank
        return Strip.join([blank.crop(0, margin), Strip(rows[row.row], place.columns), blank.crop(end)])

    def _forget(self, place: PicturePlace) -> None:
        from tui.typeset.kitty import forgotten

        del self._rows[place]
        number, send = self._sent.pop(place, 0), self._sender()
        if number and send:
            send(forgotten(number))

    async def _paint(self, place: PicturePlace) -> None:
        rows = await self._sent_whole(place) or await asyncio.to_thread(half_blocks, place)
        if rows and place in self._rows:
            self._rows[place] = rows
            self._painted()

    async def _sent_whole(self, place: PicturePlace) -> list[list[Segment]]:
        """The placeholders of a picture that the terminal now has; none where it shows none so."""
        send = self._sender()
        if send is None:
            return []
        from tui.typeset import kitty

        size = place.columns * _CELL[0], place.rows * _CELL[1]
        pixels = await asyncio.to_thread(_pixels, place.path, size) if place.columns <= kitty.MOST_COLUMNS else b""
        if not pixels or place not in self._rows:
            return []
        self._number += 1
        self._sent[place] = self._number
        send(kitty.sent(self._number, pixels, size, (place.columns, place.rows)))
        return kitty.placeholders(self._number, place.columns, place.rows)


def half_blocks(place: PicturePlace) -> list[list[Segment]]:
    """The rows of a picture, each cell with a pixel above and one below; empty where the file is gone or spoilt."""
    pixels = _pixels(place.path, (place.columns, 2 * place.rows))
    return [_row(pixels[at : at + 6 * place.columns], place.columns) for at in range(0, len(pixels), 6 * place.columns)]


def _pixels(path: Path, size: tuple[int, int]) -> bytes:
    """The pixels of a picture in another size, each as red, green and blue; empty where the file is gone or spoilt.

    Empty, too, where Pillow is here and does not load, as one made for another Python.
    """
    try:
        from PIL import Image
    except ImportError:
        return b""
    from fetch.picture import SPOILT

    try:
        with Image.open(path, formats=("WEBP",)) as found:
            return found.convert("RGB").resize(size).tobytes() if max(found.size) <= _LARGEST else b""
    except (*SPOILT, Image.DecompressionBombError):
        return b""


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
