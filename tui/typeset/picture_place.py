"""Where a picture stands among the lines of an article, which its size alone decides."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_MOST_ROWS = 20
_PIXELS_A_CELL = 6  # of the picture, at least: a small one is not made large
_ENLARGED_PIXELS_A_CELL = 3


class PicturePlace(NamedTuple):
    """The file of a picture, and the cells that it has."""

    path: Path
    columns: int
    rows: int


class PictureRow(NamedTuple):
    """A row of a picture's place, from 0."""

    place: PicturePlace
    row: int


def placed(path: Path, size: tuple[int, int], width: int) -> PicturePlace:
    """The place of a picture of so many pixels in a column of so many cells, which are twice as high as wide."""
    columns = max(1, min(width, size[0] // _PIXELS_A_CELL))
    rows = max(1, round(columns * size[1] / size[0] / 2))
    if rows > _MOST_ROWS:
        rows, columns = _MOST_ROWS, max(1, round(2 * _MOST_ROWS * size[0] / size[1]))
    return PicturePlace(path, min(columns, width), rows)


def enlarged(path: Path, size: tuple[int, int], width: int, height: int) -> PicturePlace:
    """The place of a picture as large as so many cells hold it; not blown up beyond all detail."""
    columns = max(1, min(width, size[0] // _ENLARGED_PIXELS_A_CELL))
    rows = max(1, round(columns * size[1] / size[0] / 2))
    if rows > height:
        rows, columns = height, max(1, round(2 * height * size[0] / size[1]))
    return PicturePlace(path, min(columns, width), rows)
