"""Jobs for the store worker and their outcomes, as they travel between the two processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from cache.db.fetch_plan import Due, Wanted
from cache.entry import Offline
from cache.errors import CacheError
from cache.rules.http_state import NEVER, Visit
from fetch.http.response import Response
from fetch.source import Kind

JobKind: TypeAlias = Literal["plan", "listing", "visit", "page", "kept", "failed", "lost", "receipt", "stories"]
UNREADABLE = "unreadable"
"""Why a page is missing that crashed the process that was to read it, or took it too long."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job for the store worker.

    "plan": which sources are due and which entries wanted; "listing": parse a source's answer and store it; "visit":
    note how a visit without a listing went; "page": extract an article and store it (`part` counts the pages of one
    story from 0); "kept": say what there is of an entry without a page; "failed": note that a page could not be had,
    and why; "lost": note that a job ended a worker; "receipt": count what is complete; "stories": give some new entries
    their story. `parsed` is the pickled listing or page where the parser process has read the answer already.
    """

    what: JobKind
    source_id: int = 0
    entry_id: int = 0
    url: str = ""
    kind: Kind = "feed"
    pages: int = 1
    part: int = 0
    answer: Response | None = None
    parsed: bytes = field(default=b"", repr=False)
    visit: Visit = NEVER
    due: float = 0.0
    reason: str = ""
    source_ids: tuple[int, ...] | None = None
    force: bool = False
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job; `reason` is empty when it went well, `further` is an address that holds the next part.

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
