"""How each place that a library is synced with stands: the same figures for the status line and for a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.sync import accounts, folders
from cache.sync.gone import gone_sources

if TYPE_CHECKING:
    from cache.library import Library

SHARED_FOLDER = "folder"
"""The kind of a place that is no server."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands: `kind` is its protocol, or `folder`; `waiting` counts entries whose marks are to be sent.

    `synced` and `again` are in seconds since 1970: when the last sync got to its end, 0 for never, and when a refresh
    asks it again after a failure, 0 for at once. `sentence` says what the last sync left or why it failed, `reason`
    that in a word or two, "" where it did not. `gone` are the sources, by address, that it has no more and of which
    nothing was decided. `takes_texts`: those of its articles are the server's.
    """

    place: str
    kind: str
    user: str = ""
    server: str = ""
    synced: float = 0.0
    is_whole: bool = True
    waiting: int = 0
    sentence: str = ""
    reason: str = ""
    again: float = 0.0
    gone: tuple[str, ...] = ()
    takes_texts: bool = False


def standings(library: Library) -> list[Standing]:
    """All places, folders first; read from the library as it is now."""
    return [*_folders(library), *_accounts(library)]


def is_anything(library: Library) -> bool:
    """Whether a library is synced with anything."""
    return bool(folders.remembered(library) or library.connection.value("SELECT 1 FROM sync_account LIMIT 1"))


def _folders(library: Library) -> Iterator[Standing]:
    for each in folders.remembered(library):
        failed = "" if each.is_whole else "not whole"
        yield Standing(
            str(each.path),
            SHARED_FOLDER,
            synced=each.synced,
            is_whole=each.is_whole,
            sentence=each.sentence,
            reason=failed,
        )


def _accounts(library: Library) -> Iterator[Standing]:
    for each in accounts.accounts_in(library.connection):
        yield Standing(
            each.url,
            each.protocol,
            each.user,
            each.server,
            each.synced,
            bool(each.synced) and not each.error,
            accounts.waiting(library.connection, each),
            each.error,
            each.reason,
            each.again,
            tuple(source.url for source in gone_sources(library.connection, each)),
            each.takes_texts,
        )
