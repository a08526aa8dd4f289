"""A source is kept once, described, moved and asked as the reader set it."""

from datetime import UTC, datetime

from cache.arrangement import Arrangement, Filing
from cache.db import reads
from cache.library import open_library
from cache.rules import http_state
from cache.writes import marks, source_changes
from cache.writes.sources import VisitRecord
from cache.writes.undo import UndoTrail
from fetch.source import UNKNOWN, Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


def test_each_source_is_kept_once(store, source_id):
    assert store.sources.add(Source("https://paper.example/feed", "feed")) == source_id


def test_a_listing_fills_what_is_not_known_of_its_source(store, source_id):
    store.sources.describe(source_id, title="The Paper", home="https://paper.example", language="en")
    store.sources.describe(source_id, title="Another", home="https://other.example")
    source = reads.source(store.connection, source_id)
    assert (source.title, source.home) == ("The Paper", "https://paper.example")


def test_a_source_moves_with_everything_in_it(store, source_id, teasers):
    store.entries.store_listing(source_id, teasers(1), NOW)
    store.sources.move(source_id, "https://new.example/feed")
    assert reads.source(store.connection, "https://new.example/feed").total == 1
    assert store.sources.add(Source("https://new.example/feed", "feed")) == source_id


def test_how_a_source_is_asked_is_set_piece_by_piece(store, source_id):
    store.sources.arrange(source_id, Arrangement(5000, 50, "http://127.0.0.1:9", {"Authorization": "@"}))
    store.sources.arrange(source_id, Arrangement())
    (due,) = store.plan.due_sources(NOW)
    held = (5000, 50, "http://127.0.0.1:9", '{"Authorization": "@"}')
    assert (due.max_bytes, due.most, due.proxy, due.headers) == held
    source = reads.source(store.connection, source_id)
    assert (source.max_bytes, source.most, source.proxy) == held[:3]
    store.sources.arrange(source_id, Arrangement(0, 0, "", {}))
    (due,) = store.plan.due_sources(NOW)
    assert (due.max_bytes, due.most, due.proxy, due.headers) == (None, None, "", "")


def test_a_source_that_rested_when_it_was_removed_is_asked_once_it_is_added_again(store, source_id):
    store.sources.toggle_paused([source_id])
    store.sources.add(Source("https://paper.example/feed", "feed"))
    assert reads.source(store.connection, source_id).paused, "one that is there stays as it is"
    marks.remove_source(store.connection, source_id, NOW)
    store.sources.add(Source("https://paper.example/feed", "feed"))
    assert not reads.source(store.connection, source_id).paused


def test_a_source_is_read_as_another_kind_from_its_next_visit_on_which_asks_for_all_of_it(store, source_id):
    seen = '{"validators": {"etag": "x", "last_modified": ""}, "whole": 5}'
    store.sources.record_visit(source_id, VisitRecord(NOW, seen, NOW + 99, error="It is not a feed."))
    store.sources.arrange(source_id, Arrangement(kind="section"))
    (due,) = store.plan.due_sources(NOW)
    assert due.kind == "section"
    assert http_state.load(due.state).validators == UNKNOWN
    assert reads.source(store.connection, source_id).error == ""
    store.sources.record_visit(source_id, VisitRecord(NOW, seen, NOW + 99))
    store.sources.arrange(source_id, Arrangement(kind="section"))
    assert not store.plan.due_sources(NOW), "it is read so already"


def test_what_comes_with_the_program_is_read_as_nothing_else(store):
    bundled = store.sources.add(Source("broadsheet:feed", "bundled"))
    store.sources.arrange(bundled, Arrangement(kind="feed"))
    assert reads.source(store.connection, bundled).kind == "bundled"


def test_sources_stand_in_the_order_they_were_given_and_new_ones_behind(store, source_id):
    others = [store.sources.add(Source(f"https://{name}.example/feed", "feed")) for name in ("b", "c")]
    store.sources.put_in_order([others[1], source_id, others[0]])
    new = store.sources.add(Source("https://new.example/feed", "feed"))
    assert [source.id for source in reads.sources(store.connection)] == [others[1], source_id, others[0], new]


def test_a_change_of_sources_is_taken_back_whole_also_over_a_restart(store, source_id):
    other = store.sources.add(Source("https://other.example/feed", "feed", "Other"))
    before = [reads.source(store.connection, each) for each in (source_id, other)]

    def change():
        store.sources.arrange(source_id, Arrangement(5000, 50, "http://127.0.0.1:9", every=3600, kind="section"))
        store.sources.file(other, "Renamed", ["Sea"])
        store.sources.put_in_order([other, source_id])

    act = source_changes.changed(store.connection, [source_id, other], change)
    with store.batch():
        UndoTrail().store(store.connection, act)
    assert act.number == 2
    assert UndoTrail().undo(store.connection) == "2 sources are as before, but for headers and proxy"
    store.sources.arrange(source_id, Arrangement(proxy=""))
    assert [reads.source(store.connection, each) for each in (source_id, other)] == before


def test_what_changes_nothing_of_a_source_or_only_its_secrets_is_no_act(store, source_id):
    change = source_changes.changed
    assert change(store.connection, [source_id], lambda: store.sources.arrange(source_id, Arrangement())) is None
    secret = Arrangement(headers={"Cookie": "mole-47"})
    assert change(store.connection, [source_id], lambda: store.sources.arrange(source_id, secret)) is None
    assert change(store.connection, [], lambda: None) is None


def test_sources_are_removed_as_one_act_and_one_that_is_gone_is_none_of_it(store, source_id):
    others = [store.sources.add(Source(f"https://{name}.example/feed", "feed")) for name in ("a", "b")]
    act = source_changes.remove(store.connection, [source_id, *others, source_id, 99], NOW)
    assert (act.sentence, act.number) == ("3 sources are back", 3)
    assert source_changes.remove(store.connection, others, NOW) is None
    act.revert(store.connection)
    assert len(reads.sources(store.connection)) == 3


async def test_odd_values_in_a_source_keep_no_act_from_being_done(tmp_path):
    async with open_library(tmp_path) as library:
        source_id = library.sources()[0].id
        odd = (
            "UPDATE source SET title = x'ff00', section = x'fe', paused = 'x', place = 9e999, every = x'01', most = 'y'"
        )
        await library.write(lambda store: store.connection.run(odd))
        await library.toggle_paused([source_id])
        await library.put_in_order([source_id])
        await library.arrange(source_id, Arrangement(most=5, every=3600), Filing("Named", ["Filed"]), (90, 100))
        await library.keep_for(source_id)
        while await library.undo():
            pass
