"""The one door to the library: reads answer at once on the calling thread, writes and the network are awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any

from cache.db.connection import Connection, is_damaged, needs_writing
from cache.errors import DiskFull, LibraryDamaged
from cache.paths import places
from cache.reading import LibraryReader
from cache.writes.writer_thread import WriterThread
from cache.writing import LibraryWriter

if TYPE_CHECKING:
    from cache.arrangement import Arrangement, Filing, KeptFor
    from cache.db.backup import Backup
    from cache.db.health import Finding
    from cache.editions import FrontMaker
    from cache.entry import Reading
    from cache.exporting import Exported
    from cache.front_page import Brief
    from cache.importing import Imported
    from cache.progress import Progress
    from cache.refresh.on_demand import OnDemand
    from cache.site import MissingPassages, SiteRule
    from cache.source_entry import SourceEntry
    from cache.writes.store import Store
    from fetch.fetcher import Fetcher
    from fetch.parsers.pool import Parsers
    from fetch.source import Candidate


class Library:
    """A reader's library: what reads it, what writes to it, and what asks the network for it.

    The reads are those of LibraryReader, the acts those of LibraryWriter; each is described there. `fetcher` stands in
    for the network in tests.
    """

    def __init__(self, path: Path, thread: WriterThread, *, fetcher: Fetcher | None = None) -> None:
        self.path = path
        self.connection = Connection(path, reading=True)
        self._reader = LibraryReader(self.connection)
        self._writer = LibraryWriter(thread)
        self._thread = thread
        self._fetcher = fetcher
        self.write = thread.write
        self.hurry = thread.hurry
        self._offer_reads(self._reader)
        self._offer_acts(self._writer)

    @cached_property
    def _on_demand(self) -> OnDemand:
        from cache.refresh.on_demand import OnDemand

        return OnDemand(self._reader, self._thread, self._fetcher)

    def _offer_reads(self, reader: LibraryReader) -> None:
        self.revision = reader.revision
        self.is_new = reader.is_new
        self.sources = reader.sources
        self.source = reader.source
        self.kept_of = reader.kept_of
        self.status = reader.status
        self.ids = reader.ids
        self.reading_list = reader.reading_list
        self.count = reader.count
        self.counted = reader.counted
        self.query_errors = reader.query_errors
        self.entries = reader.entries
        self.entry = reader.entry
        self.article = reader.article
        self.passages = reader.passages
        self.site_rules = reader.site_rules
        self.fold = reader.fold
        self.ordered = reader.ordered
        self.note_of = reader.note_of
        self.highlights = reader.highlights
        self.repeated = reader.repeated
        self.scroll = reader.scroll
        self.search = reader.search
        self.snippets = reader.snippets
        self.matcher = reader.matcher
        self.related = reader.related
        self.timeline = reader.timeline
        self.front, self.front_detail, self.brief = reader.front, reader.front_detail, reader.brief
        self.dossiers, self.dossier, self.in_dossier = reader.dossiers, reader.dossier, reader.in_dossier
        self.published_in = reader.published_in
        self.followed, self.topics = reader.followed, reader.topics
        self.revisions = reader.revisions
        self.changes = reader.changes
        self.pictures, self.has_pictures = reader.pictures, reader.has_pictures
        self.searches = reader.searches
        self.tags = reader.tags
        self.failures = reader.failures
        self.prunable = reader.prunable
        self.setting = reader.setting
        self.online = reader.online
        self.id_of = reader.id_of
        self.doctor = reader.doctor

    def _offer_acts(self, writer: LibraryWriter) -> None:
        self.writes_of_others = writer.writes_of_others
        self.mark_read = writer.mark_read
        self.mark_opened = writer.mark_opened
        self.toggle_read = writer.toggle_read
        self.save = writer.save
        self.toggle_saved = writer.toggle_saved
        self.throw_away = writer.throw_away
        self.move_saved = writer.move_saved
        self.tag = writer.tag
        self.tag_all = writer.tag_all
        self.note = writer.note
        self.highlight, self.toggle_highlight = writer.highlight, writer.toggle_highlight
        self.annotate, self.withdraw = writer.annotate, writer.withdraw
        self.remove = writer.remove
        self.look_at_front = writer.look_at_front
        self.toggle_followed, self.unfollow = writer.toggle_followed, writer.unfollow
        self.mute, self.toggle_muted = writer.mute, writer.toggle_muted
        self.keep_search = writer.keep_search
        self.drop_search = writer.drop_search
        self.teach = writer.teach
        self.forget = writer.forget
        self.undo = writer.undo
        self.keep_for = writer.keep_for
        self.arrange_together = writer.arrange_together
        self.file_source = writer.file_source
        self.toggle_paused = writer.toggle_paused
        self.put_in_order = writer.put_in_order
        self.prune = writer.prune
        self.set_scroll = writer.set_scroll
        self.set_setting = writer.set_setting

    @property
    def parsers(self) -> Parsers:
        """What reads strangers' bytes for this library, in processes apart; closed with it."""
        return self._on_demand.parsers

    async def discover(self, url: str) -> list[Candidate]:
        """The sources found at an address, best first; raises FetchError."""
        return await self._on_demand.discover(url)

    async def add(self, url: str, candidate: Candidate | None = None) -> SourceEntry:
        """Keeps the best source found at an address, or the one chosen; raises FetchError."""
        return self.source(await self._on_demand.add(url, candidate))

    async def read(self, ref_or_url: str | int, *, via: int | None = None) -> Reading:
        """The article from disk, else fetched and kept, else queued with a notice; `via` is the entry that named it."""
        return await self._on_demand.read(ref_or_url, via)

    async def fetch_pictures(self, entry_id: int) -> int:
        """Fetches the pictures of an article that has just come, and was read before; how many came."""
        return await self._on_demand.fetch_pictures(entry_id)

    async def fetcher(self) -> Fetcher:
        """What asks the network for this library, and has what comes read apart; it is closed with the library."""
        return await self._on_demand.fetcher()

    async def queue(self, url: str, *, via: int | None = None) -> None:
        """Puts an address on the list of what the next refresh fetches."""
        await self._on_demand.queue(url, via)

    async def missing_passages(self, entry_id: int) -> MissingPassages:
        """What the page of an article holds beside it, fetched anew; raises FetchError."""
        return await self._on_demand.missing_passages(entry_id)

    async def keep_passage(self, missing: MissingPassages, rule: SiteRule) -> int:
        """Has a passage stand in its article from now on, and its site read so; raises FetchError and CacheError."""
        from cache.refresh.missing_passages import article_with

        article = await article_with(self._on_demand.parsers, missing, rule)
        return await self._writer.keep_passage(missing.entry.id, rule, article)

    def refresh(
        self,
        source_ids: Sequence[int] | None = None,
        *,
        max_bytes: int | None = None,
        force: bool = False,
        scheduled: bool = False,
        teasers_only: bool = False,
        pages: int = 1,
        most: int | None = None,
        default_most: int | None = None,
        pictures: bool = False,
        apart: bool = True,
    ) -> AsyncGenerator[Progress, None]:
        """Fetches what is due, step by step; close the iterator to stop. `apart` does it in another process.

        `most` articles of one source, None for as many as is set for it, or `default_most` where nothing is; the rest
        is left for the next refresh. `pictures` of articles are fetched too, where no budget holds.
        """
        from cache.refresh.options import RefreshOptions

        chosen = None if source_ids is None else tuple(source_ids)
        options = RefreshOptions(
            chosen,
            max_bytes,
            force=force,
            scheduled=scheduled,
            teasers_only=teasers_only,
            pages=pages,
            most=most,
            pictures=pictures,
            default_most=default_most,
        )
        return self._on_demand.refresh(options, apart=apart)

    async def arrange(
        self, ref: str | int, wanted: Arrangement, filing: Filing | None = None, limits: KeptFor | None = None
    ) -> bool:
        """Sets how a source is asked and, where they are given, what it is called and how long it is kept: one act.

        What may let someone in, a header's value or a proxy's login, goes where secrets are kept. Whether there is
        something that undo takes back: not headers and proxy.
        """
        from asyncio import to_thread

        from cache.refresh.own_headers import put_headers_away, put_proxy_away
        from cache.secret_store import SecretStore

        source, secrets = self.source(ref), SecretStore.beside(self.path)
        headers, proxy = wanted.headers, wanted.proxy
        held = None if headers is None else await to_thread(put_headers_away, secrets, source.url, headers)
        plain = proxy and await to_thread(put_proxy_away, secrets, proxy)
        return await self._writer.arrange(source.id, wanted._replace(headers=held, proxy=plain), filing, limits)

    async def import_file(self, path: Path | str, **wishes: Any) -> Imported:
        """Takes in what a file holds, in any format of `cache.formats.table` that can be taken in.

        The wishes are those of `cache.importing.ImportWishes`.
        """
        from cache import importing

        wanted = importing.ImportWishes(**wishes)
        return await importing.import_file(self.path, self._thread, self._on_demand.parsers, Path(path), wanted)

    async def export(self, name: str, path: Path | str, query: str = "", **wishes: Any) -> Exported:
        """Writes sources or articles to a file, or a folder, in a format of `cache.formats.table`.

        The wishes are those of `cache.exporting.ExportWishes`.
        """
        from cache import exporting
        from cache.formats.table import FORMATS
        from cache.writes import makers

        if name in FORMATS and FORMATS[name].signed:
            wishes["library"] = await self._thread.write(lambda store: makers.own_id(store.connection))
        return await exporting.export(self.path, name, Path(path), exporting.ExportWishes(query, **wishes))

    def write_edition(self, path: Path, brief: Brief, title: str, front: FrontMaker) -> Exported:
        """Writes a brief as a book (EPUB), with the articles of its stories behind it: see `cache.editions`."""
        from cache import editions

        return editions.write_edition(self._reader, path, brief, title, front)

    def write_text(self, path: Path, text: str) -> None:
        """Writes a text to a file that takes the place of the one that was there once it is whole."""
        from cache import editions

        editions.write_text(self.path, path, text)

    def require_exportable(self, path: Path) -> None:
        """Raises CacheError for what no export may be written to, so that nobody is asked whether it is replaced."""
        from cache import exporting

        exporting.require_exportable(self.path, path)

    async def repair(self) -> list[Finding]:
        """Saves what can be read of a damaged library into a new one, and goes on with that; what was found."""
        from asyncio import to_thread

        self._thread.close()
        self.connection.close()
        findings = await to_thread(repair_file, self.path)
        self.connection.open()
        return findings

    def interrupt(self) -> None:
        """Breaks off what is being read, if anything is; may be called from any thread."""
        self.connection.interrupt()

    async def close(self) -> None:
        """Ends reading, writing and fetching."""
        if "_on_demand" in vars(self):  # nothing was asked of the network if not
            await self._on_demand.close()
        self.connection.close()
        self._thread.close()


