"""The road from a page to an article, step by step."""

from __future__ import annotations

from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from fetch.article import Article, Block, Paragraph, plain
from fetch.dateline import split_dateline
from fetch.extract.blocks import build
from fetch.extract.body import container
from fetch.extract.document import parse
from fetch.extract.metadata import completed, facts
from fetch.extract.not_article import refusal, why_not
from fetch.extract.related import related_in
from fetch.extract.stream import Mark, read
from fetch.extract.survey import survey
from fetch.extract.weigh import Verdict, keep, weigh
from fetch.extract.weights import WEIGHTS
from fetch.links import canonical
from fetch.text import clean

_SHORTEST = 120
_BRIEF = 900


def edit(markup: bytes, url: str, content_type: str, fetched: datetime | None) -> Article:
    """The article in a page; raises NotAnArticle or Blocked."""
    tree = parse(markup, content_type)
    page = survey(tree)
    known = facts(page, url, fetched)
    place = container(page)
    if place is None:
        raise why_not(page, url)
    pieces = read(place.html or "")
    known = completed(known, page, pieces, url, fetched)
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
        dek=_dek(known.dek, body),
        section=known.section,
        source=known.source,
        language=known.language,
        keywords=known.keywords,
        image=known.image,
        related=related_in(
            page, place, (piece for piece in pieces if id(piece) not in kept and not isinstance(piece, Mark)), url
        ),
    )
    text = article.text
    if len(text) < _SHORTEST:
        raise why_not(page, url)
    if len(text) < _BRIEF and (refused := refusal(page.title, text, url)):
        raise refused
    return article


def _dek(dek: str, body: tuple[Block, ...]) -> str:
    """The dek, "" where it is only the beginning of the text said twice."""
    first = next((plain(block.spans) for block in body if isinstance(block, Paragraph)), "")
    return "" if first.startswith(dek.rstrip(" .…[]")) else dek


def blocks_in(html: str, url: str) -> tuple[Block, ...]:
    """The blocks of a fragment, all of it."""
    body = LexborHTMLParser(html).body
    pieces = read((body.html or "") if body else "")
    return build(pieces, {id(piece) for piece in pieces}, url)


def _dateline(body: tuple[Block, ...]) -> str:
    first = next((block for block in body if isinstance(block, Paragraph)), None)
    return split_dateline(plain(first.spans)).place if first else ""


def explained(markup: bytes, url: str) -> list[str]:
    """A line for each passage near the body: kept or dropped, its score, and the signs that weighed most."""
    page = survey(parse(markup))
    known = facts(page, url, None)
    place = container(page)
    pieces = read((place.html or "") if place else "")
    return [_line(verdict) for verdict in weigh(pieces, completed(known, page, pieces, url, None))]


def _line(verdict: Verdict) -> str:
    heaviest = sorted(
        (sign for group in verdict.signs for sign in group), key=lambda sign: -abs(WEIGHTS.get(sign, 0.0))
    )[:4]
    why = ", ".join(f"{sign} {WEIGHTS.get(sign, 0.0):+.1f}" for sign in heaviest)
    said = clean(verdict.passage.text)
    return f"{'keep' if verdict.score > 0 else 'drop'} {verdict.score:+.1f}  {said[:60]}{'…' if len(said) > 60 else ''}  ({why})"
