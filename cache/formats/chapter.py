"""An article as a page of a book: XHTML as EPUB 3 has it, with where its links lead within the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape as escape_markup
from typing import TYPE_CHECKING, NamedTuple

from cache.formats.addresses import written
from cache.formats.blocks import set_blocks, set_spans
from cache.formats.clean_articles import clean_article
from cache.formats.highlights import standing
from cache.formats.language_tags import is_right_to_left, language_tag
from fetch.article import Cell, Code, Figure, Footnote, Span, figures
from fetch.links import absolute, canonical
from fetch.text import clean

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.formats.exchanged_articles import Outgoing
    from cache.highlight import Highlight
    from fetch.article import Article

NOT_XML = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what XML 1.0 can't hold, however written
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head><title>{title}</title>{facts}<link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""
_ON_THE_WEB = re.compile(r"https?://([A-Za-z0-9._~-]+|\[[0-9a-f:.]+\])(:[0-9]{1,4}|:[1-5][0-9]{4})?([/?#].*)?")
CONTENTS = "contents.xhtml"
"""The file of the table of contents, to which each chapter leads back."""


class Leading(NamedTuple):
    """Where a chapter leads within its book: files of articles by their addresses, and those of related ones in order.

    `back` are files beside the contents that lead on from its end, with what they are called.
    """

    files: Mapping[str, str] = {}
    related: Sequence[tuple[str, Entry]] = ()
    back: Sequence[tuple[str, str]] = ()

    def file_of(self, href: str) -> str:
        """The file that a link leads to within the book; "" for one that leads out of it."""
        return self.files.get(canonical(href.encode("utf-8", "replace").decode()), "") if self.files else ""


NOWHERE = Leading()


def escape(text: str) -> str:
    """Any text, as it may stand in XML: every string of an article comes by here."""
    return escape_markup(NOT_XML.sub("", text))


def in_language(language: str, text: str) -> str:
    """The attributes of what holds a text: its language where that is known, and its direction where it is not ours."""
    tag = language_tag(language)
    named = f' lang="{tag}" xml:lang="{tag}"' if tag else ""
    return named + ' dir="rtl"' * is_right_to_left(text)


def page(title: str, body: str, attributes: str = "", facts: str = "") -> str:
    """A page of the book; title and body are as they may stand in XML."""
    return _PAGE.format(language=attributes, title=title, facts=facts, body=NOT_XML.sub("", body))


def chapter(outgoing: Outgoing, images: Mapping[str, str] | None = None, leading: Leading = NOWHERE) -> str:
    """An article as a page of the book; `images` are files by the addresses of its pictures."""
    entry, article = outgoing.entry, clean_article(outgoing.article)
    named = {absolute(url, ""): name for url, name in (images or {}).items()}
    markup = _Xhtml(named, leading.file_of, _notes(article))
    lede = "\n".join(_lede(article, clean(entry.source), markup))
    told = [f"<header>\n{lede}\n</header>", *set_blocks(article.body, markup)]
    told += [*_note(outgoing.note), *_highlights(outgoing.highlights), *_related(leading), *_ending(article, entry)]
    more = [(CONTENTS, "Contents"), *leading.back]
    told.append(f'<p class="facts" lang="en" dir="ltr">{" · ".join(_within(*each) for each in more)}</p>')
    title = escape(article.headline or clean(article.url)) or "Untitled"
    attributes = in_language(article.language, f"{article.headline} {article.text}")
    return page(title, "\n".join(told), attributes, _head(article))


def _head(article: Article) -> str:
    """Authors and day, for whoever takes the pages apart."""
    authors = "".join(f'<meta name="author" content="{escape(author)}"/>' for author in article.authors if author)
    when = article.published
    return authors + (f'<meta name="date" content="{when.isoformat()[:10]}"/>' if when else "")


def _lede(article: Article, source: str, markup: _Xhtml) -> Iterator[str]:
    when = article.published.isoformat()[:10] if article.published else ""
    facts = [", ".join(article.authors), article.source or source, article.dateline, when]
    yield f"<h1>{escape(article.headline)}</h1>"
    if article.dek:
        yield f"<p><em>{escape(article.dek)}</em></p>"
    yield f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>'
    if (lead := article.image) and lead.src in markup.images and lead.src not in {f.src for f in figures(article.body)}:
        yield markup.figure(lead)


def _ending(article: Article, entry: Entry) -> Iterator[str]:
    yield f'<p class="facts" dir="ltr">{_link(escape(clean(article.url)), article.url)}</p>'
    if entry.fetched:
        yield f'<p class="facts" lang="en" dir="ltr">Fetched {entry.fetched.isoformat()[:10]}</p>'
    if article.reason:
        yield f'<p class="facts" lang="en" dir="ltr">The text is not complete: {escape(article.reason)}.</p>'


def _note(note: str) -> Iterator[str]:
    """What its reader wrote about it."""
    if note.strip():
        yield '<h2 lang="en">Note</h2>'
        for line in filter(None, map(clean, note.split("\n"))):
            yield f'<p dir="auto">{escape(line)}</p>'


def _highlights(highlights: Sequence[Highlight]) -> Iterator[str]:
    """What its reader highlighted, each with the note on it."""
    for at, each in enumerate(standing(highlights)):
        if not at:
            yield '<h2 lang="en">Highlights</h2>'
        parts = [f'<p dir="auto">{escape(clean(part))}</p>' for part in each.text.split("\n")]
        yield f"<blockquote>{''.join(parts)}</blockquote>"
        if each.note:
            yield f'<p dir="auto">{escape(clean(each.note))}</p>'


def _related(leading: Leading) -> Iterator[str]:
    if not leading.related:
        return
    rows = "".join(
        f'<li{in_language(one.language, "")} dir="auto">{_within(name, _told(one))}</li>'
        for name, one in leading.related
    )
    yield f'<nav class="related"><h2 lang="en">Related stories</h2>\n<ul>{rows}</ul></nav>'


def _told(entry: Entry) -> str:
    return ": ".join(filter(None, (clean(entry.source), clean(entry.headline) or clean(entry.url))))


def _within(name: str, text: str) -> str:
    return f'<a href="{name}">{escape(clean(text)) or name}</a>'


def _notes(article: Article) -> dict[str, str]:
    """The names that its footnotes have on the page, by what stands for each in the text: [1]."""
    marks = dict.fromkeys(f"[{block.mark}]" for block in article.body if isinstance(block, Footnote) and block.mark)
    return {mark: f"n{at}" for at, mark in enumerate(marks, 1)}


class _Xhtml:
    """Each kind of block in XHTML; `images` are files of the book by the addresses of their figures.

    `within` gives the file of an address that is in the book; `notes` are the names of footnotes by their marks.
    """

    def __init__(self, images: Mapping[str, str], within: Callable[[str], str], notes: Mapping[str, str]) -> None:
        self.images = images
        self._within = within
        self._notes = notes
        self._called: set[str] = set()  # from where the text has their marks
        self._written: set[str] = set()

    def span(self, span: Span) -> str:
        if (mark := span.text.strip()) in self._notes:
            return self._call_of_note(mark)
        text = escape(span.text)
        for wanted, name in ((span.code, "code"), (span.emphasis, "em"), (span.strong, "strong")):
            text = f"<{name}>{text}</{name}>" if wanted else text
        if name := self._within(span.href) if span.href else "":
            return f'<a href="{name}">{text}</a>'
        return _link(text, span.href)

    def run(self, parts: Sequence[str]) -> str:
        return "".join(parts)

    def _call_of_note(self, mark: str) -> str:
        name = self._notes[mark]
        own = "" if name in self._called else f' id="of-{name}"'
        self._called.add(name)
        return f'<a epub:type="noteref" href="#{name}"{own}>{escape(mark)}</a>'

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
        """A table; on a small screen, where it is a plain one under a row of headings, a block for each of its rows."""
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        names = _headings(rows)
        lines = "".join(f"<tr>{self._cells(row, names if at else ())}</tr>" for at, row in enumerate(rows) if row)
        kind = ' class="plain"' if names else ""
        return f"<table{kind}>{title}{lines}</table>" if lines else ""

    def _cells(self, row: Sequence[Cell], names: Sequence[str]) -> str:
        return "".join(self._cell(cell, names[at] if at < len(names) else "") for at, cell in enumerate(row))

    def _cell(self, cell: Cell, heading: str) -> str:
        name = "th" if cell.header else "td"
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        named = f' data-heading="{escape(heading)}"' if heading else ""
        return f"<{name}{spans}{named}>{set_spans(cell.spans, self)}</{name}>"

    def code(self, code: Code) -> str:
        return f'<pre dir="ltr"><code>{escape(code.text)}</code></pre>'

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
        heading = f"<h3>{escape(title)}</h3>" if title else ""
        return f"<section>{heading}{''.join(inner)}</section>"

    def footnote(self, mark: str, inner: Sequence[str]) -> str:
        name = self._notes.get(f"[{mark}]", "")
        if name in self._written:
            name = ""  # two of one mark
        self._written.add(name)
        own = f' id="{name}"' if name else ""
        back = f' <a href="#of-{name}">↩</a>' if name in self._called else ""
        return f'<aside epub:type="footnote"{own}><p>{escape(mark)}{back}</p>{"".join(inner)}</aside>'

    def break_(self) -> str:
        return "<hr/>"

    def omission(self, what: str) -> str:
        return f"<p><em>{escape(what)}</em></p>"


def _headings(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """What the columns of a plain table are called: headings in its first row alone above, and no cell that spans."""
    if len(rows) < 2 or not all(cell.header for cell in rows[0]):
        return []
    if any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row):
        return []
    return [" ".join("".join(span.text for span in cell.spans).split()) for cell in rows[0]]


def _link(text: str, href: str) -> str:
    """The text, already escaped, leading to an address where that is one of the web: a device knows no other."""
    address = written(href)
    return f'<a href="{escape(address)}">{text}</a>' if _ON_THE_WEB.fullmatch(address) else text
