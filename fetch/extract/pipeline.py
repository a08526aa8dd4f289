"""From a page to an article, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.article import Article, Block, Paragraph, figures, lines, plain
from fetch.article_limits import bounded_article, shortened
from fetch.dateline import split_dateline
from fetch.extract.body.blocks import build_blocks, build_text
from fetch.extract.body.container import find_container
from fetch.extract.body.context import Context
from fetch.extract.body.feature_groups import WEIGHTS
from fetch.extract.body.features import letters_of
from fetch.extract.body.kept_by_rule import dropped_in, with_kept
from fetch.extract.body.scoring import Decision, bylines_among, decide, kept_ids
from fetch.extract.facts.dek import dek_beside, shown_dek
from fetch.extract.facts.hydration_state import embedded_body
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.jsonld_body import body_of, is_paid, shows_what_is_paid, updates_of
from fetch.extract.facts.metadata import Metadata, clues_of, complete_metadata, metadata_of
from fetch.extract.facts.related_links import related_in
from fetch.extract.markup.document import parse, tree_of
from fetch.extract.markup.language import resolve_language
from fetch.extract.markup.page_index import PageIndex, index_page
from fetch.extract.markup.page_kind import listing_error, no_article_error, wall_error
from fetch.extract.markup.pagination import LATER_PAGES, is_first_of_several, next_page_url
from fetch.extract.markup.tokenizer import LONGEST_TEXT_BLOCK, MOST_TOKENS, tokenize
from fetch.extract.markup.tokens import Boundary, TextBlock, Token
from fetch.extract.plain_text import plain_text_article, plain_text_of
from fetch.file_kind import no_text_error
from fetch.links import absolute, canonical, is_home
from fetch.passages import DroppedPassage, KeptPassages
from fetch.picture import counts_visits
from fetch.text import clean

# Letters of text:
_SHORTEST = 120  # less is no article
_LITTLE = 600  # with less, text outside of paragraphs is looked for too
_BRIEF = 900  # less may be a refusal
_STUB = 1500  # less, on a page that is not free, is only the beginning
_MOST_OF_IT = 0.7  # of articleBody; with less, on a page that is not free, text is missing


_NEAR_THE_END = 100
"""Tokens."""
TOO_LONG = "too long"
"""Why an article is not whole of which more stands on its page than is read."""


class _Asked(NamedTuple):
    """Where a page stands, when it was fetched, and whether the facts are asked for that only its text shows."""

    url: str
    fetched: datetime | None = None
    facts: bool = True


def extract_article(markup: bytes, url: str, content_type: str, fetched: datetime | None) -> Article:
    """The article in a page; raises NotAnArticle or Blocked."""
    _refuse_other(markup, url, content_type)
    if article := _in_plain_text(markup, url, content_type):
        return article
    return _article_at(index_page(parse(markup, content_type), url), url, fetched)


def extract_page(
    markup: bytes, url: str, content_type: str, fetched: datetime | None, kept: Sequence[KeptPassages] = ()
) -> tuple[Article, str]:
    """The article in a page, and where the article goes on, "" where it ends; raises NotAnArticle or Blocked.

    `kept` are the passages that belong to it by its reader's word.
    """
    _refuse_other(markup, url, content_type)
    if article := _in_plain_text(markup, url, content_type):
        return article, ""
    page = index_page(parse(markup, content_type), url)
    return with_kept(_article_at(page, url, fetched), page, kept, url), next_page_url(page, url)


def dropped_passages(
    markup: bytes, url: str, content_type: str, kept: Sequence[KeptPassages]
) -> tuple[Article, tuple[DroppedPassage, ...]]:
    """The article in a page, and what the page holds beside it; raises NotAnArticle or Blocked."""
    _refuse_other(markup, url, content_type)
    if article := _in_plain_text(markup, url, content_type):
        return article, ()
    page = index_page(parse(markup, content_type), url)
    article = with_kept(_article_at(page, url, None), page, kept, url)
    return article, dropped_in(article, page)


def _refuse_other(markup: bytes, url: str, content_type: str = "") -> None:
    """Raises NotAnArticle for what is no page: no text, or a feed, a sitemap or data."""
    if error := no_text_error(markup, url) or listing_error(markup, url, content_type):
        raise error


def extract_text(markup: bytes, url: str) -> str:
    """The article's text alone, by the shortest road; raises NotAnArticle or Blocked."""
    _refuse_other(markup, url)
    if article := _in_plain_text(markup, url):
        return article.text
    return _found_in(index_page(parse(markup), url), _Asked(url, facts=False)).text


