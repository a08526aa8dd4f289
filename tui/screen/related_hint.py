"""Telling, the first times, how related stories are opened where the screen has no room for them."""

from __future__ import annotations

from functools import partial

from tui.screen.context import ScreenContext
from tui.screen.writing import Writing
from tui.settings import RELATED_TOLD

_TIMES = 3


class RelatedHint:
    """Says it a few times in the life of a library, then no more."""

    def __init__(self, context: ScreenContext, writing: Writing) -> None:
        self.context = context
        self._writing = writing
        self._told: int | None = None

    def tell(self, number: int) -> None:
        """An article with so many related stories has been opened, which are not in view."""
        if self._told is None:
            self._told = int(self.context.library.setting(*RELATED_TOLD))
        if number and self._told < _TIMES:
            self._told += 1
            several = "1 and 2" if number == 2 else f"1 to {min(number, 9)}"
            keys = "1 opens the related story" if number == 1 else f"{several} open related stories"
            self.context.say_of_article(self.context.keyed(f"{keys}, {{main.sidebar|i}} shows them."))
            self._writing.write(partial(self.context.library.set_setting, RELATED_TOLD.name, self._told))
