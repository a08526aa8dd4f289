"""Files of other programs, read in a parser: stories of any kind, as an import takes them, a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from cache.errors import CacheError
from cache.formats.file_limits import MOST_ARTICLES
from cache.formats.readers import bookmarks, exports, links, newsboat, saved_page, tables
from cache.formats.readers.kinds import TITLES
from cache.formats.readers.story import BREAKS_OFF, DAMAGED, Damage, LeftStory, SavedStory, as_incoming
from cache.formats.readers.whole_objects import Broken, BrokenOff, whole_objects
from fetch.bounded_json import parse_json
from fetch.decoding import marked
from fetch.text import clean

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming

FoundStory: TypeAlias = "Incoming | LeftStory | Damage"

MOST_EXPORT_BYTES = 60_000_000
"""Bytes of such a file; what is parsed at once takes several times its size in memory."""
_AT_ONCE = 32


def stories_in(kind: str, path: Path) -> Iterator[list[FoundStory]]:
    """The stories in a file of this kind, a few at a time, each or why it is left, and last why the rest is not read.

    Raises CacheError where nothing of it can be read, and OSError.
    """
    some: list[FoundStory] = []
    number = 0
    try:
        for number, each in enumerate(_stories(kind, path), 1):
            if number > MOST_ARTICLES:
                raise CacheError(f"{path} holds more than {MOST_ARTICLES:,} articles.")
            some.append(as_incoming(each) if isinstance(each, SavedStory) else each)
            if len(some) == _AT_ONCE:
                yield some
                some = []
    except (ValueError, RecursionError) as error:
        if number:
            yield [*some, Damage(str(error))]
            return
        if kind == "newsboat":
            raise CacheError(f"{path} is {error}.") from error
        raise CacheError(f"{path} seems to be {TITLES[kind]}, but it is not sound: {error}.") from error
    if some:
        yield some


def _stories(kind: str, path: Path) -> Iterable[SavedStory | FoundStory]:
    if kind == "newsboat":
        return newsboat.read(path)
    body = _bytes(path)
    if kind == "saved_page":
        return [saved_page.read(path, body)]
    text = body.decode(marked(body) or "utf-8", "replace").lstrip("\ufeff")
    if kind in tables.TABLE_COLUMNS:
        return tables.read(kind, text.lstrip())
    if kind == "bookmarks":
        return bookmarks.read(text)
    if kind == "links":
        return links.read(text)
    return _of_json(kind, text, path)


def _of_json(kind: str, text: str, path: Path) -> Iterable[SavedStory | FoundStory]:
    try:
        return _as_stories(kind, parse_json(text, strict=False), path)
    except (ValueError, RecursionError):
        stories = _whole_of(kind, text, path)
        before = list[LeftStory | Damage]()
        for each in stories:
            if isinstance(each, SavedStory):
                return chain(before, [each], stories)
            before.append(each)
        raise  # nothing of it is whole


def _whole_of(kind: str, text: str, path: Path) -> Iterator[SavedStory | LeftStory | Damage]:
    """What is whole of a damaged list, and what is not, by its name or by what stands before it."""
    before = ""
    begins = text.find("[", text.find('"items"') if kind == "starred" else 0) + 1
    for each in whole_objects(text, begins, partial(exports.is_story, kind)):
        if isinstance(each, Broken):
            yield LeftStory(clean(each.name) or (f"what stands behind {before}" if before else ""), DAMAGED)
        elif isinstance(each, BrokenOff):
            yield Damage(BREAKS_OFF)
        else:
            for story in _as_stories(kind, [each], path):
                before = clean(story.headline) or clean(story.url)
                yield story


def _as_stories(kind: str, value: Any, path: Path) -> Iterator[SavedStory]:
    if kind == "omnivore":
        return exports.omnivore(value, path.parent)
    return exports.wallabag(value) if kind == "wallabag" else exports.starred(value)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(MOST_EXPORT_BYTES + 1)
    if len(body) > MOST_EXPORT_BYTES:
        raise CacheError(f"{path} is larger than {MOST_EXPORT_BYTES // 10**6} MB.")
    return body
