"""What a terminal shows after all that was written to it, and what it would show were all painted from nothing."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console, RenderableType
from textual._compositor import CompositorUpdate
from textual.screen import Screen
from textual.widget import Widget

from tui.app import Broadsheet
from tui.panes.article_list import ArticleList
from tui.panes.base import Pane

_PIECES = re.compile(
    r"\x1b\[(\d+);(\d+)H|\x1b\[(\d+)D|\x1b([78])|\x1b\[([\d;]*)m|\x1b\]8;([^\x1b]*)\x1b\\|(\n)|(.)", re.S
)
_BLANK = (" ", "", "")


class _Cell(NamedTuple):
    text: str
    style: str
    link: str


class Grid:
    """The cells of a terminal, each with its style."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], _Cell] = {}

    def write(self, written: str) -> None:
        """Take over what is written: text, moves of the cursor, styles and links."""
        x = y = 0
        style = link = ""
        kept = (0, 0)
        for row, column, back, saved, codes, href, newline, text in _PIECES.findall(written):
            if row:
                x, y = int(column) - 1, int(row) - 1
            elif back:
                x -= int(back)
            elif saved:
                kept, (x, y) = ((x, y), (x, y)) if saved == "7" else (kept, kept)
            elif text:
                width = cell_len(text)
                if width:
                    self.cells[x, y] = _Cell(text, style, link)
                for right in range(x + 1, x + width):
                    self.cells[right, y] = _Cell("", style, link)
                x += width
            elif newline:
                x, y = 0, y + 1
            elif href or "8;;" in href:
                link = href.partition(";")[2]
            else:
                style = "" if codes in ("", "0") else codes

    def rows(self, width: int, height: int) -> list[list[_Cell]]:
        """What stands on a screen of this size."""
        blank = _Cell(*_BLANK)
        return [[self.cells.get((x, y), blank) for x in range(width)] for y in range(height)]


class PaintedBroadsheet(Broadsheet):
    """The reader on a terminal whose cells can be looked at."""

    CSS_PATH = Path(inspect.getfile(Broadsheet)).with_name("broadsheet.tcss")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.seen = Grid()
        self.inks = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count and self._running:
            self.seen.write(renderable.render_segments(self.inks))
        super()._display(screen, renderable)

    def otherwise(self) -> list[str]:
        """Each line that would be another were all painted from nothing, as it is and as it would be."""
        width, height = self.screen.size
        anew = Grid()
        with self._nothing_kept():
            update = self.screen._compositor.render_update(full=True, screen_stack=self._background_screens)
            assert isinstance(update, CompositorUpdate)
            anew.write(update.render_segments(self.inks))
        wrong = []
        pairs = zip(self.seen.rows(width, height), anew.rows(width, height), strict=True)
        for y, (shown, wanted) in enumerate(pairs):
            if shown != wanted:
                first = next(x for x in range(width) if shown[x] != wanted[x])
                wrong.append(
                    f"line {y} from column {first}\n"
                    f"  shown {_text(shown)} {shown[first]}\n  anew  {_text(wanted)} {wanted[first]}"
                )
        return wrong

    @contextmanager
    def _nothing_kept(self) -> Iterator[None]:
        """Have every widget draw from what is so now, and leave what it kept as it was."""
        with ExitStack() as stack:
            for shown in (self.screen, *self._background_screens):
                for widget in (shown, *shown.query("*")):
                    stack.enter_context(_without_kept(widget))
            yield


@contextmanager
def _without_kept(widget: Widget) -> Iterator[None]:
    widget._styles_cache.clear()
    keeping = [(widget, "_drawn"), (widget, "_strips"), (widget, "_rows")] if isinstance(widget, Pane) else []
    if isinstance(widget, ArticleList):
        keeping.append((widget._entries, "_known"))  # type: ignore[arg-type]
    kept = [(holder, name, vars(holder)[name]) for holder, name in keeping if isinstance(vars(holder).get(name), dict)]
    for holder, name, _ in kept:
        setattr(holder, name, {})
    try:
        yield
    finally:
        for holder, name, value in kept:
            setattr(holder, name, value)


def _text(row: list[_Cell]) -> str:
    return "".join(cell.text for cell in row)
