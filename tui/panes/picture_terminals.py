"""How a terminal is given pictures whole: by Kitty's placeholders, or as sixels; any other has half blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from rich.style import Style

from fetch.picture import SPOILT
from tui.panes.base import Closed
from tui.typeset.picture_place import PicturePlace

if TYPE_CHECKING:
    from PIL.Image import Image

PictureRows = list[list[Segment]]
_CELL = (8, 16)  # pixels of a cell in which Kitty is sent a picture, which it scales itself
_LARGEST = 1_000  # pixels of a side; what is larger is none that we have kept


class PictureTerminal(Protocol):
    """Makes rows of a picture in a thread, and shows them on the screen's loop."""

    def prepare(self, place: PicturePlace) -> object | None:
        """What is to be shown, made beside the screen; None where this terminal cannot show it whole."""

    def show(self, place: PicturePlace, prepared: object) -> PictureRows:
        """The rows that stand for it."""

    def forget(self, place: PicturePlace) -> None:
        """It is shown no more."""


class KittyPictures:
    """Pictures by Kitty's placeholders; `keep` has the terminal keep one under a number, `drop` forget it."""

    def __init__(self, keep: Callable[[int, str], None], drop: Callable[[int], None]) -> None:
        self._keep = keep
        self._drop = drop
        self._number = 0
        self._numbers: dict[PicturePlace, int] = {}

    def prepare(self, place: PicturePlace) -> object | None:
        """What Kitty is sent."""
        from tui.typeset import kitty

        size = place.columns * _CELL[0], place.rows * _CELL[1]
        pixels = pixels_of(place.path, size) if place.columns <= kitty.MOST_COLUMNS else b""
        return kitty.packed(pixels) if pixels else None

    def show(self, place: PicturePlace, prepared: object) -> PictureRows:
        """Placeholders, the picture being sent."""
        from tui.typeset import kitty

        self.forget(place)
        self._number = self._numbers[place] = self._number % kitty.MOST_NUMBERS + 1
        size = place.columns * _CELL[0], place.rows * _CELL[1]
        self._keep(self._number, kitty.sent(self._number, str(prepared), size, (place.columns, place.rows)))
        return kitty.placeholders(self._number, place.columns, place.rows)

    def forget(self, place: PicturePlace) -> None:
        """Have the terminal forget it."""
        if number := self._numbers.pop(place, 0):
            self._drop(number)


class SixelPictures:
    """Pictures as sixels, in cells of so many pixels, width and height."""

    def __init__(self, cell: tuple[int, int]) -> None:
        self.cell = cell

    def prepare(self, place: PicturePlace) -> object | None:
        """Its sixels, a row of cells each; in the shape it has, as large as its place holds."""
        from tui.typeset.sixel import MOST_COLOURS, sixels

        if (found := _opened(place.path)) is None:
            return None
        room = place.columns * self.cell[0], place.rows * self.cell[1]
        scale = min(room[0] / found.width, room[1] / found.height)
        size = max(1, int(found.width * scale)), max(1, int(found.height * scale))
        drawn = found.resize(size).quantize(MOST_COLOURS)
        return list(sixels(drawn.tobytes(), size[0], drawn.getpalette() or [], self.cell[1]))

    def show(self, place: PicturePlace, prepared: object) -> PictureRows:
        """Blanks, over which the sixels are written."""
        rows = list(prepared) if isinstance(prepared, list) else []
        return [[_over(row, place.columns)] for row in [*rows, *[""] * (place.rows - len(rows))]]

    def forget(self, place: PicturePlace) -> None:
        """What is drawn over is gone."""


def pixels_of(path: Path, size: tuple[int, int]) -> bytes:
    """The pixels of a picture in another size, each as red, green and blue; empty where the file is gone or spoilt."""
    found = _opened(path)
    return found.resize(size).tobytes() if found else b""


def _over(sixel: str, columns: int) -> Segment:
    blanks = Closed(" " * columns)
    blanks.over = sixel
    return Segment(blanks, Style(color="default"))


def _opened(path: Path) -> Image | None:
    """The picture in a file; None, too, where Pillow is here and does not load, as one made for another Python."""
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(path, formats=("WEBP",)) as found:
            return found.convert("RGB") if max(found.size) <= _LARGEST else None
    except (*SPOILT, Image.DecompressionBombError):
        return None
