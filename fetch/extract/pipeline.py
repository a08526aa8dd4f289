"""The road from a page to an article, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fetch.article import Article, Block, Paragraph, figures, lines, plain
from fetch.dateline import split_dateline
from fetch.extract.body.blocks import build
from fetch.extract.body.container import container
from fetch.extract.body.context import squeezed
from fetch.extract.body.feature_weights import WEIGHTS
from fetch.extract.body.features import letters_of
from fetch.extract.body.scoring import Verdict, keep, weigh
from fetch.extract.facts.hydration_state import embedded_body
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.jsonld_body import body_of, is_paid, updates_of
from fetch.extract.facts.metadata import Facts, completed, facts
from fetch.extract.facts.related import related_in
from fetch.extract.markup.document import parse
from fetch.extract.markup.language import settled
from fetch.extract.markup.page_index import Survey, survey
from fetch.extract.markup.page_kind import refusal, why_not
from fetch.extract.markup.pagination import following
from fetch.extract.markup.tokenizer import Mark, Piece, read
from fetch.links import canonical
from fetch.text import clean

_SHORTEST = 120
_LITTLE = 600
_BRIEF = 900
_STUB = 1500
_MOST_OF_IT = 0.7


def edit(markup: bytes, url: str, content_type: str, fetched: datetime | None) -> Article:
    """The article in a page; raises NotAnArticle or Blocked."""
    return _edited(survey(parse(markup, content_type)), url, fetched)


def edit_page(markup: bytes, url: str, content_type: str, fetched: datetime | None) -> tuple[Article, str]:
    """The article in a page, and where the article goes on, "" where it ends; raises NotAnArticle or Blocked."""
    page = survey(parse(markup, content_type))
    return _edited(page, url, fetched), following(page, url)


def _edited(page: Survey, url: str, fetched: datetime | None) -> Article:
    known = facts(page, url, fetched)
    found = _found(page, known, url, fetched, container(page))
    other = container(page, bare=True) if len(found.text) < _LITTLE else None
    if other is not None and (found.place is None or other.mem_id != found.place.mem_id):
        again = _found(page, known, url, fetched, other)
        found = max(again, found, key=lambda one: len(one.text))
    if letters_of(found.text) < _SHORTEST and not is_paid(known.claims) and (state := embedded_body(page)):
        found = _found(page, known, url, fetched, state)
    if found.place is None or letters_of(found.text) < _SHORTEST:
        raise why_not(page, url)
    if len(found.text) < _BRIEF and (refused := refusal(page.title, found.text, url)):
        raise refused
    return _article(page, url, found)


@dataclass(frozen=True, slots=True)
class _Found:
    """What one place on the page gives: its pieces, which of them are the story, and the story's blocks."""

    place: LexborNode | None
    known: Facts
    pieces: list[Piece]
    kept: set[int]
    body: tuple[Block, ...]
    text: str


def _found(page: Survey, known: Facts, url: str, fetched: datetime | None, place: LexborNode | None) -> _Found:
    pieces = read(page.markup(place))
    known = completed(known, page, pieces, url, fetched)
    kept = keep(pieces, known)
    body = _whole(build(pieces, kept, url), known, fetched)
    return _Found(place, known, pieces, kept, body, "\n".join(lines(body)))


def _article(page: Survey, url: str, found: _Found) -> Article:
    known, body = found.known, found.body
    dropped = (piece for piece in found.pieces if id(piece) not in found.kept and not isinstance(piece, Mark))
    return Article(
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
        language=settled(known.language, found.text),
        keywords=known.keywords,
        image=known.image or next(figures(body), None),
        related=related_in(page, found.place, dropped, url) if found.place else (),
        reason=_reason(known.claims, found.text),
    )


def _whole(body: tuple[Block, ...], known: Facts, fetched: datetime | None) -> tuple[Block, ...]:
    """The body, with what only the page's claims hold: a live blog's updates, or the text where the page shows none."""
    if updates := updates_of(known.claims, language=known.language, fetched=fetched):
        first = next(lines(updates[0].blocks), "")
        return body if first and first in "\n".join(lines(body)) else (*body, *updates)
    shown = any(length >= _SHORTEST for length in accumulate(map(len, lines(body))))
    return body if shown else body_of(known.claims) or body


def _reason(claims: Thing, text: str) -> str:
    """Why the text is not whole, "" where it is or nothing says so."""
    claimed = claims.get("articleBody")
    less = isinstance(claimed, str) and len(text) < _MOST_OF_IT * len(claimed)
    return "paywall" if is_paid(claims) and (len(text) < _STUB or less) else ""


def _dek(dek: str, body: tuple[Block, ...]) -> str:
    """The dek, "" where it is only the beginning of the text said twice, or one of its first paragraphs."""
    said = squeezed(dek)
    first = [squeezed(line) for line in islice(lines(body), 3)]
    return "" if "".join(first).startswith(said) or said in first else dek


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
    pieces = read(page.markup(place))
    return [_line(verdict) for verdict in weigh(pieces, completed(known, page, pieces, url, None))]


def _line(verdict: Verdict) -> str:
    heaviest = sorted(
        (sign for group in verdict.signs for sign in group), key=lambda sign: -abs(WEIGHTS.get(sign, 0.0))
    )[:4]
    why = ", ".join(f"{sign} {WEIGHTS.get(sign, 0.0):+.1f}" for sign in heaviest)
    said = clean(verdict.passage.text)
    said = said if len(said) <= 60 else said[:60] + "…"
    return f"{'keep' if verdict.score > 0 else 'drop'} {verdict.score:+.1f}  {said}  ({why})"
