"""The sections of the paper: everything, the usual views, each source, and searches worth keeping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.typeset import phrases

if TYPE_CHECKING:
    from cache.library import Library


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the library under a name: the query that selects it, and what to say when it is empty.

    `sought` when it is what a search finds, `typed` while that is still being typed: its last word may be the
    beginning of one.
    """

    title: str
    query: str = ""
    empty: str = "Nothing here."
    sought: bool = False
    typed: bool = False


ALL = Section(
    "All stories",
    "",
    "The library is empty.\n\nPress a to add a news site, a feed or an article by its address, to pick from the "
    "catalogue of sources, or to import an OPML list.",
)
UNREAD = Section("Unread", "is:unread", "Everything is read.\n\nPress r to refresh, v for another view.")
SAVED = Section("Saved", "is:saved", "Nothing is saved yet.\n\nPress s on an article to put it aside.")
PARTIAL = Section("Not complete", "-is:full", "Every article is on disk in full.")
SEARCHES = "Searches"
VIEWS = (ALL, UNREAD, SAVED, PARTIAL)


def after(section: Section) -> Section:
    """The view that follows in turn; from a source or a search, the first."""
    return VIEWS[(VIEWS.index(section) + 1) % len(VIEWS)] if section in VIEWS else ALL


def found(words: str, *, typed: bool = False) -> Section:
    """What a search finds."""
    return Section(f"Search: {words}", words, f"Nothing found for “{words}”.", sought=True, typed=typed)


def of_source(source_id: int, title: str) -> Section:
    """One source's articles."""
    return Section(title, f"source:{source_id}", "This source has no articles yet.\n\nPress r to refresh.")


class Row(NamedTuple):
    """A place to go to: the group it stands in, the section, what to say of it, and the source's id or 0."""

    group: str
    section: Section
    told: str
    source_id: int = 0


def contents(library: Library) -> list[Row]:
    """All there is to go to: the usual views, then sources by group, then kept searches."""
    status = library.status()
    numbers = (status.total, status.unread, status.saved, status.total - status.full)
    rows = [Row("", view, f"{number:,}") for view, number in zip(VIEWS, numbers, strict=True)]
    for source in sorted(library.sources(), key=lambda source: (source.group.casefold(), source.title.casefold())):
        told = f"{source.unread:,} of {source.total:,}" if source.unread else phrases.stories(source.total)
        title = source.title or phrases.site(source.url)
        rows.append(Row(source.group or "Sources", of_source(source.id, title), source.error or told, source.id))
    for kept in library.searches():
        section = Section(kept.name, kept.query, f"Nothing found for “{kept.query}”.")
        counted = library.counted(kept.query)
        rows.append(Row(SEARCHES, section, f"{counted.number:,}{'' if counted.whole else ' or more'}"))
    return rows
