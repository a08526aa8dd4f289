"""Whether a server still means the same articles by its numbers: one that was set up anew begins to count again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cache.db.rows import address_key
from cache.db.values import text
from cache.sync.remote import CannotSync

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.sync.landing import KnownEntry
    from cache.sync.remote import RemoteEntry

FEWEST_OTHERS = 3
"""Articles that are others before it is believed: a site changes now and then an address together with a headline."""


_COUNTED = 15
"""Digits of a number that counts entries, at most; one made of the time in microseconds has more, and comes once."""


def is_counted(remote: str) -> bool:
    """Whether what a server calls an entry may be given again by one that was set up anew."""
    return remote.isdigit() and len(remote) <= _COUNTED


def others(connection: Connection, known: Mapping[str, KnownEntry], given: Sequence[RemoteEntry]) -> int:
    """How many of the entries that a server gives have neither the address nor the headline that theirs has here."""
    return sum(_is_other(connection, known[each.remote].entry_id, each) for each in given if each.remote in known)


def _is_other(connection: Connection, entry_id: int, given: RemoteEntry) -> bool:
    named = connection.value("SELECT entry_id FROM address WHERE name = ?", (address_key(given.teaser.url),))
    headline = connection.value("SELECT headline FROM entry WHERE id = ?", (entry_id,))
    return bool(entry_id) and named != entry_id and text(headline) != given.teaser.headline


def check_same(place: str, different: int, of: int) -> None:
    """Raises CannotSync where most of several are others: no mark is then heard, and none is sent."""
    if different >= FEWEST_OTHERS and 2 * different > of:
        raise CannotSync(
            f"{place} calls other articles by the numbers that it gave before: it seems to have been set up anew."
            f" `sync {place} --off`, then setting it up again, begins with it anew; all that is here stays.",
            "set up anew",
        )