def _in_plain_text(markup: bytes, url: str, content_type: str = "") -> Article | None:
    """The article in a text without markup; None for a page, and for what is too short or a refusal."""
    if not (text := plain_text_of(markup, content_type)):
        return None
    article = plain_text_article(text, url, TOO_LONG)
    if letters_of(article.text) < _SHORTEST:
        return None
    is_wall = len(article.text) < _BRIEF and wall_error(article.headline, article.text, url)
    return None if is_wall else article


def _article_at(page: PageIndex, url: str, fetched: datetime | None) -> Article:
    return _article(page, url, _found_in(page, _Asked(url, fetched)))


def _found_in(page: PageIndex, asked: _Asked) -> _Found:
    """The story, read from the likeliest element; with little text in it, from others, and from scripts."""
    url = asked.url
    metadata = metadata_of(page, url, asked.fetched) if asked.facts else clues_of(page, url)
    found = _read_at(page, metadata, asked, find_container(page))
    other = find_container(page, bare=True) if len(found.text) < _LITTLE else None
    if other is not None and (found.container is None or other.mem_id != found.container.mem_id):
        again = _read_at(page, metadata, asked, other)
        found = max(again, found, key=lambda one: len(one.text))
    if letters_of(found.text) < _SHORTEST and not is_paid(metadata.claims) and (state := embedded_body(page)):
        found = _read_at(page, metadata, asked, state)
    if found.container is None or letters_of(found.text) < _SHORTEST:
        raise no_article_error(page, url)
    if len(found.text) < _BRIEF and (wall := wall_error(page.title, found.text, url)):
        raise wall
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """What one container element gives: its tokens, which of them are the story, and the story's blocks."""

    container: LexborNode | None
    metadata: Metadata
    tokens: list[Token]
    kept: set[int]
    body: tuple[Block, ...]
    lines: list[str]
    text: str

    @property
    def is_cut(self) -> bool:
        """Whether the page goes on where the story had not ended, or a paragraph is as long as one may be."""
        if len(self.tokens) >= MOST_TOKENS and any(id(token) in self.kept for token in self.tokens[-_NEAR_THE_END:]):
            return True
        return any(isinstance(token, TextBlock) and token.length >= LONGEST_TEXT_BLOCK for token in self.tokens)


def _read_at(page: PageIndex, metadata: Metadata, asked: _Asked, container: LexborNode | None) -> _Found:
    """What the page gives when its body is read from this element."""
    tokens = tokenize(container, metadata.language)
    kept = kept_ids(tokens, metadata)
    if asked.facts:
        named = metadata.authors
        metadata = complete_metadata(metadata, page, tokens, asked.url, asked.fetched)
        kept -= bylines_among(tokens, metadata) if metadata.authors != named else set()
    shown = build_blocks(tokens, kept, page.base or asked.url) if asked.facts else build_text(tokens, kept)
    written = list(lines(shown))
    body = _whole(shown, written, metadata, asked.fetched)
    written = written if body is shown else list(lines(body))
    return _Found(container, metadata, tokens, kept, body, written, "\n".join(written))


def _article(page: PageIndex, url: str, found: _Found) -> Article:
    metadata, body = found.metadata, found.body
    dropped = (token for token in found.tokens if id(token) not in found.kept and not isinstance(token, Boundary))
    article = Article(
        url=canonical(url) or url,
        headline=metadata.headline,
        body=body,
        authors=metadata.authors,
        published=metadata.published,
        modified=metadata.modified,
        dateline=_dateline(body),
        dek=_dek(found),
        section=metadata.section,
        source=metadata.source,
        language=resolve_language(metadata.language, found.text),
        keywords=metadata.keywords,
        image=metadata.image or next((figure for figure in figures(body) if not counts_visits(figure)), None),
        related=related_in(page, found.container, dropped, page.base or url) if found.container else (),
        reason=_reason(page, url, found),
        also_at=_also_at(page, url),
    )
    return bounded_article(article)


