"""The one door to the library: reads answer at once on the calling thread, writes and the network are awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from cache.db.connection import Connection, is_damaged, needs_writing
from cache.paths import places
from cache.reading import ReadingRoom
from cache.refresh.on_demand import OnDemand
from cache.writes import marks
from cache.writes.undo import Step, Trail
from cache.writes.writer_thread import Writer

if TYPE_CHECKING:
    from cache.db.health import Finding
    from cache.entry import Progress, Reading, SourceEntry
    from cache.rules.retention import Pruning
    from cache.transfer import Exported, Imported
    from cache.writes.store import Store
    from fetch.fetcher import Fetcher
    from fetch.source import Candidate

T = TypeVar("T")


class Library(ReadingRoom):
    """A reader's library; `fetcher` stands in for the network in tests."""

    def __init__(self, path: Path, writer: Writer, *, fetcher: Fetcher | None = None) -> None:
        super().__init__(Connection(path, reading=True))
        self.trail = Trail()
        self._writer = writer
        self._on_demand = OnDemand(self, writer, fetcher)

    # Writing: awaited; each is on disk once it returns.

    async def mark_read(self, ids: Iterable[int], read: bool = True) -> None:
        """Marks entries read or unread."""
        chosen = list(ids)
        await self._step(lambda store: marks.mark_read(store.connection, chosen, read))

    async def mark_all_read(self, query: str = "") -> None:
        """Marks all that a query finds read."""
        await self._step(lambda store: marks.mark_read(store.connection, _found(store, query), True))

    async def save(self, ids: Iterable[int], saved: bool = True) -> None:
        """Saves entries for later, or lets them go."""
        chosen = list(ids)
        await self._step(lambda store: marks.save(store.connection, chosen, saved, time()))

    async def throw_away(self, ids: Iterable[int]) -> None:
        """Takes entries off every list."""
        chosen = list(ids)
        await self._step(lambda store: marks.throw_away(store.connection, chosen, time()))

    async def move_saved(self, entry_id: int, before: int | None = None) -> None:
        """Moves an entry in the reading list: before another, or to its end."""
        await self._step(lambda store: marks.move_saved(store.connection, entry_id, before))

    async def tag(self, entry_id: int, names: Iterable[str]) -> None:
        """Gives an entry exactly these tags."""
        chosen = tuple(names)
        await self._step(lambda store: marks.tag(store.connection, entry_id, chosen))

    async def note(self, entry_id: int, text: str) -> None:
        """Keeps a note on an entry; empty to take it away."""
        await self._step(lambda store: marks.note(store.connection, entry_id, text))

    async def remove(self, source_id: int) -> None:
        """Takes a source and its entries off the lists."""
        await self._step(lambda store: marks.remove_source(store.connection, source_id, time()))

    async def keep_search(self, name: str, query: str) -> None:
        """Keeps a search under a name, as a live section."""
        from cache.writes import saved_searches

        await self._step(lambda store: saved_searches.keep(store.connection, name, query))

    async def drop_search(self, name: str) -> None:
        """Forgets a saved search."""
        from cache.writes import saved_searches

        await self._step(lambda store: saved_searches.drop(store.connection, name))

    async def keep_for(self, source_id: int, *, days: int | None = None, count: int | None = None) -> None:
        """How long, and how many of, a source's articles are kept; None is without end."""
        from cache.writes import retention

        await self.write(lambda store: retention.keep_for(store.connection, source_id, days, count))

    async def prune(self) -> Pruning:
        """Removes what is past its time and what was thrown away, for good; what it removed."""
        from cache.writes import retention

        return await self.write(lambda store: retention.prune(store, time()))

    async def undo(self) -> str:
        """Takes back the last step; the sentence to show, "" when there is none left."""
        return await self.write(lambda store: self.trail.take_back(store.connection))

    async def set_scroll(self, entry_id: int, line: int) -> None:
        """Keeps the line the reader has reached."""
        await self.write(lambda store: marks.set_scroll(store.connection, entry_id, line))

    async def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting of the reader's; anything JSON can hold."""
        await self.write(lambda store: marks.set_setting(store.connection, name, value))

    async def write(self, work: Callable[[Store], T]) -> T:
        """Runs work in the one thread that writes, on its store."""
        return await self._writer.write(work)

    # The network, each with a sentence when it cannot be asked.

    async def discover(self, url: str) -> list[Candidate]:
        """The sources found at an address, best first; raises FetchError."""
        return await self._on_demand.discover(url)

    async def add(self, url: str, candidate: Candidate | None = None) -> SourceEntry:
        """Keeps the best source found at an address, or the one chosen; raises FetchError."""
        return self.source(await self._on_demand.add(url, candidate))

    async def read(self, ref_or_url: str | int, *, via: int | None = None) -> Reading:
        """The article from disk, else fetched and kept, else queued with a notice; `via` is the entry that named it."""
        return await self._on_demand.read(ref_or_url, via)

    async def queue(self, url: str, *, via: int | None = None) -> None:
        """Puts an address on the list of what the next refresh fetches."""
        await self._on_demand.queue(url, via)

    def refresh(
        self,
        source_ids: Sequence[int] | None = None,
        *,
        max_bytes: int | None = None,
        force: bool = False,
        scheduled: bool = False,
        teasers_only: bool = False,
        pages: int = 1,
        apart: bool = True,
    ) -> AsyncGenerator[Progress, None]:
        """Fetches what is due, step by step; close the iterator to stop. `apart` does it in another process."""
        from cache.refresh.options import RefreshOptions

        chosen = None if source_ids is None else tuple(source_ids)
        options = RefreshOptions(
            chosen, max_bytes, force=force, scheduled=scheduled, teasers_only=teasers_only, pages=pages
        )
        return self._on_demand.refresh(options, apart=apart)

    async def arrange(
        self,
        ref: str | int,
        *,
        max_bytes: int | None = None,
        proxy: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Sets how a source is asked; None leaves a setting, 0, "" or {} takes it away. A header "@" is a secret's."""
        source_id = self.source(ref).id
        await self.write(lambda store: store.sources.arrange(source_id, max_bytes, proxy, headers))

    async def import_file(self, path: Path | str) -> Imported:
        """Takes in what a file holds: OPML, JSON Lines or a pack."""
        from cache import transfer

        return await transfer.import_file(self, self._writer, Path(path))

    async def export(self, name: str, path: Path | str, query: str = "", **wishes: Any) -> Exported:
        """Writes sources or articles to a file, or a folder, in a format of `cache.formats.table`."""
        from cache import transfer

        return await transfer.export(self.path, name, Path(path), query, **wishes)

    async def repair(self) -> list[Finding]:
        """Saves what can be read of a damaged library into a new one, and goes on with that; what was found."""
        from asyncio import to_thread

        self._writer.close()
        self.reader.close()
        findings = await to_thread(repair_file, self.path)
        self.reader = Connection(self.path, reading=True)
        return findings

    async def close(self) -> None:
        """Ends reading, writing and fetching."""
        await self._on_demand.close()
        self._writer.close()
        self.reader.close()

    async def _step(self, work: Callable[[Store], Step | None]) -> None:
        self.trail.add(await self.write(work))


def repair_file(path: Path) -> list[Finding]:
    """Saves what can be read of a damaged library into a new one, and says what was lost; a sound one is left alone."""
    from cache.db.health import Finding, examine

    findings = examine(path)
    if all(finding.ok for finding in findings):
        return findings
    from cache.writes.recovery import salvage

    lost = salvage(path)
    return [*examine(path), Finding("repair", True, lost)]


@asynccontextmanager
async def open_library(
    home: Path | str | None = None, *, fetcher: Fetcher | None = None, hurried: bool = False
) -> AsyncIterator[Library]:
    """The reader's library, made with the handbook in it when there is none; `hurried`: its pages follow at once."""
    from asyncio import ensure_future, to_thread

    path = places(home).library
    writer = Writer(path)
    if is_damaged(path):
        await to_thread(repair_file, path)
    elif needs_writing(path):
        await writer.write(lambda _: None)
    library = Library(path, writer, fetcher=fetcher)
    first = ensure_future(library.write(_first_edition)) if library.is_new() else None
    try:
        if first and not hurried:
            await first
        yield library
    finally:
        if first:
            await first
        await library.close()


@contextmanager
def open_reading(home: Path | str | None = None) -> Iterator[Library]:
    """The reader's library for reading alone, without anything that reading does not need."""
    path = places(home).library
    if needs_writing(path):
        from cache.writes.store import Store

        with Store(path) as store:
            _first_edition(store)
    library = Library(path, Writer(path))
    try:
        yield library
    finally:
        library.reader.close()


def _found(store: Store, query: str) -> Sequence[int]:
    return ReadingRoom(store.connection).ids(query)


def _first_edition(store: Store) -> None:
    from cache.handbook import add_to_new

    if add_to_new(store, time()):
        store.stories.assign_all()  # as a refresh would at its end
