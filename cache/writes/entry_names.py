"""By which names entries are known: their addresses, what a source calls them, and where their pages say they stand.

Within its source an entry is what the source calls it (RSS guid, Atom id, JSON id); across sources, its address. All
names are kept hashed in the table `address`; `entry.key` is the newest name of the source that owns the entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cache.db import reads, values
from cache.db.rows import address_key, from_when, hashed
from fetch.links import is_home, is_of_a_feed, page_of_entry

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from fetch.article import Article, Teaser

_WORD = re.compile(r"\w+")
NOBODY = 0
"""In place of an entry: several headlines claim this address, and so it is nobody's."""


class Known(NamedTuple):
    """What a library knows of a teaser.

    `entry_id` is the entry that it is, 0 for none; `doubled` another entry that is the same story, 0 for none; `named`
    says that its source's own name for it told so; `apart` says that its address is another entry's, so that none but
    the feed's own text is its own.
    """

    entry_id: int = 0
    doubled: int = 0
    named: bool = False
    apart: bool = False


class _Row(NamedTuple):
    entry_id: int
    url: str
    source_id: int
    key: int
    headline: str
    published: str | None


class EntryNames:
    """The names of the entries of a library open for writing, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def known(self, source_id: int, teaser: Teaser) -> Known:
        """The entry that a source's teaser is: by what the source calls it, else by its address."""
        key = key_of(source_id, teaser)
        named = self._named(source_id, teaser, key)
        addressed = self._row(reads.find_any(self._db, teaser.url) or self._claimant(source_id, key, teaser))
        if named is None:
            if addressed is None:
                return Known()
            apart = self._is_called_otherwise(addressed, source_id, key) and not _says_the_same(addressed, teaser)
            return Known(0 if apart else addressed.entry_id, apart=apart)
        if addressed is None or addressed.entry_id == named.entry_id:
            return Known(named.entry_id, named=True, apart=_stands_at(named, teaser))
        if self._is_called_otherwise(addressed, source_id, key):
            return Known(named.entry_id, named=True, apart=True)
        return Known(named.entry_id, addressed.entry_id, named=True)

    def is_buried(self, source_id: int, teaser: Teaser) -> bool:
        """Whether the teaser was thrown away or pruned, under this address or under what its source calls it."""
        names = (address_key(teaser.url), key_of(source_id, teaser))
        return self._db.value("SELECT 1 FROM buried WHERE name IN (?, nullif(?, 0))", names) is not None

    def add_address(self, entry_id: int, url: str) -> None:
        """Notes that an entry has this address, too, unless another one has it."""
        self._add(entry_id, address_key(url))

    def add_key(self, entry_id: int, source_id: int, teaser: Teaser) -> None:
        """Notes what a source calls an entry."""
        if key := key_of(source_id, teaser):
            self._db.run("INSERT OR REPLACE INTO address (name, entry_id) VALUES (?, ?)", (key, entry_id))
            self._db.run(
                "UPDATE entry SET key = ? WHERE id = ? AND source_id = ? AND key <> ?", (key, entry_id, source_id, key)
            )

    def same_story(self, entry_id: int, article: Article) -> int:
        """Another entry that an entry's page says is the same story, 0 for none; what it says is kept for later ones.

        An address that pages of several headlines claim is believed of none of them.
        """
        entry = self._row(entry_id)
        if entry is None or is_of_a_feed(entry.url):
            return 0
        headline = article.headline or entry.headline
        for address in (article.url, *article.also_at):
            if not address or is_home(address) or is_of_a_feed(address):
                continue
            other = self._row(reads.find_any(self._db, address)) or self._claimed(entry_id, address, headline)
            if other and other.entry_id != entry_id and self._is_the_same(entry, other, headline):
                return other.entry_id
            if address in article.also_at and other is None:
                self._add(entry_id, _claim(address))
        return 0

    def _claimed(self, entry_id: int, address: str, headline: str) -> _Row | None:
        """The entry whose page claims an address; one that another headline claims, too, is nobody's from then on."""
        claimant = self._row(self._db.value("SELECT entry_id FROM address WHERE name = ?", (_claim(address),)))
        if claimant and claimant.entry_id != entry_id and not _alike(claimant.headline, headline):
            self._db.run("UPDATE address SET entry_id = ? WHERE name = ?", (NOBODY, _claim(address)))
            return None
        return claimant

    def _is_the_same(self, entry: _Row, other: _Row, headline: str) -> bool:
        """Whether two entries that one address joins are one story: not where a source itself tells them apart."""
        told_apart = entry.source_id == other.source_id and 0 not in (entry.key, other.key) and entry.key != other.key
        return not told_apart and not is_of_a_feed(other.url) and _alike(other.headline, headline)

    def _claimant(self, source_id: int, key: int, teaser: Teaser) -> int | None:
        """The entry whose page says that it stands at a teaser's address, under the same headline."""
        found = self._row(self._db.value("SELECT entry_id FROM address WHERE name = ?", (_claim(teaser.url),)))
        if found is None or not _alike(found.headline, teaser.headline):
            return None
        return None if self._is_called_otherwise(found, source_id, key) else found.entry_id

    def _named(self, source_id: int, teaser: Teaser, key: int) -> _Row | None:
        """The entry that a source calls so; a guid that is an address may have been the entry's own address before."""
        if not key:
            return None
        found = self._row(self._db.value("SELECT entry_id FROM address WHERE name = ?", (key,)))
        if found is None and _is_address(teaser.key):
            found = self._row(reads.find_any(self._db, teaser.key))
            found = found if found and found.source_id == source_id else None
        return None if found is None or _is_another(found, teaser) else found

    def _is_called_otherwise(self, row: _Row, source_id: int, key: int) -> bool:
        return row.source_id == source_id and key != 0 and row.key not in (0, key)

    def _add(self, entry_id: int, name: int) -> None:
        self._db.run("INSERT OR IGNORE INTO address (name, entry_id) VALUES (?, ?)", (name, entry_id))

    def _row(self, entry_id: int | None) -> _Row | None:
        if not entry_id:
            return None
        row = self._db.row("SELECT id, url, source_id, key, headline, published FROM entry WHERE id = ?", (entry_id,))
        if row is None:
            return None
        number, url, source_id, key, headline, published = row
        said = values.text(published) or None
        return _Row(
            number, values.text(url), values.integer(source_id), values.integer(key), values.text(headline), said
        )


