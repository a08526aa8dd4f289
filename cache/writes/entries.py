"""What is written of entries: as listings and the reader name them, until they are deleted.

Every method is one transaction, or joins the batch round it. `now` is in seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import time
from typing import TYPE_CHECKING
from zlib import crc32

from cache.db import reads
from cache.db.codec import deflate
from cache.db.fetch_plan import FetchPlan, Wanted
from cache.db.rows import FULL, address_key, from_enclosures, from_when, to_epoch
from cache.writes.entry_names import EntryNames, Listed, own_address
from cache.writes.joining import join
from cache.writes.reader_rows import LATER, set_column
from fetch.article import Article, Teaser, When
from fetch.enclosures import own_text
from fetch.http.url_parts import without_user
from fetch.links import canonical, is_of_a_feed

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.indexing import Indexing
    from fetch.http.address_guard import Reach

SUMMARY = 300
"""Characters kept of a summary: what a list shows."""


class Entries:
    """The entries of a library open for writing; every method is one transaction, or joins the batch round it."""

    def __init__(self, connection: Connection, indexing: Indexing, plan: FetchPlan) -> None:
        self._db = connection
        self._indexing = indexing
        self._plan = plan
        self.names = EntryNames(connection)

    def entry_for(
        self, url: str, headline: str = "", *, queued: bool = False, now: float = 0.0, reach: Reach = "public"
    ) -> int:
        """The entry of an address the reader wants, made or brought back if need be; `reach`: how far it may lead.

        Until its text is there it stands below all news. What is `queued` is asked for next time, however often it
        failed.
        """
        with self._db.batch():
            entry_id = reads.find_any(self._db, url)
            if entry_id is None:
                entry_id = self._insert_entry(0, Teaser(url, headline or without_user(url)[0]), now)
                self._db.run("UPDATE entry SET reach = ?, at = 0 WHERE id = ?", (reach, entry_id))
            if self._db.value("SELECT 1 FROM mark WHERE id = ? AND gone IS NOT NULL", (entry_id,)):
                set_column(self._db, "gone", None, [entry_id], now)
            if queued:
                set_column(self._db, "queued", 1, [entry_id], now)
                self._db.run("UPDATE entry SET retry = 0 WHERE id = ?", (entry_id,))
        return entry_id

    def store_teaser(self, source_id: int, teaser: Teaser, now: float, listed: Listed | None = None) -> Wanted | None:
        """Keeps a teaser; wanted is its page when it is new or changed at the source, which lists it beside others."""
        listed = listed or Listed(source_id)
        with self._db.batch():
            known = self.names.known(source_id, teaser, listed)
            entry_id, is_new = known.entry_id, not known.entry_id
            if known.apart:
                teaser = self._apart(entry_id, teaser)
            if is_new:
                if self.names.is_buried(source_id, teaser):
                    return None
                entry_id = self._insert_entry(source_id, teaser, now, is_stamped=listed.is_stamped)
            elif known.doubled:
                entry_id = self._join(entry_id, known.doubled)
            self.names.add_key(entry_id, source_id, teaser)
            moved = not is_new and self._move(entry_id, teaser.url, named=known.named)
            renewed = not is_new and self._renew(entry_id, source_id, teaser, is_stamped=listed.is_stamped)
            if is_new or renewed or not listed.is_stamped:
                self.names.add_said(entry_id, source_id, teaser)
        if not (is_new or renewed or moved):
            return None
        reach = self._plan.reach_of_source(source_id)
        return Wanted(entry_id, teaser.url, source_id, False, teaser.published, reach, is_new)

    def one_with(self, entry_id: int, article: Article) -> int:
        """The entry that an entry is one with from now on, because its page says so; 0 where it is one by itself."""
        with self._db.batch():
            other = self.names.same_story(entry_id, article)
            return self._join(entry_id, other) if other else 0

    def _join(self, one: int, other: int) -> int:
        """Makes one entry of two, the one that came first; its number."""
        kept, doubled = sorted((one, other))
        join(self._db, self._indexing, kept, doubled)
        return kept

    def _apart(self, entry_id: int, teaser: Teaser) -> Teaser:
        """The teaser of an entry whose address is another's: under the entry's own, or one of its own at that page.

        At a page that is another's, the text is the feed's.
        """
        if is_of_a_feed(teaser.url):
            return teaser
        own: str = self._db.value("SELECT url FROM entry WHERE id = ?", (entry_id,)) or ""
        if own and not is_of_a_feed(own):
            return replace(teaser, url=own)
        return replace(teaser, url=own or own_address(teaser), content=own_text(teaser))

    def _move(self, entry_id: int, url: str, *, named: bool) -> bool:
        """Gives an entry the address under which its source now names it; whether its page is wanted again."""
        new = canonical(url) or url
        old, offline = self._db.row("SELECT url, offline FROM entry WHERE id = ?", (entry_id,)) or (new, FULL)
        is_elsewhere = address_key(old) != address_key(new)
        if old == new or (is_elsewhere and not named):
            return False
        self._db.run("UPDATE entry SET url = ?, retry = iif(?, 0, retry) WHERE id = ?", (new, is_elsewhere, entry_id))
        self.add_address(entry_id, new)
        return is_elsewhere and offline != FULL

    def store_listing(self, source_id: int, teasers: Iterable[Teaser], now: float) -> list[Wanted]:
        """Keeps the teasers of a listing, given in page order; wanted are those that are new, or changed there."""
        teasers = tuple(teasers)
        listed = Listed(source_id, teasers)
        with self._db.batch():
            # Backwards, so that what stands first on the page gets the highest number: newer, higher.
            kept = [self.store_teaser(source_id, teaser, now, listed) for teaser in reversed(teasers)]
        return [wanted for wanted in reversed(kept) if wanted]

    def store_some(self, source_id: int, teasers: Sequence[Teaser], listed: Listed) -> list[Wanted | None]:
        """Keeps teasers of a listing from the last on, as many as a short transaction holds; of each what is wanted."""
        now = time()
        kept = self._db.in_batches(reversed(teasers), lambda teaser: self.store_teaser(source_id, teaser, now, listed))
        return next(kept, [])

    def delete(self, entry_ids: Sequence[int]) -> None:
        """Removes entries with all that is kept of them; a listing that still names them does not bring them back."""
        these = f"({','.join(map(str, entry_ids))})"
        with self._db.batch():
            for entry_id in entry_ids:
                self._indexing.unindex(entry_id)
            self._db.run(
                "INSERT OR IGNORE INTO buried (name, source_id) SELECT name, source_id FROM address"
                " JOIN entry ON entry.id = entry_id LEFT JOIN mark ON mark.id = entry_id"
                " LEFT JOIN source ON source.id = source_id"
                # What went with its source was not thrown away: it comes back with the source, or with another one.
                f" WHERE entry_id IN {these} AND (removed IS NULL OR gone < removed)"
            )
            self._db.run(f"DELETE FROM address WHERE entry_id IN {these}")
            self._db.run(f"DELETE FROM entry WHERE id IN {these}")
            self._indexing.unrelate(entry_ids)

    def _insert_entry(self, source_id: int, teaser: Teaser, now: float, *, is_stamped: bool = False) -> int:
        entry_id = self._db.insert(
            "INSERT INTO entry (url, source_id, headline, authors, published, at, seen, dateline, section, language,"
            " summary, teaser, enclosures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                canonical(teaser.url) or teaser.url,
                source_id,
                teaser.headline,
                "\n".join(teaser.authors),
                from_when(teaser.published),
                list_time(teaser.published, now),
                int(now),
                teaser.dateline,
                teaser.section,
                teaser.language,
                short_summary(teaser.summary),
                _fingerprint(teaser, is_stamped=is_stamped),
                from_enclosures(teaser.enclosures),
            ),
        )
        self.add_address(entry_id, teaser.url)
        self._keep_content(entry_id, teaser)
        self._indexing.index(entry_id)
        return entry_id

    def add_address(self, entry_id: int, url: str) -> None:
        """Notes that an entry has this address, too, unless another one has it."""
        self.names.add_address(entry_id, url)

    def _renew(self, entry_id: int, source_id: int, teaser: Teaser, *, is_stamped: bool) -> bool:
        """Takes over what a listing now says of a known entry; whether its page is worth fetching again.

        `is_stamped` says that its date is when the list was made: the first that was seen stays.
        """
        row = self._db.row("SELECT teaser, offline, source_id, seen, enclosures FROM entry WHERE id = ?", (entry_id,))
        known, offline, owner, seen, files = row or (0, 0, 0, 0, "")
        if owner != source_id:
            self._adopt(entry_id, source_id, owner)
        if teaser.enclosures and files != (handed_out := from_enclosures(teaser.enclosures)):
            self._indexing.unindex(entry_id)
            self._db.run("UPDATE entry SET enclosures = ? WHERE id = ?", (handed_out, entry_id))
            self._indexing.index(entry_id)
        fingerprint = _fingerprint(teaser, is_stamped=is_stamped)
        if known == fingerprint or not self._db.value("SELECT 1 FROM shelf WHERE id = ?", (entry_id,)):
            return False
        self._db.run("UPDATE entry SET teaser = ?, retry = 0 WHERE id = ?", (fingerprint, entry_id))
        if offline == FULL:
            self._db.run("UPDATE entry SET stale = 1 WHERE id = ?", (entry_id,))
            if not is_of_a_feed(teaser.url):  # else there is no page that says more
                return True
        self._indexing.unindex(entry_id)
        published = None if is_stamped else teaser.published
        dated = (from_when(published), list_time(published, seen)) if published else (None, None)
        self._db.run(
            "UPDATE entry SET headline = ?, summary = ?, authors = ?, published = coalesce(?, published),"
            " at = coalesce(?, at) WHERE id = ?",
            (teaser.headline, short_summary(teaser.summary), "\n".join(teaser.authors), *dated, entry_id),
        )
        self._keep_content(entry_id, teaser)
        self._indexing.index(entry_id)
        return True

    def _adopt(self, entry_id: int, source_id: int, owner: int) -> None:
        """Takes an entry over from no source, or from one that was removed while this one lists it, too."""
        removed = self._db.row("SELECT removed FROM source WHERE id = ?", (owner,))
        if removed is None or removed[0] is not None:
            self._db.run("UPDATE entry SET source_id = ? WHERE id = ?", (source_id, entry_id))
            self._db.run(
                "UPDATE mark SET gone = NULL, gone_at = gone_at + ? WHERE id = ? AND gone = ?",
                (LATER, entry_id, removed and removed[0]),
            )

    def _keep_content(self, entry_id: int, teaser: Teaser) -> None:
        """Keeps what a feed carries of an entry, to stand in for its page where that cannot be had."""
        if content := teaser.content or (own_text(teaser) if teaser.enclosures else ""):
            self._db.run("INSERT OR REPLACE INTO pending (id, content) VALUES (?, ?)", (entry_id, deflate(content)))


def _fingerprint(teaser: Teaser, *, is_stamped: bool = False) -> int:
    """Changes when a story is worth fetching again; summaries change with every comment, so they do not count."""
    text = f"\n{teaser.content}" if is_of_a_feed(teaser.url) else ""
    date = "" if is_stamped else from_when(teaser.published)
    return crc32(f"{teaser.headline}\n{date}{text}".encode("utf-8", "replace"))


def list_time(published: When | None, seen: float) -> int:
    """Where an entry stands in the list: when it was published, but never later than when it was first seen."""
    return int(min(to_epoch(published), seen)) if published else int(seen)


def short_summary(summary: str) -> str:
    """The summary as a list shows it, cut between words."""
    if len(summary) <= SUMMARY:
        return summary
    return summary[: SUMMARY - 1].rsplit(" ", 1)[0] + "…"
