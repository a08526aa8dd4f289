"""The road from a page to an article, step by step."""

from __future__ import annotations

from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from fetch.article import Article, Block, Paragraph, plain
from fetch.dateline import split_dateline
from fetch.extract.blocks import build
from fetch.extract.body import container
from fetch.extract.document import parse
from fetch.extract.metadata import Facts, facts
from fetch.extract.not_article import why_not
from fetch.extract.related import related_in
from fetch.extract.stream import Mark, read
from fetch.extract.survey import survey
from fetch.extract.weigh import keep
from fetch.links import canonical

_SHORTEST = 120
_PAYWALLED = 300


def edit(markup: bytes, url: str, content_type: str, fetched: datetime | None) -> Article:
    """The article in a page; raises NotAnArticle or Blocked."""
    tree = parse(markup, content_type)
    page = survey(tree)
    known = facts(page, url, fetched)
    place = container(page)
    if place is None:
        raise why_not(page, url)
    pieces = read(place.html or "")
    kept = keep(pieces, known)
    body = build(pieces, kept, url)
    article = Article(
        url=canonical(url) or url,
        headline=known.headline,
        body=body,
        authors=known.authors,
        published=known.published,
        modified=known.modified,
        dateline=_dateline(body),
        dek=known.dek,
        section=known.section,
        source=known.source,
        language=known.language,
        keywords=known.keywords,
        image=known.image,
        related=related_in(
            page, place, (piece for piece in pieces if id(piece) not in kept and not isinstance(piece, Mark)), url
        ),
    )
    if len(article.text) < _SHORTEST:
        raise why_not(page, url)
    return article


def blocks_in(html: str, url: str) -> tuple[Block, ...]:
    """The blocks of a fragment, all of it."""
    body = LexborHTMLParser(html).body
    pieces = read((body.html or "") if body else "")
    return build(pieces, {id(piece) for piece in pieces}, url)


def _dateline(body: tuple[Block, ...]) -> str:
    first = next((block for block in body if isinstance(block, Paragraph)), None)
    return split_dateline(plain(first.spans)).place if first else ""
