"""The seam: what a library wants of a server, whatever protocol that speaks; one module a protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from cache.errors import CacheError

if TYPE_CHECKING:
    from fetch.article import Teaser

TOO_MANY = "too many tags"
"""The reason of a server that has more tags than are asked for."""
RemoteMark: TypeAlias = Literal["read", "saved"]


class CannotSync(CacheError):
    """A server could not be synced with; `reason` is a word or two for a script.

    `is_final`: it was said by what is such a server for certain, so that no other address needs be tried.
    """

    is_final = False

    def __init__(self, sentence: str, reason: str = "failed") -> None:
        super().__init__(sentence)
        self.reason = reason


def switched_off(base: str) -> CannotSync:
    """What is said of a server that answers 503: FreshRSS does where its API is not allowed."""
    return CannotSync(
        f"{base} answers that its API is not available (HTTP 503): in FreshRSS, an administrator allows API access"
        " under Authentication.",
        "switched off",
    )


@dataclass(frozen=True, slots=True)
class RemoteSource:
    """A source as a server has it: what it calls it, its address, its title, and the folder it is in, "" for none."""

    remote: str
    url: str
    title: str = ""
    group: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """An entry as a server has it: what it calls it and its source, and how it was when that was asked.

    `labels` are the tags and folders that it says the entry has, in its own letters; empty where it says none.
    """

    remote: str
    source: str
    teaser: Teaser
    read: bool = False
    saved: bool = False
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RemoteTags:
    """Each tag, in the server's own letters, and all entries that have it; `folders` are names that no tag can have.

    `is_certain`: what is in no list has no tag; not so where the server named nothing at all.
    """

    held: dict[str, set[str]] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a server lets be changed: `sources`, added, renamed, filed and removed; `tags`, whether entries have any.

    What it does not let be changed stays on either side as it is, and no method for it is called. `names_all`: it names
    all entries that it has, by `newest`; else it gives those that came since the last sync, by `arrivals`.
    """

    sources: bool = True
    tags: bool = False
    names_all: bool = True


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Entries that have come to a server, as a whole, and of how many in all.

    `since` is what those after them are asked for with, once these are kept; "" where some before them are still to
    come.
    """

    entries: Sequence[RemoteEntry]
    since: str = ""
    of: int = 0


class ReadingServer(Protocol):
    """A server that keeps sources, entries and marks; every method raises FetchError and CannotSync."""

    @property
    def abilities(self) -> Abilities:
        """What may be changed there."""

    async def sources(self) -> list[RemoteSource]:
        """All sources."""

    async def unread(self) -> set[str]:
        """All entries that are unread, by what the server calls them."""

    async def saved(self) -> set[str]:
        """All entries that are saved."""

    def newest(self) -> AsyncIterator[list[str]]:
        """All entries, newest first as far as the server knows, in parts."""

    def arrivals(self, since: str) -> AsyncIterator[Arrivals]:
        """The entries that came after those that were asked for last, in parts; all, where `since` is empty."""

    async def entries(self, remotes: Sequence[str]) -> list[RemoteEntry]:
        """Those of a few entries that the server still has; at most `at_once`."""

    @property
    def at_once(self) -> int:
        """How many entries may be asked for in one request."""

    async def mark(self, remotes: Sequence[str], mark: RemoteMark, value: bool) -> None:
        """Sets or withdraws a mark; that it took is told by the next list alone."""

    async def tags(self) -> RemoteTags:
        """All tags, and the entries that have them."""

    async def tag(self, remotes: Sequence[str], name: str, value: bool) -> None:
        """Gives entries a tag or takes it away, in the server's own letters; told by the next list alone."""

    async def entries_of(self, remote: str) -> set[str]:
        """All entries of a source that the server has."""

    async def subscribe(self, url: str, title: str, group: str) -> None:
        """Has the server keep a source."""

    async def rename(self, remote: str, title: str) -> None:
        """Gives a source another title."""

    async def move(self, remote: str, group: str, before: str) -> None:
        """Puts a source into another folder."""

    async def unsubscribe(self, remote: str) -> None:
        """Has the server keep a source no more."""
