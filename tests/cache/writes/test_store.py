"""Sources, what is due, what is wanted, and transactions."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from cache.db import reads
from cache.db.connection import Connection
from cache.search import lists
from cache.writes import marks
from cache.writes.sources import VisitRecord
from fetch.article import Teaser
from fetch.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
HOUR = 3600


def teasers(count, day=1):
    start = datetime(2026, 3, day, tzinfo=UTC)
    return [Teaser(f"https://paper.example/{day}/{n}", f"Story {n}", published=start) for n in range(count)]


@pytest.fixture
def source_id(store):
    return store.sources.add(Source("https://paper.example/feed", "feed"))


def test_what_stands_first_on_a_page_stands_first_in_the_list(store, source_id):
    wanted = store.entries.store_listing(source_id, teasers(3), NOW)
    assert [one.url[-1] for one in wanted] == ["0", "1", "2"]
    ids = [row[0] for row in store.connection.rows(f"SELECT id FROM shelf {lists.NEWEST}")]
    assert [entry.headline for entry in reads.entries(store.connection, ids)] == ["Story 0", "Story 1", "Story 2"]


def test_a_listing_fills_what_is_not_known_of_its_source(store, source_id):
    store.sources.describe(source_id, title="The Paper", home="https://paper.example", language="en")
    store.sources.describe(source_id, title="Another", home="https://other.example")
    source = reads.source(store.connection, source_id)
    assert (source.title, source.home) == ("The Paper", "https://paper.example")


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


def test_only_the_sources_asked_for_are_due_and_wanted(store, source_id):
    other = store.sources.add(Source("https://other.example/feed", "feed"))
    store.entries.store_listing(source_id, teasers(1), NOW)
    store.entries.store_listing(other, [Teaser("https://other.example/1", "Other")], NOW)
    assert [due.id for due in store.plan.due_sources(NOW, [other])] == [other]
    assert [wanted.url for wanted in store.plan.wanted(NOW, [other])] == ["https://other.example/1"]
    assert store.plan.due_sources(NOW, []) == []


def test_wanted_are_the_newest_first_up_to_a_limit(store, source_id):
    store.entries.store_listing(source_id, teasers(3, day=1), NOW)
    store.entries.store_listing(source_id, teasers(2, day=2), NOW + HOUR)
    assert [wanted.url[-3:] for wanted in store.plan.wanted(NOW, limit=3)] == ["2/0", "2/1", "1/0"]


def test_a_source_moves_with_everything_in_it(store, source_id):
    store.entries.store_listing(source_id, teasers(1), NOW)
    store.sources.move(source_id, "https://new.example/feed")
    assert reads.source(store.connection, "https://new.example/feed").total == 1
    assert store.sources.add(Source("https://new.example/feed", "feed")) == source_id


def test_a_receipt_counts_what_is_complete_and_why_the_rest_is_not(store, source_id, write):
    first, second, *_ = store.entries.store_listing(source_id, teasers(4), NOW)
    store.articles.store_article(first.entry_id, write(url=first.url), NOW)
    store.articles.store_failure(second.entry_id, "paywall", NOW)
    assert store.plan.receipt() == {"teaser": 2, "full": 1, "failed": 1, "reasons": {"paywall": 1}}
    assert store.plan.receipt([source_id + 1]) == {"teaser": 0, "full": 0, "failed": 0, "reasons": {}}


def test_a_batch_is_all_or_nothing(store, source_id):
    def broken_off():
        with store.batch():
            store.entries.store_listing(source_id, teasers(2), NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert store.connection.value("SELECT count(*) FROM entry") == 0
    with store.batch():
        store.entries.store_listing(source_id, teasers(2), NOW)
        with Connection(store.connection.path, reading=True) as other:
            assert other.value("SELECT count(*) FROM entry") == 0
    assert store.connection.value("SELECT count(*) FROM entry") == 2


def test_each_source_is_kept_once(store, source_id):
    assert store.sources.add(Source("https://paper.example/feed", "feed")) == source_id


def test_the_shelf_is_what_the_rows_say(store, source_id, write):
    for day in (1, 2):
        for wanted in store.entries.store_listing(source_id, teasers(20, day), NOW):
            if wanted.entry_id % 3:
                store.articles.store_article(
                    wanted.entry_id, write(url=wanted.url), NOW + timedelta(days=1).total_seconds()
                )
    wrong = store.connection.rows(
        "SELECT id FROM entry JOIN shelf USING (id) WHERE entry.at <> shelf.at OR entry.offline <> shelf.offline"
    )
    assert wrong == []
    assert store.connection.value("SELECT count(*) FROM shelf") == 40


def test_the_counts_are_what_a_count_would_say(store, source_id, write):
    for day in (1, 2, 3):
        for wanted in store.entries.store_listing(source_id, teasers(6, day), NOW):
            if wanted.entry_id % 2:
                store.articles.store_article(wanted.entry_id, write(url=wanted.url), NOW)
            else:
                store.articles.store_failure(wanted.entry_id, "not found", NOW)
    ids = [row[0] for row in store.connection.rows("SELECT id FROM shelf")]
    marks.mark_read(store.connection, ids[:7], True)
    marks.save(store.connection, ids[3:9], True, NOW)
    gone = marks.throw_away(store.connection, ids[5:8], NOW)
    store.entries.entry_for("https://other.example/1", queued=True, now=NOW)
    for _ in range(2):
        assert store.connection.rows("SELECT * FROM tally WHERE total ORDER BY 1") == store.connection.rows(
            "SELECT source_id, count(*), sum(read = 0), count(saved), sum(offline = 1), sum(offline = 2), sum(queued)"
            " FROM shelf GROUP BY 1 ORDER BY 1"
        )
        gone.revert(store.connection)


def test_a_story_is_folded_to_the_source_that_stands_first(store, keep):
    ids = [keep(f"Carrier {name} leaves", "The carrier left the harbour.") for name in ("A", "B", "C")]
    other = keep("Bakers strike", "Bread was short.")
    store.connection.run_many("UPDATE reports SET story = ? WHERE entry_id = ?", [(ids[0], id_) for id_ in ids])
    store.connection.run("UPDATE reports SET story = ? WHERE entry_id = ?", (other, other))
    entries = reads.entries(store.connection, [*ids, other])
    assert [(entry.story, entry.reports) for entry in entries] == [(ids[0], 3)] * 3 + [(0, 1)]
    assert list(lists.fold(store.connection, [other, *reversed(ids)])) == [other, *reversed(ids)]
    store.connection.run("UPDATE entry SET source_id = 9 WHERE id = ?", (ids[1],))
    assert list(lists.fold(store.connection, [other, *reversed(ids)])) == [other, ids[2], ids[0]]
    assert list(lists.fold(store.connection, ids * 400))[:2] == [ids[0], ids[2]]
    assert list(lists.fold(store.connection, [])) == []


def test_how_a_source_is_asked_is_set_piece_by_piece(store, source_id):
    store.sources.arrange(source_id, 5000, "http://127.0.0.1:9", {"Authorization": "@"})
    store.sources.arrange(source_id, None, None, None)
    (due,) = store.plan.due_sources(NOW)
    assert (due.max_bytes, due.proxy, due.headers) == (5000, "http://127.0.0.1:9", '{"Authorization": "@"}')
    store.sources.arrange(source_id, 0, "", {})
    (due,) = store.plan.due_sources(NOW)
    assert (due.max_bytes, due.proxy, due.headers) == (None, "", "")


def test_what_only_repeats_a_report_lands_read_unless_the_reader_has_marked_it(store, write):
    text = " ".join(f"The pilots of pier {number} kept the ferry at the quay until evening." for number in range(12))
    ids = []
    for place, name in enumerate(("One", "Two", "Three", "Four")):
        source = store.sources.add(Source(f"https://{name.lower()}.example/feed", "feed", title=name))
        url = f"https://{name.lower()}.example/ferry"
        wanted = store.entries.store_teaser(
            source, Teaser(url, "Ferry kept at the quay", published=datetime(2026, 3, 1, 12, tzinfo=UTC)), NOW + place
        )
        said = text if name != "Four" else text.replace("pier 3", "pier 33")
        store.articles.store_article(
            wanted.entry_id,
            write("Ferry kept at the quay", said, url=url, published=datetime(2026, 3, 1, 12, tzinfo=UTC)),
            NOW + place,
        )
        ids.append(wanted.entry_id)
    marks.set_scroll(store.connection, ids[2], 4)
    store.stories.assign_all()
    assert [entry.read for entry in reads.entries(store.connection, ids)] == [False, True, False, False]
