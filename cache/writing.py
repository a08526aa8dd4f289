"""All that a reader does to a library: each act is on disk once it returns, and most can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import time
from typing import TYPE_CHECKING, Any

from cache.writes import marks
from cache.writes.undo import UndoStack

if TYPE_CHECKING:
    from cache.rules.retention import Pruning
    from cache.writes.store import Store
    from cache.writes.undo import Undo
    from cache.writes.writer_thread import WriterThread


class LibraryWriter:
    """A library open for the reader's own acts, done one after the other in the thread that writes."""

    def __init__(self, thread: WriterThread) -> None:
        self._thread = thread
        self._undo_stack = UndoStack()

    async def mark_read(self, ids: Iterable[int], read: bool = True) -> None:
        """Marks entries read or unread."""
        chosen = list(ids)
        await self._act(lambda store: marks.mark_read(store.connection, chosen, read))

    async def mark_all_read(self, query: str = "") -> None:
        """Marks all that a query finds read."""
        await self._act(lambda store: _mark_all_read(store, query))

    async def save(self, ids: Iterable[int], saved: bool = True) -> None:
        """Saves entries for later, or lets them go."""
        chosen = list(ids)
        await self._act(lambda store: marks.save(store.connection, chosen, saved, time()))

    async def throw_away(self, ids: Iterable[int]) -> None:
        """Takes entries off every list."""
        chosen = list(ids)
        await self._act(lambda store: marks.throw_away(store.connection, chosen, time()))

    async def move_saved(self, entry_id: int, before: int | None = None) -> None:
        """Moves an entry in the reading list: before another, or to its end."""
        await self._act(lambda store: marks.move_saved(store.connection, entry_id, before))

    async def tag(self, entry_id: int, names: Iterable[str]) -> None:
        """Gives an entry exactly these tags."""
        chosen = tuple(names)
        await self._act(lambda store: marks.tag(store.connection, entry_id, chosen))

    async def note(self, entry_id: int, text: str) -> None:
        """Keeps a note on an entry; empty to take it away."""
        await self._act(lambda store: marks.note(store.connection, entry_id, text))

    async def remove(self, source_id: int) -> None:
        """Takes a source and its entries off the lists."""
        await self._act(lambda store: marks.remove_source(store.connection, source_id, time()))

    async def keep_search(self, name: str, query: str) -> None:
        """Keeps a search under a name, as a live section."""
        from cache.writes import saved_searches

        await self._act(lambda store: saved_searches.keep(store.connection, name, query))

    async def drop_search(self, name: str) -> None:
        """Forgets a saved search."""
        from cache.writes import saved_searches

        await self._act(lambda store: saved_searches.drop(store.connection, name))

    async def undo(self) -> str:
        """Takes back the last act; the sentence to show, "" when there is none left."""
        return await self._thread.write(lambda store: self._undo_stack.undo(store.connection))

    async def arrange(
        self, source_id: int, max_bytes: int | None, proxy: str | None, headers: Mapping[str, str] | None
    ) -> None:
        """Sets how a source is asked; None leaves a setting, 0, "" or {} takes it away."""
        await self._thread.write(lambda store: store.sources.arrange(source_id, max_bytes, proxy, headers))

    async def keep_for(self, source_id: int, *, days: int | None = None, count: int | None = None) -> None:
        """How long, and how many of, a source's articles are kept; None is without end."""
        from cache.writes import retention

        await self._thread.write(lambda store: retention.keep_for(store.connection, source_id, days, count))

    async def prune(self) -> Pruning:
        """Removes what is past its time and what was thrown away, for good; what it removed."""
        from cache.writes import retention

        return await self._thread.write(lambda store: retention.prune(store, time()))

    async def set_scroll(self, entry_id: int, line: int) -> None:
        """Keeps the line the reader has reached."""
        await self._thread.write(lambda store: marks.set_scroll(store.connection, entry_id, line))

    async def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting of the reader's; anything JSON can hold."""
        await self._thread.write(lambda store: marks.set_setting(store.connection, name, value))

    async def _act(self, act: Callable[[Store], Undo | None]) -> None:
        self._undo_stack.push(await self._thread.write(act))


def _mark_all_read(store: Store, query: str) -> Undo | None:
    from cache.reading import LibraryReader

    return marks.mark_read(store.connection, LibraryReader(store.connection).ids(query), True)
