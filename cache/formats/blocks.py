"""The walk over an article's blocks, for every format that writes them as marked-up text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from fetch.article import (
    Block,
    Break,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Omission,
    Paragraph,
    Points,
    Quote,
    Span,
    Spans,
    Table,
    Update,
)


class Markup(Protocol):
    """How a format sets each kind of block; what stands inside of a block comes already set, texts come plain."""

    def span(self, span: Span) -> str:
        """A run of text in one style."""

    def run(self, parts: Sequence[str]) -> str:
        """What stands behind one another on a line, each already set."""

    def paragraph(self, spans: str) -> str:
        """A paragraph."""

    def heading(self, depth: int, spans: str) -> str:
        """A heading, `depth` from 2 to 6."""

    def quote(self, inner: Sequence[str], attribution: str) -> str:
        """A quotation, and who said it."""

    def points(self, points: Sequence[Sequence[str]], start: int | None) -> str:
        """A list; numbered from `start`, or with bullets where that is None."""

    def table(self, rows: Sequence[Sequence[Cell]], caption: str) -> str:
        """A table with its caption."""

    def code(self, code: Code) -> str:
        """A piece of code."""

    def figure(self, figure: Figure) -> str:
        """A picture with its caption."""

    def embed(self, href: str, title: str) -> str:
        """Something that cannot be shown, as a link."""

    def update(self, title: str, inner: Sequence[str]) -> str:
        """An entry of a live blog."""

    def footnote(self, mark: str, inner: Sequence[str]) -> str:
        """A footnote."""

    def break_(self) -> str:
        """A break between two parts."""

    def omission(self, what: str) -> str:
        """What stood here and could not be kept."""


def set_blocks(blocks: Iterable[Block], markup: Markup) -> Iterator[str]:
    """Each block as the format sets it, those without anything to show left out."""
    for block in blocks:
        if text := _set(block, markup):
            yield text


def set_spans(spans: Spans, markup: Markup) -> str:
    """A run of text as the format sets it."""
    return markup.run([part for part in map(markup.span, spans) if part])


def _set(block: Block, markup: Markup) -> str:
    match block:
        case Paragraph(spans):
            return markup.paragraph(set_spans(spans, markup))
        case Heading(level, spans):
            return markup.heading(min(max(level, 2), 6), set_spans(spans, markup))
        case Quote(inner, attribution):
            return markup.quote(list(set_blocks(inner, markup)), attribution)
        case Points(points, ordered, start):
            return markup.points([list(set_blocks(point, markup)) for point in points], start if ordered else None)
        case Table(rows, caption):
            return markup.table(rows, caption)
        case Update(published, headline, inner):
            title = " · ".join(filter(None, (published.isoformat() if published else "", headline)))
            return markup.update(title, list(set_blocks(inner, markup)))
        case Footnote(mark, inner):
            return markup.footnote(mark, list(set_blocks(inner, markup)))
    return _set_leaf(block, markup)


def _set_leaf(block: Code | Figure | Embed | Break | Omission, markup: Markup) -> str:
    match block:
        case Code():
            return markup.code(block)
        case Figure():
            return markup.figure(block)
        case Embed(kind, href, title):
            return markup.embed(href, title or kind)
        case Omission(what):
            return markup.omission(what)
        case Break():
            return markup.break_()
