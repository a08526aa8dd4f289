"""What is written of single entries: teasers, articles, failures, and what makes them findable.

Every method is one transaction, or joins the batch round it. `now` and `retry` are seconds since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple
from zlib import crc32

from cache.db.codec import deflate, links_in, pack, said_by
from cache.db.rows import FAILED, FULL, TEASER, address_key, from_when, to_epoch, to_when
from cache.rules.backoff import retry_after
from cache.writes.indexing import Holdings
from fetch.article import Article, Teaser, When, count_words
from fetch.http.address_guard import Reach
from fetch.links import canonical

SUMMARY = 300
"""Characters kept of a summary: what a list shows."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose page is still to be fetched."""

    entry_id: int
    url: str
    source_id: int
    queued: bool
    published: When | None
    reach: Reach = "public"


class _Standing(NamedTuple):
    """What an entry's row says before an article lands in it."""

    source_id: int
    offline: int
    published: str | None
    seen: int
    tries: int
    source: str | None
    kept: int


class Ledger(Holdings):
    """A library open for writing single entries."""

    def entry_for(
        self, url: str, headline: str = "", *, queued: bool = False, now: float = 0.0, reach: Reach = "public"
    ) -> int:
        """The entry of an address the reader wants, made or brought back if need be; `reach`: how far it may lead."""
        with self.batch():
            entry_id = self.find(url)
            if entry_id is None:
                entry_id = self._insert_entry(0, Teaser(url, headline or url), now)
                self.run("UPDATE entry SET reach = ? WHERE id = ?", (reach, entry_id))
            self.run("UPDATE mark SET gone = NULL WHERE id = ? AND gone IS NOT NULL", (entry_id,))
            if queued:
                self.run(
                    "INSERT INTO mark (id, queued) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET queued = 1",
                    (entry_id,),
                )
        return entry_id

    def store_teaser(self, source_id: int, teaser: Teaser, now: float) -> Wanted | None:
        """Keeps a teaser; wanted is its page when it is new or changed at the source."""
        with self.batch():
            entry_id = self.find(teaser.url)
            if entry_id is None:
                if self.value("SELECT 1 FROM buried WHERE name = ?", (address_key(teaser.url),)):
                    return None
                entry_id = self._insert_entry(source_id, teaser, now)
            elif not self._renew(entry_id, source_id, teaser):
                return None
        return Wanted(entry_id, teaser.url, source_id, False, teaser.published, self.reach(source_id))

    def store_article(self, entry_id: int, article: Article, now: float, *, received: int = 0) -> bool:
        """Keeps an article's text, findable and related; whether it changed since it was last kept.

        A text that is not whole (its `reason` says why) never takes the place of one that is. `received` is what its
        pages took on the wire, in bytes; it is added to what its source has taken.
        """
        with self.batch():
            standing = self._standing(entry_id)
            if standing is None:
                return False
            if article.reason and standing.offline == FULL:
                self.store_failure(entry_id, article.reason, now)
                return False
            article = replace(article, source=article.source or standing.source or "")
            if received:
                self.run("UPDATE source SET received = received + ? WHERE id = ?", (received, standing.source_id))
            said = said_by(article)
            changed = bool(standing.kept) and self._keep_revision(entry_id, article.headline, said.text)
            self.unindex(entry_id)
            self._update(entry_id, article, standing, now, words=count_words(said.text), changed=changed)
            self.run("INSERT OR REPLACE INTO article (id, packed) VALUES (?, ?)", (entry_id, pack(article)))
            self.run("DELETE FROM pending WHERE id = ?", (entry_id,))
            self.run("UPDATE mark SET queued = 0 WHERE id = ? AND queued = 1", (entry_id,))
            if article.url:
                self._add_address(entry_id, article.url)
            self.index(entry_id, said)
            self.relate(entry_id, said.text, article.language, links_in(article))
        return changed

    def keep_feed_text(self, entry_id: int, now: float) -> bool:
        """Lets the text that a feed carried stand in for a page that could not be had; whether there is one."""
        content = self.content(entry_id)
        if not content:
            return False
        from fetch.extract import extract_fragment

        url = self.value("SELECT url FROM entry WHERE id = ?", (entry_id,))
        article = Article(url, "", extract_fragment(content, url))
        if article.words:
            self.store_article(entry_id, article, now)
        return article.words > 0

    def store_failure(self, entry_id: int, reason: str, now: float) -> None:
        """Notes that a page could not be had, and when it is tried again; a text already kept stays."""
        with self.batch():
            standing = self._standing(entry_id)
            if standing is None:
                return
            tries = standing.tries + 1
            retry = now + retry_after(reason, tries)
            self.run("UPDATE entry SET tries = ?, retry = ? WHERE id = ?", (tries, retry, entry_id))
            if standing.offline != FULL:
                self.run("UPDATE entry SET offline = ?, reason = ? WHERE id = ?", (FAILED, reason, entry_id))
            if tries == 1 and standing.offline == TEASER:
                self._relate_teaser(entry_id)

    def _relate_teaser(self, entry_id: int) -> None:
        """An entry whose page may never come is related by what its teaser says."""
        summary = self.value("SELECT summary FROM entry WHERE id = ?", (entry_id,))
        self.relate(entry_id, summary)

    def _standing(self, entry_id: int) -> _Standing | None:
        row = self.row(
            "SELECT source_id, offline, published, seen, tries, source.title,"
            " EXISTS (SELECT 1 FROM article WHERE id = entry.id)"
            " FROM entry LEFT JOIN source ON source.id = entry.source_id WHERE entry.id = ?",
            (entry_id,),
        )
        return _Standing(*row) if row else None

    def _insert_entry(self, source_id: int, teaser: Teaser, now: float) -> int:
        entry_id = self.insert(
            "INSERT INTO entry (url, source_id, headline, authors, published, at, seen, dateline, section, language,"
            " summary, teaser) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                canonical(teaser.url) or teaser.url,
                source_id,
                teaser.headline,
                "\n".join(teaser.authors),
                from_when(teaser.published),
                _place(teaser.published, now),
                int(now),
                teaser.dateline,
                teaser.section,
                teaser.language,
                _short(teaser.summary),
                _fingerprint(teaser),
            ),
        )
        self._add_address(entry_id, teaser.url)
        self._keep_content(entry_id, teaser.content)
        self.index(entry_id)
        return entry_id

    def _add_address(self, entry_id: int, url: str) -> None:
        self.run("INSERT OR IGNORE INTO address (name, entry_id) VALUES (?, ?)", (address_key(url), entry_id))

    def _renew(self, entry_id: int, source_id: int, teaser: Teaser) -> bool:
        """Takes over what a listing now says of a known entry; whether its page is worth fetching again."""
        row = self.row("SELECT teaser, offline, source_id, seen FROM entry WHERE id = ?", (entry_id,))
        known, offline, owner, seen = row or (0, 0, 0, 0)
        if owner != source_id:
            self._adopt(entry_id, source_id, owner)
        if known == _fingerprint(teaser) or not self.value("SELECT 1 FROM shelf WHERE id = ?", (entry_id,)):
            return False
        self.run("UPDATE entry SET teaser = ?, retry = 0 WHERE id = ?", (_fingerprint(teaser), entry_id))
        if offline == FULL:
            self.run("UPDATE entry SET stale = 1 WHERE id = ?", (entry_id,))
            return True
        self.unindex(entry_id)
        self.run(
            "UPDATE entry SET headline = ?, summary = ?, authors = ?, published = ?, at = ? WHERE id = ?",
            (
                teaser.headline,
                _short(teaser.summary),
                "\n".join(teaser.authors),
                from_when(teaser.published),
                _place(teaser.published, seen),
                entry_id,
            ),
        )
        self._keep_content(entry_id, teaser.content)
        self.index(entry_id)
        return True

    def _adopt(self, entry_id: int, source_id: int, owner: int) -> None:
        """Takes an entry over from no source, or from one that was removed while this one lists it, too."""
        removed = self.row("SELECT removed FROM source WHERE id = ?", (owner,))
        if removed is None or removed[0] is not None:
            self.run("UPDATE entry SET source_id = ? WHERE id = ?", (source_id, entry_id))
            self.run("UPDATE mark SET gone = NULL WHERE id = ? AND gone = ?", (entry_id, removed and removed[0]))

    def _update(
        self, entry_id: int, article: Article, standing: _Standing, now: float, *, words: int, changed: bool
    ) -> None:
        """What the article's page says takes the place of what its teaser said, where the page says anything."""
        published = _finer(article.published, to_when(standing.published))
        tries = standing.tries + 1 if article.reason else 0
        self.run(
            "UPDATE entry SET headline = coalesce(nullif(?, ''), headline), authors = coalesce(nullif(?, ''), authors),"
            " dateline = coalesce(nullif(?, ''), dateline), section = coalesce(nullif(?, ''), section),"
            " language = coalesce(nullif(?, ''), language), summary = coalesce(nullif(?, ''), summary),"
            " published = ?, at = ?, fetched = ?, words = ?, offline = ?, reason = ?, changed = max(changed, ?),"
            " stale = 0, tries = ?, retry = ? WHERE id = ?",
            (
                article.headline,
                "\n".join(article.authors),
                article.dateline,
                article.section,
                article.language,
                _short(article.dek),
                from_when(published),
                _place(published, standing.seen),
                int(now),
                words,
                TEASER if article.reason else FULL,
                article.reason,
                changed,
                tries,
                now + retry_after(article.reason, tries) if article.reason else 0,
                entry_id,
            ),
        )

    def _keep_revision(self, entry_id: int, headline: str, text: str) -> bool:
        """Keeps the text as it was, when the new one says something else."""
        before = self.article_of(entry_id)
        if before is None or (before.headline, before.text) == (headline or before.headline, text):
            return False
        self.run(
            "INSERT INTO revision (entry_id, fetched, headline, packed)"
            " SELECT id, fetched, headline, packed FROM entry JOIN article USING (id) WHERE id = ?",
            (entry_id,),
        )
        return True

    def _keep_content(self, entry_id: int, content: str) -> None:
        if content:
            self.run("INSERT OR REPLACE INTO pending (id, content) VALUES (?, ?)", (entry_id, deflate(content)))


def _fingerprint(teaser: Teaser) -> int:
    """Changes when a story is worth fetching again; summaries change with every comment, so they do not count."""
    return crc32(f"{teaser.headline}\n{from_when(teaser.published)}".encode())


def _place(published: When | None, seen: float) -> int:
    """Where an entry stands in the list: when it was published, but never later than when it was first seen."""
    return int(min(to_epoch(published), seen)) if published else int(seen)


def _finer(page: When | None, listed: When | None) -> When | None:
    """The page's date, unless the listing gives the time of that very day and the page only the day."""
    if page and listed and listed.isoformat()[:10] == page.isoformat():
        return listed
    return page or listed


def _short(summary: str) -> str:
    """The summary as a list shows it, cut between words."""
    if len(summary) <= SUMMARY:
        return summary
    return summary[: SUMMARY - 1].rsplit(" ", 1)[0] + "…"
