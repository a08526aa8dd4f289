"""Noticing that something on disk has changed, whoever changed it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.library import Library

INTERVAL = 0.5  # seconds between looks for what other programs do
MOMENT = 0.1  # seconds between two looks when a refresh says that something has landed


class LibraryWatch:
    """Compares the library's revision with the one on screen; `changed` is called when they differ."""

    def __init__(self, library: Library, changed: Callable[[], None]) -> None:
        self._library = library
        self._changed = changed
        self._revision = -1
        self._not_before = self._heard = 0.0

    def is_current(self) -> bool:
        """Whether nothing has changed since the last look."""
        return self._library.revision() == self._revision

    def catch_up(self, revision: int | None = None) -> None:
        """Take the library as it is, or was at a revision, for what is on screen."""
        self._revision = self._library.revision() if revision is None else revision

    def hear(self) -> None:
        """Look, as something has landed; what lands in the same moment waits for the next word or look."""
        if time.monotonic() >= self._heard + MOMENT:
            self._heard = time.monotonic()
            self.look()

    def pause(self, seconds: float) -> None:
        """Take no change over for so long."""
        self._not_before = time.monotonic() + seconds

    def look(self) -> None:
        """Call `changed` where something has changed."""
        revision = self._library.revision()
        if revision != self._revision and time.monotonic() >= self._not_before:
            self._revision = revision
            self._changed()
