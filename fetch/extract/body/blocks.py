"""The tokens of a page → the blocks of an article, nested as the page nests them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeAlias

from fetch.article import (
    Block,
    Break,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Paragraph,
    Points,
    Quote,
    Span,
    Spans,
    Table,
    lines,
    plain,
)
from fetch.extract.markup.media import attribute, embed_of, figure_of, with_caption
from fetch.extract.markup.tokens import (
    CODE,
    EMPHASIS,
    LINE_BREAK,
    REPLY,
    STRONG,
    Boundary,
    MediaTag,
    OpenElement,
    TextBlock,
    TextRun,
    Token,
)
from fetch.links import absolute
from fetch.text import clean, clean_lines, clean_run

_FOOTNOTE = re.compile(r"(?:fn|footnote|cite_note|note|endnote)[-_:]?[\w.-]*")
_SAID_BY = re.compile(r"^\s*[—–―-]{1,2}\s*(\S.{1,120})$")
_LONG_CELL = 500
_DEEP = 16  # elements within elements; what a page nests deeper is laid flat, as nothing can show it


def build_blocks(tokens: Iterable[Token], kept: Collection[int], url: str) -> tuple[Block, ...]:
    """The blocks made of the kept tokens (by `id`), with what holds them; empty elements vanish."""
    return _built(_Builder(url, _textual), tokens, kept)


def build_text(tokens: Iterable[Token], kept: Collection[int]) -> tuple[Block, ...]:
    """The blocks of the same text alone: without pictures and links, and not set in any style."""
    return _built(_Builder("", _unset), (token for token in tokens if not isinstance(token, MediaTag)), kept)


def _built(builder: _Builder, tokens: Iterable[Token], kept: Collection[int]) -> tuple[Block, ...]:
    for token in tokens:
        if isinstance(token, Boundary):
            builder.boundary(token)
        elif id(token) in kept:
            builder.add(token)
    while len(builder.frames) > 1:
        builder.close()
    return tuple(builder.frames[0].blocks)


class _Frame:
    """An open element: the blocks in it so far, and rows or captions where it is a table or a figure.

    `marks` are the builder's, shared by all.
    """

    __slots__ = ("blocks", "captions", "credit", "element", "marks", "name", "parts")

    def __init__(self, name: str, marks: dict[str, str], element: OpenElement | None = None) -> None:
        self.name, self.marks, self.element = name, marks, element
        self.blocks: list[Block] = []
        self.parts: list[_Frame] = []
        self.captions: list[str] = []
        self.credit = ""

    def attribute(self, name: str) -> str:
        return attribute(name, self.element.attributes) if self.element else ""


_OF_TABLES = frozenset(("table", "tr", "td", "th"))  # an empty cell still takes its place


class _Builder:
    """The frames that are open; `empty` are the elements in the last of them that nothing has been put into yet.

    `marks` are those that lead to footnotes, by the `id` of the note.
    """

    def __init__(self, url: str, textual: _Textual) -> None:
        self.url, self.textual = url, textual
        self.marks: dict[str, str] = {}
        self.frames = [_Frame("root", self.marks)]
        self.empty: list[Boundary] = []
        self.last_picture = ""  # its address
        self.written = False  # something since that picture

    def boundary(self, boundary: Boundary) -> None:
        if boundary.name == "hr":
            if not self.empty and self.frames[-1].blocks:
                self.frames[-1].blocks.append(Break())
        elif boundary.name == REPLY:
            return
        elif boundary.name[0] != "/":
            self.empty.append(boundary)
            if boundary.name in _OF_TABLES:
                self.fill()
        elif self.empty:
            self.empty.pop()
        elif len(self.frames) > 1:
            self.close()

    def fill(self) -> None:
        self.frames += [_Frame(boundary.name, self.marks, boundary.element) for boundary in self.empty]
        self.empty.clear()

    def close(self) -> None:
        frame = self.frames.pop()
        closer = _CLOSERS.get(frame.name, _flatten) if len(self.frames) < _DEEP else _flatten
        closer(frame, self.frames[-1])

    def shown_before(self, block: Figure | Embed, token: MediaTag) -> bool:
        """Whether a picture only stands for the one before it: the same again, or one for browsers without scripts."""
        if not isinstance(block, Figure):
            return False
        before, written = self.last_picture, self.written
        self.last_picture, self.written = block.src, False
        return bool(before) and not written and (before == block.src or token.element.within == "noscript")

    def add(self, token: TextBlock | MediaTag) -> None:
        if isinstance(token, MediaTag):
            block = figure_of(token, self.url) if token.name in ("img", "amp-img") else embed_of(token, self.url)
            if block is not None and not self.shown_before(block, token):
                self.fill()
                self.frames[-1].blocks.append(block)
            return
        if self.empty:
            self.fill()
        self.written = True
        if token.linked:
            self.marks |= {run[2][1:]: run[0].strip("[]") for run in token.runs if run[2][:1] == "#"}
        frame = self.frames[-1]
        if token.kind == "credit":
            frame.credit = frame.credit or clean(token.text)
        elif frame.name in ("figure", "figcaption", "caption") and token.kind != "pre":
            frame.captions.append(clean(token.text))
        else:
            frame.blocks += self.textual(token, self.url)


_Textual: TypeAlias = Callable[[TextBlock, str], list[Block]]
"""What makes blocks of a text block; links are relative to the address."""


def _unset(token: TextBlock, url: str) -> list[Block]:
    """The blocks of a text block as one plain paragraph, where nothing but its text is asked for."""
    if token.kind == "pre" or _may_be_verse(token):
        return _textual(token, url)
    text = token.text if token.text.isprintable() else clean(token.text)
    return [Paragraph((Span(text),))] if text else []


def _textual(token: TextBlock, url: str) -> list[Block]:
    kind = token.kind
    if kind == "pre":
        return [Code(clean_lines(token.text).strip("\n"), clean(token.language))]
    if _may_be_verse(token) and kind in ("p", "div", "blockquote", "td") and (verse := _verse(token, url)):
        return verse
    spans = spans_of(token, url)
    if not spans:
        return []
    if kind[0] == "h" and kind[1:].isdigit():
        return [Heading(max(2, int(kind[1:])), spans)]
    return [Paragraph(spans)]


_LINES_OF_VERSE, _LONGEST_LINE = 3, 64


def _may_be_verse(token: TextBlock) -> bool:
    """Whether a text has as many lines as a verse."""
    return len(token.runs) >= 2 * _LINES_OF_VERSE - 1 and token.runs.count(LINE_BREAK) >= _LINES_OF_VERSE - 1


def _verse(token: TextBlock, url: str) -> list[Block]:
    """The lines of a verse, an address or a programme: several, and all of them short; [] for running text."""
    lines_of: list[list[TextRun]] = [[]]
    for run in token.runs:
        if run is LINE_BREAK:
            lines_of.append([])
        else:
            lines_of[-1].append(run)
    written = [line for line in lines_of if any(run[0].strip() for run in line)]
    if len(written) < _LINES_OF_VERSE or any(sum([len(run[0]) for run in line]) > _LONGEST_LINE for line in written):
        return []
    return [Paragraph(spans) for line in written if (spans := _spans(line, url))]


def spans_of(token: TextBlock, url: str) -> Spans:
    """The text block's text as spans, white space folded across them, neighbours of one style joined."""
    if not token.styled and not token.linked:
        text = token.text if token.text.isprintable() else clean(token.text)
        return (Span(text),) if text else ()
    return _spans(token.runs, url)


