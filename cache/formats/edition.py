"""EPUB 3 of a brief: the front page first, the articles behind by section, each with the others of its story.

The same edition is the same bytes: no time of writing is in it, only the moment the front page was made for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cache.formats.epub import BOOK_PAGE, BOOK_STYLE, CONTAINER, NOT_XML, chapter, escape
from fetch.text import clean

if TYPE_CHECKING:
    from datetime import datetime

    from cache.entry import Entry
    from cache.formats.exchanged_articles import Outgoing

_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the book: the first that a ZIP can hold."""
_KIND = 'media-type="application/xhtml+xml"'


@dataclass(frozen=True, slots=True)
class EditionSection:
    """A section of an edition: its name, and its articles; those of one story stand together."""

    name: str
    articles: Sequence[Outgoing]


@dataclass(frozen=True, slots=True)
class Edition:
    """A brief as a book: its title and moment, the front page as XHTML within a body, and the articles behind.

    `beside` names by article the others of its story, by their numbers.
    """

    title: str
    at: datetime
    front: str
    sections: Sequence[EditionSection]
    beside: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def entries(self) -> dict[int, Entry]:
        """Its articles by their numbers, in their order."""
        return {each.entry.id: each.entry for section in self.sections for each in section.articles}


def file_of(entry_id: int) -> str:
    """The name of an article's file in the book."""
    return f"{entry_id}.xhtml"


def write(path: Path, edition: Edition) -> int:
    """Writes the book; how many articles it has."""
    entries = edition.entries()
    with ZipFile(path, "w") as book:
        _put(book, "mimetype", "application/epub+zip", ZIP_STORED)  # must stand first, and plain
        _put(book, "META-INF/container.xml", CONTAINER)
        _put(book, "book/style.css", BOOK_STYLE)
        _put(book, "book/front.xhtml", _page(edition.title, edition.front))
        for section in edition.sections:
            for each in section.articles:
                page = chapter(each.article, each.entry.source, each.entry.fetched, each.highlights)
                _put(book, f"book/{file_of(each.entry.id)}", _with_story(page, each.entry.id, edition, entries))
        _put(book, "book/contents.xhtml", _contents(edition))
        _put(book, "book/book.opf", _package(edition, entries))
    return len(entries)


def _put(book: ZipFile, name: str, text: str, kind: int = ZIP_DEFLATED) -> None:
    book.writestr(ZipInfo(name, _OLDEST), text, kind)


def _page(title: str, body: str) -> str:
    return BOOK_PAGE.format(language="", title=escape(clean(title)), body=NOT_XML.sub("", body))


def _with_story(page: str, entry_id: int, edition: Edition, entries: Mapping[int, Entry]) -> str:
    """A chapter with links to the other reports of its story, and to the front page, before its end."""
    others = [entries[one] for one in edition.beside.get(entry_id, ()) if one in entries and one != entry_id]
    rows = "".join(f"<li>{_link(file_of(one.id), f'{one.source}: {one.headline}')}</li>" for one in others)
    more = f"<h2>The same story</h2>\n<ul>{rows}</ul>\n" if rows else ""
    return page.replace("</body>", f'{more}<p class="facts">{_link("front.xhtml", "Front page")}</p>\n</body>')


def _contents(edition: Edition) -> str:
    rows = [f"<li>{_link('front.xhtml', 'Front page')}</li>", *map(_section, edition.sections)]
    listed = "\n".join(row for row in rows if row)
    return _page(edition.title, f'<nav epub:type="toc"><h1>In this edition</h1><ol>\n{listed}\n</ol></nav>')


def _section(section: EditionSection) -> str:
    rows = "".join(
        f"<li>{_link(file_of(each.entry.id), each.entry.headline or each.entry.url)}</li>" for each in section.articles
    )
    return f"<li><span>{escape(clean(section.name))}</span><ol>{rows}</ol></li>" if rows else ""


def _link(name: str, text: str) -> str:
    return f'<a href="{name}">{escape(clean(text)) or name}</a>'


def _package(edition: Edition, entries: Iterable[int]) -> str:
    numbers = list(entries)
    said = "\n".join([edition.title, edition.at.isoformat(), *map(str, numbers)])
    listed = "\n".join(f'<item id="a{one}" href="{file_of(one)}" {_KIND}/>' for one in numbers)
    spine = "".join(f'<itemref idref="a{one}"/>' for one in numbers)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="name">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="name">urn:broadsheet:{sha256(said.encode("utf-8", "replace")).hexdigest()[:32]}</dc:identifier>
<dc:language>und</dc:language>
<dc:title>{escape(clean(edition.title))}</dc:title>
<meta property="dcterms:modified">{edition.at:%Y-%m-%dT%H:%M:%SZ}</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" {_KIND} properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="front" href="front.xhtml" {_KIND}/>
{listed}
</manifest>
<spine><itemref idref="front"/><itemref idref="contents"/>{spine}</spine>
</package>
"""
