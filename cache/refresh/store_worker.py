"""The press: turns what came over the wire into stories in the library; reads, extracts, stores and indexes.

It runs in a process of its own, so that a second processor has work and the network never waits for it (`python -m
cache.refresh.store_worker`, started by `cache.refresh.worker_client`), or in a thread where there can be no process.
Nothing is acknowledged before it is on disk.
"""

from __future__ import annotations

import contextlib
import math
import pickle
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cache.db.rows import OFFLINE
from cache.errors import CacheError
from cache.refresh.framing import at_work, packed, parcels_in
from cache.refresh.jobs import UNREADABLE, Order, Outcome
from cache.refresh.parsing import Page, joined, read_page
from cache.rules import due as freshness
from cache.rules import http_state
from cache.rules.http_state import Visit
from fetch.article import Article
from fetch.errors import NewsError, NotAnArticle
from fetch.http.response import Answer
from fetch.listing import Listing, read_listing, teaser_of

if TYPE_CHECKING:
    from cache.writes.store import Store

BATCH_SECONDS = 0.05
"""How long a transaction may gather work: a crash loses no more, and a reader's own mark waits no longer."""
IDLE_SECONDS = 0.05
"""How long the press waits for an order before it does quieter work, a few hundredths of a second at a time."""
MOST_WANTED = 10_000
MOST_PAGES = 10


Shelf: TypeAlias = "queue.SimpleQueue[Order | None]"
"""Orders on their way to the press; None ends its work."""


