"""Plain text as an article: its first line is the headline, and blank lines part its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, islice, pairwise
from textwrap import dedent

from fetch.article import Article, Block, Code, Paragraph, Span, When, lies_ahead, plain
from fetch.article_limits import bounded_article, shortened
from fetch.dateline import split_dateline
from fetch.dates import whole_date
from fetch.extract.facts.names import BY, names_in
from fetch.extract.markup.document import charset_of
from fetch.extract.markup.language import resolve_language
from fetch.extract.markup.tokenizer import LONGEST_TEXT_BLOCK
from fetch.links import canonical
from fetch.text import clean, clean_lines

_TYPE, _PAGE_TYPES = "text/plain", ("", "text/html")
_TAG = r"<[!/?]?[a-zA-Z]"
_ANY_TAG, _ANY_TAG_IN_BYTES = re.compile(_TAG), re.compile(_TAG.encode())
_BEGINS_A_PAGE = re.compile(r"\s*+<[!?a-zA-Z]")
_ENDS_AN_ELEMENT = re.compile(r"</(?:p|div|a|h[1-6]|li|td|span|body|html)\s{0,9}>", re.I)
_RULE = re.compile(r"[\s=_*~#.+-]{3,}")
_LABEL = re.compile(
    r"(?:for immediate release|(?:press|news) release|pressemitteilung|communiqué(?: de presse)?)\W*", re.I
)
_POINT = re.compile(r"\s*+(?:[-*•–]|\d{1,3}[.)])\s")
_WORD = re.compile(r"[^\W\d_]+")
MOST_CHARACTERS = 2_000_000
"""Of a text; the longest novels have three million, an issue of a newspaper one."""
_MOST_PARAGRAPHS = 30_000
_LONGEST_HEADLINE = 200  # characters of a line that is taken for one
_BEGINNING = 100  # characters of a text without a headline that stand in its place
_LONGEST_FACT = 100  # characters of a byline
_FACTS, _WORDS_OF_A_DATE = 4, 3  # lines below the headline among which they are, words beside a date's figures
_LONGEST_WRAPPED = 120  # characters of a line; of longer ones each is a paragraph
_FULL = 0.75  # of the longest line: one that is shorter, though the next word had room, was ended on purpose


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the first lines of a text say of it."""

    headline: str
    authors: tuple[str, ...] = ()
    published: When | None = None


def plain_text_of(body: bytes, content_type: str) -> str:
    """The text of a body that is no page, "" for one that is.

    What is served as text/plain is a page where it begins like one or closes elements; what is served as a page, or
    lies in a file, with any tag.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == _TYPE:
        text = _decoded(body, content_type)
        return "" if _BEGINS_A_PAGE.match(text) or _ENDS_AN_ELEMENT.search(text) else text
    if kind not in _PAGE_TYPES or _ANY_TAG_IN_BYTES.search(body):
        return ""
    text = _decoded(body, content_type)
    return "" if _ANY_TAG.search(text) else text


def plain_text_article(text: str, url: str, too_long: str) -> Article:
    """The article that a text is; `too_long` is why it is not whole where more of it stands there than is read."""
    facts, paragraphs = _facts_of([*_paragraphs(clean_lines(text[:MOST_CHARACTERS]))])
    blocks = (block for paragraph in paragraphs for block in _blocks(paragraph))
    body = tuple(islice(blocks, _MOST_PARAGRAPHS))
    is_cut = len(text) > MOST_CHARACTERS or next(blocks, None) is not None
    first = next((plain(block.spans) for block in body if isinstance(block, Paragraph)), "")
    article = Article(
        url=canonical(url) or url,
        headline=facts.headline,
        body=body,
        authors=facts.authors,
        published=facts.published,
        dateline=split_dateline(first).place,
        reason=too_long if is_cut else "",
    )
    return bounded_article(replace(article, language=resolve_language("", article.text)))


def _decoded(body: bytes, content_type: str) -> str:
    return body.decode(charset_of(body, content_type), "replace").lstrip("\ufeff")


def _paragraphs(text: str) -> Iterator[list[str]]:
    """The lines between blank ones, without their common indent and without rules that part them."""
    for is_blank, lines in groupby(dedent(text).split("\n"), key=lambda line: not line.strip()):
        paragraph = [line.rstrip() for line in lines]
        if not is_blank and not all(_RULE.fullmatch(line) for line in paragraph):
            yield paragraph


def _facts_of(paragraphs: list[list[str]]) -> tuple[_Facts, list[list[str]]]:
    """What the first lines say, and the paragraphs without those lines."""
    first, *others = paragraphs or [[]]
    lines = [line for line in first if not _RULE.fullmatch(line)]
    if lines and others and _LABEL.fullmatch(lines[0].strip()):
        first, *others = [lines[1:], *others] if lines[1:] else others
        lines = first
    headline, below = _headline_of(lines)
    facts, left, looked_at = _Facts(headline), list[list[str]](), 0
    for paragraph in (below, *others):
        kept = []
        for line in paragraph:
            looked_at += 1
            told = _told_by(line, facts) if looked_at <= _FACTS else None
            facts = told or facts
            kept += [] if told else [line]
        left += [kept] if kept else []
    return facts, left


def _headline_of(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The headline that the first paragraph is or begins with, and the lines below it."""
    if not lines:
        return "", []
    is_one = len(lines) > 1 and lines[1].strip()[:1].islower()
    headline = clean(" ".join(lines) if is_one else lines[0]).lstrip("# ")
    if len(headline) <= _LONGEST_HEADLINE:
        return headline, [] if is_one else [*lines[1:]]
    return shortened(headline, _BEGINNING), [*lines]


def _told_by(line: str, facts: _Facts) -> _Facts | None:
    """The facts with what a line says that is a byline or a date, None for another."""
    line = line.strip()
    if len(line) > _LONGEST_FACT:
        return None
    if not facts.authors and (by := BY.match(line)) and (names := names_in(line[by.end() :], people=True)):
        return replace(facts, authors=tuple(names))
    if facts.published or len(_WORD.findall(line)) > _WORDS_OF_A_DATE:
        return None
    when = whole_date(line)
    return replace(facts, published=when) if when and not lies_ahead(when, datetime.now(UTC)) else None


def _blocks(lines: list[str]) -> Iterator[Block]:
    """A paragraph as its author meant it: set by hand, one a line, or running text that was wrapped."""
    if len(lines) > 1 and 2 * sum(line.startswith("    ") or "   " in line.strip() for line in lines) >= len(lines):
        yield Code(dedent("\n".join(lines))[:LONGEST_TEXT_BLOCK])
        return
    run = [lines[0]]
    longest = max(map(len, lines))
    for before, line in pairwise(lines):
        if _begins_anew(before, line, longest):
            yield _paragraph(run)
            run = []
        run.append(line)
    yield _paragraph(run)


def _begins_anew(before: str, line: str, longest: int) -> bool:
    """Whether a line begins a paragraph of its own, behind the one before it."""
    is_indented = line[0].isspace() and not before[0].isspace() and not _POINT.match(before)
    if longest > _LONGEST_WRAPPED or _POINT.match(line) or is_indented:
        return True
    return len(before) + 1 + len(line.split(None, 1)[0]) <= _FULL * longest


def _paragraph(lines: Sequence[str]) -> Paragraph:
    return Paragraph((Span(clean(" ".join(lines))[:LONGEST_TEXT_BLOCK]),))
