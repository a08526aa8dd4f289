"""Pictures in the lines of an article: as many half blocks as their place has cells, made beside the screen.

The place is known before: a picture's size is in the name of its file, so no line moves when the picture is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.typeset.picture_place import PicturePlace, PictureRow

_REMEMBERED = 12  # pictures
_LARGEST = 1_000  # pixels of a side; what is larger is none that we have kept


class PicturePainter:
    """Paints rows of pictures; `start` begins work beside the screen, `painted` is called when there is more to see."""

    def __init__(self, start: Callable[[Coroutine[None, None, None]], object], painted: Callable[[], None]) -> None:
        self._start = start
        self._painted = painted
        self._rows: dict[PicturePlace, Sequence[Sequence[Segment]] | None] = {}

    def strip(self, row: PictureRow, width: int, margin: int, ground: Style) -> Strip:
        """The row in exactly `width` cells behind a margin; blank as long as its picture is not there."""
        place = row.place
        if place not in self._rows:
            self._rows[place] = None
            while len(self._rows) > _REMEMBERED:
                del self._rows[next(iter(self._rows))]
            self._start(self._paint(place))
        rows = self._rows[place]
        cells = list(rows[row.row]) if rows else [Segment(" " * place.columns, ground)]
        rest = max(0, width - margin - place.columns)
        return Strip([Segment(" " * margin, ground), *cells, Segment(" " * rest, ground)]).adjust_cell_length(width)

    async def _paint(self, place: PicturePlace) -> None:
        rows = await asyncio.to_thread(half_blocks, place)
        if rows and place in self._rows:
            self._rows[place] = rows
            self._painted()


def half_blocks(place: PicturePlace) -> list[list[Segment]]:
    """The rows of a picture, each cell with a pixel above and one below; empty where the file is gone or spoilt."""
    from PIL import Image

    try:
        with Image.open(place.path, formats=("WEBP",)) as found:
            if max(found.size) > _LARGEST:
                return []
            pixels = found.convert("RGB").resize((place.columns, 2 * place.rows)).tobytes()
    except (OSError, ValueError, SyntaxError):
        return []
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
