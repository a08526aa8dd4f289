"""The book itself: EPUB 3 with what devices for EPUB 2 ask for, a cover, and a table of contents by section.

Of the libraries that write it EbookLib is under the AGPL; of the small free ones, which call every page English, mkepub
leaves headlines unescaped and pypub3 brings an imaging library. What a book needs beside its chapters is four short
files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from textwrap import wrap
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cache.formats.chapter import CONTENTS, escape, in_language, page
from cache.formats.language_tags import is_right_to_left, language_tag
from fetch.text import clean

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the book, the first that a ZIP can hold: the same book is the same bytes."""
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_STYLE = """body { line-height: 1.45; } h1 { line-height: 1.2; }
.facts, figcaption { color: #555; font-size: .85em; }
blockquote { margin: 0 1em; font-style: italic; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
:lang(ar) blockquote, :lang(fa) blockquote, :lang(ja) blockquote, :lang(ko) blockquote, :lang(zh) blockquote {
  font-style: normal; }
img { max-width: 100%; height: auto; }
a { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .85em; }
td, th { padding: .2em .5em; text-align: start; vertical-align: top; overflow-wrap: anywhere;
  border-bottom: 1px solid #ccc; }
@media (max-width: 30em) {
  table.plain tr, table.plain td { display: block; border: 0; }
  table.plain tr { margin-bottom: .8em; border-bottom: 1px solid #ccc; } table.plain th { display: none; }
  table.plain td[data-heading]::before { content: attr(data-heading) ": "; font-weight: bold; }
}
.cover { text-align: center; margin-top: 30%; }
"""
_XHTML = 'media-type="application/xhtml+xml"'
_MOST_CREATORS = 12


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page in the contents: its file and what it is called, in which section, by whom, in which language."""

    file: str
    title: str
    section: str = ""
    language: str = ""
    authors: Sequence[str] = ()
    source: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a book says of itself: its title, when it was made, and what stands on its cover below."""

    title: str
    at: datetime
    lines: Sequence[str] = ()


class Book:
    """A book that is being written: pages and pictures come as they are ready, `finish` puts what leads to them."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w")
        self._chapters: list[Chapter] = []
        self._ahead: list[tuple[str, str]] = []
        self._images: list[str] = []
        self._put("mimetype", "application/epub+zip", ZIP_STORED)  # must stand first, and plain
        self._put("META-INF/container.xml", _CONTAINER)
        self._put("book/style.css", _STYLE)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def chapters(self) -> Sequence[Chapter]:
        """Those that are in it so far."""
        return self._chapters

    def add_ahead(self, file: str, title: str, text: str) -> None:
        """Puts a page ahead of all chapters and of the contents."""
        self._ahead.append((file, title))
        self._put(f"book/{file}", text)

    def add(self, chapter: Chapter, text: str) -> None:
        """Puts a chapter."""
        self._chapters.append(chapter)
        self._put(f"book/{chapter.file}", text)

    def add_image(self, file: str, content: bytes) -> None:
        """Puts a picture, a JPEG."""
        self._images.append(file)
        self._put(f"book/{file}", content, ZIP_STORED)

    def finish(self, imprint: Imprint, section_of: Callable[[Chapter], str]) -> None:
        """Puts cover, contents and package; the book is whole then. `section_of` parts the contents, "" does not."""
        sections = list(_sections(self._chapters, section_of))
        in_order = [each for _, chapters in sections for each in chapters]
        said = "\n".join([imprint.title, *(each.address for each in in_order)])
        name = f"urn:broadsheet:{sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}"
        self._put("book/cover.svg", _cover_image(imprint))
        self._put("book/cover.xhtml", _cover_page(imprint))
        self._put("book/contents.xhtml", _contents(self._ahead, sections))
        self._put("book/contents.ncx", _ncx(imprint.title, name, self._ahead, sections))
        self._put("book/book.opf", self._package(imprint, name, in_order))

    def _put(self, name: str, content: str | bytes, kind: int = ZIP_DEFLATED) -> None:
        octets = content.encode("utf-8", "replace") if isinstance(content, str) else content
        self._zip.writestr(ZipInfo(name, _OLDEST), octets, kind)

    def _package(self, imprint: Imprint, name: str, chapters: Sequence[Chapter]) -> str:
        ahead = [file for file, _ in self._ahead]
        listed = [f'<item id="{_id(file)}" href="{file}" {_XHTML}/>' for file in (*ahead, *(c.file for c in chapters))]
        listed += [f'<item id="i{each[:-4]}" href="{each}" media-type="image/jpeg"/>' for each in self._images]
        spine = "".join(f'<itemref idref="{_id(file)}"/>' for file in ahead)
        spine += '<itemref idref="contents"/>' + "".join(f'<itemref idref="{_id(each.file)}"/>' for each in chapters)
        backwards = ' page-progression-direction="rtl"' if _reads_backwards(chapters) else ""
        rows = "\n".join(listed)
        return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="name">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="name">{name}</dc:identifier>
{"".join(_facts(imprint, chapters))}
<meta property="dcterms:modified">{imprint.at:%Y-%m-%dT%H:%M:%SZ}</meta>
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" {_XHTML} properties="nav"/>
<item id="ncx" href="contents.ncx" media-type="application/x-dtbncx+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="cover-image" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>
<item id="cover" href="cover.xhtml" {_XHTML}/>
{rows}
</manifest>
<spine toc="ncx"{backwards}><itemref idref="cover"/>{spine}</spine>
<guide><reference type="cover" title="Cover" href="cover.xhtml"/>
<reference type="toc" title="Contents" href="contents.xhtml"/></guide>
</package>
"""


