"""Markdown: an article as a text that any editor opens, its facts as front matter above it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fetch.article import (
    Article,
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

if TYPE_CHECKING:
    from cache.entry import Entry

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_AT_START = re.compile(r"^(#{1,6}(?=\s)|[-+>](?=\s)|\d{1,9}[.)](?=\s)|~~~|---)", re.MULTILINE)
_NOT_IN_NAMES = re.compile(r"[^\w]+")


def render(article: Article, entry: Entry | None = None) -> str:
    """The article as Markdown: front matter, headline, dek, body."""
    lede = [f"# {_plain(article.headline)}"]
    if article.dek:
        lede.append(f"*{_plain(article.dek)}*")
    parts = [*lede, *_blocks(article.body)]
    return f"---\n{''.join(_facts(article, entry))}---\n\n" + "\n\n".join(parts) + "\n"


def write(folder: Path, articles: Iterable[tuple[Entry, Article]]) -> int:
    """Writes a file for each article into a folder; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for entry, article in articles:
        (folder / file_name(entry)).write_text(render(article, entry), encoding="utf-8")
        number += 1
    return number


def file_name(entry: Entry) -> str:
    """A name that sorts by day, says what it is, and is never another entry's."""
    day = entry.published.isoformat()[:10] if entry.published else "undated"
    words = _NOT_IN_NAMES.sub("-", entry.headline.lower()).strip("-")[:60].rstrip("-")
    return f"{day}-{words or 'untitled'}-{entry.id}.md"


def _facts(article: Article, entry: Entry | None) -> Iterator[str]:
    """Front matter, each value as JSON, which YAML reads as it is."""
    facts: dict[str, object] = {
        "title": article.headline,
        "url": article.url,
        "source": article.source or (entry.source if entry else ""),
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else "",
        "modified": article.modified.isoformat() if article.modified else "",
        "dateline": article.dateline,
        "section": article.section,
        "language": article.language,
        "keywords": list(article.keywords),
        "fetched": entry.fetched.isoformat() if entry and entry.fetched else "",
        "tags": list(entry.tags) if entry else [],
        "incomplete": article.reason,
    }
    for name, fact in facts.items():
        if fact:
            yield f"{name}: {json.dumps(fact, ensure_ascii=False)}\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if text := _block(block):
            yield text


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return _spans(spans)
        case Heading(level, spans):
            return f"{'#' * min(max(level, 2), 6)} {_spans(spans)}"
        case Quote(inner, attribution):
            said = "\n\n".join([*_blocks(inner), *([f"— {_plain(attribution)}"] if attribution else [])])
            return _indented(said, "> ", "> ")
        case Points(points, ordered, start):
            marks = (f"{number}. " if ordered else "- " for number in range(start, start + len(points)))
            rows = (
                _indented("\n\n".join(_blocks(point)), mark, " " * len(mark))
                for mark, point in zip(marks, points, strict=True)
            )
            return "\n".join(rows)
        case Table(rows, caption):
            return "\n\n".join(filter(None, (_plain(caption), _table(rows))))
        case Update(published, headline, inner):
            when = published.isoformat() if published else ""
            title = " · ".join(filter(None, (when, _plain(headline))))
            return "\n\n".join([*([f"### {title}"] if title else []), *_blocks(inner)])
        case Footnote(mark, inner):
            return _indented("\n\n".join(_blocks(inner)), f"[^{_plain(mark)}]: ", "    ")
    return _leaf(block)


def _leaf(block: Code | Figure | Embed | Break | Omission) -> str:
    match block:
        case Code(text, language):
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
            return f"{fence}{language}\n{text}\n{fence}"
        case Figure(src, alt, caption, credit):
            picture = f"![{_plain(alt)}](<{src}>)"
            return "\n\n".join(filter(None, (picture, " ".join(filter(None, (_plain(caption), _plain(credit)))))))
        case Embed(kind, href, title):
            return f"[{_plain(title or kind)}](<{href}>)"
        case Omission(what):
            return f"*[{_plain(what)}]*"
        case Break():
            return "---"


def _table(rows: tuple[tuple[Cell, ...], ...]) -> str:
    """A pipe table; a cell that spans several is followed by empty ones."""
    opened = [[text for cell in row for text in [_cell(cell)] + [""] * (cell.columns - 1)] for row in rows]
    width = max(map(len, opened), default=0)
    if not width:
        return ""
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in opened]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _cell(cell: Cell) -> str:
    return _spans(cell.spans).replace("|", "\\|").replace("\n", " ")


def _spans(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    core = span.text.strip()
    if not core:
        return span.text
    before, after = span.text[: len(span.text) - len(span.text.lstrip())], span.text[len(span.text.rstrip()) :]
    set_in = f"`{core}`" if span.code else _plain(core)
    set_in = f"*{set_in}*" if span.emphasis else set_in
    set_in = f"**{set_in}**" if span.strong else set_in
    return f"{before}{f'[{set_in}](<{span.href}>)' if span.href else set_in}{after}"


def _plain(text: str) -> str:
    """Text in which nothing is markup by accident."""
    return _AT_START.sub(r"\\\1", _SPECIAL.sub(r"\\\1", text))


def _indented(text: str, first: str, further: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((further + line).rstrip() for line in lines[1:])])
