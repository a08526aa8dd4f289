"""By which names entries are known: their addresses, what a source calls them, and where their pages say they stand.

Within its source an entry is what the source calls it (RSS guid, Atom id, JSON id); across sources, its address. All
names are kept hashed in the table `address`; `entry.key` is the newest name of the source that owns the entry. Where a
source calls its entries nothing, what it said of one when it was published names it, too: an address may change.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cache.db import reads, values
from cache.db.rows import address_key, from_when, hashed
from fetch.headlines import alike, plainest, title_and_day, words
from fetch.links import address_of_entry, canonical, is_home, is_of_a_feed, page_of_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.connection import Connection
    from fetch.article import Article, Teaser

_NUMBER = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f-])|(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{5,}(?!\d)",
    re.IGNORECASE,
)
"""The number of a story in its address: a UUID, or five figures and more that are no date."""
_FIGURES = re.compile(r"[-_]?\d+")
_AT_ONCE = 60.0
"""Seconds within which the entries of a list are dated that are stamped as it is made."""
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


class Listed:
    """What a source lists at a visit, by name."""

    def __init__(self, source_id: int, teasers: Sequence[Teaser] = ()) -> None:
        self._source_id, self._teasers = source_id, teasers

    @cached_property
    def names(self) -> frozenset[int]:
        """The addresses of all that is listed, and what the source calls it."""
        keys = (key_of(self._source_id, teaser) for teaser in self._teasers)
        return frozenset((*keys, *(address_key(teaser.url) for teaser in self._teasers)))

    @cached_property
    def is_stamped(self) -> bool:
        """Whether all bear the moment at which the list was made: their dates say nothing of when they changed."""
        dates = [teaser.published for teaser in self._teasers]
        moments = [when for when in dates if isinstance(when, datetime)]
        return len(moments) == len(dates) > 2 and (max(moments) - min(moments)).total_seconds() < _AT_ONCE


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

    def known(self, source_id: int, teaser: Teaser, listed: Listed | None = None) -> Known:
        """The entry that a source's teaser is: by what the source calls it, else by its address.

        `listed` is what the source lists beside it.
        """
        key = key_of(source_id, teaser)
        named = self._named(source_id, teaser, key)
        addressed = self._row(reads.find_any(self._db, teaser.url) or self._claimant(source_id, key, teaser))
        if named is None:
            if addressed is None:
                moved = self._moved(source_id, teaser, key, listed or Listed(source_id))
                return Known(moved, named=moved > 0)
            if not key and _is_beside(addressed, source_id, teaser):
                return Known(reads.find_any(self._db, own_address(teaser)) or 0, apart=True)
            apart = self._is_called_otherwise(addressed, source_id, key) and not _says_the_same(addressed, teaser)
            return Known(0 if apart else addressed.entry_id, apart=apart)
        if addressed is None or addressed.entry_id == named.entry_id:
            return Known(named.entry_id, named=True, apart=_stands_at(named, teaser))
        if self._is_called_otherwise(addressed, source_id, key):
            return Known(named.entry_id, named=True, apart=True)
        return Known(named.entry_id, addressed.entry_id, named=True)

    def _moved(self, source_id: int, teaser: Teaser, key: int, listed: Listed) -> int:
        """The entry that stands at another address now, 0 for none: that says the same and is not listed any more."""
        names = said_names(source_id, teaser)
        if is_of_a_feed(teaser.url) and not key:
            names = (address_key(page_of_entry(teaser.url)),)
        for name in names:
            found = self._row(self._db.value("SELECT entry_id FROM address WHERE name = ?", (name,)))
            if found is None or found.source_id != source_id or self._is_listed(found, listed):
                continue
            if is_of_a_feed(teaser.url):
                is_same = not found.key and alike(found.headline, teaser.headline)
            else:
                is_same = not _is_next_in_a_row(found, teaser)
            if is_same:
                return found.entry_id
        return 0

    def _is_listed(self, row: _Row, listed: Listed) -> bool:
        held = self._db.rows("SELECT name FROM address WHERE entry_id = ?", (row.entry_id,))
        return any(name in listed.names for (name,) in held)

    def is_buried(self, source_id: int, teaser: Teaser) -> bool:
        """Whether the teaser was thrown away or pruned, under this address or whatever its source said of it."""
        names = (address_key(teaser.url), key_of(source_id, teaser), *said_names(source_id, teaser))
        marks = ", ".join("nullif(?, 0)" for _ in names)
        return self._db.value(f"SELECT 1 FROM buried WHERE name IN ({marks})", names) is not None

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

    def add_said(self, entry_id: int, source_id: int, teaser: Teaser) -> None:
        """Notes what a source says of an entry that it calls nothing."""
        for name in said_names(source_id, teaser):
            self._add(entry_id, name)

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
        if claimant and claimant.entry_id != entry_id and not alike(claimant.headline, headline):
            self._db.run("UPDATE address SET entry_id = ? WHERE name = ?", (NOBODY, _claim(address)))
            return None
        return claimant

    def _is_the_same(self, entry: _Row, other: _Row, headline: str) -> bool:
        """Whether two entries that one address joins are one story: not where a source itself tells them apart."""
        told_apart = entry.source_id == other.source_id and 0 not in (entry.key, other.key) and entry.key != other.key
        return not told_apart and not is_of_a_feed(other.url) and alike(other.headline, headline)

    def _claimant(self, source_id: int, key: int, teaser: Teaser) -> int | None:
        """The entry whose page says that it stands at a teaser's address, under the same headline."""
        found = self._row(self._db.value("SELECT entry_id FROM address WHERE name = ?", (_claim(teaser.url),)))
        if found is None or not alike(found.headline, teaser.headline):
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


