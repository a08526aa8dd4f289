"""Page bytes → Article: the text as the page nests it, who wrote it, when, and what else the page names.

Imports markup, facts, body and the values of fetch. The steps, in `fetch.extract.pipeline`:

parse → index (one pass) → metadata (head) → container → tokens → features → scores → blocks
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from fetch.article import Article, Block
from fetch.errors import interpreting

if TYPE_CHECKING:
    from fetch.passages import DroppedPassage, KeptPassages

__all__ = [
    "MOST_PAGES",
    "PageBytes",
    "dropped_passages",
    "explain",
    "extract",
    "extract_fragment",
    "extract_page",
    "extract_story",
    "extract_text",
    "join",
]

MOST_PAGES = 10
"""Pages of one article that are fetched and joined."""
PageBytes: TypeAlias = tuple[bytes, str, str]
"""A page as it came: its bytes, its address, its content type."""


def extract(page: bytes, url: str, *, content_type: str = "", fetched: datetime | None = None) -> Article:
    """The article in a page; raises NotAnArticle or Blocked, which say what the page is instead, and BrokenAnswer."""
    from fetch.extract.pipeline import extract_article

    with interpreting(url):
        return extract_article(page, url, content_type, fetched)


def extract_page(
    page: bytes,
    url: str,
    *,
    content_type: str = "",
    fetched: datetime | None = None,
    kept: Sequence[KeptPassages] = (),
) -> tuple[Article, str]:
    """The article in a page, and the URL of its next page or ""; raises as `extract` does.

    `kept` are the passages that belong to it by its reader's word, wherever they stand on the page.
    """
    from hashlib import sha256

    from fetch.extract.pipeline import extract_page as _extract_page

    with interpreting(url):
        article, further = _extract_page(page, url, content_type, fetched, kept)
    return replace(article, page_sha256=sha256(page).hexdigest()), further


def extract_text(page: bytes, url: str) -> str:
    """The text of the article in a page and nothing else, by the shortest road; raises as `extract` does."""
    from fetch.extract.pipeline import extract_text as _extract_text

    with interpreting(url):
        return _extract_text(page, url)


def dropped_passages(pages: Sequence[PageBytes], kept: Sequence[KeptPassages] = ()) -> tuple[DroppedPassage, ...]:
    """What the pages of one story hold beside it, in their order; raises as `extract` does."""
    from fetch.extract.pipeline import dropped_passages as _dropped_passages
    from fetch.letters import letters_only

    found: list[DroppedPassage] = []
    before = 0
    for page, url, content_type in pages:
        with interpreting(url):
            article, dropped = _dropped_passages(page, url, content_type, kept)
        found += [passage._replace(before=before + passage.before) for passage in dropped]
        before += len(letters_only(article.text))
    return tuple(found)


def extract_story(pages: Sequence[PageBytes], *, more: bool = False, kept: Sequence[KeptPassages] = ()) -> Article:
    """The article in the pages of one story; `more`: some are missing. Raises as `extract` does."""
    articles = [extract_page(page, url, content_type=content_type, kept=kept)[0] for page, url, content_type in pages]
    return join(articles, more=more)


def extract_fragment(html: str, url: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML that is known to be a story's text, as feeds carry it."""
    from fetch.extract.pipeline import blocks_in

    with interpreting(url):
        return blocks_in(html, url)


def explain(page: bytes, url: str) -> list[str]:
    """A line for each text block near the body: kept or dropped, its score, and the features that weighed most."""
    from fetch.extract.pipeline import explained

    with interpreting(url):
        return explained(page, url)


def join(pages: Sequence[Article], *, more: bool = False) -> Article:
    """The pages of one article as one: what the first says of it, and the text of all; `more`: some are missing."""
    from fetch.extract.markup.pagination import LATER_PAGES, join_pages

    article = join_pages(pages)
    return replace(article, reason=article.reason or LATER_PAGES) if more else article
