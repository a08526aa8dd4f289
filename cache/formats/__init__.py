"""Import and export: one module per file format, each reading or writing files and nothing else.

Which form a file has is told by what it begins with; the library comes in here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, TypeAlias

from cache.db import reads
from cache.db.connection import Connection
from cache.errors import CacheError
from cache.reading import ReadingRoom

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.formats.jsonl import Delivered
    from cache.library import Library
    from cache.writes.store import Store
    from fetch.article import Article
    from fetch.source import Source

FORMS = ("opml", "markdown", "epub", "jsonl", "pack")
"""The forms `export` knows."""

Numbered: TypeAlias = "list[tuple[Source, str]]"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: how many sources or articles, and the sentence to show."""

    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: how many sources or articles, and the sentence to show."""

    count: int
    sentence: str


async def import_file(library: Library, path: Path) -> Imported:
    """Takes in a file, whichever form it has; raises CacheError when it has none we know."""
    from asyncio import to_thread

    from cache.formats import jsonl, pack

    try:
        beginning = await to_thread(_beginning, path)
        if beginning.startswith(b"<"):
            return await _import_sources(library, path)
        if beginning.startswith(b"{"):
            return await library.write(lambda store: _import_articles(store, jsonl.read(path)))
        if beginning.startswith(pack.MAGIC.strip()):
            return await library.write(lambda store: _import_articles(store, pack.read(path)))
    except OSError as error:
        raise CacheError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    raise CacheError(f"{path} is neither OPML nor JSON Lines nor a pack.")


async def export(library: Library, form: str, path: Path, query: str = "", *, max_bytes: int | None = None) -> Exported:
    """Writes the sources (opml), or the articles a query finds; a pack stops at `max_bytes`. Raises CacheError."""
    from asyncio import to_thread

    try:
        if form == "opml":
            from cache.formats import opml

            return _exported(await to_thread(opml.write, path, library.sources()), "source", path)
        if form in FORMS:
            return _exported(
                await to_thread(_export_articles, library.path, form, path, query, max_bytes), "article", path
            )
    except OSError as error:
        raise CacheError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    raise CacheError(f"There is no export form “{form}”; there are {', '.join(FORMS)}.")


def _export_articles(library: Path, form: str, path: Path, query: str, max_bytes: int | None) -> int:
    """Writes the articles; reads on a connection of its own, as another thread than the reader's does it."""
    with Connection(library, reading=True) as reader:
        return _write_articles(ReadingRoom(reader), form, path, query, max_bytes)


def _write_articles(library: ReadingRoom, form: str, path: Path, query: str, max_bytes: int | None) -> int:
    from cache.formats import epub, jsonl, markdown, pack

    if form == "pack":
        return pack.write(path, _noted(library, _best_first(library, query)), max_bytes)
    if form == "jsonl":
        return jsonl.write(path, _noted(library, library.ids(query)))
    write = markdown.write if form == "markdown" else epub.write
    return write(path, _articles(library, library.ids(query)))


def _best_first(library: ReadingRoom, query: str) -> list[int]:
    """What was saved, then the newest, those with their text before those without."""
    entries = [entry for ids in _by_hundreds(library.ids(query)) for entry in library.entries(ids)]
    return [entry.id for entry in sorted(entries, key=lambda entry: (not entry.saved, entry.offline != "full"))]


def _articles(library: ReadingRoom, ids: Sequence[int]) -> Iterator[tuple[Entry, Article]]:
    for some in _by_hundreds(ids):
        for entry in library.entries(some):
            article = library.article(entry.id)
            if article is not None:
                yield entry, article


def _noted(library: ReadingRoom, ids: Sequence[int]) -> Iterator[tuple[Entry, Article, str]]:
    return ((entry, article, library.note_of(entry.id)) for entry, article in _articles(library, ids))


def _by_hundreds(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + 200] for start in range(0, len(ids), 200))


async def _import_sources(library: Library, path: Path) -> Imported:
    from asyncio import to_thread

    from cache.formats import opml

    listed = list(await to_thread(lambda: list(opml.read(path))))
    known = {source.url for source in library.sources()}
    fresh = [(source, section) for source, section in listed if source.url not in known]
    await library.write(lambda store: _add_sources(store, fresh))
    already = f"; {len(listed) - len(fresh)} were there already" if len(listed) > len(fresh) else ""
    return Imported(len(fresh), f"{_count(len(fresh), 'source')} added{already}.")


def _add_sources(store: Store, listed: Numbered) -> None:
    with store.batch():
        for source, section in listed:
            store.sources.add(source, section=section)


def _import_articles(store: Store, deliveries: Iterable[Delivered]) -> Imported:
    number = known = 0
    with store.batch():
        for delivered in deliveries:
            known += not _take_in(store, delivered, time())
            number += 1
    already = f"; {known:,} were there already" if known else ""
    return Imported(number - known, f"{_count(number - known, 'article')} taken in{already}.")


def _take_in(store: Store, delivered: Delivered, now: float) -> bool:
    """Merges an article into the library; whether it was not on its lists before. A whole text that is there stays."""
    from cache.db.rows import FULL
    from cache.writes import marks

    article = delivered.article
    standing = reads.find_any(store.connection, article.url)
    known = store.connection.value("SELECT 1 FROM shelf WHERE id = ? AND offline = ?", (standing, FULL))
    entry_id = store.entries.entry_for(article.url, article.headline, now=now)
    if store.connection.value("SELECT offline FROM entry WHERE id = ?", (entry_id,)) != FULL:
        store.articles.store_article(entry_id, article, now)
    if delivered.read:
        marks.mark_read(store.connection, [entry_id], True)
    if delivered.saved:
        marks.save(store.connection, [entry_id], True, now)
    if delivered.tags:
        known = [row[0] for row in store.connection.rows("SELECT name FROM tag WHERE entry_id = ?", (entry_id,))]
        marks.tag(store.connection, entry_id, {*known, *delivered.tags})
    if delivered.note and not store.connection.value("SELECT note FROM mark WHERE id = ?", (entry_id,)):
        marks.note(store.connection, entry_id, delivered.note)
    return not known


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")


def _exported(number: int, what: str, path: Path) -> Exported:
    return Exported(number, f"{_count(number, what)} written to {path}.")


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
