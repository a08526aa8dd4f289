"""Makes entries findable and related: the words of a batch go into both indexes at its end, all at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cache.db import values
from cache.db.codec import SearchText, WeighedWords, links_in, readable_search_text
from cache.db.rows import to_when
from cache.search import index as full_text
from cache.writes.reader_rows import as_json

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.related.upkeep import IndexedArticle
    from fetch.article import Article

MOST_WAITING = 500
"""Texts that wait in memory for the end of a batch."""


class Indexing:
    """The full-text index and the index of related stories, as entries come, change and go."""

    def __init__(self, connection: Connection, *, deferred: bool = True) -> None:
        """Unless `deferred` to the end of every batch, nothing is written before `flush`."""
        self._db = connection
        self._to_index: dict[int, SearchText | None] = {}
        self._to_unindex: dict[int, full_text.IndexRow] = {}
        self._to_relate: dict[int, tuple[str, Sequence[str], WeighedWords | None]] = {}
        self._is_related = False
        if deferred:
            connection.defer(self)

    def index(self, entry_id: int, article: SearchText | None = None) -> None:
        """Makes an entry findable at the end of the batch: by what its article says, where that is at hand.

        FTS5 writes what it holds in memory out at every savepoint, and each statement that fires our triggers opens
        one: words that come in between other writes cost ten times what they cost together.
        """
        self._to_index[entry_id] = article
        self._flush_much()

    def unindex(self, entry_id: int) -> None:
        """Takes an entry out of the full-text index, by what its rows say before they change."""
        if entry_id in self._to_index:
            del self._to_index[entry_id]
        else:
            self._to_unindex[entry_id] = self._rows([entry_id])[entry_id].as_indexed(None)

    def relate(self, entry_id: int, text: str, links: Sequence[str] = (), weighed: WeighedWords | None = None) -> None:
        """Gives an entry its place among the related stories at the end of the batch, by its row and this text.

        `weighed` are its words, where they are known.
        """
        self._to_relate[entry_id] = text, links, weighed
        self._flush_much()

    def relate_article(self, entry_id: int, article: Article) -> None:
        """Gives an entry its place among the related stories, by its row and its article."""
        self.relate(entry_id, article.text, links_in(article))

    def unrelate(self, entry_ids: Sequence[int]) -> None:
        """Takes entries out of the index of related stories."""
        from cache.related import upkeep

        for entry_id in entry_ids:
            self._to_relate.pop(entry_id, None)
        upkeep.remove(self._db.sql, list(entry_ids))

    def flush(self) -> None:
        """Writes the words that came in and went, inside the batch."""
        at_hand = (self._to_relate.keys() - self._to_index.keys()) | {
            one for one, said in self._to_index.items() if said
        }
        rows = self._rows([*(self._to_index.keys() | self._to_relate.keys())], at_hand)
        for entry_id, row in self._to_unindex.items():
            full_text.unindex(self._db.sql, entry_id, row)
        for entry_id, article in self._to_index.items():
            full_text.index(self._db.sql, entry_id, rows[entry_id].as_indexed(article))
        if self._to_relate:
            self._relate(rows)

    def _relate(self, rows: Mapping[int, _Row]) -> None:
        from cache.related import upkeep

        landed = [
            rows[entry_id].as_related(entry_id, text, links, weighed)
            for entry_id, (text, links, weighed) in self._to_relate.items()
        ]
        upkeep.add_all(self._db.sql, landed)
        self._is_related = True

    def follow_up(self) -> None:
        """Enters what has landed into the index of related stories, where that has become much."""
        from cache.related import upkeep

        related, self._is_related = self._is_related, False
        if related and upkeep.is_much_unflushed(self._db.sql):
            found = upkeep.landed(self._db.sql)
            with self._db.batch():
                upkeep.flush(self._db.sql, found)

    def clear(self) -> None:
        """Forgets what was noted for the index: it is written, or the batch was taken back."""
        self._to_index.clear()
        self._to_unindex.clear()
        self._to_relate.clear()

    def _flush_much(self) -> None:
        if max(len(self._to_index), len(self._to_relate)) >= MOST_WAITING:
            self.flush()
            self.clear()

    def _rows(self, entry_ids: Sequence[int], at_hand: Collection[int] = ()) -> dict[int, _Row]:
        """What the rows on disk say of entries: what is indexed is made from them, so that it can be taken out again.

        The text is read of those of which it is not at hand.
        """
        rows = self._db.rows(
            "SELECT entry.id, headline, authors, summary, enclosures, url, published, source_id,"
            " iif(entry.id IN (SELECT value FROM json_each(?)), NULL, packed)"
            " FROM entry LEFT JOIN article USING (id) WHERE entry.id IN (SELECT value FROM json_each(?))",
            (as_json([*at_hand]), as_json(entry_ids)),
        )
        known = {row[0]: _Row(*row[1:]) for row in rows}
        return {one: known.get(one, _NO_ROW) for one in entry_ids}


class _Row(NamedTuple):
    headline: object
    authors: object
    summary: object
    enclosures: object
    url: object
    published: object
    source_id: object
    packed: bytes | None

    def as_indexed(self, article: SearchText | None) -> full_text.IndexRow:
        """What the full-text index holds of the entry."""
        said = readable_search_text(self.packed) if self.packed else article
        headline, authors, summary, enclosures = map(values.text, self[:4])
        return full_text.index_row(headline, authors, summary, enclosures, said)

    def as_related(
        self, entry_id: int, text: str, links: Sequence[str], weighed: WeighedWords | None
    ) -> IndexedArticle:
        """What the index of related stories takes of the entry."""
        from cache.related.upkeep import IndexedArticle

        url, headline, source_id = values.text(self.url), values.text(self.headline), values.integer(self.source_id)
        words = weighed.packed if weighed and weighed.headline == headline else None
        return IndexedArticle(entry_id, url, headline, text, to_when(self.published), source_id, links, words)


_NO_ROW = _Row("", "", "", "", "", None, 0, None)
