"""What is held of single entries, and what makes them findable and related."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cache.db import reads
from cache.db.codec import Said, links_in, said_in
from cache.db.connection import Connection
from cache.db.rows import address_key, to_when
from cache.rules import http_state
from cache.search import index as search
from fetch.article import Article
from fetch.http.address_guard import Reach

MOST_WAITING = 500
"""Texts that wait in memory for the end of a batch."""


class Holdings(Connection):
    """A library open for writing: what is held of an entry, and its place in the indices."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path)
        self._to_index: dict[int, Said | None] = {}
        self._to_unindex: dict[int, search.Findable] = {}

    def find(self, url: str) -> int | None:
        """The entry that has this address, or once had it."""
        return reads.find_any(self, url)

    def content(self, entry_id: int) -> str:
        """The HTML that a feed carried for an entry whose page is not on disk; empty if none."""
        return reads.feed_content(self, entry_id)

    def article_of(self, entry_id: int) -> Article | None:
        """The article of an entry, or None while its text is not on disk."""
        return reads.article_at(self, entry_id)

    def reach(self, source_id: int) -> Reach:
        """How far a source's pages may lead: into the zone where the source itself was found."""
        return http_state.load(self.value("SELECT state FROM source WHERE id = ?", (source_id,)) or "").reach

    def reach_of(self, entry_id: int) -> Reach:
        """How far an entry's page may lead."""
        own, source_id = self.row("SELECT reach, source_id FROM entry WHERE id = ?", (entry_id,)) or ("", 0)
        return own or self.reach(source_id)

    def take_in_again(self, entry_id: int, url: str) -> None:
        """Makes an entry findable and related that came over from a damaged library."""
        self.run("INSERT OR IGNORE INTO address (name, entry_id) VALUES (?, ?)", (address_key(url), entry_id))
        self.index(entry_id)
        article = self.article_of(entry_id)
        if article is not None:
            self.relate(entry_id, article.text, article.language, links_in(article))

    def delete(self, entry_ids: Sequence[int]) -> None:
        """Removes entries with all that is kept of them; a listing that still names them does not bring them back."""
        from cache.related import related

        with self.batch():
            for entry_id in entry_ids:
                self.unindex(entry_id)
            these = f"({','.join(map(str, entry_ids))})"
            self.run(
                "INSERT OR IGNORE INTO buried (name, source_id) SELECT name, source_id FROM address"
                f" JOIN entry ON entry.id = entry_id WHERE entry_id IN {these}"
            )
            self.run(f"DELETE FROM address WHERE entry_id IN {these}")
            self.run(f"DELETE FROM entry WHERE id IN {these}")
            related.remove(self.sql, list(entry_ids))

    def index(self, entry_id: int, said: Said | None = None) -> None:
        """Makes an entry findable at the end of the batch: by what its article says, where that is at hand.

        FTS5 writes what it holds in memory out at every savepoint, and each statement that fires our triggers opens
        one: words that come in between other writes cost ten times what they cost together.
        """
        self._to_index[entry_id] = said
        if len(self._to_index) >= MOST_WAITING:
            self.finish_batch()
            self.forget_batch()

    def unindex(self, entry_id: int) -> None:
        """Takes an entry out of the index, by what its rows say before they change."""
        if entry_id in self._to_index:
            del self._to_index[entry_id]
        else:
            self._to_unindex[entry_id] = self._findable(entry_id)

    def finish_batch(self) -> None:
        """Writes the words that came in and went."""
        for entry_id, findable in self._to_unindex.items():
            search.unindex(self.sql, entry_id, findable)
        for entry_id, said in self._to_index.items():
            search.index(self.sql, entry_id, self._findable(entry_id, said))

    def forget_batch(self) -> None:
        """Clears what was noted for the index."""
        self._to_index.clear()
        self._to_unindex.clear()

    def _findable(self, entry_id: int, said: Said | None = None) -> search.Findable:
        """What the index holds of an entry, always told from the rows on disk, so that it can be taken out again."""
        row = self.row(
            "SELECT headline, authors, summary, iif(?, NULL, packed) FROM entry LEFT JOIN article USING (id)"
            " WHERE id = ?",
            (said is not None, entry_id),
        )
        headline, authors, summary, packed = row or ("", "", "", None)
        return search.findable(headline, authors, summary, said_in(packed) if packed else said)

    def relate(self, entry_id: int, text: str, language: str = "", links: Sequence[str] = ()) -> None:
        """Gives an entry its place among the related stories, by its row and what is said here."""
        from cache.related import related

        row = self.row("SELECT headline, url, published, source_id FROM entry WHERE id = ?", (entry_id,))
        headline, url, published, source_id = row or ("", "", None, 0)
        related.add(
            self.sql,
            entry_id,
            url=url,
            source_id=source_id,
            published=to_when(published),
            headline=headline,
            text=text,
            language=language,
            links=links,
        )
