"""What a refresh writes, each a function of the store and of records that are ready: nothing foreign is parsed here."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Self

from cache.db import reads
from cache.db.codec import PackedText
from cache.db.fetch_plan import Due, Wanted
from cache.db.rows import OFFLINE
from cache.db.sites import kept_by_site
from cache.entry import Offline
from cache.refresh.options import RefreshOptions
from cache.refresh.ready import ReadyPage
from cache.rules import http_state
from cache.rules.advice import of_empty_list
from cache.rules.http_state import Visit
from cache.writes.entry_names import Listed
from cache.writes.sources import VisitRecord
from cache.writes.store import Store
from fetch.article import Article
from fetch.http.response import Response
from fetch.listing import Listing, newest_of, teaser_of_article, usual_gap
from fetch.passages import KeptPassages

MOST_WANTED = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh begins with: the sources to ask, all sources, and the pages that are wanted from before.

    `kept` is what its reader says is part of a site's stories, by the site.
    """

    due: tuple[Due, ...]
    known: tuple[Due, ...]
    wanted: tuple[Wanted, ...]
    kept: Mapping[str, tuple[KeptPassages, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a source or page; `reason` is empty when it went well, `further` holds more of the list.

    `offline` is what the library now has of the entry in question, `landed` the entry whose article a listing was, and
    `pictures` are the addresses of that one's.
    """

    reason: str = ""
    sentence: str = ""
    wanted: tuple[Wanted, ...] = ()
    further: tuple[str, ...] = ()
    offline: Offline = "teaser"
    landed: int = 0
    pictures: tuple[str, ...] = ()


def plan(store: Store, options: RefreshOptions) -> Plan:
    """Which sources are due and which entries wanted."""
    now, ids = time.time(), options.source_ids
    with store.batch() if options.scheduled else nullcontext():
        due = store.plan.due_sources(now, ids, force=options.force, scheduled=options.scheduled)
        if options.scheduled:
            store.sources.claim([source.id for source in due], now)
    known = store.plan.due_sources(math.inf)
    wanted = store.plan.wanted(now, ids, limit=MOST_WANTED)
    return Plan(tuple(due), tuple(known), tuple(wanted), kept_by_site(store.connection))


@dataclass(frozen=True, slots=True)
class VisitEnd:
    """How a visit of a source ended: `due` is when it may be asked again, `received` and `unpacked` are bytes."""

    source_id: int
    visit: Visit
    due: float = 0.0
    received: int = 0
    unpacked: int = 0
    error: str = ""

    @classmethod
    def found(cls, source_id: int, visit: Visit, answer: Response) -> Self:
        """A visit that found a source, or nothing new there."""
        now = time.time()
        after = http_state.after(visit, answer, now)
        nothing = of_empty_list(answer.asked or answer.url, after.empty, now) if answer.unchanged else ""
        return cls(source_id, after, http_state.due(after, now), answer.received, len(answer.body), nothing)

    def with_listing(self, listing: Listing, url: str) -> Self:
        """The same, with how often the source publishes, and since when it has listed nothing."""
        visit = replace(self.visit, cut=self.visit.cut or listing.is_cut)
        if listing.further and not listing.teasers:  # it is known once a part of it is read
            return replace(self, visit=visit)
        now = time.time()
        gap, newest = usual_gap(listing.teasers), newest_of(listing.teasers)
        interval = http_state.interval_of(gap, newest, listing.ttl, now)
        visit = replace(visit, interval=interval, empty=0.0 if listing.teasers else visit.empty or now)
        return replace(self, visit=visit, error=of_empty_list(url, visit.empty, now))


def visited(store: Store, end: VisitEnd) -> Outcome:
    """Notes how a visit ended, and where the source has moved to."""
    visit = end.visit
    if visit.believed:
        store.sources.move(end.source_id, visit.believed)
        visit = replace(visit, moved="", sightings=0)
    record = VisitRecord(time.time(), http_state.dump(visit), end.due, end.received, end.unpacked, end.error)
    store.sources.record_visit(end.source_id, record)
    return Outcome()


def listed(
    store: Store, listing: Listing, end: VisitEnd, names: Listed, kept: Sequence[Wanted | None] = ()
) -> list[Wanted | None]:
    """Keeps what a source lists from its last to its first, as much as a short transaction holds.

    Given is what is wanted of each that is kept now, after those that are `kept` already; `names` are those of all.
    The visit is noted with the first of the list, so that one that was broken off is asked for again.
    """
    if not kept:
        store.sources.describe(end.source_id, title=listing.title, home=listing.home, language=listing.language)
    some = store.entries.store_some(end.source_id, listing.teasers[: len(listing.teasers) - len(kept)], names)
    if len(kept) + len(some) == len(listing.teasers):
        visited(store, end)
    return some


def single(store: Store, ready: ReadyPage, end: VisitEnd) -> Outcome:
    """Keeps a source that is one story: what answered is already the page; only its further pages are still wanted."""
    article, now = ready.article, time.time()
    teaser = teaser_of_article(article)
    store.sources.describe(end.source_id, title=article.headline, language=article.language)
    wanted = store.entries.store_listing(end.source_id, [teaser], now)
    visited(store, end)
    if ready.further:
        return Outcome(wanted=tuple(wanted))
    entry_id = reads.find_any(store.connection, teaser.url)
    if entry_id is None:  # the reader threw it away
        return Outcome()
    store.articles.store_article(entry_id, article, now, received=end.received, text=ready.text)
    return replace(standing(store, entry_id, article.reason), landed=entry_id, pictures=ready.pictures)


def page(store: Store, entry_id: int, article: Article, received: int = 0, text: PackedText | None = None) -> Outcome:
    """Keeps an article; its text apart where that has been packed already."""
    store.articles.store_article(entry_id, article, time.time(), received=received, text=text)
    return standing(store, entry_id, article.reason)


def failed(store: Store, entry_id: int, reason: str) -> Outcome:
    """Notes why a page could not be had."""
    store.articles.store_failure(entry_id, reason, time.time())
    return standing(store, entry_id, reason)


def feed_text(store: Store, entry_id: int) -> str:
    """The text that a feed carried of an entry, as it came."""
    return reads.feed_content(store.connection, entry_id)


def feed_texts(store: Store, texts: Sequence[tuple[int, ReadyPage]]) -> int:
    """Keeps texts that feeds carried whole, the first of them, as many as a short transaction holds; how many."""

    def keep(carried: tuple[int, ReadyPage]) -> None:
        entry_id, ready = carried
        if ready.text and ready.text.words:
            store.articles.store_article(entry_id, ready.article, time.time(), text=ready.text)

    return len(next(store.connection.in_batches(texts, keep)))


def standing(store: Store, entry_id: int, reason: str = "") -> Outcome:
    """The outcome for an entry, with what the library now has of it."""
    offline = store.connection.value("SELECT offline FROM entry WHERE id = ?", (entry_id,))
    return Outcome(reason=reason, offline=OFFLINE[offline or 0])
