"""EPUB 3: a selection of articles as one book, a chapter each, for a reader by the bed.

Of the libraries that write it EbookLib is under the AGPL; of the small free ones, which call every page English, mkepub
leaves headlines unescaped and pypub3 brings an imaging library. What a book needs beside its chapters is three short
files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from html import escape as escape_markup
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from cache.formats.addresses import written
from cache.formats.blocks import set_blocks, set_spans
from cache.formats.clean_articles import clean_article
from cache.formats.highlights import standing
from fetch.article import Article, Cell, Code, Figure, Span, figures
from fetch.errors import FetchError
from fetch.links import absolute
from fetch.picture import as_jpeg
from fetch.text import clean

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Outgoing
    from cache.formats.pictures import PictureSupply
    from cache.highlight import Highlight

_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # as BCP 47 writes it, and XML demands it
NOT_XML = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what XML 1.0 can't hold, however written
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
BOOK_STYLE = """body { line-height: 1.45; } h1 { line-height: 1.2; }
.facts, figcaption { color: #555; font-size: .85em; }
blockquote { margin-left: 1em; font-style: italic; } pre { white-space: pre-wrap; } td, th { padding: .2em .5em; }
img { max-width: 100%; }
"""
BOOK_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""


def escape(text: str) -> str:
    """Any text, as it may stand in XML: every string of an article comes by here."""
    return escape_markup(NOT_XML.sub("", text))


def write(path: Path, articles: Iterable[Outgoing], pictures: PictureSupply | None = None) -> int:
    """Writes the book, with pictures where they are given; how many chapters it has."""
    chapters: list[tuple[str, str, str]] = []  # number, headline, address
    files: list[str] = []
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", ZIP_STORED)  # must stand first, and plain
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book/style.css", BOOK_STYLE)
        for number, (entry, article, _, highlights, _) in enumerate(articles, 1):
            images = _images(pictures.of(entry.id, article)) if pictures else {}
            names = {url: f"{number}-{at}.jpg" for at, url in enumerate(images, 1)}
            for url, content in images.items():
                book.writestr(f"book/{names[url]}", content, ZIP_STORED)
            if pictures:
                pictures.written(images)
            files += names.values()
            text = chapter(article, entry.source, entry.fetched, highlights, names)
            book.writestr(f"book/{number}.xhtml", text)
            chapters.append((str(number), clean(article.headline or article.url), clean(article.url)))
        book.writestr("book/contents.xhtml", _contents(chapters))
        book.writestr("book/book.opf", _package(chapters, files))
    return len(chapters)


def _images(kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pictures as every reader of books shows them, by their addresses; those that cannot be read are left out."""
    images = dict[str, bytes]()
    for url, content in kept.items():
        with suppress(FetchError):
            images[url] = as_jpeg(content, url)
    return images


def chapter(
    article: Article,
    source: str = "",
    fetched: datetime | None = None,
    highlights: Sequence[Highlight] = (),
    images: Mapping[str, str] | None = None,
) -> str:
    """An article as a page of the book; `fetched` is when its text was, `images` are files by their addresses."""
    markup = _Xhtml({absolute(url, ""): name for url, name in images.items()}) if images else _MARKUP
    article, source, url = clean_article(article), clean(source), clean(article.url)
    when = article.published.isoformat()[:10] if article.published else ""
    facts = [", ".join(article.authors), article.source or source, article.dateline, when]
    lede = [f"<h1>{escape(article.headline)}</h1>"]
    lede += [f"<p><em>{escape(article.dek)}</em></p>"] if article.dek else []
    lede.append(f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>')
    if (lead := article.image) and lead.src in markup.images and lead.src not in {f.src for f in figures(article.body)}:
        lede.append(markup.figure(lead))
    ending = [f'<p class="facts">{_link(escape(url), article.url)}</p>']
    ending += [f'<p class="facts">Fetched {fetched.isoformat()[:10]}</p>'] if fetched else []
    ending += [f'<p class="facts">The text is not complete: {escape(article.reason)}.</p>'] if article.reason else []
    language = f' xml:lang="{escape(article.language)}"' if _LANGUAGE.fullmatch(article.language) else ""
    body = "\n".join([*lede, *set_blocks(article.body, markup), *_highlights(highlights), *ending])
    return BOOK_PAGE.format(language=language, title=escape(article.headline or url), body=body)


def _highlights(highlights: Sequence[Highlight]) -> Iterator[str]:
    """What its reader highlighted, each with the note on it."""
    for at, each in enumerate(standing(highlights)):
        if not at:
            yield "<h2>Highlights</h2>"
        parts = [f"<p>{escape(clean(part))}</p>" for part in each.text.split("\n")]
        yield f"<blockquote>{''.join(parts)}</blockquote>"
        if each.note:
            yield f"<p>{escape(clean(each.note))}</p>"


def _contents(chapters: Iterable[tuple[str, str, str]]) -> str:
    rows = "\n".join(f'<li><a href="{number}.xhtml">{escape(headline)}</a></li>' for number, headline, _ in chapters)
    rows = rows or "<li><span>Nothing</span></li>"  # an empty list is not allowed there
    body = f'<nav epub:type="toc"><h1>In this edition</h1><ol>\n{rows}\n</ol></nav>'
    return BOOK_PAGE.format(language="", title="In this edition", body=body)


def _package(chapters: list[tuple[str, str, str]], files: Sequence[str] = ()) -> str:
    now = datetime.now(UTC)
    name = sha256("\n".join(address for _, _, address in chapters).encode()).hexdigest()[:32]
    kind = 'media-type="application/xhtml+xml"'
    listed = "\n".join(f'<item id="c{number}" href="{number}.xhtml" {kind}/>' for number, _, _ in chapters)
    listed += "".join(f'\n<item id="i{name[:-4]}" href="{name}" media-type="image/jpeg"/>' for name in files)
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


class _Xhtml:
    """Each kind of block in XHTML; `images` are files of the book by the addresses of their figures."""

    def __init__(self, images: Mapping[str, str]) -> None:
        self.images = images

    def span(self, span: Span) -> str:
        text = escape(span.text)
        for wanted, name in ((span.code, "code"), (span.emphasis, "em"), (span.strong, "strong")):
            text = f"<{name}>{text}</{name}>" if wanted else text
        return _link(text, span.href)

    def paragraph(self, spans: str) -> str:
        return f"<p>{spans}</p>"

    def heading(self, depth: int, spans: str) -> str:
        return f"<h{depth}>{spans}</h{depth}>"

    def quote(self, inner: Sequence[str], attribution: str) -> str:
        said_by = f"<p>— {escape(attribution)}</p>" if attribution else ""
        return f"<blockquote>{''.join(inner)}{said_by}</blockquote>"

    def points(self, points: Sequence[Sequence[str]], start: int | None) -> str:
        rows = "".join(f"<li>{''.join(point)}</li>" for point in points)
        return f"<ul>{rows}</ul>" if start is None else f'<ol start="{start}">{rows}</ol>'

    def table(self, rows: Sequence[Sequence[Cell]], caption: str) -> str:
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
        return f"<table>{title}{lines}</table>"

    def code(self, code: Code) -> str:
        return f"<pre><code>{escape(code.text)}</code></pre>"

    def figure(self, figure: Figure) -> str:
        caption = escape(" ".join(filter(None, (figure.caption or figure.alt, figure.credit))))
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        if name := self.images.get(figure.src):
            alt = escape(figure.alt or ("" if caption else "A picture without a caption"))
            return f'<figure><img src="{name}" alt="{alt}"/>{below}</figure>'
        return f"<figure>{below}</figure>" if below else ""

    def embed(self, href: str, title: str) -> str:
        return f"<p>{_link(escape(title), href)}</p>"

    def update(self, title: str, inner: Sequence[str]) -> str:
        return f"<section><h3>{escape(title)}</h3>{''.join(inner)}</section>"

    def footnote(self, mark: str, inner: Sequence[str]) -> str:
        return f'<aside epub:type="footnote"><p>{escape(mark)}</p>{"".join(inner)}</aside>'

    def break_(self) -> str:
        return "<hr/>"

    def omission(self, what: str) -> str:
        return f"<p><em>{escape(what)}</em></p>"


_MARKUP = _Xhtml({})


def _link(text: str, href: str) -> str:
    """The text, already escaped, leading to an address where that is one."""
    address = written(href)
    return f'<a href="{escape(address)}">{text}</a>' if address else text


def _cell(cell: Cell) -> str:
    name = "th" if cell.header else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{name}{spans}>{set_spans(cell.spans, _MARKUP)}</{name}>"
