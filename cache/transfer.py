"""Import and export: what a file holds taken into a library, and what a library holds written to a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import time
from typing import TYPE_CHECKING, Any

from cache.db import reads
from cache.db.acts import NO_FACTS, facts_of
from cache.db.backup import require_no_library
from cache.db.connection import Connection
from cache.db.picture_files import PictureFiles
from cache.db.unfinished import unfinished
from cache.errors import CacheError, TextDamaged
from cache.formats.exchanged_articles import Outgoing
from cache.formats.source_list import ListedSource, SourceList, told
from cache.formats.table import FORMATS, Format, recognised
from cache.formats.taking_in import articles_counted, articles_in, sources_in
from cache.reading import LibraryReader
from cache.rules.anchoring import placed
from fetch.parsers.limits import Limits

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.formats.exchanged_articles import Incoming
    from cache.formats.pictures import PictureSupply
    from cache.secret_store import SecretStore
    from cache.writes.store import Store
    from cache.writes.writer_thread import WriterThread
    from fetch.article import Article
    from fetch.http.request import OwnHeaders
    from fetch.parsers.pool import Parsers

BYTES_THAT_TELL_A_FORMAT = 4096
"""Bytes of a file that are looked at to tell its format."""
ENTRIES_AT_ONCE = 200
"""Entries that are read at once while an export is written."""

PATIENT = Limits(processor=20.0, seconds=60.0, memory=400_000_000)
"""What reading some articles of a file may cost; unpacking one may take more memory than any page."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: how many sources or articles, and the sentence to show."""

    count: int
    sentence: str


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
    folder's already. One that is `sized` stops at `max_bytes`. `pictures` go along where a format is `pictured`.
    """

    query: str = ""
    ids: Sequence[int] | None = None
    as_folder: bool | None = None
    max_bytes: int | None = None
    pictures: bool = False


async def import_file(
    library: Path, writer: WriterThread, parsers: Parsers, path: Path, landed: Callable[[int], object] = lambda _: None
) -> Imported:
    """Takes in a file, whichever format it has; raises CacheError when it has none we know.

    `landed` is called with how many articles are on disk so far.
    """
    from asyncio import to_thread

    _check_name(path)
    try:
        found = recognised(await to_thread(_beginning, path))
        if found is None:
            titles = " nor ".join(each.title for each in FORMATS.values() if each.begins)
            raise CacheError(f"{path} is neither {titles}.")
        if found.holds == "sources":
            from cache.secret_store import SecretStore as Secrets

            listed = await parsers.run(str(path), partial(sources_in, found.name, path))

            plain, logins = _without_logins(listed.sources)
            listed = replace(listed, sources=tuple(plain))
            imported = await writer.write(lambda store: _import_sources(store, listed, logins))
            await to_thread(_keep_logins, Secrets.beside(library), logins)
            return imported
        expected = 0
        async for some in parsers.stream(str(path), partial(articles_counted, found.name, path), PATIENT):
            expected += some  # what is no sound file changes nothing
        articles = parsers.stream(str(path), partial(articles_in, found.name, path), PATIENT)
        async with aclosing(articles):
            imported = await _import_articles(writer, articles, PictureFiles(library), landed, expected)
        last = await writer.write(lambda store: store.stories.last_waiting())
        while await writer.write(lambda store: store.stories.assign_through(last)):
            pass  # as a refresh would at its end
        return imported
    except OSError as error:
        raise CacheError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error


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
    lost = f"; {_count(export.damaged, 'text')} left out, damaged: doctor --repair" if export.damaged else ""
    what = f"{_count(number, wanted.holds.removesuffix('s'))}{export.with_pictures}"
    sentence = f"{what} written to {path}{lost}."
    return Exported(number, sentence, export.damaged)


def require_exportable(library: Path, path: Path) -> None:
    """Raises CacheError for what no export may be written to: a name with a NUL, and what belongs to a library."""
    _check_name(path)
    require_no_library(library, path)


def _check_name(path: Path) -> None:
    if "\0" in str(path):
        raise CacheError("The name of a file holds no NUL.")


class _BrokenOff(Exception):
    """Nobody waits for an export any more."""


class _Export:
    """One export on its thread; `stopped` ends it soon, `damaged` counts the texts that could not be read."""

    def __init__(self, library: Path, wishes: ExportWishes) -> None:
        self.stopped = Event()
        self.damaged = 0
        self.pictures: PictureSupply | None = None
        self._library = library
        self._wishes = wishes

    @property
    def with_pictures(self) -> str:
        """How many pictures went along, and their size, to stand in a sentence."""
        if self.pictures is None:
            return ""
        return f" with {_count(self.pictures.number, 'picture')} ({self.pictures.octets / 1000:,.0f} kB)"

    def write(self, wanted: Format, path: Path) -> int:
        """Writes what is wanted; on a connection of its own, as another thread than the reader's does it."""
        more: dict[str, Any] = {}
        with Connection(self._library, reading=True) as connection, suppress(_BrokenOff):
            reader = LibraryReader(connection)
            if wanted.holds == "sources":
                more = {"searches": reader.searches()} if wanted.takes_searches else {}
                with replacing(path) as part:
                    return wanted.codec.write(part, reader.sources(), **more)
            ids = self._best_first(reader) if wanted.sized and self._wishes.max_bytes else self._ids(reader)
            if wanted.is_folder and self._as_folder(path):
                return wanted.codec.write(path, self._articles(wanted, reader, ids), as_folder=True)
            more = {"max_bytes": self._wishes.max_bytes} if wanted.sized else {}
            if self._wishes.pictures and wanted.pictured:
                from cache.formats.pictures import PictureSupply

                more["pictures"] = self.pictures = PictureSupply(PictureFiles(self._library))
            with replacing(path) as part:
                return wanted.codec.write(part, self._articles(wanted, reader, ids), **more)
        return 0

    def _as_folder(self, path: Path) -> bool:
        wished = self._wishes.as_folder
        named_so = not path.suffix and (path.is_file() or not path.exists())
        return path.is_dir() or (named_so if wished is None else wished)

    def _ids(self, reader: LibraryReader) -> Sequence[int]:
        return reader.ids(self._wishes.query) if self._wishes.ids is None else self._wishes.ids

    def _best_first(self, reader: LibraryReader) -> list[int]:
        """What was saved, then the newest, those with their text before those without."""
        entries = [entry for ids in self._batches(self._ids(reader)) for entry in reader.entries(ids)]
        return [entry.id for entry in sorted(entries, key=lambda entry: (not entry.saved, entry.offline != "full"))]

    def _articles(self, wanted: Format, reader: LibraryReader, ids: Sequence[int]) -> Iterator[Outgoing]:
        """The articles with these ids; those whose text is damaged are counted, and cost no other its place.

        In a form that can be taken in they are whole, and teasers are among them.
        """
        comes_back = bool(wanted.begins)
        read = reader.whole_article if comes_back else reader.article
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
                    yield Outgoing(_honest(entry, article), article or _teaser_of(entry), note, highlights, kept)

    def _batches(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        for start in range(0, len(ids), ENTRIES_AT_ONCE):
            if self.stopped.is_set():
                raise _BrokenOff
            yield ids[start : start + ENTRIES_AT_ONCE]


def _honest(entry: Entry, article: Article | None) -> Entry:
    """The entry; a text that it says is there, and is not, is not told of."""
    is_lost = article is None and entry.offline in ("full", "part")
    return replace(entry, offline="teaser") if is_lost else entry


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
def replacing(path: Path) -> Iterator[Path]:
    """A file beside one, which takes its place once it is whole; a device or a pipe gets it then, and stays."""
    real = Path(os.path.realpath(path))
    if real.exists() and not real.is_file():
        with TemporaryDirectory() as folder:
            yield Path(folder) / "export"
            with (Path(folder) / "export").open("rb") as whole, path.open("wb") as device:
                shutil.copyfileobj(whole, device)
        return
    with unfinished(real) as part:
        yield part
        if real.exists():
            shutil.copymode(real, part)
        part.replace(real)


def _without_logins(listed: Iterable[ListedSource]) -> tuple[list[ListedSource], dict[str, OwnHeaders]]:
    """The sources without the names and passwords in their addresses, and what those are sent as."""
    from fetch.http.url_parts import origin_of, without_login, without_user

    plain, logins = list[ListedSource](), dict[str, "OwnHeaders"]()
    for each in listed:
        source = each.source
        (url, user), (home, _) = without_user(source.url), without_user(source.home)
        login = without_login(source.url)[1] if user and origin_of(url) else ()
        plain.append(replace(each, source=replace(source, url=url, home=home)))
        if login:
            logins[url] = login
    return plain, logins


def _keep_logins(secrets: SecretStore, logins: Mapping[str, OwnHeaders]) -> None:
    for url, login in logins.items():
        for name, secret in login:
            secrets.keep(url, name, secret)


def _import_sources(store: Store, listed: SourceList, logins: Mapping[str, OwnHeaders]) -> Imported:
    from cache.arrangement import Arrangement
    from cache.refresh.own_headers import IN_STORE
    from cache.writes import retention, saved_searches

    known = {url for (url,) in store.connection.rows("SELECT url FROM source WHERE removed IS NULL")}
    fresh = [each for each in listed.sources if each.source.url not in known]
    with store.batch():
        for each in fresh:
            source_id = store.sources.add(each.source, section=each.folders)
            asked = Arrangement(each.max_bytes, each.most, each.proxy or None, every=each.every, paused=each.paused)
            store.sources.arrange(source_id, asked)
            if each.keep_days or each.keep_count:
                retention.keep_for(store.connection, source_id, each.keep_days, each.keep_count)
            if each.source.url in logins:
                store.sources.add_headers(source_id, {name: IN_STORE for name, _ in logins[each.source.url]})
        listed = _without_others(store.connection, listed)
        for name, query in listed.searches:
            saved_searches.keep(store.connection, name, query)
    return Imported(len(fresh), _sentence_of(listed, len(fresh)))


def _without_others(connection: Connection, listed: SourceList) -> SourceList:
    """The list without the searches in whose names the reader keeps other ones, which stay."""
    from cache.formats.source_list import LeftOut

    kept = {each.name: each.query for each in reads.saved_searches(connection)}
    taken = tuple((name, query) for name, query in listed.searches if kept.get(name, query) == query)
    names = [name for name, _ in listed.searches if name not in dict(taken)]
    left = tuple(LeftOut(f"“{name}”", "is another search here, which stays as it is") for name in names)
    return replace(listed, searches=taken, left=(*listed.left, *left))


def _sentence_of(listed: SourceList, fresh: int) -> str:
    """What was taken of a list, and what was left and why."""
    already, kept = len(listed.sources) - fresh, len(listed.searches)
    parts = [f"{_count(fresh, 'source')} added"]
    parts += [f"{already} were there already"] if already else []
    parts += [f"{kept} kept {'search' if kept == 1 else 'searches'}"] if kept else []
    parts += [f"{len(listed.left)} left out or changed"] if listed.left else []
    return "; ".join(parts) + "." + "".join(f"\n{sentence}" for sentence in told(listed))


async def _import_articles(
    writer: WriterThread,
    articles: AsyncIterator[list[Incoming]],
    files: PictureFiles,
    told: Callable[[int], object],
    expected: int,
) -> Imported:
    """Takes articles in, a few in a transaction; what has landed stays when it is stopped, and the next goes on."""
    from cache.writes.exchanged import Exchanged, Merging

    number = known = away = pictures = 0
    merging = Merging(expected)
    async for some in articles:
        waiting = some
        while waiting:
            coming = [Exchanged(each.entry, each.article, each.facts, each.highlights) for each in waiting]
            merged = await writer.write(partial(merging.some, waiting=coming))
            landed = [landing for landing, _ in merged]
            pictures += await _keep_pictures(files, waiting, [entry_id for _, entry_id in merged])
            number, waiting = number + len(landed), waiting[len(landed) :]
            known, away = known + landed.count("known"), away + landed.count("away")
            told(number)
    if pictures:
        await _sweep(files, writer)
    fresh = number - known - away
    shown = f" with {_count(pictures, 'picture')}" if pictures else ""
    already = f"; {known:,} were there already" if known else ""
    thrown = f"; {away:,} that you threw away {'stays' if away == 1 else 'stay'} away" if away else ""
    return Imported(fresh, f"{_count(fresh, 'article')} taken in{shown}{already}{thrown}.")


async def _keep_pictures(files: PictureFiles, incoming: Sequence[Incoming], ids: Sequence[int]) -> int:
    """Puts the pictures of articles that have landed on disk; how many."""
    from asyncio import to_thread

    pictures = [(at, *each) for at, one in zip(ids, incoming, strict=False) if at for each in one.pictures]
    for each in pictures:
        await to_thread(files.keep, *each)
    return len(pictures)


async def _sweep(files: PictureFiles, writer: WriterThread) -> None:
    """Holds the pictures to their quota."""
    from asyncio import to_thread

    from cache.refresh.picture_wishes import pictured

    await to_thread(files.sweep, await writer.write(lambda store: pictured(store, time())))


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(BYTES_THAT_TELL_A_FORMAT)


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
