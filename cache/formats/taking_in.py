"""Files that others wrote, read by a parser apart: nothing here knows a library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cache.formats.exchanged_articles import NotArrived
from cache.formats.table import FORMATS

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming
    from cache.formats.source_list import SourceList

ARTICLES_AT_ONCE = 64
"""Articles of a file that are handed over at once."""
PICTURES_AT_ONCE = 24
"""Pictures of them, decoding which takes its time."""


def sources_in(name: str, path: Path) -> SourceList:
    """The sources in a file of the format of this name; raises CacheError and OSError."""
    listed: SourceList = FORMATS[name].codec.read(path)
    return listed


def articles_in(name: str, path: Path) -> Iterator[list[Incoming | NotArrived]]:
    """The articles in a file and what of it did not arrive, a few at a time; raises CacheError and OSError."""
    form = FORMATS[name]
    some: list[Incoming | NotArrived] = []
    for each in form.codec.read(path, **({"pictured": True} if form.pictured else {})):
        some.append(each)
        shown = sum(len(one.pictures) for one in some if not isinstance(one, NotArrived))
        if len(some) == ARTICLES_AT_ONCE or shown >= PICTURES_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def articles_counted(name: str, path: Path) -> int:
    """How many articles a file holds, about; 0 where nobody can say. Raises CacheError and OSError."""
    counted = getattr(FORMATS[name].codec, "counted", None)
    return counted(path) if counted else 0


def library_of(name: str, path: Path) -> str:
    """The library by which a file of articles says that it was written, "" without one."""
    said = getattr(FORMATS[name].codec, "library_of", None)
    return said(path) if said else ""
