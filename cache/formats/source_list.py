"""What a list of sources holds, in whichever form it came, and what of it could not be taken, with the reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cache.formats.file_limits import MOST_SOURCES
from fetch.source import Source

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_COMMANDS = ("exec:", "filter:", "|")


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source as a list names it: its folders as paths ("News/Sea"), one a line, and what a reader arranged for it."""

    source: Source
    folders: str = ""
    max_bytes: int | None = None
    proxy: str = ""
    keep_days: int | None = None
    keep_count: int | None = None
    most: int | None = None
    every: int | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something a list names that was not taken, or not as it stands there, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources of a list, each once, the searches a reader kept (name and query), and what was left out.

    `is_cut`: the list breaks off before its end, and what stood there is not known.
    """

    sources: tuple[ListedSource, ...] = ()
    searches: tuple[tuple[str, str], ...] = ()
    left: tuple[LeftOut, ...] = ()
    is_cut: bool = False


def gathered(found: Iterable[ListedSource | LeftOut | tuple[str, str]]) -> SourceList:
    """What was found of a list, each source once, in all the folders in which it stands."""
    sources: dict[str, ListedSource] = {}
    searches: dict[str, str] = {}
    left: list[LeftOut] = []
    for each in found:
        match each:
            case ListedSource() if len(sources) >= MOST_SOURCES and each.source.url not in sources:
                left.append(LeftOut(each.source.url, f"stands behind the first {MOST_SOURCES:,} sources of the list"))
            case ListedSource():
                first = sources.get(each.source.url, each)
                paths = dict.fromkeys(filter(None, (*first.folders.split("\n"), *each.folders.split("\n"))))
                sources[each.source.url] = replace(first, folders="\n".join(paths))
            case LeftOut():
                left.append(each)
            case (name, query):
                searches.setdefault(name, query)
    return SourceList(tuple(sources.values()), tuple(searches.items()), tuple(left))


def why_not(written: str) -> str:
    """Why an address is not one of a source."""
    if written.strip().startswith(_COMMANDS):
        return "is a command to run, which a list from elsewhere may not do"
    if found := _SCHEME.match(written.strip()):
        return f"is an address of the kind {found[0]} which is not asked"
    return "is no address"


def without_login(url: str) -> str:
    """An address as others may have it: a name and password in it are the reader's own."""
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}"


def told(listed: SourceList, most: int = 5) -> Iterator[str]:
    """That the list is cut, and what was left out, a sentence each, and how many more there are."""
    all_left = listed.left
    if listed.is_cut:
        yield "The list breaks off before its end; what stood behind that is missing."
    for each in all_left[:most]:
        yield f"{each.what} {each.reason}."
    if len(all_left) > most:
        yield f"And {len(all_left) - most} more."
