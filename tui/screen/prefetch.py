"""Related stories, looked up before they are asked for: of the article that is likely to be opened next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.background import BackgroundLibrary

if TYPE_CHECKING:
    from cache.found import Related

_MOST = 8  # articles around the reader: the one opened, the next, and some that were passed


class RelatedPrefetch:
    """The stories related to some articles, each asked for once while nothing on disk changes."""

    def __init__(self, background: BackgroundLibrary) -> None:
        self._background = background
        self._asked: dict[int, asyncio.Task[list[Related]]] = {}

    def ready(self, entry_id: int) -> list[Related] | None:
        """The stories related to an entry, where they are known already."""
        asked = self._asked.get(entry_id)
        return asked.result() if asked and asked.done() and not asked.cancelled() and not asked.exception() else None

    async def related(self, entry_id: int) -> list[Related]:
        """The stories related to an entry; raises what the library raises."""
        self.begin(entry_id)
        return await asyncio.shield(self._asked[entry_id])  # whoever waits may be called away, the answer is still good

    def begin(self, entry_id: int) -> None:
        """Have the answer ready."""
        if entry_id not in self._asked:
            question = self._background.ask(lambda library: library.related(entry_id))
            self._asked[entry_id] = asyncio.create_task(question)
            self._asked[entry_id].add_done_callback(_take_error)
            while len(self._asked) > _MOST:
                del self._asked[next(iter(self._asked))]

    def clear(self) -> None:
        """What was known is old."""
        self._asked.clear()


def _take_error(asked: asyncio.Task[list[Related]]) -> None:
    """Take the error of a question that nobody waits for; asyncio would print it."""
    if not asked.cancelled():
        asked.exception()
