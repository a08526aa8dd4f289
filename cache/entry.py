"""What the library hands out of its rows: light entries for lists, sources, saved searches, the state of it all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from fetch.article import Article, Enclosure, When

Offline: TypeAlias = Literal["full", "part", "teaser", "failed"]
"""What of an article is on disk: all of it, the beginning or some pages, the teaser alone, or that after a try."""


class Entry(NamedTuple):
    """A teaser or article as this reader's library holds it; no body, so that lists stay light.

    `id` is the row's number and, as text, the REF a person types; `source` is the source's title, `reason` why the
    text is not complete ("paywall", "timed out"), `story` the number of the story it belongs to, told by `reports`
    entries, or 0; `enclosures` are files that its feed hands out with it.
    """

    id: int
    url: str
    headline: str
    source_id: int = 0
    source: str = ""
    authors: tuple[str, ...] = ()
    published: When | None = None
    fetched: datetime | None = None
    dateline: str = ""
    section: str = ""
    language: str = ""
    summary: str = ""
    words: int = 0
    read: bool = False
    saved: bool = False
    offline: Offline = "teaser"
    reason: str = ""
    queued: bool = False
    changed: bool = False
    story: int = 0
    tags: tuple[str, ...] = ()
    reports: int = 1
    enclosures: tuple[Enclosure, ...] = ()


class Reading(NamedTuple):
    """What came of opening an article: the article, or None with a `notice` that says why and what happens next."""

    entry: Entry | None
    article: Article | None
    notice: str = ""


OPENS, CLOSES = "\ue000", "\ue001"
"""The private-use characters before and after each match in a snippet."""


class SavedSearch(NamedTuple):
    """A search under a name; what it finds is looked up anew each time."""

    id: int
    name: str
    query: str


class Status(NamedTuple):
    """The library at a glance, for the status line; `refreshed` is when a source last answered."""

    total: int = 0
    unread: int = 0
    saved: int = 0
    full: int = 0
    failed: int = 0
    queued: int = 0
    refreshed: datetime | None = None
    notice: str = ""
