"""Changes to the library: one after the other, each shown once it is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from fetch.errors import NewsError
from tui.screen.context import Context
from tui.screen.library_watch import LibraryWatch

Change = Coroutine[Any, Any, object]


def _nothing() -> None:
    """Nothing follows a change."""


class Writing:
    """Has the library keep changes.

    `landed` is called with the entries a change was about once it is on disk, unless `running` says that the screen
    has been left.
    """

    def __init__(
        self,
        context: Context,
        watch: LibraryWatch,
        landed: Callable[[Iterable[int]], None],
        running: Callable[[], bool],
    ) -> None:
        self.context = context
        self._watch = watch
        self._landed = landed
        self._running = running
        self._lock = asyncio.Lock()

    def write(
        self, change: Change, ids: Iterable[int] = (), notice: str = "", then: Callable[[], object] = _nothing
    ) -> None:
        """Have a change to the entries `ids` kept, then call `then` and say `notice`."""
        self.context.start(partial(self._write, change, ids, notice, then), group="writing")

    async def _write(self, change: Change, ids: Iterable[int], notice: str, then: Callable[[], object]) -> None:
        try:
            async with self._lock:
                alone = self._watch.is_current()
                await change
            if not self._running():
                return
            if alone:  # then the change is ours, and a mark takes no row off the list that is being read
                self._watch.catch_up()
            self._landed(ids)
            then()
        except NewsError as error:
            self.context.say(str(error))
            return
        if notice:
            self.context.say(notice)
