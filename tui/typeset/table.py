"""Tables of data, fitted to a width: columns share what there is; what will not fit becomes records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from fetch.article import Cell, Table, plain
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.wrap import pad, wrap

_GAP = 2
_LEAST = 4  # cells: below this a column of words is unreadable, and records read better
_NUMBER = (  # compiled, and kept, by re itself when the first table comes
    r"[\s(~<>≈±+−–-]*[$€£¥]?\s*\d[\d\s.,:/%×x–-]*\s*(?:%|[a-zA-Z€$£°]{0,3})\)?\s*|[—–-]|[nN]/?[aA]"
)


SLIDES = "slides"
"""The role of the first run of lines that may be wider than the page: the rest of them is moved sideways."""

_WIDEST = 32  # cells of a column where a table is wider than the page


def set_table(table: Table, width: int, *, sliding: bool = False) -> Iterator[Line]:
    """The table as lines no wider than `width` cells, its caption above; `sliding` ones may be wider."""
    yield from (line(text, "caption") for text in wrap(table.caption, width) if text)
    grid = _grid(table)
    if not grid:
        return
    head = _is_head(table.rows[0])
    natural = [_natural(column) for column in zip(*grid, strict=True)]
    if widths := _fit(natural, width):
        yield from _columns(grid, widths, head=head)
    elif sliding:
        widths = [max(1, min(best, _WIDEST)) for _, best in natural]
        yield from (Line((Run("▏ ", SLIDES), *row.runs)) for row in _columns(grid, widths, head=head))
    else:
        yield from _records(grid, width, head=head)


def _grid(table: Table) -> list[list[str]]:
    """The cells' texts as a rectangle: a cell that spans is named once, its other places stay empty."""
    grid: list[list[str]] = []
    hanging: dict[int, int] = {}  # column → rows still covered from above
    for row in table.rows:
        texts: list[str] = []
        for cell in row:
            _skip_covered(texts, hanging)
            columns = max(1, min(cell.columns, 50))
            if cell.rows > 1:
                hanging.update({len(texts) + at: cell.rows - 1 for at in range(columns)})
            texts += [" ".join(plain(cell.spans).split())] + [""] * (columns - 1)
        _skip_covered(texts, hanging)
        grid.append(texts)
    wide = max((len(texts) for texts in grid), default=0)
    return [texts + [""] * (wide - len(texts)) for texts in grid] if wide else []


def _skip_covered(texts: list[str], hanging: dict[int, int]) -> None:
    while hanging.get(len(texts), 0) > 0:
        hanging[len(texts)] -= 1
        texts.append("")


def _is_head(row: Sequence[Cell]) -> bool:
    return bool(row) and all(cell.header for cell in row)


def _natural(column: Sequence[str]) -> tuple[int, int]:
    """The least and the best width of a column: its longest word, its longest text."""
    words = (cells(word) for text in column for word in text.split())
    return max(words, default=1), max((cells(text) for text in column), default=1)


def _fit(columns: list[tuple[int, int]], width: int) -> list[int]:
    """A width for each column, or [] when they cannot stand side by side."""
    room = width - _GAP * (len(columns) - 1)
    best = [max(1, natural) for _, natural in columns]
    if sum(best) <= room:
        return best
    least = [min(longest, max(_LEAST, natural)) for longest, natural in columns]
    if sum(least) > room:
        return []
    widths = least.copy()
    by_need = sorted(range(len(columns)), key=lambda at: best[at] - least[at])
    for left, at in zip(
        range(len(columns), 0, -1), by_need, strict=True
    ):  # who needs least first, then the others share
        widths[at] += min(best[at] - least[at], (room - sum(widths)) // left)
    return widths


def _columns(grid: list[list[str]], widths: list[int], *, head: bool) -> Iterator[Line]:
    body = grid[1:] if head else grid
    right = [
        any(column) and all(re.fullmatch(_NUMBER, text) for text in column if text)
        for column in zip(*body, strict=True)
    ]
    for at, row in enumerate(grid):
        role = "tablehead" if head and at == 0 else "text"
        yield from _row(row, widths, right or [False] * len(widths), role)
        if role == "tablehead":
            yield line((" " * _GAP).join("─" * wide for wide in widths), "rule")


def _row(row: list[str], widths: list[int], right: list[bool], role: str) -> Iterator[Line]:
    wrapped = [wrap(text, wide) for text, wide in zip(row, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        set_cells = (
            " " * (wide - cells(part)) + part if flush_right else pad(part, wide)
            for part, wide, flush_right in zip(parts, widths, right, strict=True)
        )
        yield Line((Run((" " * _GAP).join(set_cells), role),))


def _records(grid: list[list[str]], width: int, *, head: bool) -> Iterator[Line]:
    """A row after the other, each cell under its column's name."""
    names = grid[0] if head else [""] * len(grid[0])
    for at, row in enumerate(grid[1:] if head else grid):
        if at:
            yield BLANK
        for name, text in zip(names, row, strict=True):
            if text:
                record = f"{name}: {text}" if name else text
                yield from (line(part, "text") for part in wrap(record, width))
