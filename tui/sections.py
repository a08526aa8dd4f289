"""The sections of the paper: everything, the usual views, each source, and searches worth keeping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.keymap import verbatim
from tui.settings import VIEW_NAMES

_LONGEST_NAME = 120  # characters


class Section(NamedTuple):
    """A part of the library under a name: the query that selects it, and what to say when it is empty, with keys in it
    as {id|usual}.

    `front` for the front page, whose rows are stories; `ids` are the entries where no query selects them. `sought` when
    it is what a search finds, `typed` while that is still being typed. `begun`: its last word may be the beginning of
    one.
    """

    title: str
    query: str = ""
    empty: str = "Nothing here."
    sought: bool = False
    typed: bool = False
    begun: bool = False
    front: bool = False
    ids: tuple[int, ...] = ()


ALL = Section(
    "All stories",
    "",
    "The library is empty.\n\nPress {main.add|a} to add a news site, a feed or an article by its address, to pick from "
    "the catalogue of sources, or to import an OPML list.",
)
UNREAD = Section(
    "Unread", "is:unread", "Everything is read.\n\nPress {main.refresh|r} to refresh, {main.view|v} for another view."
)
SAVED = Section("Saved", "is:saved", "Nothing is saved yet.\n\nPress {main.save|s} on an article to put it aside.")
PARTIAL = Section("Not complete", "-is:full", "Every article is on disk in full.")
SINGLE = Section(
    "Single articles",
    "source:0",
    "No article stands by itself.\n\nPress {main.add|a} and type an article's address, or {main.follow|f} for a link.",
)
FRONT = Section(
    "Front page",
    empty="A front page is made of what several sources report.\n\nPress {main.add|a} to add a few; {main.front|d} "
    "goes back to the list.",
    front=True,
)
VIEWS = (ALL, UNREAD, SAVED, PARTIAL)
BY_NAME = dict(zip(VIEW_NAMES, VIEWS, strict=True))


def after(section: Section, views: Sequence[Section] = VIEWS) -> Section:
    """The view that follows in turn; from a source or a search, the first."""
    return views[(views.index(section) + 1) % len(views)] if section in views else views[0]


def found(words: str, *, typed: bool = False, begun: bool = False) -> Section:
    """What a search finds; what is still `typed` may end in the beginning of a word."""
    named = words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME]} …"  # what is pasted may be a page
    empty = f"Nothing found for “{verbatim(named)}”.\n\n{{main.leave|escape}} goes back to where you were."
    return Section(f"Search: {named}", words, empty, sought=True, typed=typed, begun=begun or typed)


def of_dossier(headline: str, days: int, events: Sequence[int]) -> Section:
    """The events of a storyline, each by a report of it."""
    named = f"Dossier: {len(events)} events in {days} days"
    return Section(f"{named} · {headline}", sought=True, ids=tuple(events))


def of_source(source_id: int, title: str) -> Section:
    """One source's articles."""
    return Section(
        title, f"source:{source_id}", "This source has no articles yet.\n\nPress {main.refresh|r} to refresh."
    )
