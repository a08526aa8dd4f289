"""What a refresh asks of the press, and what the press answers, as it travels between two processes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cache.errors import CacheError
from cache.store import Due, Wanted
from cache.visits import NEVER, Visit
from fetch.answer import Answer
from fetch.article import Article
from fetch.listing import Listing
from fetch.source import Kind

Work: TypeAlias = Literal["plan", "listing", "visit", "page", "failed", "receipt", "settle"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that has been read: its article or why there is none, and the address of its next part."""

    article: Article | None
    further: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What the press is to do.

    "plan": which sources are due and which entries wanted; "listing": parse a source's answer (unless `listing` is
    it already) and store it; "visit": note how a visit without a listing went; "page": extract an article (unless
    `page` is it already) and store it; "failed": note that a page could not be had, and why; "receipt": count what is
    complete; "settle": a little of telling which entries are one story.
    """

    what: Work
    source_id: int = 0
    entry_id: int = 0
    url: str = ""
    kind: Kind = "feed"
    pages: int = 1
    answer: Answer | None = None
    page: Page | None = None
    listing: Listing | None = None
    received: int = 0
    visit: Visit = NEVER
    due: float = 0.0
    reason: str = ""
    source_ids: tuple[int, ...] | None = None
    force: bool = False
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order; `reason` is empty when it went well, `further` is an address that holds the next part.

    `landed` is the entry whose article a listing already was.
    """

    reason: str = ""
    sentence: str = ""
    wanted: tuple[Wanted, ...] = ()
    due: tuple[Due, ...] = ()
    known: tuple[Due, ...] = ()
    further: str = ""
    full: bool = False
    landed: int = 0
    more: bool = False
    counts: dict[str, Any] | None = None
    trouble: CacheError | None = None


def packed(parcel: Order | Outcome) -> bytes:
    """An order or outcome as it goes through a pipe: its length in four bytes, and itself."""
    body = pickle.dumps(parcel, protocol=5)
    return len(body).to_bytes(4, "big") + body
