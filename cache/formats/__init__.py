"""Import and export: one module per file format, each reading or writing files and nothing else.

Which form a file has is told by what it begins with; the library comes in here alone.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, TypeAlias

from cache.errors import CacheError

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library
    from cache.store import Store
    from fetch.article import Article
    from fetch.source import Source

FORMS = ("opml", "markdown", "jsonl")
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
    try:
        beginning = await to_thread(_beginning, path)
        if beginning.startswith(b"<"):
            return await _import_sources(library, path)
        if beginning.startswith(b"{"):
            return await library.write(lambda store: _import_articles(store, path))
    except OSError as error:
        raise CacheError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    raise CacheError(f"{path} is neither OPML nor JSON Lines.")


async def export(library: Library, form: str, path: Path, query: str = "") -> Exported:
    """Writes the sources (opml), or the articles a query finds (markdown, jsonl); raises CacheError."""
    try:
        if form == "opml":
            from cache.formats import opml

            return _exported(await to_thread(opml.write, path, library.sources()), "source", path)
        if form in FORMS:
            return _exported(_export_articles(library, form, path, query), "article", path)
    except OSError as error:
        raise CacheError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    raise CacheError(f"There is no export form “{form}”; there are {', '.join(FORMS)}.")


def _export_articles(library: Library, form: str, path: Path, query: str) -> int:
    from cache.formats import jsonl, markdown

    write = markdown.write if form == "markdown" else jsonl.write
    return write(path, _articles(library, query))


def _articles(library: Library, query: str) -> Iterator[tuple[Entry, Article]]:
    ids = library.ids(query)
    for start in range(0, len(ids), 200):
        for entry in library.entries(ids[start : start + 200]):
            article = library.article(entry.id)
            if article is not None:
                yield entry, article


async def _import_sources(library: Library, path: Path) -> Imported:
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
            store.add_source(source, section=section)


def _import_articles(store: Store, path: Path) -> Imported:
    from cache import marks
    from cache.formats import jsonl

    now, number = time(), 0
    with store.batch():
        for article, read, saved in jsonl.read(path):
            entry_id = store.entry_for(article.url, article.headline, now=now)
            store.store_article(entry_id, article, now)
            if read:
                marks.mark_read(store, [entry_id], True)
            if saved:
                marks.save(store, [entry_id], True, now)
            number += 1
    return Imported(number, f"{_count(number, 'article')} taken in.")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")


def _exported(number: int, what: str, path: Path) -> Exported:
    return Exported(number, f"{_count(number, what)} written to {path}.")


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
