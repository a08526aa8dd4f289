"""What the library hands out: light rows for lists, and what it says of sources, reading and refreshing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fetch.article import Article, Enclosure, When

Offline: TypeAlias = Literal["full", "part", "teaser", "failed"]
"""What of an article is on disk: all of it, the beginning or some pages, the teaser alone, or that after a try."""
Network: TypeAlias = Literal["", "online", "offline"]
Group: TypeAlias = Literal["page", "story", "earlier", "later"]
Step: TypeAlias = Literal["source", "listed", "landed", "failed", "closed", "waiting", "joined", "finished"]


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in the library: its counts, when it last answered (`refreshed`), and what went wrong last (`error`).

    `refreshed` is the column `answered`, as the column `refreshed` is when it was last asked; `groups` are the folders
    the reader filed it in, as paths, the column `section` with one a line, as an entry's `section` is the newspaper's.
    `keep_days` and `keep_count` say how long and how many of its articles are kept, None without end; `max_bytes` and
    `proxy` how it is asked.
    """

    id: int
    url: str
    kind: str
    title: str
    home: str = ""
    groups: tuple[str, ...] = ()
    total: int = 0
    unread: int = 0
    refreshed: datetime | None = None
    error: str = ""
    keep_days: int | None = None
    keep_count: int | None = None
    max_bytes: int | None = None
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of opening an article: the article, or None with a `notice` that says why and what happens next."""

    entry: Entry | None
    article: Article | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A story beside the open one, and why it stands there; `offline` is "" where it is not in the library."""

    url: str
    headline: str
    group: Group
    why: str
    entry_id: int = 0
    source: str = ""
    published: When | None = None
    summary: str = ""
    dateline: str = ""
    offline: str = ""
    also: tuple[str, ...] = ()


OPENS, CLOSES = "\ue000", "\ue001"
"""The private-use characters before and after each match in a snippet."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: the entry, and a snippet with each match between OPENS and CLOSES."""

    entry: Entry
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles a search finds, or where that is not `whole`, finds at least."""

    number: int
    whole: bool = True


class SavedSearch(NamedTuple):
    """A search under a name; what it finds is looked up anew each time."""

    id: int
    name: str
    query: str


MOST_OF_A_SOURCE = 200
"""Articles of one source in one refresh, where nobody says otherwise; what is left over comes with the next."""


class FailedSource(NamedTuple):
    """A source that could not be had: what a reader calls it, why in a word or two, and in a sentence."""

    source: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a refresh, as it happens.

    `source`: one is being asked; `listed`: its teasers are stored; `landed`: an article is on disk; `failed`: an
    article (url set) or a source could not be had, `reason` says why; `closed`: a source is done; `waiting`: another
    program writes to the library, or `joined`: refreshes it, which `notice` says; `finished`: all is. `done` of `total`
    counts articles and sources; `running` names the sources under way; `received` is bytes on the wire so far,
    `network` what is known of the way out: "online" once something answered, "offline" where nothing did and nothing
    could. With `closed`, `new`, `full`, `part`, `teaser` and `failed` count the source's articles of this refresh,
    `left` those that wait for the next one; with `finished` they are of all of this refresh, `asked` counts the sources
    that were asked over the network, `failures` names those that could not be had, `library` counts what the library
    has by state, `notice` says that in a sentence, and `asked_for` what became of the pages that the reader had asked
    for. `wire` and `unpacked` are the bytes before and after decompression.
    """

    step: Step
    source_id: int = 0
    source: str = ""
    entry_id: int = 0
    url: str = ""
    reason: str = ""
    done: int = 0
    total: int = 0
    failed: int = 0
    running: tuple[str, ...] = ()
    received: int = 0
    notice: str = ""
    new: int = 0
    full: int = 0
    part: int = 0
    teaser: int = 0
    left: int = 0
    wire: int = 0
    unpacked: int = 0
    network: Network = ""
    asked: int = 0
    asked_for: str = ""
    failures: tuple[FailedSource, ...] = ()
    library: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """The library at a glance, for the status line; `refreshed` is when a source last answered."""

    total: int = 0
    unread: int = 0
    saved: int = 0
    full: int = 0
    failed: int = 0
    queued: int = 0
    refreshed: datetime | None = None
    notice: str = ""
