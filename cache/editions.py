"""A brief written to a file: as a text that was made of it, or as a book with the articles of its stories behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cache.errors import CacheError, TextDamaged
from cache.exporting import Exported, replacing, require_exportable
from cache.formats import edition
from cache.formats.edition import Edition, EditionSection
from cache.formats.epub import file_of
from cache.formats.exchanged_articles import Outgoing
from cache.rules.anchoring import placed

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.front_page import Brief, BriefStory
    from cache.reading import LibraryReader

FrontMaker: TypeAlias = "Callable[[Callable[[Entry], str]], str]"
"""Makes the front page of a book, as XHTML, of what tells where a report's link leads."""


def write_edition(reader: LibraryReader, path: Path, brief: Brief, title: str, front: FrontMaker) -> Exported:
    """Writes a brief as a book, with the articles of its stories that are on disk.

    `front` makes its front page, the inside of an XHTML body. Raises CacheError; what fails leaves what was there.
    """
    with _written(reader.path, path) as part:
        number = edition.write(part, _edition(reader, brief, title, front))
    return Exported(number, f"{'1 article' if number == 1 else f'{number:,} articles'} written to {path}.")


def write_text(library: Path, path: Path, text: str) -> None:
    """Writes a text to a file; raises CacheError, and what fails leaves what was there."""
    with _written(library, path) as part:
        part.write_text(text, encoding="utf-8", errors="replace")


@contextmanager
def _written(library: Path, path: Path) -> Iterator[Path]:
    require_exportable(library, path)
    try:
        with replacing(path) as part:
            yield part
    except OSError as error:
        raise CacheError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error


def _edition(reader: LibraryReader, brief: Brief, title: str, front: FrontMaker) -> Edition:
    sections = [EditionSection(name or "Other news", _articles(reader, stories)) for name, stories in brief.sections]
    kept = {each.entry.id for section in sections for each in section.articles}
    beside = {entry.id: [one.id for one in each.reports] for each in brief.stories() for entry in each.reports}
    body = front(lambda entry: file_of(entry.id) if entry.id in kept else entry.url)
    return Edition(title, brief.page.at, body, sections, beside)


def _articles(reader: LibraryReader, stories: Sequence[BriefStory]) -> list[Outgoing]:
    """The articles of these stories that can be read, story by story, the one to open first before the others."""
    found = []
    for entry in (entry for each in stories for entry in each.reports):
        try:
            article = reader.article(entry.id)
        except TextDamaged:
            continue
        if article is not None:
            highlights = placed(article.text, reader.all_highlights(entry.id))
            found.append(Outgoing(entry, article, reader.note_of(entry.id), highlights))
    return found
