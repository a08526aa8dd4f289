"""Makes entries findable and related: the words of a batch go into the full-text index at its end, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cache.db import values
from cache.db.codec import SearchText, links_in, readable_search_text
from cache.db.rows import to_when
from cache.search import index as full_text

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from fetch.article import Article

MOST_WAITING = 500
"""Texts that wait in memory for the end of a batch."""


class Indexing:
    """The full-text index and the index of related stories, as entries come, change and go."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._to_index: dict[int, SearchText | None] = {}
        self._to_unindex: dict[int, full_text.IndexRow] = {}
        self._is_related = False
        connection.defer(self)

    def index(self, entry_id: int, article: SearchText | None = None) -> None:
        """Makes an entry findable at the end of the batch: by what its article says, where that is at hand.

        FTS5 writes what it holds in memory out at every savepoint, and each statement that fires our triggers opens
        one: words that come in between other writes cost ten times what they cost together.
        """
        self._to_index[entry_id] = article
        if len(self._to_index) >= MOST_WAITING:
            self.flush()
            self.clear()

    def unindex(self, entry_id: int) -> None:
        """Takes an entry out of the full-text index, by what its rows say before they change."""
        if entry_id in self._to_index:
            del self._to_index[entry_id]
        else:
            self._to_unindex[entry_id] = self._index_row(entry_id)

    def relate(self, entry_id: int, text: str, links: Sequence[str] = ()) -> None:
        """Gives an entry its place among the related stories, by its row and this text."""
        from cache.related import upkeep

        asked = "SELECT headline, url, published, source_id FROM entry WHERE id = ?"
        row = self._db.row(asked, (entry_id,)) or ("", "", None, 0)
        address, published, number = values.text(row[1]), to_when(row[2]), values.integer(row[3])
        headline = values.text(row[0])
        article = upkeep.IndexedArticle(entry_id, address, headline, text, published, number, links)
        upkeep.add(self._db.sql, article)
        self._is_related = True

    def relate_article(self, entry_id: int, article: Article) -> None:
        """Gives an entry its place among the related stories, by its row and its article."""
        self.relate(entry_id, article.text, links_in(article))

    def unrelate(self, entry_ids: Sequence[int]) -> None:
        """Takes entries out of the index of related stories."""
        from cache.related import upkeep

        upkeep.remove(self._db.sql, list(entry_ids))

    def flush(self) -> None:
        """Writes the words that came in and went, inside the batch."""
        for entry_id, row in self._to_unindex.items():
            full_text.unindex(self._db.sql, entry_id, row)
        for entry_id, article in self._to_index.items():
            full_text.index(self._db.sql, entry_id, self._index_row(entry_id, article))

    def follow_up(self) -> None:
        """Enters what has landed into the index of related stories, where that has become much."""
        from cache.related import upkeep

        related, self._is_related = self._is_related, False
        if related and upkeep.is_much_unflushed(self._db.sql):
            with self._db.batch():
                upkeep.flush(self._db.sql)

    def clear(self) -> None:
        """Forgets what was noted for the index: it is written, or the batch was taken back."""
        self._to_index.clear()
        self._to_unindex.clear()

    def _index_row(self, entry_id: int, article: SearchText | None = None) -> full_text.IndexRow:
        """What the index holds of an entry, always made from the rows on disk, so that it can be taken out again."""
        row = self._db.row(
            "SELECT headline, authors, summary, enclosures, iif(?, NULL, packed) FROM entry"
            " LEFT JOIN article USING (id) WHERE id = ?",
            (article is not None, entry_id),
        )
        *said, packed = row or ("", "", "", "", None)
        headline, authors, summary, enclosures = map(values.text, said)
        text = readable_search_text(packed) if packed else article
        return full_text.index_row(headline, authors, summary, enclosures, text)
