"""What a parser makes of a page for the writer: the article, its text packed already as the library keeps it.

It is run in the parser process. An article's blocks are many small objects, which cost more on their way than they did
to find, and nobody asks for them before the article is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cache.db.codec import PackedText
from cache.writes.prepared import prepared_text
from fetch.article import Article, Figure
from fetch.extract import extract_page
from fetch.listing import read_feed_texts
from fetch.passages import KeptPassages
from fetch.picture import counts_visits

MOST_PICTURES = 6
"""Pictures of one article that are fetched."""


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """An article without its text, and that text packed; or, of a story on several pages, as it was found.

    `further` is the address of the next page, "" where there is none; `pictures` are the addresses of its first ones.
    """

    article: Article
    text: PackedText | None = None
    further: str = ""
    pictures: tuple[str, ...] = ()


def read_page(body: bytes, url: str, content_type: str, source: str, kept: Sequence[KeptPassages] = ()) -> ReadyPage:
    """The article in a page; `source` is what its source is called, where the page does not say. Raises FetchError.

    `kept` are the passages that belong to it by its reader's word.
    """
    article, further = extract_page(body, url, content_type=content_type, kept=kept)
    pictures = pictures_of(article)
    if further:
        return ReadyPage(article, further=further, pictures=pictures)
    return replace(_packed(article, source), pictures=pictures)


def read_texts(texts: Sequence[tuple[str, str]], source: str) -> list[ReadyPage]:
    """The articles that a feed carried of its stories; each is given as its HTML and its address."""
    return [_packed(article, source) for article in read_feed_texts(texts)]


def _packed(article: Article, source: str) -> ReadyPage:
    text = prepared_text(replace(article, source=article.source or source))
    return ReadyPage(replace(article, body=(), related=()), text)


def pictures_of(article: Article) -> tuple[str, ...]:
    """The addresses of an article's first pictures: the one it opens with, and those between its paragraphs."""
    figures = [block for block in article.body if isinstance(block, Figure)]
    unseen = {figure.src for figure in figures if counts_visits(figure)}
    lead = [article.image] if article.image else []
    addresses = dict.fromkeys(figure.src for figure in [*lead, *figures] if figure.src not in unseen)
    return tuple(each for each in addresses if each.startswith(("https://", "http://")))[:MOST_PICTURES]


def read_later_page(body: bytes, url: str, content_type: str, kept: Sequence[KeptPassages] = ()) -> ReadyPage:
    """The article in a later page of a story."""
    article, further = extract_page(body, url, content_type=content_type, kept=kept)
    return ReadyPage(article, further=further)
