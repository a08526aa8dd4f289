"""Import: what a file holds, of sources or of articles, taken into a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, NamedTuple

from cache.db import reads
from cache.db.connection import Connection
from cache.db.picture_files import PictureFiles
from cache.errors import CacheError
from cache.exporting import counted, require_name
from cache.formats.exchanged_articles import RECEIPT, NotArrived
from cache.formats.readers.kinds import BYTES_LOOKED_AT, is_unknown_table, kind_of, seems
from cache.formats.source_list import ListedSource, SourceList, told
from cache.formats.table import FORMATS, recognised
from cache.formats.taking_in import articles_counted, articles_in, library_of, sources_in
from cache.import_tally import ImportTally, already_there
from cache.taking_over import TakingOver, take_over
from cache.writes import makers
from cache.writes.earlier_versions import packed_versions
from cache.writes.exchanged import Exchanged, Merging
from fetch.errors import NewsError
from fetch.parsers.limits import Limits

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming
    from cache.secret_store import SecretStore
    from cache.writes.store import Store
    from cache.writes.writer_thread import WriterThread
    from fetch.http.request import OwnHeaders
    from fetch.parsers.pool import Parsers


_NOTHING = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""What a file without a letter in it may hold, in whichever form of Unicode."""
_MOST_REPORTS = 1000
"""Reports of a story that are one because a file says so."""
PATIENT = Limits(processor=20.0, seconds=60.0, memory=400_000_000)
"""What reading some articles of a file may cost; unpacking one may take more memory than any page."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: how many sources or articles, and the sentence to show.

    `is_whole`: nothing of the file is missing. `counts` are how many articles did what, by names for a script.
    """

    count: int
    sentence: str
    is_whole: bool = True
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """What of a file of articles is taken in.

    `marks`: what its sender did goes along; None: where it was written by a library that is known here, or does not
    say by which, as JSON Lines do. `marks_only`: and nothing else. `landed` is called with how many articles are on
    disk so far.
    """

    marks: bool | None = None
    marks_only: bool = False
    landed: Callable[[int], object] = lambda _: None


async def import_file(
    library: Path, writer: WriterThread, parsers: Parsers, path: Path, wishes: ImportWishes | None = None
) -> Imported:
    """Takes in a file, whichever format it has; raises CacheError when it has none we know, or nothing of it is whole.

    What is whole of a damaged one is taken, and what is missing is told.
    """
    from asyncio import to_thread

    require_name(path)
    try:
        if await to_thread(path.is_dir):
            return await _import_folder(library, writer, parsers, path, wishes or ImportWishes())
        beginning = await to_thread(_beginning, path)
        if not beginning.strip(_NOTHING):
            return Imported(0, f"{path} is empty; nothing was taken in.")
        if beginning.startswith(RECEIPT):
            raise CacheError(f"{path} is a receipt; on the other side, `export pack --missing-from` takes it.")
        if kind := kind_of(beginning):
            taken = await take_over(_taking_over(kind, path, wishes or ImportWishes()), writer, parsers)
            return Imported(taken.fresh, taken.sentence, taken.is_whole, taken.counts)
        found = None if is_unknown_table(beginning) else recognised(beginning)
        if found is None:
            titles = " nor ".join(each.title for each in FORMATS.values() if each.begins)
            raise CacheError(
                f"{path} is neither {titles}, nor of another reader that is known here. {seems(beginning)}"
            )
        if found.holds == "sources":
            from cache.secret_store import SecretStore as Secrets

            listed = await parsers.run(str(path), partial(sources_in, found.name, path))

            plain, logins = _without_logins(listed.sources)
            listed = replace(listed, sources=tuple(plain))
            imported = await writer.write(lambda store: _import_sources(store, listed, logins))
            await to_thread(_keep_logins, Secrets.beside(library), logins)
            return imported
        return await _import_articles(
            library, writer, parsers, _ArticleFile(path, found.name), wishes or ImportWishes()
        )
    except OSError as error:
        raise CacheError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error


async def _import_folder(
    library: Path, writer: WriterThread, parsers: Parsers, folder: Path, wishes: ImportWishes
) -> Imported:
    """Takes in the files of a folder, each as it is; what one of them lacks, or that it is none of ours, is told."""
    from asyncio import to_thread

    count, told, is_whole, counts = 0, list[str](), True, Counter[str]()
    for path in await to_thread(_files_in, folder):
        try:
            imported = await import_file(library, writer, parsers, path, wishes)
        except NewsError as error:
            is_whole = False
            counts["unread_files"] += 1
            said = str(error).replace(str(path), path.name)
        else:
            count, is_whole = count + imported.count, is_whole and imported.is_whole
            counts.update(imported.counts)
            said = imported.sentence.replace(str(path), path.name).replace("\n", " ")
        told.append(said if said.startswith(path.name) else f"{path.name}: {said}")
    if not told:
        raise CacheError(f"{folder} is a folder without a file in it.")
    return Imported(count, "\n".join(told), is_whole, counts)


