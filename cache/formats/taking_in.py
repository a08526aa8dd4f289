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
PICTURES_AT_ONCE = 24
"""Pictures of them, decoding which takes its time."""


def sources_in(name: str, path: Path) -> SourceList:
    """The sources in a file of the format of this name; raises CacheError and OSError."""
    listed: SourceList = FORMATS[name].codec.read(path)
    return listed


def articles_in(name: str, path: Path) -> Iterator[list[Incoming]]:
    """The articles in a file, a few at a time; raises CacheError and OSError where it is no sound one."""
    form = FORMATS[name]
    some: list[Incoming] = []
    for each in form.codec.read(path, **({"pictured": True} if form.pictured else {})):
        some.append(each)
        if len(some) == ARTICLES_AT_ONCE or sum(len(one.pictures) for one in some) >= PICTURES_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def articles_counted(name: str, path: Path) -> Iterator[int]:
    """How many those are, a few at a time: whether it is a sound file is known when the last has been counted."""
    articles = iter(FORMATS[name].codec.read(path))
    while number := len(list(islice(articles, ARTICLES_AT_ONCE))):
        yield number
