"""What stands in a kept text by its reader's word is taken out of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.codec import packed_text
from cache.writes.indexing import Indexing
from fetch.article import without_blocks

if TYPE_CHECKING:
    from cache.db.connection import Connection


def take_out(connection: Connection, entry_id: int, how: str, text: str) -> None:
    """Takes what stands in an entry's text by one rule out of it, and out of what is found by a search."""
    article = reads.readable_article_at(connection, entry_id)
    out = {kept.at for kept in article.by_rule if (kept.how, kept.text) == (how, text)} if article else set()
    if article is None or not out:
        return
    packed = packed_text(without_blocks(article, out))
    indexing = Indexing(connection, deferred=False)
    indexing.unindex(entry_id)
    connection.run("UPDATE article SET packed = ? WHERE id = ?", (packed.body, entry_id))
    connection.run("UPDATE entry SET words = ? WHERE id = ?", (packed.words, entry_id))
    indexing.index(entry_id, packed.searchable)
    indexing.relate(entry_id, packed.searchable.text, packed.links)
    indexing.flush()