def _id(file: str) -> str:
    return f"a{file.partition('.')[0]}"


def _facts(imprint: Imprint, chapters: Sequence[Chapter]) -> Iterator[str]:
    """Title, languages, makers and day, in Dublin Core's words."""
    yield f"<dc:title>{escape(clean(imprint.title))}</dc:title>\n"
    languages = Counter(filter(None, (language_tag(each.language) for each in chapters)))
    yield from (f"<dc:language>{language}</dc:language>\n" for language, _ in languages.most_common() or [("und", 0)])
    authors = dict.fromkeys(clean(name) for each in chapters for name in each.authors)
    papers = dict.fromkeys(clean(each.source) for each in chapters)
    makers = list(filter(None, authors if len(chapters) == 1 else papers))
    yield from (f"<dc:creator>{escape(maker)}</dc:creator>\n" for maker in makers[:_MOST_CREATORS])
    yield "<dc:publisher>Broadsheet</dc:publisher>\n"
    yield f"<dc:date>{imprint.at:%Y-%m-%d}</dc:date>"


def _reads_backwards(chapters: Sequence[Chapter]) -> bool:
    """Whether its pages turn the other way: most of its chapters are written from right to left."""
    return 2 * sum(is_right_to_left(each.title) for each in chapters) > len(chapters)


def _sections(chapters: Iterable[Chapter], section_of: Callable[[Chapter], str]) -> Iterator[tuple[str, list[Chapter]]]:
    """The chapters by section, in the order in which the first of each came."""
    found: dict[str, list[Chapter]] = {}
    for each in chapters:
        found.setdefault(section_of(each), []).append(each)
    yield from found.items()


def _cover_image(imprint: Imprint) -> str:
    """The cover for the shelf of a device."""
    lines = [
        *wrap(clean(imprint.title), 18)[:4],
        "",
        *(line for each in imprint.lines for line in wrap(clean(each), 34)),
    ]
    told, titles = [], len(wrap(clean(imprint.title), 18)[:4])
    for at, line in enumerate(lines[:16]):
        size = 64 if at < titles else 32
        told.append(
            f'<text x="300" y="{220 + 50 * at + 20 * min(at, titles)}" font-size="{size}">{escape(line)}</text>'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" width="600" height="900">\n'
        '<rect width="600" height="900" fill="#fff"/><rect x="40" y="120" width="520" height="6"/>\n'
        f'<g font-family="serif" text-anchor="middle">{"".join(told)}</g>\n</svg>\n'
    )


def _cover_page(imprint: Imprint) -> str:
    lines = "\n".join(f"<p>{escape(clean(each))}</p>" for each in imprint.lines)
    title = escape(clean(imprint.title))
    body = f'<section class="cover" epub:type="cover"><h1>{title}</h1>\n{lines}\n</section>'
    return page(title, body, in_language("en", ""))


def _contents(ahead: Iterable[tuple[str, str]], sections: Sequence[tuple[str, Sequence[Chapter]]]) -> str:
    rows = [f'<li><a href="{file}">{escape(title)}</a></li>' for file, title in ahead]
    for name, chapters in sections:
        inner = "\n".join(map(_row, chapters))
        if name:
            rows.append(f"<li><span{in_language('', name)}>{escape(clean(name))}</span><ol>\n{inner}\n</ol></li>")
        else:
            rows.append(inner)
    listed = "\n".join(rows) or '<li><a href="cover.xhtml">Nothing</a></li>'  # an empty list is not allowed there
    body = f'<nav epub:type="toc"><h1>In this edition</h1><ol>\n{listed}\n</ol></nav>'
    return page("In this edition", body, in_language("en", ""))


def _row(chapter: Chapter) -> str:
    link = f'<a href="{chapter.file}">{escape(clean(chapter.title)) or chapter.file}</a>'
    return f"<li{in_language(chapter.language, chapter.title)}>{link}</li>"


def _ncx(
    title: str, name: str, ahead: Iterable[tuple[str, str]], sections: Sequence[tuple[str, Sequence[Chapter]]]
) -> str:
    """The contents as EPUB 2 has them, for devices of before 2012."""
    order = count(1)
    points = [_point(next(order), "In this edition", CONTENTS)]
    points += [_point(next(order), title, file) for file, title in ahead]
    for at, (section, chapters) in enumerate(sections):
        placed = [(next(order), each) for each in chapters]
        inner = "".join(_point(place, each.title or each.file, each.file) for place, each in placed)
        first, opening = placed[0]
        points.append(_point(first, section, opening.file, inner, f"s{at}") if section else inner)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="{name}"/><meta name="dtb:depth" content="{1 + any(s for s, _ in sections)}"/>
<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>
<docTitle><text>{escape(clean(title))}</text></docTitle>
<navMap>
{"".join(points)}</navMap>
</ncx>
"""


def _point(place: int, title: str, file: str, inner: str = "", own: str = "") -> str:
    """A line of it; one that holds others leads to the first of them, at the same place."""
    label = f"<navLabel><text>{escape(clean(title)) or file}</text></navLabel>"
    return f'<navPoint id="{own or f"p{place}"}" playOrder="{place}">{label}<content src="{file}"/>{inner}</navPoint>\n'
