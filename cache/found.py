"""What the library finds: the stories related to an article, its pictures, and what a search has come upon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from cache.entry import Entry
    from fetch.article import When

Group: TypeAlias = Literal["page", "story", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture on disk, and its size in pixels."""

    path: Path
    width: int
    height: int


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