def _spans(runs: Sequence[TextRun], url: str) -> Spans:
    spans: list[Span] = []
    space = True
    for written, style, href in _joined(runs):
        text = clean_run(written)
        if space:
            text = text.lstrip()
        if not text:
            continue
        space = text[-1] == " "
        address = absolute(href, url) if href and href[0] != "#" else ""
        if not style and not address:
            spans.append(Span(text))
            continue
        spans.append(
            Span(
                text,
                address if address.isprintable() else "",
                bool(style & STRONG),
                bool(style & EMPHASIS),
                bool(style & CODE),
            )
        )
    if spans and space:
        last = spans.pop()
        if text := last.text.rstrip():
            spans.append(Span(text, last.href, last.strong, last.emphasis, last.code))
    return tuple(spans)


def _joined(runs: Sequence[TextRun]) -> Sequence[TextRun]:
    """The runs, neighbours of one style and one link as one."""
    if all(one[1] != other[1] or one[2] != other[2] for one, other in pairwise(runs)):
        return runs
    return [
        ("".join([run[0] for run in alike]), style, href)
        for (style, href), alike in groupby(runs, key=itemgetter(1, 2))
    ]


def _flatten(frame: _Frame, above: _Frame) -> None:
    above.blocks += frame.blocks
    above.captions += frame.captions
    above.credit = above.credit or frame.credit


