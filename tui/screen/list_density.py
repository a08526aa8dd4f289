"""How many lines a row of the list has: one, two or four, remembered for each class of width."""

from __future__ import annotations

from functools import partial

from tui.config.table import ROWS
from tui.panes.article_list import ArticleList
from tui.screen.context import ScreenContext
from tui.screen.writing import Writing
from tui.settings import DENSITIES, Density, width_class

_SAID = {1: "One line a row.", 2: "Two lines a row.", 4: "Four lines a row, with the dek."}


_SAID_OF_STORIES = {
    1: "A line for each story.",
    2: "Headline and counts, and the beginning of what is said.",
    4: "All that is said of each story.",
}


class ListDensity:
    """Sets the rows of the list to what the reader chose for a screen of that width."""

    def __init__(self, context: ScreenContext, article_list: ArticleList, writing: Writing) -> None:
        self.context = context
        self._list = article_list
        self._writing = writing
        self._chosen: dict[str, Density] = {}
        self._class = width_class(0)

    def fit(self, width: int) -> None:
        """The screen has so many columns now."""
        self._class = width_class(width)
        self._set()

    def begin_anew(self) -> None:
        """What the settings say has changed: it goes before what was chosen in this sitting."""
        self._chosen.clear()
        self._set()

    def next(self) -> None:
        """The next density: a line more, and after four lines one again."""
        at = DENSITIES.index(self._list.density) + 1
        density = self._list.density = DENSITIES[at % len(DENSITIES)]
        self._chosen[self._class] = density
        rows = ROWS[self._class]
        keep = partial(self.context.library.set_setting, rows.kept, density)
        self._writing.write(
            keep,
            notice=(_SAID_OF_STORIES if self._list.rows.sheet else _SAID)[density] + self.context.at_next_start(rows),
        )

    def _set(self) -> None:
        if self._class not in self._chosen:
            wanted = self.context.setting(ROWS[self._class])
            self._chosen[self._class] = next(density for density in DENSITIES if density == wanted)
        self._list.density = self._chosen[self._class]
