"""The one door to the library: reads answer at once on the calling thread, writes and the network are awaited."""

from __future__ import annotations

from array import array
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from cache import marks, shelf
from cache.connection import Connection, needs_writing
from cache.entry import Entry, Hit, Progress, Reading, Related, SourceEntry, Status
from cache.errands import Errands
from cache.errors import NoSuchEntry
from cache.places import places
from cache.query import parse
from cache.undo import Step, Trail
from cache.writer import Writer

if TYPE_CHECKING:
    from cache.doctor import Finding
    from cache.formats import Exported, Imported
    from cache.store import Store
    from cache.timeline import Timeline
    from fetch.article import Article
    from fetch.fetcher import Fetcher
    from fetch.source import Candidate

T = TypeVar("T")


class Library:
    """A reader's library; `fetcher` stands in for the network in tests."""

    def __init__(self, path: Path, writer: Writer, *, fetcher: Fetcher | None = None) -> None:
        self.path = path
        self.trail = Trail()
        self.reader = Connection(path, reading=True)
        self._writer = writer
        self._errands = Errands(self, fetcher)

    # Reading: plain methods, on the thread that opened the library.

    def revision(self) -> int:
        """A number that changes when anything on disk does."""
        return int(self.reader.value("PRAGMA data_version"))

    def is_new(self) -> bool:
        """Whether it never held a source: not even the handbook."""
        return self.reader.value("SELECT 1 FROM source LIMIT 1") is None

    def sources(self) -> list[SourceEntry]:
        """The sources kept, with their counts."""
        return shelf.sources(self.reader)

    def source(self, ref: str | int) -> SourceEntry:
        """A source by number, address or title; raises NoSuchEntry."""
        return shelf.source(self.reader, ref)

    def unread_counts(self) -> dict[int, tuple[int, int]]:
        """For each source how many entries are unread, of how many."""
        return {source.id: (source.unread, source.total) for source in self.sources()}

    def status(self) -> Status:
        """The library at a glance."""
        return shelf.status(self.reader)

    def ids(self, query: str = "", *, limit: int | None = None, offset: int = 0, typing: bool = False) -> array[int]:
        """What a query finds, newest first, or best first when it has words; `typing`: the last word is unfinished."""
        understood = parse(query, typing=typing)
        if not understood.has_words:
            return shelf.listed(self.reader, understood, limit, offset)
        from cache.finder import Finder

        return Finder(self.reader, understood).best(limit, offset)

    def count(self, query: str = "") -> int:
        """How many entries a query finds."""
        from cache.finder import Finder

        return Finder(self.reader, parse(query)).count()

    def query_errors(self, query: str) -> list[str]:
        """A sentence for each thing in the query that was not understood."""
        return list(parse(query).errors)

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """The rows of these ids, in their order; those that are gone are left out."""
        return shelf.entries(self.reader, ids)

    def entry(self, ref: str | int) -> Entry:
        """An entry by number or address; raises NoSuchEntry."""
        found = shelf.entries(self.reader, [self.id_of(ref)])
        if not found:
            raise NoSuchEntry(f"There is no article {ref} in the library.")
        return found[0]

    def article(self, ref: str | int) -> Article | None:
        """An article from disk, or None while its text is not there."""
        return shelf.article(self.reader, self.entry(ref))

    def scroll(self, entry_id: int) -> int:
        """The line the reader had reached."""
        return int(self.reader.value("SELECT scroll FROM mark WHERE id = ?", (entry_id,)) or 0)

    def search(self, query: str, *, limit: int = 50) -> list[Hit]:
        """What a query finds, best first, each with a snippet that marks what matched."""
        from cache import snippets

        return snippets.hits(self.reader, parse(query), self.entries(self.ids(query, limit=limit)))

    def related(self, ref: str | int, *, limit: int = 20) -> list[Related]:
        """The stories beside an article: those its page names, then those about the same thing."""
        from cache import beside

        return beside.related(self.reader, self.entry(ref), limit)

    def timeline(self, ref: str | int) -> Timeline:
        """How the story an article belongs to went on, report by report."""
        from cache import beside

        return beside.timeline(self.reader, self.entry(ref))

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of the reader's, as it was set."""
        return shelf.setting(self.reader, name, default)

    def online(self) -> bool:
        """Whether this machine has a way out, as far as it can tell without sending anything."""
        from cache.errands import online

        return online()

    # Writing: awaited; each is on disk once it returns.

    async def mark_read(self, ids: Iterable[int], read: bool = True) -> None:
        """Marks entries read or unread."""
        chosen = list(ids)
        await self._step(lambda store: marks.mark_read(store, chosen, read))

    async def mark_all_read(self, query: str = "") -> None:
        """Marks all that a query finds read."""
        await self.mark_read(self.ids(query))

    async def save(self, ids: Iterable[int], saved: bool = True) -> None:
        """Saves entries for later, or lets them go."""
        chosen = list(ids)
        await self._step(lambda store: marks.save(store, chosen, saved, time()))

    async def throw_away(self, ids: Iterable[int]) -> None:
        """Takes entries off every list."""
        chosen = list(ids)
        await self._step(lambda store: marks.throw_away(store, chosen, time()))

    async def tag(self, entry_id: int, names: Iterable[str]) -> None:
        """Gives an entry exactly these tags."""
        chosen = tuple(names)
        await self._step(lambda store: marks.tag(store, entry_id, chosen))

    async def note(self, entry_id: int, text: str) -> None:
        """Keeps a note on an entry; empty to take it away."""
        await self._step(lambda store: marks.note(store, entry_id, text))

    async def remove(self, source_id: int) -> None:
        """Takes a source and its entries off the lists."""
        await self._step(lambda store: marks.remove_source(store, source_id, time()))

    async def undo(self) -> str:
        """Takes back the last step; the sentence to show, "" when there is none left."""
        return await self.write(self.trail.take_back)

    async def set_scroll(self, entry_id: int, line: int) -> None:
        """Keeps the line the reader has reached."""
        await self.write(lambda store: marks.set_scroll(store, entry_id, line))

    async def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting of the reader's; anything JSON can hold."""
        await self.write(lambda store: marks.set_setting(store, name, value))

    async def write(self, work: Callable[[Store], T]) -> T:
        """Runs work in the one thread that writes, on its store."""
        return await self._writer.write(work)

    # The network: errands, each with a sentence when it cannot be run.

    async def discover(self, url: str) -> list[Candidate]:
        """The sources found at an address, best first; raises FetchError."""
        return await self._errands.discover(url)

    async def add(self, url: str, candidate: Candidate | None = None) -> SourceEntry:
        """Keeps the best source found at an address, or the one chosen; raises FetchError."""
        return self.source(await self._errands.add(url, candidate))

    async def read(self, ref_or_url: str | int, *, via: int | None = None) -> Reading:
        """The article from disk, else fetched and kept, else queued with a notice; `via` is the entry that named it."""
        return await self._errands.read(ref_or_url, via)

    async def queue(self, url: str, *, via: int | None = None) -> None:
        """Puts an address on the list of what the next refresh fetches."""
        await self._errands.queue(url, via)

    def refresh(
        self,
        source_ids: Sequence[int] | None = None,
        *,
        max_bytes: int | None = None,
        force: bool = False,
        apart: bool = True,
    ) -> AsyncGenerator[Progress, None]:
        """Fetches what is due, step by step; close the iterator to stop. `apart` does it in another process."""
        return self._errands.refresh(source_ids, max_bytes=max_bytes, force=force, apart=apart)

    async def import_file(self, path: Path | str) -> Imported:
        """Takes in what a file holds: OPML, JSON Lines or a pack."""
        from cache import formats

        return await formats.import_file(self, Path(path))

    async def export(self, form: str, path: Path | str, query: str = "", **wishes: Any) -> Exported:
        """Writes sources or articles to a file: opml, markdown (a folder), jsonl, epub or pack."""
        from cache import formats

        return await formats.export(self, form, Path(path), query, **wishes)

    # Its own health.

    def doctor(self) -> list[Finding]:
        """What is sound and what is not."""
        from cache import doctor

        return doctor.examine(self.reader)

    async def close(self) -> None:
        """Ends reading, writing and fetching."""
        await self._errands.close()
        self._writer.close()
        self.reader.close()

    def id_of(self, ref: str | int) -> int:
        """The number behind a REF; raises NoSuchEntry."""
        if isinstance(ref, int):
            return ref
        if ref.isascii() and ref.isdigit() and len(ref) < 19:
            return int(ref)
        found = shelf.find(self.reader, ref)
        if found is None:
            raise NoSuchEntry(f"There is no article {ref} in the library.")
        return found

    async def _step(self, work: Callable[[Store], Step | None]) -> None:
        self.trail.add(await self.write(work))


@asynccontextmanager
async def open_library(
    home: Path | str | None = None, *, fetcher: Fetcher | None = None, hurried: bool = False
) -> AsyncIterator[Library]:
    """The reader's library, made with the handbook in it when there is none; `hurried`: its pages follow at once."""
    from asyncio import ensure_future

    path = places(home).library
    writer = Writer(path)
    if needs_writing(path):
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
        from cache.store import Store

        with Store(path) as store:
            _first_edition(store)
    library = Library(path, Writer(path))
    try:
        yield library
    finally:
        library.reader.close()


def _first_edition(store: Store) -> None:
    from cache.handbook import add_to_new

    add_to_new(store, time())