def _dek(found: _Found) -> str:
    """What the head says of the story and the text does not; else what the page shows as its dek."""
    headline = found.metadata.headline
    said = dek_beside(found.metadata.dek, headline, found.lines) if found.metadata.dek else ""
    if not said and (shown := shown_dek(found.tokens, found.kept, headline)):
        return dek_beside(shown, headline, found.lines)
    return said


def _also_at(page: PageIndex, url: str) -> tuple[str, ...]:
    """Where the page's head says that its story stands, itself apart; a home page is no story's address."""
    links = (page.canonical_link, page.amp_link)
    named = (canonical(absolute(link, page.base or url)) for link in links if link)
    return tuple(address for address in dict.fromkeys(named) if not is_home(address) and address != canonical(url))


def _whole(
    body: tuple[Block, ...], written: Sequence[str], metadata: Metadata, fetched: datetime | None
) -> tuple[Block, ...]:
    """The body, with what only the page's claims hold: a live blog's updates, or the text where the page shows none.

    `written` are the body's lines.
    """
    if updates := updates_of(metadata.claims, language=metadata.language, fetched=fetched):
        first = next(lines(updates[0].blocks), "")
        return body if first and first in "\n".join(written) else (*body, *updates)
    return body if sum(map(len, written)) >= _SHORTEST else body_of(metadata.claims) or body


def _reason(page: PageIndex, url: str, found: _Found) -> str:
    """Why the text is not whole, "" where it is or nothing says so."""
    if paid := _paid(page, found.metadata.claims, found.text):
        return paid
    if found.is_cut:
        return TOO_LONG
    # Where the next page has an address, it is fetched, and only what comes of it is known to be whole or not.
    return LATER_PAGES if is_first_of_several(found.tokens, found.kept) and not next_page_url(page, url) else ""


def _paid(page: PageIndex, claims: Thing, text: str) -> str:
    """Why the text of a page that is not free is not whole: the reason, or "" where it is."""
    claimed = claims.get("articleBody")
    less = isinstance(claimed, str) and len(text) < _MOST_OF_IT * len(claimed)
    if not is_paid(claims) or (len(text) >= _STUB and not less):
        return ""
    return "" if not less and shows_what_is_paid(claims, page.tree, text) else "paywall"


def blocks_in(html: str, url: str) -> tuple[Block, ...]:
    """The blocks of a fragment, all of it."""
    tokens = tokenize(tree_of(html.encode("utf-8", "replace")).body)
    return build_blocks(tokens, {id(token) for token in tokens}, url)


def _dateline(body: tuple[Block, ...]) -> str:
    first = next((block for block in body if isinstance(block, Paragraph)), None)
    return split_dateline(plain(first.spans)).place if first else ""


def explained(markup: bytes, url: str) -> list[str]:
    """A line for each text block near the body: kept or dropped, its score, and the features that weighed most."""
    _refuse_other(markup, url)
    if article := _in_plain_text(markup, url):
        return [f"keep  {shortened(line, 60)}  (plain text)" for line in article.text.split("\n")]
    page = index_page(parse(markup), url)
    metadata = metadata_of(page, url, None)
    container = find_container(page)
    tokens = tokenize(container, metadata.language)
    return [_line(decision) for decision in decide(Context(tokens, metadata))]


def _line(decision: Decision) -> str:
    heaviest = sorted(
        (feature for group in decision.features for feature in group),
        key=lambda feature: -abs(WEIGHTS.get(feature, 0.0)),
    )[:4]
    why = ", ".join(f"{feature} {WEIGHTS.get(feature, 0.0):+.1f}" for feature in heaviest)
    said = clean(decision.text_block.text)
    said = said if len(said) <= 60 else said[:60] + "…"
    return f"{'keep' if decision.score > 0 else 'drop'} {decision.score:+.1f}  {said}  ({why})"
