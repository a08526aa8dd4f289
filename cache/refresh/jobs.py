"""What a refresh asks of the press, and what the press answers, as it travels between two processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from cache.entry import Offline
from cache.errors import CacheError
from cache.rules.http_state import NEVER, Visit
from cache.writes.store import Due, Wanted
from fetch.http.response import Answer
from fetch.source import Kind

Work: TypeAlias = Literal["plan", "listing", "visit", "page", "failed", "lost", "receipt", "settle"]
UNREADABLE = "unreadable"
"""Why a page is missing that ended, or never let go of, the process that was to read it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the press is to do.

    "plan": which sources are due and which entries wanted; "listing": parse a source's answer and store it; "visit":
    note how a visit without a listing went; "page": extract an article and store it (`part` counts the pages of one
    story from 0); "failed": note that a page could not be had, and why; "lost": note that an order was the end of a
    press; "receipt": count what is complete; "settle": a little of telling which entries are one story. `copy` is the
    listing or page where the copy desk has read the answer already.
    """

    what: Work
    source_id: int = 0
    entry_id: int = 0
    url: str = ""
    kind: Kind = "feed"
    pages: int = 1
    part: int = 0
    answer: Answer | None = None
    copy: bytes = field(default=b"", repr=False)
    visit: Visit = NEVER
    due: float = 0.0
    reason: str = ""
    source_ids: tuple[int, ...] | None = None
    force: bool = False
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order; `reason` is empty when it went well, `further` is an address that holds the next part.

    `offline` is what the library now has of the entry in question, `landed` the entry whose article a listing was.
    """

    reason: str = ""
    sentence: str = ""
    wanted: tuple[Wanted, ...] = ()
    due: tuple[Due, ...] = ()
    known: tuple[Due, ...] = ()
    further: str = ""
    offline: Offline = "teaser"
    landed: int = 0
    more: bool = False
    counts: dict[str, Any] | None = None
    trouble: CacheError | None = None
