"""What is made of an article before it is written, so that no transaction lasts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.codec import PackedText, WeighedWords, packed_text

if TYPE_CHECKING:
    from fetch.article import Article


def prepared_text(article: Article) -> PackedText:
    """What is kept of an article's text, its words weighed for the index of related stories."""
    from cache.related.vector import pack, term_weights

    text = packed_text(article)
    words = pack(term_weights(article.headline, text.searchable.text))
    return text._replace(weighed=WeighedWords(article.headline, words))