class Press:
    """Does orders with one store, one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: dict[int, list[Article]] = {}
        self._ended = False
        self._unsettled = False

    def run(self, shelf: Shelf, acknowledge: Callable[[list[Outcome]], None]) -> None:
        """Works off the shelf until it ends; acknowledges outcomes in the order of their orders, once on disk."""
        while not self._ended and (order := self._next(shelf)) is not None:
            acknowledge(self._batch(order, shelf))

    def _next(self, shelf: Shelf) -> Order | None:
        """The next order; until it comes, entries that came in are told apart into stories, a few at a time."""
        while self._unsettled:
            with contextlib.suppress(queue.Empty):
                return shelf.get(timeout=IDLE_SECONDS)
            self._unsettled = False
            with contextlib.suppress(CacheError):  # what is wrong will show at the next order, where it is heard
                self._unsettled = self._store.settle_some()
        return shelf.get()

    def _batch(self, order: Order | None, shelf: Shelf) -> list[Outcome]:
        """One transaction; where the library fails, none of its orders is done and all say so."""
        outcomes: list[Outcome] = []
        begun, tried = time.monotonic(), 0
        try:
            with self._store.batch():
                while order is not None:
                    tried += 1
                    outcomes.append(self._do(order))
                    if time.monotonic() - begun > BATCH_SECONDS or shelf.empty():
                        break
                    order = shelf.get()
                    self._ended = order is None
        except CacheError as error:
            return [Outcome(reason="library", sentence=str(error), trouble=error) for _ in range(tried)]
        self._unsettled |= any(outcome.offline != "teaser" for outcome in outcomes)
        return outcomes

    def _do(self, order: Order) -> Outcome:
        now = time.time()
        match order.what:
            case "plan":
                return self._plan(order, now)
            case "listing":
                return self._listing(order, now)
            case "visit":
                self._close(order, order.visit, order.due, now, order.reason)
                return Outcome()
            case "page":
                return self._page(order, now)
            case "failed":
                return self._failed(order, order.reason, now)
            case "lost":
                return self._lost(order, now)
            case "receipt":
                return Outcome(counts=self._store.receipt())
            case "settle":
                return Outcome(more=self._store.settle_some())

    def _plan(self, order: Order, now: float) -> Outcome:
        ids = order.source_ids
        due = self._store.due_sources(now, ids, force=order.force, scheduled=order.scheduled)
        known = self._store.due_sources(math.inf)
        return Outcome(
            due=tuple(due), known=tuple(known), wanted=tuple(self._store.wanted(now, ids, limit=MOST_WANTED))
        )

    def _listing(self, order: Order, now: float) -> Outcome:
        answer = order.answer
        assert answer is not None
        try:
            if order.kind == "page":
                return self._single(order, answer, now)
            listing: Listing = pickle.loads(order.copy) if order.copy else read_listing(order.kind, answer)
        except NewsError as error:
            unpacked = len(answer.body)
            self._close(order, http_state.after_failure(order.visit), 0.0, now, str(error), unpacked=unpacked)
            return Outcome(reason=getattr(error, "reason", "failed"), sentence=str(error))
        wanted = self._store.store_listing(
            order.source_id, listing.teasers, now,
            title=listing.title, home=listing.home, language=listing.language,
        )  # fmt: skip
        self._opened(order, answer, now, unpacked=listing.unpacked)
        return Outcome(wanted=tuple(wanted), further=_rest(order, listing))

    def _single(self, order: Order, answer: Answer, now: float) -> Outcome:
        """A source that is one story: what answered is already the page; only its further pages are still wanted."""
        page = read_page(answer)
        if page.article is None:
            raise NotAnArticle(f"{answer.url} holds no article.", answer.url, reason=page.reason)
        article = page.article
        teaser = teaser_of(article)
        wanted = self._store.store_listing(
            order.source_id, [teaser], now, title=article.headline, language=article.language
        )
        self._opened(order, answer, now, unpacked=len(answer.body))
        if page.further:
            return Outcome(wanted=tuple(wanted))
        entry_id = self._store.find(teaser.url)
        if entry_id is None:  # the reader threw it away
            return Outcome()
        self._store.store_article(entry_id, article, now, received=answer.received)
        return self._outcome(entry_id, article.reason, landed=entry_id)

    def _opened(self, order: Order, answer: Answer, now: float, *, unpacked: int) -> None:
        """Notes a visit that found a source."""
        visit = http_state.after(order.visit, answer, now)
        self._close(order, visit, http_state.due(visit, now), now, unpacked=unpacked)

    def _close(self, order: Order, visit: Visit, due: float, now: float, error: str = "", *, unpacked: int = 0) -> None:
        if visit.believed:
            self._store.move_source(order.source_id, visit.believed)
            visit = replace(visit, moved="", sightings=0)
        received = order.answer.received if order.answer else 0
        self._store.close_source(
            order.source_id,
            now,
            state=http_state.dump(visit),
            due=due,
            received=received,
            unpacked=unpacked,
            error=error,
        )

    def _page(self, order: Order, now: float) -> Outcome:
        answer = order.answer
        assert answer is not None
        page: Page = pickle.loads(order.copy) if order.copy else read_page(answer)
        if page.article is None:
            return self._failed(order, page.reason, now)
        parts = [*self._parts.pop(order.entry_id, []), page.article]
        if len(parts) <= order.part:  # a press before this one had the pages before; what it stored of them stays
            return self._outcome(order.entry_id, UNREADABLE)
        article = joined(parts)
        self._store.store_article(order.entry_id, article, now, received=answer.received)
        further = page.further if len(parts) < MOST_PAGES else ""
        if further:
            self._parts[order.entry_id] = parts
        return self._outcome(order.entry_id, article.reason, further=further)

    def _lost(self, order: Order, now: float) -> Outcome:
        """Notes that a page or listing was the end of the press before this one, and looks at nothing that it held."""
        if order.entry_id:
            self._store.store_failure(order.entry_id, UNREADABLE, now)
            return self._outcome(order.entry_id, UNREADABLE)
        visit = http_state.after_failure(order.visit)
        due = now + freshness.retry_after(UNREADABLE, visit.failures)
        sentence = "What it answers cannot be read: twice it was the end of the program that tried."
        self._close(order, visit, due, now, sentence)
        return Outcome(reason=UNREADABLE, sentence=sentence)

    def _failed(self, order: Order, reason: str, now: float) -> Outcome:
        """Notes why a page could not be had; what the feed itself carried of it takes its place."""
        if self._parts.pop(order.entry_id, None):  # a later page of several: what came before it is kept
            return self._outcome(order.entry_id, reason)
        if self._store.keep_feed_text(order.entry_id, now):
            return self._outcome(order.entry_id, "")
        self._store.store_failure(order.entry_id, reason, now)
        return self._outcome(order.entry_id, reason)

    def _outcome(self, entry_id: int, reason: str, *, further: str = "", landed: int = 0) -> Outcome:
        """The outcome of an order about an entry, with what the library now has of it."""
        offline = OFFLINE[self._store.value("SELECT offline FROM entry WHERE id = ?", (entry_id,)) or 0]
        return Outcome(reason=reason, offline=offline, further=further, landed=landed)


def _rest(order: Order, listing: Listing) -> str:
    """Where the list goes on: a sitemap index's newest part, or the next page of a section, as far as it is wanted."""
    if listing.further and not listing.teasers:
        return listing.further[0]
    if order.kind != "section" or order.pages < 2 or order.answer is None:
        return ""
    from fetch.sections.section import next_page

    return next_page(order.answer.body, order.answer.url)


def main() -> None:
    """Works for the process that started this one."""
    from cache.writes.store import open_store

    orders, answer = at_work()
    shelf: Shelf = queue.SimpleQueue()
    threading.Thread(target=_shelve, args=(orders, shelf), daemon=True).start()

    def acknowledge(done: list[Outcome]) -> None:
        answer(b"".join(packed(outcome) for outcome in done))
        if done[0].due:  # there is time now, while the first answers are on their way
            import fetch.feeds.fast_xml  # noqa: F401

    try:
        with open_store(Path(sys.argv[1])) as store:
            Press(store).run(shelf, acknowledge)
    except CacheError as error:  # it could not even be opened, or not be closed
        while shelf.get() is not None:
            acknowledge([Outcome(reason="library", sentence=str(error), trouble=error)])


def _shelve(orders: RawIOBase, shelf: Shelf) -> None:
    """Puts orders on the shelf as they come; the end of the pipe is the end of the work."""
    for order in parcels_in(orders):
        shelf.put(order)
    shelf.put(None)


if __name__ == "__main__":
    main()