def repair_file(path: Path) -> list[Finding]:
    """Saves what can be read of a damaged library into a new one, and says what was lost; a sound one is left alone."""
    from cache.db.health import examine

    findings = examine(path)
    if not any(finding.damaged for finding in findings):
        return findings
    from cache.writes.repair import repair

    return repair(path)


def back_up(copy: Path, home: Path | str | None = None) -> Backup:
    """Copies the reader's library, be it in use or not, to a file, and checks the copy; raises CacheError."""
    from cache.db import backup

    return backup.back_up(places(home).library, copy)


def _repair_at_start(path: Path) -> None:
    """Repairs a library that cannot be opened; raises LibraryDamaged with the reason where that cannot be done now."""
    for finding in reversed(repair_file(path)):
        if finding.name in ("library", "repair") and not finding.ok:
            raise LibraryDamaged(finding.sentence)


@asynccontextmanager
async def open_library(
    home: Path | str | None = None, *, fetcher: Fetcher | None = None, hurried: bool = False, repair: bool = True
) -> AsyncIterator[Library]:
    """The reader's library, made with the handbook in it when there is none; `hurried`: its pages follow at once.

    A damaged one is repaired first, and the reader finds what was lost in its notice; unless `repair` is off, for those
    who could not tell: then LibraryDamaged is raised and nothing changed.
    """
    from asyncio import ensure_future, to_thread

    path = places(home).library
    thread = WriterThread(path)
    if repair and is_damaged(path):
        await to_thread(_repair_at_start, path)
    elif needs_writing(path):
        await thread.write(lambda _: None)
    library = Library(path, thread, fetcher=fetcher)
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
        _make(path)
    library = Library(path, WriterThread(path))
    try:
        if library.is_new():  # it was killed, or is just being made by another program
            with suppress(DiskFull):
                _make(path)
        yield library
    finally:
        library.connection.close()


def _make(path: Path) -> None:
    """Makes a library with the handbook in it, or brings an older one up to date."""
    from cache.writes.store import Store

    with Store(path) as store:
        _first_edition(store)


def _first_edition(store: Store) -> None:
    from cache.handbook import add_to_new

    if add_to_new(store, time()):
        store.stories.assign_all()  # as a refresh would at its end
