"""EPUB 3: a selection of articles as one book, a chapter each, for a reader by the bed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cache.formats.book import Book, Chapter, Imprint
from cache.formats.chapter import CONTENTS, Leading, chapter, escape, page
from cache.formats.exchanged_articles import ALONE
from fetch.errors import FetchError
from fetch.picture import as_jpeg
from fetch.text import clean

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Companions, Outgoing
    from cache.formats.pictures import PictureSupply

_OTHERS = "Other news"
_PAPERS_ON_COVER = 7


def write(
    path: Path,
    articles: Iterable[Outgoing],
    pictures: PictureSupply | None = None,
    companions: Companions = ALONE,
) -> int:
    """Writes the book, with pictures where they are given; how many chapters it has."""
    files = {url: file_of(number) for url, number in companions.numbers.items()}
    with Book(path) as book:
        for outgoing in articles:
            entry = outgoing.entry
            images = _images(pictures.of(entry.id, outgoing.article)) if pictures else {}
            names = {url: f"{entry.id}-{at}.jpg" for at, url in enumerate(images, 1)}
            for url, content in images.items():
                book.add_image(names[url], content)
            if pictures:
                pictures.written(images)
            related = [(file_of(one.id), one) for one in companions.related(entry.id)]
            book.add(chapter_of(outgoing), chapter(outgoing, names, Leading(files, related)))
        imprint, section_of, number = _imprint(book.chapters), _sections_by(book.chapters), len(book.chapters)
        _add_lost(book, files)
        book.finish(imprint, section_of)
    return number


def file_of(entry_id: int) -> str:
    """The name of an article's file in the book."""
    return f"{entry_id}.xhtml"


def chapter_of(outgoing: Outgoing, section: str | None = None) -> Chapter:
    """What the contents say of an article, in a section of the book or in its newspaper's own."""
    entry, article = outgoing.entry, outgoing.article
    return Chapter(
        file_of(entry.id),
        clean(article.headline or entry.headline or article.url),
        clean(article.section if section is None else section),
        article.language,
        article.authors,
        clean(entry.source or article.source),
        article.url,
    )


def _images(kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pictures as every reader of books shows them, by their addresses; those that cannot be read are left out."""
    images = dict[str, bytes]()
    for url, content in kept.items():
        with suppress(FetchError):
            images[url] = as_jpeg(content, url)
    return images


def _add_lost(book: Book, files: Mapping[str, str]) -> None:
    """Puts a page for each article that others lead to and whose text could not be read."""
    there = {each.file for each in book.chapters}
    for url, file in files.items():
        if file not in there:
            there.add(file)
            address = escape(clean(url))
            told = f'<p>This text is damaged: {address}</p>\n<p class="facts"><a href="{CONTENTS}">Contents</a></p>'
            book.add(Chapter(file, clean(url), address=url), page(address, told))


def _sections_by(chapters: Sequence[Chapter]) -> Callable[[Chapter], str]:
    """What the contents are parted by: newspapers; of a single one its own sections, where it has several."""
    if len({each.source for each in chapters}) > 1:
        return lambda each: each.source or _OTHERS
    if len({each.section for each in chapters}) > 1:
        return lambda each: each.section or _OTHERS
    return lambda _: ""


def _imprint(chapters: Sequence[Chapter]) -> Imprint:
    """A book of one article is called as that is; one of several by the day it was made."""
    now = datetime.now(UTC)
    day = f"{now.day} {now:%B %Y}"
    number = "1 article" if len(chapters) == 1 else f"{len(chapters):,} articles"
    papers = [name for name in dict.fromkeys(each.source for each in chapters) if name]
    more = len(papers) - _PAPERS_ON_COVER
    named = papers[:_PAPERS_ON_COVER] + ([f"and {more:,} more"] if more > 0 else [])
    title = chapters[0].title if len(chapters) == 1 else f"Broadsheet, {day}"
    return Imprint(title, now, [*([day] if len(chapters) == 1 else []), number, *named])
