"""Export: what a library holds, of sources or of articles, written to a file or a folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import ENXIO
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from threading import Event
from time import sleep
from typing import TYPE_CHECKING, Any, BinaryIO

from cache.db.acts import NO_FACTS, facts_of
from cache.db.backup import require_no_library
from cache.db.connection import Connection
from cache.db.picture_files import PictureFiles
from cache.db.unfinished import unfinished
from cache.errors import CacheError, TextDamaged
from cache.formats.exchanged_articles import Companions, Outgoing
from cache.formats.receipt import receipt_in
from cache.formats.table import FORMATS, Format
from cache.reading import LibraryReader
from cache.rules.anchoring import placed

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.export_order import Ranked
    from cache.formats.pictures import PictureSupply
    from fetch.article import Article


ENTRIES_AT_ONCE = 200
"""Entries that are read at once while an export is written."""
TOLD_EVERY = 20
"""Articles after which it is told how far an export is."""
RELATED_LINKED = 6
"""Related stories that an article leads to within what is exported with it."""
RELATED_LOOKED_AT = 20
"""Those among which they are, most of which may not go along."""


_PIECE = 1 << 16
_MOMENT = 0.05
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: how many sources or articles, the sentence to show, and how many texts it lacks."""

    count: int
    sentence: str
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class ExportWishes:
    """What is to be exported and how: the articles that a query finds, or those with the numbers `ids`, in their order.

    `as_folder` writes a file for each into a folder, where a format can; None: where the name has no ending, or is a
    folder's already. One that is `sized` stops at `max_bytes`. `pictures` go along where a format is `pictured`;
    `library` is the id of the library, which stands in one that is `signed`. What another library has by its receipt,
    the file `missing_from`, is left out. `revisions`: in a form that can be taken in, what articles said before goes
    along. `written` is called, on the thread that writes, with how many have gone out so
    far.
    """

    query: str = ""
    ids: Sequence[int] | None = None
    as_folder: bool | None = None
    max_bytes: int | None = None
    pictures: bool = False
    library: str = ""
    missing_from: Path | None = None
    revisions: bool = False
    written: Callable[[int], object] = lambda _: None


async def export(library: Path, name: str, path: Path, wishes: ExportWishes) -> Exported:
    """Writes the sources of a library file, or articles, in the format of this name.

    Raises CacheError. What is broken off, or fails, leaves what was there.
    """
    from asyncio import CancelledError, to_thread

    wanted = FORMATS.get(name)
    if wanted is None:
        raise CacheError(f"There is no export form “{name}”; there are {', '.join(FORMATS)}.")
    export = _Export(library, wishes)
    try:
        await to_thread(require_exportable, library, path)
        number = await to_thread(export.write, wanted, path)
    except CancelledError:
        export.stopped.set()
        raise
    except OSError as error:
        raise CacheError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    what_is_lost = [(export.damaged, "text"), (export.damaged_revisions, "earlier version")]
    lost = "".join(f"; {counted(lost, what)} left out, damaged: doctor --repair" for lost, what in what_is_lost if lost)
    if export.long_revisions:
        lost += f"; {counted(export.long_revisions, 'earlier version')} left out, too long to go with the article"
    what = f"{counted(number, wanted.holds.removesuffix('s'))}{export.with_pictures}"
    left = export.ranked.behind(number + export.damaged + export.spared) if export.ranked else ""
    spared = f"; {export.spared:,} left out, as the other library has them" if export.spared else ""
    sentence = f"{what} written to {path}{lost}{spared}{'; ' if left else ''}{left}."
    return Exported(number, sentence, export.damaged + export.damaged_revisions)


def require_exportable(library: Path, path: Path) -> None:
    """Raises CacheError for what no export may be written to: a name with a NUL, and what belongs to a library."""
    require_name(path)
    require_no_library(library, path)


class _BrokenOff(Exception):
    """Nobody waits for an export any more."""


