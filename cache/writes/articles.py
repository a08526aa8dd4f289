"""What is written of texts: articles as they come in, what they said before, and pages that could not be had.

Every method is one transaction, or joins the batch round it. `now` is in seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cache.db import reads, values
from cache.db.codec import PackedText, packed_text
from cache.db.revisions import MOST_REVISIONS
from cache.db.rows import FAILED, FULL, PART, TEASER, from_when, to_authors, to_when
from cache.db.sites import bylines
from cache.rules.backoff import retry_after
from cache.rules.bylines import without_house
from cache.writes.entries import list_time, short_summary
from cache.writes.reader_rows import set_column
from cache.writes.sites import note_passages
from fetch.article import Article, When

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.entries import Entries
    from cache.writes.indexing import Indexing


class _Standing(NamedTuple):
    """What an entry's row says before an article lands in it."""

    source_id: int
    offline: int
    seen: int
    tries: int
    published: str | None
    source: str
    kept: int
    url: str
    authors: str


class Articles:
    """The texts of a library open for writing."""

    def __init__(self, connection: Connection, indexing: Indexing, entries: Entries) -> None:
        self._db = connection
        self._indexing = indexing
        self._entries = entries

    def store_article(
        self,
        entry_id: int,
        article: Article,
        now: float,
        *,
        received: int = 0,
        text: PackedText | None = None,
        fetched: float | None = None,
    ) -> bool:
        """Keeps an article's text, findable and related; whether it changed since it was last kept.

        A text that is not whole (its `reason` says why) never takes the place of one that is. `received` is what its
        pages took on the wire, in bytes; it is added to what its source has taken. `text` is the article's text where
        that has been packed already, and the article without it. `fetched` is when that was, `now` if it is left out,
        0 where nobody knows.
        """
        with self._db.batch():
            joined = self._entries.one_with(entry_id, article)
            entry_id = joined or entry_id
            standing = self._standing(entry_id)
            if standing is None or (joined and standing.offline == FULL):
                return False
            if article.reason and standing.offline == FULL:
                self.store_failure(entry_id, article.reason, now)
                return False
            text = text or packed_text(replace(article, source=article.source or standing.source))
            if received:
                self._db.run("UPDATE source SET received = received + ? WHERE id = ?", (received, standing.source_id))
            said = {text.searchable.text, text.searchable.text if text.own_text is None else text.own_text}
            changed = standing.offline == FULL and self._keep_revision(entry_id, article.headline, said)
            self._indexing.unindex(entry_id)
            names = article.authors or to_authors(standing.authors)
            article = replace(article, authors=self._people(names, entry_id, standing.url))
            self._update(entry_id, article, standing, now, words=text.words, changed=changed)
            if fetched is not None:
                self._db.run("UPDATE entry SET fetched = nullif(?, 0) WHERE id = ?", (int(min(fetched, now)), entry_id))
            self._db.run("INSERT OR REPLACE INTO article (id, packed) VALUES (?, ?)", (entry_id, text.body))
            note_passages(self._db, entry_id, standing.url, text.passages, names)
            self._db.run("DELETE FROM pending WHERE id = ?", (entry_id,))
            if self._db.value("SELECT queued FROM shelf WHERE id = ?", (entry_id,)):
                set_column(self._db, "queued", 0, [entry_id], now)
            if article.url:
                self._entries.add_address(entry_id, article.url)
            self._indexing.index(entry_id, text.searchable)
            self._indexing.relate(entry_id, text.searchable.text, text.links, text.weighed)
        return changed

    def store_failure(self, entry_id: int, reason: str, now: float) -> None:
        """Notes that a page could not be had, and when it is tried again; a text already kept stays, whole or not."""
        with self._db.batch():
            standing = self._standing(entry_id)
            if standing is None:
                return
            tries = standing.tries + 1
            retry = now + retry_after(reason, tries)
            self._db.run("UPDATE entry SET tries = ?, retry = ? WHERE id = ?", (tries, retry, entry_id))
            if standing.offline not in (FULL, PART):
                self._db.run("UPDATE entry SET offline = ?, reason = ? WHERE id = ?", (FAILED, reason, entry_id))
            if tries == 1 and standing.offline == TEASER:
                self._relate_teaser(entry_id)

    def _relate_teaser(self, entry_id: int) -> None:
        """An entry whose page may never come is related by what its teaser says; a bare address says nothing."""
        row = self._db.row("SELECT summary, headline = url FROM entry WHERE id = ?", (entry_id,))
        summary, is_bare = row or ("", True)
        if summary or not is_bare:
            self._indexing.relate(entry_id, summary)

    def _standing(self, entry_id: int) -> _Standing | None:
        row = self._db.row(
            "SELECT source_id, offline, seen, tries, published, source.title,"
            " EXISTS (SELECT 1 FROM article WHERE id = entry.id), entry.url, entry.authors"
            " FROM entry LEFT JOIN source ON source.id = entry.source_id WHERE entry.id = ?",
            (entry_id,),
        )
        if row is None:
            return None
        source_id, offline, seen, tries = map(values.integer, row[:4])
        published, source, kept, url, authors = row[4:]
        day, name = values.text(published) or None, values.text(source)
        return _Standing(source_id, offline, seen, tries, day, name, kept, values.text(url), values.text(authors))

    def _people(self, names: Sequence[str], entry_id: int, url: str) -> tuple[str, ...]:
        """The names of an article, without the house that stands beside everybody's on its site."""
        return without_house(names, bylines(self._db, entry_id, url)) if names else ()

    def _update(
        self, entry_id: int, article: Article, standing: _Standing, now: float, *, words: int, changed: bool
    ) -> None:
        """What the article's page says takes the place of what its teaser said, where the page says anything."""
        published = _finer(article.published, to_when(standing.published))
        tries = standing.tries + 1 if article.reason else 0
        self._db.run(
            "UPDATE entry SET headline = coalesce(nullif(?, ''), headline), authors = ?,"
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
                short_summary(article.dek),
                from_when(published),
                list_time(published, standing.seen),
                int(now),
                words,
                PART if article.reason else FULL,
                article.reason,
                changed,
                tries,
                now + retry_after(article.reason, tries) if article.reason else 0,
                entry_id,
            ),
        )

    def _keep_revision(self, entry_id: int, headline: str, texts: set[str]) -> bool:
        """Keeps the text as it was, when the new one says something else.

        `texts` are the new one with and without what its reader keeps in it, which is no edit by its site.
        """
        before = reads.readable_article_at(self._db, entry_id)
        if before is None or (
            before.headline == (headline or before.headline) and not texts.isdisjoint((before.own_text, before.text))
        ):
            return False
        self._db.run(
            "INSERT INTO revision (entry_id, fetched, headline, packed)"
            " SELECT id, fetched, headline, packed FROM entry JOIN article USING (id) WHERE id = ?",
            (entry_id,),
        )
        self._db.run(
            "DELETE FROM revision WHERE entry_id = ? AND id NOT IN"
            " (SELECT id FROM revision WHERE entry_id = ? ORDER BY id DESC LIMIT ?)",
            (entry_id, entry_id, MOST_REVISIONS),
        )
        return True


def _finer(page: When | None, listed: When | None) -> When | None:
    """The page's date, unless the listing gives the time of that very day and the page only the day."""
    if page and listed and listed.isoformat()[:10] == page.isoformat():
        return listed
    return page or listed
