"""Texts that a server gives with its entries, taken in place of those of their pages where an account is set so.

They are what the library keeps of an entry until its page is fetched; one that has no words in it is left to its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cache.db.rows import FULL, PART
from cache.db.values import text
from cache.refresh import storing
from cache.refresh.ready import ReadyPage, read_texts
from cache.sync.accounts import set_state
from fetch.errors import FetchError

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.library import Library
    from cache.sync.accounts import Account
    from cache.writes.store import Store

_AT_ONCE = 20


class _Carried(NamedTuple):
    """An entry whose text the server gave."""

    entry_id: int
    url: str
    source: str


async def set_takes_texts(library: Library, account: Account, takes: bool) -> None:
    """Says whether the texts of an account's articles are those that its server gives, from the next sync on."""
    await library.write(partial(set_state, account=account, texts=takes))


async def take_texts(library: Library, account: Account) -> int:
    """Takes what the server gave of entries that have no text yet, from each its HTML; how many have one now."""
    taken, last = 0, 0
    while some := await library.write(partial(_carried, account_id=account.id, after=last)):
        taken += await _take(library, account, some)
        last = some[-1].entry_id
    return taken


def _carried(store: Store, account_id: int, after: int) -> list[_Carried]:
    return _rows(store.connection, account_id, after)


def _rows(connection: Connection, account_id: int, after: int) -> list[_Carried]:
    rows = connection.rows(
        "SELECT DISTINCT entry.id, entry.url, source.title FROM sync_entry JOIN entry ON entry.id = entry_id"
        " JOIN pending ON pending.id = entry.id LEFT JOIN source ON source.id = entry.source_id"
        f" WHERE account_id = ? AND entry.id > ? AND offline NOT IN ({FULL}, {PART})"
        f" ORDER BY entry.id LIMIT {_AT_ONCE}",
        (account_id, after),
    )
    return [_Carried(entry_id, text(url), text(title)) for entry_id, url, title in rows]


async def _take(library: Library, account: Account, some: Sequence[_Carried]) -> int:
    """Takes these; where they cannot be read together, each half by itself."""
    texts = [(await library.write(partial(storing.feed_text, entry_id=each.entry_id)), each.url) for each in some]
    try:
        read: list[ReadyPage] = await library.parsers.run(account.url, partial(read_texts, texts, some[0].source))
    except FetchError:
        if len(some) == 1:  # its page may be read
            return 0
        middle = len(some) // 2
        return await _take(library, account, some[:middle]) + await _take(library, account, some[middle:])
    left = [(each.entry_id, page) for each, page in zip(some, read, strict=True) if page.text and page.text.words]
    taken = len(left)
    while left:
        del left[: await library.write(partial(storing.feed_texts, texts=left))]
    return taken