def _taking_over(kind: str, path: Path, wishes: ImportWishes) -> TakingOver:
    return TakingOver(
        kind, path, wishes.landed, marks=wishes.marks is not False or wishes.marks_only, texts=not wishes.marks_only
    )


def _files_in(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith("."))


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
    return Imported(len(fresh), _sentence_of(listed, len(fresh)), not listed.is_cut)


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
    parts = [f"{counted(fresh, 'source')} added"]
    parts += already_there(already)
    parts += [f"{kept} kept {'search' if kept == 1 else 'searches'}"] if kept else []
    parts += [f"{len(listed.left)} left out or changed"] if listed.left else []
    return "; ".join(parts) + "." + "".join(f"\n{sentence}" for sentence in told(listed))


class _ArticleFile(NamedTuple):
    """A file of articles, and the name of its format."""

    path: Path
    form: str


async def _import_articles(
    library: Path, writer: WriterThread, parsers: Parsers, file: _ArticleFile, wishes: ImportWishes
) -> Imported:
    """Takes articles in, a few in a transaction; what has landed stays when it is stopped, and the next goes on."""
    name, files = str(file.path), PictureFiles(library)
    expected = await parsers.run(name, partial(articles_counted, file.form, file.path))
    sender = await parsers.run(name, partial(library_of, file.form, file.path))
    says_sender = FORMATS[file.form].signed
    wanted = await writer.write(lambda store: makers.marks_of(store.connection, sender, wishes.marks, says_sender))
    fills = not await writer.write(lambda store: makers.holds_news(store.connection))
    tally = ImportTally(left_marks=not wanted and wishes.marks is None)
    merging = Merging(expected, marks=wanted or wishes.marks_only, texts=not wishes.marks_only)
    async with aclosing(parsers.stream(name, partial(articles_in, file.form, file.path), PATIENT)) as coming:
        async for some in coming:
            tally.missing += [each for each in some if isinstance(each, NotArrived)]
            await _land(writer, merging, [each for each in some if not isinstance(each, NotArrived)], files, tally)
            wishes.landed(tally.number)
    if tally.pictures:
        await _sweep(files, writer)
    if tally.missing and not tally.number:
        raise CacheError(f"Nothing of {file.path} could be taken in. {' '.join(tally.told())}")
    last = await writer.write(lambda store: store.stories.last_waiting())
    while await writer.write(lambda store: store.stories.assign_through(last)):
        pass  # as a refresh would at its end
    says_stories = fills and max(tally.stories, default=0) > 0
    stories = [ids for ids in tally.stories.values() if len(ids) <= _MOST_REPORTS] if says_stories else []
    while stories:  # they came about one article after the other, and would not be the same made at once
        stories = stories[await writer.write(partial(_put_together, stories=stories)) :]
    return Imported(tally.fresh, tally.sentence(), tally.is_whole, tally.counts())


def _put_together(store: Store, stories: Sequence[Sequence[int]]) -> int:
    return store.stories.put_together(stories)


async def _land(
    writer: WriterThread, merging: Merging, waiting: list[Incoming], files: PictureFiles, tally: ImportTally
) -> None:
    """Merges articles, as many as a short transaction holds, until none waits."""
    from asyncio import to_thread

    coming = await to_thread(_prepared, waiting)
    while waiting:
        merged = await writer.write(partial(merging.some, waiting=coming))
        tally.pictures += await _keep_pictures(files, waiting, [entry_id for _, entry_id in merged])
        tally.add(merged, waiting)
        waiting, coming = waiting[len(merged) :], coming[len(merged) :]


def _prepared(incoming: Iterable[Incoming]) -> list[Exchanged]:
    """The articles as they are written."""
    return [
        Exchanged(
            each.entry, each.article, each.facts, each.highlights, versions=packed_versions(each.revisions)
        ).prepared()
        for each in incoming
    ]


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
    if path.exists() and not path.is_file():  # to open a pipe is to wait for who writes into it
        raise CacheError(f"{path} is neither a file nor a folder.")
    with path.open("rb") as file:
        return file.read(BYTES_LOOKED_AT)
