"""EPUB 3 of a brief: the front page first, the articles behind by section, each with the others of its story.

The same edition is the same bytes: no time of writing is in it, only the moment the front page was made for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cache.formats.book import Book, Imprint
from cache.formats.chapter import Leading, chapter, escape, in_language, page
from cache.formats.epub import chapter_of, file_of
from fetch.text import clean

if TYPE_CHECKING:
    from datetime import datetime

    from cache.entry import Entry
    from cache.formats.exchanged_articles import Outgoing

_FRONT = "front.xhtml"


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


def write(path: Path, edition: Edition) -> int:
    """Writes the book; how many articles it has."""
    entries = edition.entries()
    files = {entry.url: file_of(number) for number, entry in entries.items()}
    with Book(path) as book:
        title = escape(clean(edition.title))
        book.add_ahead(_FRONT, "Front page", page(title, edition.front, in_language("en", "")))
        for section in edition.sections:
            for each in section.articles:
                others = [entries[one] for one in edition.beside.get(each.entry.id, ()) if one in entries]
                related = [(file_of(one.id), one) for one in others if one.id != each.entry.id]
                leading = Leading(files, related, [(_FRONT, "Front page")])
                book.add(chapter_of(each, section.name), chapter(each, leading=leading))
        names = [section.name for section in edition.sections if section.articles]
        book.finish(Imprint(edition.title, edition.at, [_counted(len(entries)), *names]), lambda each: each.section)
    return len(entries)


def _counted(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"
