"""How many lines a row of the list has: one, two or four, remembered for each class of width."""

from __future__ import annotations

from functools import partial

from tui.panes.article_list import ArticleList
from tui.screen.context import ScreenContext
from tui.screen.writing import Writing
from tui.settings import DENSITIES, Density, Setting, density_at

_SAID = {1: "One line a row.", 2: "Two lines a row.", 4: "Four lines a row, with the dek."}


class ListDensity:
    """Sets the rows of the list to what the reader chose for a screen of that width."""

    def __init__(self, context: ScreenContext, article_list: ArticleList, writing: Writing) -> None:
        self.context = context
        self._list = article_list
        self._writing = writing
        self._chosen: dict[str, Density] = {}
        self._setting = density_at(0)

    def fit(self, width: int) -> None:
        """The screen has so many columns now."""
        self._setting = density_at(width)
        if self._setting.name not in self._chosen:
            self._chosen[self._setting.name] = self._kept(self._setting)
        self._list.density = self._chosen[self._setting.name]

    def next(self) -> None:
        """The next density: a line more, and after four lines one again."""
        at = DENSITIES.index(self._list.density) + 1
        density = self._list.density = DENSITIES[at % len(DENSITIES)]
        self._chosen[self._setting.name] = density
        keep = partial(self.context.library.set_setting, self._setting.name, density)
        self._writing.write(keep, notice=_SAID[density])

    def _kept(self, setting: Setting) -> Density:
        kept = self.context.library.setting(*setting)
        return next((density for density in DENSITIES if density == kept), setting.default)