class _Export:
    """One export on its thread; `stopped` ends it soon, `damaged` counts the texts that could not be read."""

    def __init__(self, library: Path, wishes: ExportWishes) -> None:
        self.stopped = Event()
        self.damaged = self.damaged_revisions = self.long_revisions = self.spared = 0
        self.pictures: PictureSupply | None = None
        self.ranked: Ranked | None = None
        self._library = library
        self._wishes = wishes

    @property
    def with_pictures(self) -> str:
        """How many pictures went along, and their size, to stand in a sentence."""
        if self.pictures is None:
            return ""
        return f" with {counted(self.pictures.number, 'picture')} ({self.pictures.octets / 1000:,.0f} kB)"

    def write(self, wanted: Format, path: Path) -> int:
        """Writes what is wanted; on a connection of its own, as another thread than the reader's does it."""
        more: dict[str, Any] = {}
        with Connection(self._library, reading=True) as connection, suppress(_BrokenOff):
            reader = LibraryReader(connection)
            if wanted.holds == "sources":
                more = {"searches": reader.searches()} if wanted.takes_searches else {}
                with replacing(path, self._go_on) as part:
                    return wanted.codec.write(part, reader.sources(), **more)
            ids = self._ids(reader)
            if wanted.sized and self._wishes.max_bytes:
                self.ranked = self._ranked(reader)
                ids = self.ranked.ids
            more = {"max_bytes": self._wishes.max_bytes} if wanted.sized else {}
            more |= {"companions": self._companions(reader, ids)} if wanted.linked else {}
            more |= {"away": _thrown_away(connection)} if wanted.is_receipt else {}
            more |= {"library": self._wishes.library} if wanted.signed else {}
            if wanted.is_folder and self._as_folder(path):
                return wanted.codec.write(path, self._articles(wanted, reader, ids), as_folder=True, **more)
            if self._wishes.pictures and wanted.pictured:
                from cache.formats.pictures import PictureSupply

                more["pictures"] = self.pictures = PictureSupply(PictureFiles(self._library))
            with replacing(path, self._go_on) as part:
                return wanted.codec.write(part, self._articles(wanted, reader, ids), **more)
        return 0

    def _as_folder(self, path: Path) -> bool:
        wished = self._wishes.as_folder
        named_so = not path.suffix and (path.is_file() or not path.exists())
        return path.is_dir() or (named_so if wished is None else wished)

    def _ids(self, reader: LibraryReader) -> Sequence[int]:
        return reader.ids(self._wishes.query) if self._wishes.ids is None else self._wishes.ids

    def _ranked(self, reader: LibraryReader) -> Ranked:
        """What is to be exported, those worth most first."""
        from cache.export_order import ranked

        return ranked(reader, (entry for ids in self._batches(self._ids(reader)) for entry in reader.entries(ids)))

    def _companions(self, reader: LibraryReader, ids: Sequence[int]) -> Companions:
        """What goes along, for links between them: what has its text here, and of an article what is related to it."""
        numbers = {
            entry.url: entry.id
            for some in self._batches(ids)
            for entry in reader.entries(some)
            if entry.offline in ("full", "part")
        }
        among = set(numbers.values())

        def related(number: int) -> list[Entry]:
            found = (each.entry_id for each in reader.related(number, limit=RELATED_LOOKED_AT))
            wanted = [each for each in dict.fromkeys(found) if each in among and each != number][:RELATED_LINKED]
            entries = {entry.id: entry for entry in reader.entries(wanted)}
            return [entries[each] for each in wanted if each in entries]

        return Companions(numbers, related)

    def _articles(self, wanted: Format, reader: LibraryReader, ids: Sequence[int]) -> Iterator[Outgoing]:
        """The articles with these ids; those whose text is damaged are counted, and cost no other its place.

        In a form that can be taken in they are whole, and teasers are among them.
        """
        comes_back = bool(wanted.begins) or wanted.is_receipt
        read = reader.whole_article if comes_back else reader.article
        receipt = receipt_in(self._wishes.missing_from) if self._wishes.missing_from else None
        number = 0
        for some in self._batches(ids):
            facts = facts_of(reader.connection, some) if comes_back else {}
            for entry in reader.entries(some):
                try:
                    article = read(entry.id)
                except TextDamaged:
                    self.damaged += 1
                    continue
                if article is not None or comes_back:
                    highlights = placed(article.text if article else "", reader.all_highlights(entry.id))
                    note, kept = reader.note_of(entry.id), facts.get(entry.id, NO_FACTS)
                    outgoing = Outgoing(_honest(entry, article), article or _teaser_of(entry), note, highlights, kept)
                    if self._wishes.revisions and wanted.begins:
                        outgoing = self._with_revisions(reader, outgoing)
                    if receipt is not None and receipt.has(outgoing) and not outgoing.revisions:
                        self.spared += 1
                    else:
                        self._go_on()
                        yield outgoing
                        number += 1
                        if number % TOLD_EVERY == 0:
                            self._wishes.written(number)

    def _with_revisions(self, reader: LibraryReader, outgoing: Outgoing) -> Outgoing:
        """The same with what the article said before; what of it is damaged or has no room is counted."""
        from cache.db.revisions import revisions
        from cache.formats.article_form import fitting

        entry = outgoing.entry
        found = revisions(reader.connection, entry._replace(enclosures=()))  # as they are kept
        kept = reader.connection.value("SELECT count(*) FROM revision WHERE entry_id = ?", (entry.id,))
        self.damaged_revisions += int(kept) - len(found)
        going = fitting(outgoing._replace(revisions=found)) if found else ()
        self.long_revisions += len(found) - len(going)
        return outgoing._replace(revisions=going)

    def _go_on(self) -> None:
        """Raises _BrokenOff once nobody waits any more."""
        if self.stopped.is_set():
            raise _BrokenOff

    def _batches(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        for start in range(0, len(ids), ENTRIES_AT_ONCE):
            self._go_on()
            yield ids[start : start + ENTRIES_AT_ONCE]


def _thrown_away(connection: Connection) -> list[int]:
    """The names of what the reader threw away or a limit took, hashed."""
    gone = "SELECT name FROM address JOIN mark ON mark.id = entry_id WHERE gone IS NOT NULL"
    return [name for (name,) in connection.rows(f"SELECT name FROM buried UNION {gone}")]


def _honest(entry: Entry, article: Article | None) -> Entry:
    """The entry; a text that it says is there, and is not, is not told of."""
    is_lost = article is None and entry.offline in ("full", "part")
    return entry._replace(offline="teaser") if is_lost else entry


def _teaser_of(entry: Entry) -> Article:
    """What the row of an entry without a text says, as an article without one."""
    from fetch.article import Article

    return Article(
        entry.url,
        entry.headline,
        authors=entry.authors,
        published=entry.published,
        dateline=entry.dateline,
        section=entry.section,
        source=entry.source,
        language=entry.language,
        reason=entry.reason,
    )


@contextmanager
def replacing(path: Path, go_on: Callable[[], object] = lambda: None) -> Iterator[Path]:
    """A file beside one, which takes its place once it is whole; a device or a pipe gets it then, and stays.

    While a pipe waits for whoever reads it, `go_on` is asked again and again; it may raise to give that up.
    """
    real = Path(os.path.realpath(path))
    if real.exists() and not real.is_file():
        with TemporaryDirectory() as folder:
            yield Path(folder) / "export"
            with (Path(folder) / "export").open("rb") as whole:
                if real.is_fifo():
                    _pour(whole, path, go_on)
                    return
                with path.open("wb") as device:
                    shutil.copyfileobj(whole, device)
        return
    with unfinished(real) as part:
        yield part
        if real.exists():
            shutil.copymode(real, part)
        part.replace(real)


def _pour(whole: BinaryIO, pipe: Path, go_on: Callable[[], object]) -> None:
    """Writes a file into a pipe as fast as somebody reads it, and never waits longer than a moment without asking."""
    descriptor = _opened(pipe, go_on)
    try:
        while piece := whole.read(_PIECE):
            while piece:
                go_on()
                if select([], [descriptor], [], _MOMENT)[1]:
                    with suppress(BlockingIOError):
                        piece = piece[os.write(descriptor, piece) :]
    finally:
        os.close(descriptor)


def _opened(pipe: Path, go_on: Callable[[], object]) -> int:
    """The pipe, once there is somebody who reads it."""
    while True:
        go_on()
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != ENXIO:
                raise
        sleep(_MOMENT)


def require_name(path: Path) -> None:
    """Raises CacheError for a name that no file can have."""
    if "\0" in str(path):
        raise CacheError("The name of a file holds no NUL.")


def counted(number: int, what: str) -> str:
    """How many of what, to stand in a sentence."""
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