def _close_list(frame: _Frame, above: _Frame) -> None:
    points = [part for part in frame.parts if part.blocks]
    if not points:
        _flatten(frame, above)
        return
    names = [point.attribute("id") for point in points]
    if all(name in frame.marks or _FOOTNOTE.fullmatch(name) for name in names):
        above.blocks += [
            Footnote(frame.marks.get(point.attribute("id"), str(at)), tuple(point.blocks))
            for at, point in enumerate(points, start=1)
        ]
        return
    start = frame.attribute("start")
    above.blocks.append(
        Points(
            tuple(tuple(point.blocks) for point in points),
            ordered=frame.name == "ol",
            start=int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1,
        )
    )
    above.blocks += frame.blocks


def _close_point(frame: _Frame, above: _Frame) -> None:
    if above.name in ("ul", "ol"):
        above.parts.append(frame)
    else:
        _flatten(frame, above)


def _close_quote(frame: _Frame, above: _Frame) -> None:
    blocks = frame.blocks
    if not blocks:
        return
    said = ""
    last = blocks[-1]
    if len(blocks) > 1 and isinstance(last, Paragraph) and (found := _SAID_BY.match(plain(last.spans))):
        said, blocks = found[1], blocks[:-1]
    above.blocks.append(Quote(tuple(blocks), said))


def _close_cell(frame: _Frame, above: _Frame) -> None:
    if above.name == "tr":
        above.parts.append(frame)
    else:
        _flatten(frame, above)


def _close_row(frame: _Frame, above: _Frame) -> None:
    if above.name == "table":
        above.parts.append(frame)
    else:
        for cell in frame.parts:
            above.blocks += cell.blocks


def _close_table(frame: _Frame, above: _Frame) -> None:
    rows = [row for row in frame.parts if any(cell.blocks for cell in row.parts)]
    if _is_layout(rows):
        for row in frame.parts:
            for cell in row.parts:
                above.blocks += cell.blocks
    else:
        above.blocks.append(
            Table(tuple(tuple(_cell(cell) for cell in row.parts) for row in rows), " ".join(frame.captions))
        )
    above.blocks += frame.blocks


def _is_layout(rows: list[_Frame]) -> bool:
    """Whether a table only places things: one column or one row, or cells as long as columns of text."""
    if len(rows) < 2 or max(len(row.parts) for row in rows) < 2:
        return True
    return any(
        sum(map(len, lines(tuple(cell.blocks)))) > _LONG_CELL or len(cell.blocks) > 8
        for row in rows
        for cell in row.parts
    )


def _cell(frame: _Frame) -> Cell:
    spans: list[Span] = []
    for line in frame.blocks:
        if spans:
            spans.append(Span(" "))
        spans += line.spans if isinstance(line, Paragraph | Heading) else [Span(" ".join(lines((line,))))]
    return Cell(tuple(spans), frame.name == "th", _count("colspan", frame), _count("rowspan", frame))


def _count(name: str, frame: _Frame) -> int:
    value = frame.attribute(name)
    return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) < 4 else 1


def _close_figure(frame: _Frame, above: _Frame) -> None:
    pictures = [block for block in frame.blocks if isinstance(block, Figure)]
    others = [block for block in frame.blocks if not isinstance(block, Figure)]
    caption = " ".join(dict.fromkeys(frame.captions))
    if pictures:
        above.blocks += [*pictures[:-1], with_caption(pictures[-1], caption, frame.credit)]
    elif others and caption and isinstance(others[-1], Embed) and not others[-1].title:
        others[-1] = Embed(others[-1].kind, others[-1].href, caption)
    above.blocks += others


_CLOSERS = {
    "ul": _close_list,
    "ol": _close_list,
    "li": _close_point,
    "blockquote": _close_quote,
    "td": _close_cell,
    "th": _close_cell,
    "tr": _close_row,
    "table": _close_table,
    "figure": _close_figure,
}
