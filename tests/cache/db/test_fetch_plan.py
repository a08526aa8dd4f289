"""Which sources are due and which pages wanted; what the receipt counts."""

import math
from datetime import UTC, datetime

from cache.arrangement import Arrangement
from cache.db import reads
from cache.writes.sources import VisitRecord
from fetch.article import Teaser
from fetch.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
HOUR = 3600


def test_a_source_is_due_when_its_server_says(store, source_id):
    assert [due.id for due in store.plan.due_sources(NOW)] == [source_id]
    store.sources.record_visit(source_id, VisitRecord(NOW, "{}", NOW + HOUR))
    assert not store.plan.due_sources(NOW + 60)
    assert not store.plan.due_sources(NOW + 60, force=True)
    assert store.plan.due_sources(NOW + HOUR)


def test_a_schedule_leaves_sources_alone_for_an_hour_or_a_day(store, source_id):
    store.sources.record_visit(source_id, VisitRecord(NOW, '{"validators": {"etag": "x", "last_modified": ""}}', 0))
    assert store.plan.due_sources(NOW + 60)
    assert not store.plan.due_sources(NOW + 60, scheduled=True)
    assert store.plan.due_sources(NOW + HOUR, scheduled=True)
    store.sources.record_visit(source_id, VisitRecord(NOW, "{}", 0))
    assert not store.plan.due_sources(NOW + 23 * HOUR, scheduled=True)
    assert store.plan.due_sources(NOW + 24 * HOUR, scheduled=True)


def test_a_source_that_is_gone_is_never_due_but_stays(store, source_id):
    store.sources.record_visit(source_id, VisitRecord(NOW, "", math.inf, error="It is gone."))
    assert not store.plan.due_sources(NOW * 2, force=True)
    assert reads.source(store.connection, source_id).error == "It is gone."


def test_what_a_clock_that_was_ahead_has_set_keeps_nothing_from_being_asked(store, source_id, teasers):
    ahead = NOW + 365 * 24 * HOUR
    (first, second) = store.entries.store_listing(source_id, teasers(2), NOW)
    store.articles.store_failure(first.entry_id, "paywall", ahead)
    store.articles.store_failure(second.entry_id, "paywall", NOW)
    store.sources.record_visit(source_id, VisitRecord(ahead, "{}", ahead + HOUR))
    for how in ({}, {"force": True}, {"scheduled": True}):
        assert [due.id for due in store.plan.due_sources(NOW, **how)] == [source_id]
    assert [wanted.entry_id for wanted in store.plan.wanted(NOW)] == [first.entry_id]
    store.sources.record_visit(source_id, VisitRecord(NOW, "{}", NOW + HOUR))
    assert not store.plan.due_sources(NOW)


def test_only_the_sources_asked_for_are_due_and_wanted(store, source_id, teasers):
    other = store.sources.add(Source("https://other.example/feed", "feed"))
    store.entries.store_listing(source_id, teasers(1), NOW)
    store.entries.store_listing(other, [Teaser("https://other.example/1", "Other")], NOW)
    assert [due.id for due in store.plan.due_sources(NOW, [other])] == [other]
    assert [wanted.url for wanted in store.plan.wanted(NOW, [other])] == ["https://other.example/1"]
    assert store.plan.due_sources(NOW, []) == []


def test_wanted_are_the_newest_first_up_to_a_limit(store, source_id, teasers):
    store.entries.store_listing(source_id, teasers(3, day=1), NOW)
    store.entries.store_listing(source_id, teasers(2, day=2), NOW + HOUR)
    assert [wanted.url[-3:] for wanted in store.plan.wanted(NOW, limit=3)] == ["2/0", "2/1", "1/0"]


def test_a_receipt_counts_what_is_complete_and_why_the_rest_is_not(store, source_id, write, teasers):
    first, second, third, *_ = store.entries.store_listing(source_id, teasers(4), NOW)
    store.articles.store_article(first.entry_id, write(url=first.url), NOW)
    store.articles.store_failure(second.entry_id, "paywall", NOW)
    store.articles.store_article(third.entry_id, write(url=third.url, reason="later pages missing"), NOW)
    assert store.plan.receipt() == {
        "teaser": 1, "full": 1, "failed": 1, "part": 1,
        "reasons": {"paywall": 1}, "part_reasons": {"later pages missing": 1},
    }  # fmt: skip
    assert store.plan.receipt([source_id + 1]) == {
        "teaser": 0, "full": 0, "failed": 0, "part": 0, "reasons": {}, "part_reasons": {}
    }  # fmt: skip


def test_a_paused_source_is_asked_by_number_alone_and_so_are_its_pages(store, source_id, teasers):
    other = store.sources.add(Source("https://other.example/feed", "feed"))
    (wanted,) = store.entries.store_listing(source_id, teasers(1), NOW)
    store.sources.arrange(source_id, Arrangement(paused=True))
    assert [due.id for due in store.plan.due_sources(NOW)] == [other]
    assert not store.plan.due_sources(NOW, force=True)[1:]
    assert not store.plan.wanted(NOW)
    assert [due.id for due in store.plan.due_sources(NOW, [source_id])] == [source_id]
    assert [each.entry_id for each in store.plan.wanted(NOW, [source_id])] == [wanted.entry_id]
    store.connection.run("UPDATE shelf SET queued = 1")
    assert store.plan.wanted(NOW), "what the reader asked for is no matter of the source"
    store.sources.arrange(source_id, Arrangement(paused=False))
    assert len(store.plan.due_sources(NOW)) == 2


def test_a_source_is_asked_no_sooner_than_its_reader_wants_unless_by_name(store, source_id):
    store.sources.arrange(source_id, Arrangement(every=6 * HOUR))
    store.sources.record_visit(source_id, VisitRecord(NOW, "{}", 0))
    for scheduled in (False, True):
        assert not store.plan.due_sources(NOW + 5 * HOUR, scheduled=scheduled)
        assert store.plan.due_sources(NOW + 6 * HOUR, scheduled=scheduled)
    assert store.plan.due_sources(NOW + HOUR, [source_id], force=True)
    store.sources.record_visit(source_id, VisitRecord(NOW, '{"failures": 1}', 0, error="It timed out."))
    assert store.plan.due_sources(NOW + 60), "a failure has brought nothing that could be enough"
