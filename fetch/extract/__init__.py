"""Page bytes → Article: the text as the page nests it, who wrote it, when, and what else the page names.

parse → survey (one pass) → facts (head) → container → stream of passages → weighed → blocks
"""

from __future__ import annotations

from datetime import datetime

from fetch.article import Article, Block
from fetch.extract.document import parse

__all__ = ["extract", "extract_fragment", "parse"]


def extract(page: bytes, url: str, *, content_type: str = "", fetched: datetime | None = None) -> Article:
    """The article in a page; raises NotAnArticle or Blocked, which say what the page is instead."""
    from fetch.extract.edit import edit

    return edit(page, url, content_type, fetched)


def extract_fragment(html: str, url: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML that is known to be a story's text, as feeds carry it."""
    from fetch.extract.edit import blocks_in

    return blocks_in(html, url)
