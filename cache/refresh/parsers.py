"""The parsers of a library: what ended one is remembered, and what a mistake of ours left is in a log beside it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from cache.paths import places_of
from cache.writes.store import Store
from fetch.parsers.pool import KnownUnreadable, ParserPool
from fetch.secret import redacted

T = TypeVar("T")
PRELOAD = ("fetch.extract.pipeline", "fetch.feeds.feed", "fetch.feeds.fast_xml")
"""What nearly everything that is read needs: loaded while nobody waits for it."""
LONGEST_LOG = 200_000
"""Bytes of a log, after which it is begun anew; the one before is kept."""


def parsers_of(library: Path, write: Callable[[Callable[[Store], T]], Awaitable[T]]) -> ParserPool:
    """The parsers for a library, not started yet."""
    return ParserPool(Remembered(), preload=PRELOAD, log=lambda said: log(library, said))


class Remembered:
    """What could not be read, by its address."""

    def __init__(self) -> None:
        self._known: dict[str, KnownUnreadable] = {}

    def known(self, url: str) -> KnownUnreadable | None:
        """What is known of an address."""
        return self._known.get(url)

    async def note(self, url: str, known: KnownUnreadable) -> None:
        """Remembers it."""
        self._known[url] = known


def log_of(library: Path) -> Path:
    """Where parsers that ended by a mistake of ours have left their traces."""
    return places_of(library).state / "parsers.log"


def log(library: Path, said: str) -> None:
    """Puts a trace into the log, without secrets; a reader whose disk is full goes without it."""
    path = log_of(library)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        with open(path, "a", encoding="utf-8", errors="replace", opener=_private) as file:
            file.write(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')} {redacted(said)}\n\n")
    except OSError:
        pass


def _private(path: str, flags: int) -> int:
    import os

    return os.open(path, flags, 0o600)