def said_names(source_id: int, teaser: Teaser) -> tuple[int, ...]:
    """The names that stand for what a source said of a teaser, where it calls it nothing but an address.

    Its moment of publication with its headline, and with the number in its address. A day, or a midnight that stands
    for one, is none: "News in brief" may come twice a day.
    """
    when = _moment(teaser)
    if when is None or (teaser.key and not _is_address(teaser.key)) or is_of_a_feed(teaser.url):
        return ()
    said = f"{source_id}\n{when.astimezone(UTC).isoformat()}"
    numbers = _NUMBER.findall(teaser.url.rstrip("/").rpartition("/")[2])
    headline = plainest(teaser.headline)
    names = (f"{said}\nsaid {headline}" if headline else "", f"{said}\nnumber {numbers[-1]}" if numbers else "")
    return tuple(hashed(name) for name in names if name)


def _moment(teaser: Teaser) -> datetime | None:
    """When a teaser was published, where that is more than a day."""
    when = teaser.published
    is_day = not isinstance(when, datetime) or (when.hour, when.minute, when.second) == (0, 0, 0)
    return when if isinstance(when, datetime) and not is_day else None


def own_address(teaser: Teaser) -> str:
    """The address of an entry of its own at a page that is another's."""
    return address_of_entry(canonical(teaser.url), f"key {teaser.key}" if teaser.key else title_and_day(teaser))


def _claim(url: str) -> int:
    """The name under which is kept whose page says that it stands at an address."""
    return hashed(f"claim {address_key(url)}")


def _is_address(key: str) -> bool:
    return key.startswith(("http://", "https://"))


def _says_the_same(row: _Row, teaser: Teaser) -> bool:
    """Whether an entry at the same address, called otherwise, is the same story: its headline or its moment is."""
    moment = _moment(teaser)
    return alike(row.headline, teaser.headline) or (moment is not None and row.published == from_when(moment))


def _is_another(row: _Row, teaser: Teaser) -> bool:
    """Whether a source has given an old name to a new story: nothing of it is the same."""
    day = (from_when(teaser.published) or "")[:10]
    elsewhere = address_key(row.url) != address_key(teaser.url)
    other_day = bool(day and row.published and day != row.published[:10])
    return elsewhere and other_day and not words(row.headline) & words(teaser.headline)


def _is_beside(row: _Row, source_id: int, teaser: Teaser) -> bool:
    """Whether an entry stands at the page of a teaser only because it did once, and is another of its source."""
    return row.source_id == source_id and _stands_at(row, teaser) and not alike(row.headline, teaser.headline)


def _is_next_in_a_row(row: _Row, teaser: Teaser) -> bool:
    """Whether a teaser may be the next of a series under one headline: of a whole hour, which may stand for a day by
    the clock of some place, and at an address that differs in its figures alone.
    """
    when = _moment(teaser)
    on_the_hour = when is None or (when.minute, when.second) == (0, 0)
    return on_the_hour and _FIGURES.sub("", row.url) == _FIGURES.sub("", canonical(teaser.url))


def _stands_at(row: _Row, teaser: Teaser) -> bool:
    """Whether a teaser names the page at which an entry stands without its being the entry's own."""
    return is_of_a_feed(row.url) and address_key(page_of_entry(row.url)) == address_key(teaser.url)
