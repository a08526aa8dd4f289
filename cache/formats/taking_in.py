"""Files that others wrote, read by a parser apart: nothing here knows a library."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cache.formats.table import FORMATS

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming
    from cache.formats.source_list import SourceList

ARTICLES_AT_ONCE = 64
"""Articles of a file that are handed over at once."""


def sources_in(name: str, path: Path) -> SourceList:
    """The sources in a file of the format of this name; raises CacheError and OSError."""
    listed: SourceList = FORMATS[name].codec.read(path)
    return listed


def articles_in(name: str, path: Path) -> Iterator[list[Incoming]]:
    """The articles in a file, a few at a time; raises CacheError and OSError where it is no sound one."""
    articles = iter(FORMATS[name].codec.read(path))
    while some := list(islice(articles, ARTICLES_AT_ONCE)):
        yield some


def articles_counted(name: str, path: Path) -> Iterator[int]:
    """How many those are, a few at a time: whether it is a sound file is known when the last has been counted."""
    yield from map(len, articles_in(name, path))
