"""EPUB 3: a selection of articles as one book, a chapter each, for a reader by the bed.

Of the libraries that write it EbookLib is under the AGPL; of the small free ones, which call every page English, mkepub
leaves headlines unescaped and pypub3 brings an imaging library. What a book needs beside its chapters is three short
files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

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

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_STYLE = """body { line-height: 1.45; } h1 { line-height: 1.2; } .facts, figcaption { color: #555; font-size: .85em; }
blockquote { margin-left: 1em; font-style: italic; } pre { white-space: pre-wrap; } td, th { padding: .2em .5em; }
"""
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""


def write(path: Path, articles: Iterable[tuple[Entry, Article]]) -> int:
    """Writes the book; how many chapters it has."""
    chapters: list[tuple[str, str, str]] = []  # number, headline, address
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", ZIP_STORED)  # must stand first, and plain
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("book/style.css", _STYLE)
        for number, (entry, article) in enumerate(articles, 1):
            book.writestr(f"book/{number}.xhtml", chapter(article, entry.source))
            chapters.append((str(number), article.headline or article.url, article.url))
        book.writestr("book/contents.xhtml", _contents(chapters))
        book.writestr("book/book.opf", _package(chapters))
    return len(chapters)


def chapter(article: Article, source: str = "") -> str:
    """An article as a page of the book."""
    when = article.published.isoformat()[:10] if article.published else ""
    facts = [", ".join(article.authors), article.source or source, article.dateline, when]
    lede = [f"<h1>{escape(article.headline)}</h1>"]
    lede += [f"<p><em>{escape(article.dek)}</em></p>"] if article.dek else []
    lede.append(f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>')
    ending = [f'<p class="facts"><a href="{escape(article.url)}">{escape(article.url)}</a></p>']
    ending += [f'<p class="facts">The text is not complete: {escape(article.reason)}.</p>'] if article.reason else []
    language = f' xml:lang="{escape(article.language)}"' if article.language else ""
    body = "\n".join([*lede, *_blocks(article.body), *ending])
    return _PAGE.format(language=language, title=escape(article.headline or article.url), body=body)


def _contents(chapters: Iterable[tuple[str, str, str]]) -> str:
    rows = "\n".join(f'<li><a href="{number}.xhtml">{escape(headline)}</a></li>' for number, headline, _ in chapters)
    rows = rows or "<li><span>Nothing</span></li>"  # an empty list is not allowed there
    body = f'<nav epub:type="toc"><h1>In this edition</h1><ol>\n{rows}\n</ol></nav>'
    return _PAGE.format(language="", title="In this edition", body=body)


def _package(chapters: list[tuple[str, str, str]]) -> str:
    now = datetime.now(UTC)
    name = sha256("\n".join(address for _, _, address in chapters).encode()).hexdigest()[:32]
    kind = 'media-type="application/xhtml+xml"'
    listed = "\n".join(f'<item id="c{number}" href="{number}.xhtml" {kind}/>' for number, _, _ in chapters)
    spine = "".join(f'<itemref idref="c{number}"/>' for number, _, _ in chapters)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="name">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="name">urn:broadsheet:{name}</dc:identifier><dc:language>und</dc:language>
<dc:title>Broadsheet, {now.day} {now:%B %Y}</dc:title>
<meta property="dcterms:modified">{now:%Y-%m-%dT%H:%M:%SZ}</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" {kind} properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{listed}
</manifest>
<spine><itemref idref="contents"/>{spine}</spine>
</package>
"""


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    return map(_block, blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{_spans(spans)}</p>"
        case Heading(level, spans):
            depth = min(max(level, 2), 6)
            return f"<h{depth}>{_spans(spans)}</h{depth}>"
        case Quote(inner, attribution):
            said_by = f"<p>— {escape(attribution)}</p>" if attribution else ""
            return f"<blockquote>{''.join(_blocks(inner))}{said_by}</blockquote>"
        case Points(points, ordered, start):
            rows = "".join(f"<li>{''.join(_blocks(point))}</li>" for point in points)
            return f'<ol start="{start}">{rows}</ol>' if ordered else f"<ul>{rows}</ul>"
        case Table(rows, caption):
            title = f"<caption>{escape(caption)}</caption>" if caption else ""
            lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
            return f"<table>{title}{lines}</table>"
        case Update(published, headline, inner):
            title = " · ".join(fact for fact in (published.isoformat() if published else "", headline) if fact)
            return f"<section><h3>{escape(title)}</h3>{''.join(_blocks(inner))}</section>"
        case Footnote(mark, inner):
            return f'<aside epub:type="footnote"><p>{escape(mark)}</p>{"".join(_blocks(inner))}</aside>'
    return _leaf(block)


def _leaf(block: Code | Figure | Embed | Break | Omission) -> str:
    match block:
        case Code(text):
            return f"<pre><code>{escape(text)}</code></pre>"
        case Figure(_, alt, caption, credit):
            told = escape(" ".join(filter(None, (caption or alt, credit))))
            return f"<figure><figcaption>{told}</figcaption></figure>" if told else ""
        case Embed(kind, href, title):
            return f'<p><a href="{escape(href)}">{escape(title or kind)}</a></p>'
        case Omission(what):
            return f"<p><em>{escape(what)}</em></p>"
        case Break():
            return "<hr/>"


def _cell(cell: Cell) -> str:
    name = "th" if cell.header else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{name}{spans}>{_spans(cell.spans)}</{name}>"


def _spans(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    text = escape(span.text)
    for wanted, name in ((span.code, "code"), (span.emphasis, "em"), (span.strong, "strong")):
        text = f"<{name}>{text}</{name}>" if wanted else text
    return f'<a href="{escape(span.href)}">{text}</a>' if span.href else text
