"""Noticing that something on disk has changed, whoever changed it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.library import Library

INTERVAL = 0.5  # seconds between looks


class LibraryWatch:
    """Compares the library's revision with the one on screen; `changed` is called when they differ."""

    def __init__(self, library: Library, changed: Callable[[], None]) -> None:
        self._library = library
        self._changed = changed
        self._revision = -1
        self._not_before = 0.0

    def is_current(self) -> bool:
        """Whether nothing has changed since the last look."""
        return self._library.revision() == self._revision

    def catch_up(self) -> None:
        """Take the library as it now is for what is on screen."""
        self._revision = self._library.revision()

    def pause(self, seconds: float) -> None:
        """Take no change over for so long."""
        self._not_before = time.monotonic() + seconds

    def look(self) -> None:
        """Call `changed` where something has changed."""
        revision = self._library.revision()
        if revision != self._revision and time.monotonic() >= self._not_before:
            self._revision = revision
            self._changed()
