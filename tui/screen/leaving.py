"""Leaving the reader: not before all that was done in it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cache.errors import CacheError
from tui.config.table import WHAT_Q_DOES
from tui.settings import FRONT_OPEN, HIDDEN_PANES, OPEN_ARTICLE, Setting

if TYPE_CHECKING:
    from tui.screen.first_parts import FirstParts


class Leaving:
    """Goes back a level, and on the uppermost one out.

    Leaving waits for the last act, then calls `leave`; a reader who asks twice leaves without, and nobody else does.
    `stop` ends a refresh, and says whether there was one.
    """

    def __init__(self, first: FirstParts, stop: Callable[[], bool], leave: Callable[[], object]) -> None:
        self.context = first.context
        self._first = first
        self._writing = first.writing
        self._stop = stop
        self._leave = leave
        self._begun = False

    def escape(self) -> None:
        """Close the line that is typed in; stop the refresh; put away the notice; else go back a level."""
        if self._first.prompting.give_up() or self._stop():
            return
        if self._first.status.status.notice:  # has been read
            self._writing.write(lambda: self.context.library.set_setting("notice", ""))
        elif not self._first.levels.up():
            self.context.say("")

    def back(self) -> None:
        """Back a level, and on the uppermost one out; out at once where that is set or under way."""
        try:
            at_once = self._writing.leaving or self.context.setting(WHAT_Q_DOES) == "leave"
            moved = not at_once and self._first.levels.up()
        except CacheError:  # a library that cannot be read holds nobody
            moved = False
        if not moved:
            self.ask()

    def ask(self) -> None:
        """The reader wants to leave; the second time, not to wait for what is not kept yet."""
        if self._writing.leaving:
            self._writing.give_up()
        self._writing.leaving = True
        self.begin()

    def begin(self) -> None:
        """Keep the place in the open article, too, and leave; once begun, only the acts are waited for."""
        if self._begun:
            return
        self._begun = True
        with self.context.telling():
            self._first.articles.leave()
            self._first.listing.left()
            if (chose_front := self._first.listing.chose_front) is not None:
                self._remember(FRONT_OPEN, chose_front)
            self._remember(HIDDEN_PANES, self._first.pane_layout.hidden)
            self._remember(OPEN_ARTICLE, self._first.articles.opened_id)
        self.context.start(self._wait, group="leaving")

    def _remember(self, setting: Setting, value: object) -> None:
        """Keep for the next start how things are left."""
        if value != self.context.library.setting(*setting):
            self._writing.write(partial(self.context.library.set_setting, setting.name, value))

    async def _wait(self) -> None:
        await self._writing.drained()
        self._leave()
