"""The parsers of a library: what ended one is remembered there by its address and its bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from cache.db.rows import address_key
from cache.refresh.parser_log import log
from cache.writes.store import Store
from fetch.parsers.pool import KnownUnreadable, ParserPool

T = TypeVar("T")


class Write(Protocol):
    """The writer of a library, whichever it is."""

    def __call__(self, work: Callable[[Store], T], /) -> Awaitable[T]:
        """What the work returns, once it is on disk."""


PRELOAD = ("cache.refresh.ready", "fetch.extract.pipeline", "fetch.feeds.feed", "fetch.feeds.fast_xml")
"""What nearly everything that is read needs: loaded while nobody waits for it."""


def parsers_of(library: Path, write: Write) -> ParserPool:
    """The parsers for a library, not started yet; what they cannot read is remembered through `write`."""
    return ParserPool(Remembered(write), preload=PRELOAD, log=lambda said: log(library, said))


class Remembered:
    """What could not be read, by its address, as a library holds it."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._known: dict[int, KnownUnreadable] | None = None

    async def known(self, url: str) -> KnownUnreadable | None:
        """What is known of an address."""
        if self._known is None:
            self._known = await self._write(_all)
        return self._known.get(address_key(url))

    async def note(self, url: str, known: KnownUnreadable) -> None:
        """Remembers it, of an address the last."""
        if self._known is not None:
            self._known[address_key(url)] = known
        await self._write(partial(_noted, name=address_key(url), known=known))


def _all(store: Store) -> dict[int, KnownUnreadable]:
    rows = store.connection.rows("SELECT name, digest, sentence FROM unreadable")
    return {name: KnownUnreadable(bytes(digest), str(sentence)) for name, digest, sentence in rows}


def _noted(store: Store, name: int, known: KnownUnreadable) -> None:
    store.connection.run(
        "INSERT OR REPLACE INTO unreadable (name, digest, sentence) VALUES (?, ?, ?)",
        (name, known.digest, known.sentence),
    )
