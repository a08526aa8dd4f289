"""Refreshes that begin by themselves: every so many minutes while the reader is open, and on start."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from tui.config.table import EVERY, ON_START_AFTER
from tui.screen.context import ScreenContext


class AutomaticRefresh:
    """Calls `begin` when it is time for a refresh; `answered` says when a source last did, None for never."""

    def __init__(
        self, context: ScreenContext, begin: Callable[[], None], answered: Callable[[], datetime | None]
    ) -> None:
        self.context = context
        self._begin = begin
        self._answered = answered
        self._since = time.monotonic()

    def start(self) -> None:
        """Refresh on start, where that is set and the last answer is old enough."""
        minutes, answered = self.context.config[ON_START_AFTER], self._answered()
        if minutes and not (answered and timedelta() <= self.context.clock() - answered < timedelta(minutes=minutes)):
            self._refresh()

    def look(self) -> None:
        """Refresh where it is time to."""
        minutes = self.context.config[EVERY]
        if minutes and time.monotonic() >= self._since + 60 * minutes:
            self._refresh()

    def _refresh(self) -> None:
        """Without a network it is left for the next time, and nothing said."""
        self._since = time.monotonic()
        if self.context.library.online():
            self._begin()
