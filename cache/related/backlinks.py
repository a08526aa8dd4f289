"""Which articles in the library link to a page, by the number of its canonical address."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from cache.db.rows import address_key
from cache.related.index import AMONG, id_list

_KEPT = 12  # links of an article that are kept, the first
_EVERYWHERE = 20  # a page that more link to stands in every page's margin, and that tells nothing


def add(connection: sqlite3.Connection, entry_id: int, url: str, links: Sequence[str]) -> None:
    """Note what an article at an address links to, itself apart."""
    pages = {address_key(link) for link in links[:_KEPT]} - {address_key(url)} if links else set()
    connection.executemany("INSERT OR IGNORE INTO related_links VALUES (?, ?)", [(page, entry_id) for page in pages])


def linking_to(connection: sqlite3.Connection, url: str) -> frozenset[int]:
    """The entries that link to a page; none where all do."""
    rows = connection.execute(
        "SELECT entry_id FROM related_links WHERE page = ? LIMIT ?", (address_key(url), _EVERYWHERE + 1)
    ).fetchall()
    return frozenset(row[0] for row in rows if isinstance(row[0], int)) if len(rows) <= _EVERYWHERE else frozenset()


def remove(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Forget what these entries link to."""
    connection.execute(f"DELETE FROM related_links WHERE entry_id IN {AMONG}", id_list(entry_ids))
