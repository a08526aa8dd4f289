"""Import and export: one module per file format, chosen here by name or by what a file begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cache.errors import CacheError

if TYPE_CHECKING:
    from cache.library import Library


class Imported(NamedTuple):
    """What an import brought: how many sources or articles, and the sentence to show."""

    count: int
    sentence: str


class Exported(NamedTuple):
    """What an export wrote: how many sources or articles, and the sentence to show."""

    count: int
    sentence: str


FORMS = ("opml", "markdown", "jsonl")
"""The forms `export` knows."""


async def import_file(library: Library, path: Path) -> Imported:
    """Takes in a file, whichever form it has; raises CacheError when it has none we know."""
    try:
        beginning = path.read_bytes()[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError as error:
        raise CacheError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    if beginning.startswith(b"<"):
        from cache.formats import opml

        return await opml.take_in(library, path)
    if beginning.startswith(b"{"):
        from cache.formats import jsonl

        return await jsonl.take_in(library, path)
    raise CacheError(f"{path} is neither OPML nor JSON Lines.")


async def export(library: Library, form: str, path: Path, query: str = "", **wishes: Any) -> Exported:
    """Writes sources (opml) or the articles a query finds (markdown, jsonl); raises CacheError."""
    if form not in FORMS:
        raise CacheError(f"There is no export form {form}; there are {', '.join(FORMS)}.")
    from importlib import import_module

    write = import_module(f"cache.formats.{form}").write
    try:
        written: Exported = await write(library, path, query, **wishes)
    except OSError as error:
        raise CacheError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    return written
