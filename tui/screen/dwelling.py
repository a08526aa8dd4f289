"""What happens while an article stays open: its related stories come, it becomes read, the next one is prepared."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

from cache.entry import Entry
from fetch.errors import NewsError
from tui.config.table import PREVIEW
from tui.screen.context import ScreenContext
from tui.screen.pane_layout import Panes
from tui.screen.prefetch import RelatedPrefetch
from tui.screen.related_hint import RelatedHint
from tui.screen.writing import Writing

_PASSED_BY = 0.12  # seconds: shorter than that nobody looks at an article, a key is being held down


class Dwelling:
    """Follows the article that is open; `is_open` says whether an entry still is, `preview` shows one in the reader."""

    def __init__(
        self,
        context: ScreenContext,
        panes: Panes,
        writing: Writing,
        is_open: Callable[[int], bool],
        preview: Callable[[int], None],
    ) -> None:
        self.context = context
        self.prefetch = RelatedPrefetch(context.background)
        self._panes = panes
        self._list = panes.article_list
        self._hint = RelatedHint(context, writing)
        self._writing = writing
        self._is_open = is_open
        self._preview = preview
        self._opened_at = 0.0

    def opened(self, entry: Entry, *, unread: bool) -> None:
        """An article has been opened; `unread` when dwelling on it makes it read."""
        self.context.start(partial(self._dwell, entry, unread), group="dwelling", exclusive=True)

    def highlighted(self, entry_id: int) -> None:
        """The highlight is on an entry, and may come to rest there."""
        self.context.start(partial(self._rest, entry_id), group="pointing", exclusive=True)

    async def _rest(self, entry_id: int) -> None:
        await asyncio.sleep(_PASSED_BY)
        self.prefetch.begin(entry_id)
        least = self.context.setting(PREVIEW)
        if self._list.rows.sheet and self._panes.related.display:  # the sidebar is the story
            least = 1
        if least and self._list.app.size.width >= least and self._list.has_focus and entry_id == self._list.highlighted:
            self._preview(entry_id)

    async def _dwell(self, entry: Entry, unread: bool) -> None:
        """The sidebar follows at once, unless a key is being held down; what is more than passed by becomes read."""
        opened = time.time()
        passing = time.monotonic() - self._opened_at < _PASSED_BY
        self._opened_at = time.monotonic()
        if passing:
            await asyncio.sleep(_PASSED_BY)
        await self._show_related(entry)
        if not passing:
            await asyncio.sleep(_PASSED_BY)
        if unread:
            self._writing.write(lambda: self.context.library.mark_opened(entry.id, opened), [entry.id])
        if self._list.index + 1 < len(self._list.ids):
            self.prefetch.begin(self._list.ids[self._list.index + 1])

    async def _show_related(self, entry: Entry) -> None:
        try:
            stories = await self.prefetch.related(entry.id)
        except NewsError as error:
            self.context.say(str(error))
            return
        if self._is_open(entry.id) and self._panes.related.stories is not stories:
            self._panes.show_related(stories)
        if self._panes.reader.has_focus and not self._panes.related.display:
            self._hint.tell(len(stories))