def key_of(source_id: int, teaser: Teaser) -> int:
    """What a source calls a teaser, as a name; 0 where that says no more than its address does."""
    if not teaser.key:
        return 0
    key = teaser.key
    if _is_address(key):
        if address_key(key) == address_key(teaser.url):
            return 0
        key = f"{address_key(key)}#{key.partition('#')[2]}"
    return hashed(f"{source_id}\n{key}")


def _claim(url: str) -> int:
    """The name under which is kept whose page says that it stands at an address."""
    return hashed(f"claim {address_key(url)}")


def _is_address(key: str) -> bool:
    return key.startswith(("http://", "https://"))


def _says_the_same(row: _Row, teaser: Teaser) -> bool:
    """Whether an entry at the same address, called otherwise, is the same story: its headline or its date is."""
    return _alike(row.headline, teaser.headline) or (
        row.published is not None and row.published == from_when(teaser.published)
    )


def _is_another(row: _Row, teaser: Teaser) -> bool:
    """Whether a source has given an old name to a new story: nothing of it is the same."""
    day = (from_when(teaser.published) or "")[:10]
    elsewhere = address_key(row.url) != address_key(teaser.url)
    other_day = bool(day and row.published and day != row.published[:10])
    return elsewhere and other_day and not _words(row.headline) & _words(teaser.headline)


def _stands_at(row: _Row, teaser: Teaser) -> bool:
    """Whether a teaser names the page at which an entry stands without its being the entry's own."""
    return is_of_a_feed(row.url) and address_key(page_of_entry(row.url)) == address_key(teaser.url)


def _alike(one: str, other: str) -> bool:
    """Whether two headlines are the same but for case, punctuation, and a site's name behind one of them."""
    first, second = " ".join(_WORD.findall(one.casefold())), " ".join(_WORD.findall(other.casefold()))
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and (shorter == longer or (" " in shorter and longer.startswith(f"{shorter} ")))


def _words(headline: str) -> set[str]:
    return set(_WORD.findall(headline.casefold()))
