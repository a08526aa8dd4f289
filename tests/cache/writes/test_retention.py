"""What is past its time leaves the disk, what the reader wants stays, and the space is given back."""

import random

import pytest

from cache.db import reads
from cache.highlight import TextRange
from cache.library import open_library
from cache.rules.backoff import DAY
from cache.writes import highlights, marks, retention
from fetch.article import Teaser
from fetch.source import Source

NOW = 1_900_000_000.0


@pytest.fixture
def ids(keep):
    chance = random.Random(3)
    words = [" ".join(f"w{chance.randrange(10**6)}" for _ in range(400)) for _ in range(40)]
    return [keep(f"Story {number}", f"Text {words[number]}") for number in range(40)]


def test_pruning_keeps_what_the_reader_wants(store, ids):
    marks.mark_read(store.connection, ids[:30], True)
    marks.mark_read(store.connection, [ids[1]], False)  # unread by choice
    marks.save(store.connection, [ids[2]], True, NOW)
    marks.tag(store.connection, ids[3], ["work"])
    marks.note(store.connection, ids[4], "Ask")
    marks.set_scroll(store.connection, ids[5], 7)  # it merely lay open
    retention.keep_for(store.connection, 1, None, 10)
    expected = set(ids[30:]) | set(ids[1:5])
    told = retention.preview(store.connection, NOW)
    assert told.outlived == 26
    assert "26 articles past their time" in told.sentence
    assert retention.prune(store, NOW) == told
    assert {row[0] for row in store.connection.rows("SELECT id FROM shelf")} == expected
    assert retention.preview(store.connection, NOW).sentence == "nothing; no article is past its time."


def test_nothing_of_a_pruned_entry_is_left(store, ids):
    retention.keep_for(store.connection, 1, 1, None)
    retention.prune(store, NOW)
    for table in ("entry", "shelf", "article", "address", "mark", "related_vectors", "reports"):
        assert store.connection.value(f"SELECT count(*) FROM {table}") == 0, table
    for name in ("text_index", "headline_index"):
        store.connection.run(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        assert store.connection.rows(f"SELECT rowid FROM {name} WHERE {name} MATCH 'story OR text'") == []


def test_the_space_is_given_back(store, keep, path):
    chance = random.Random(4)
    with store.batch():
        for number in range(250):
            keep(f"Story {number}", " ".join(f"w{chance.randrange(10**6)}" for _ in range(400)))
    store.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.stat().st_size
    retention.keep_for(store.connection, 1, None, 5)
    retention.prune(store, NOW)
    assert path.stat().st_size < before * 0.5


def test_a_listing_does_not_bring_back_what_was_pruned(store, ids, keep, write):
    retention.keep_for(store.connection, 1, None, 1)
    retention.prune(store, NOW)
    again = Teaser(write("Story 3").url, "Story 3")
    assert store.entries.store_teaser(1, again, NOW) is None


def test_what_was_thrown_away_goes_a_day_later(store, ids):
    marks.throw_away(store.connection, ids[:3], NOW)
    assert retention.preview(store.connection, NOW + 60).thrown_away == 0
    assert retention.prune(store, NOW + DAY + 1).thrown_away == 3
    assert store.connection.value("SELECT count(*) FROM entry") == 37


def test_a_removed_source_leaves_for_good_a_day_later(store, ids):
    marks.remove_source(store.connection, 1, NOW)
    retention.prune(store, NOW + 60)
    assert store.connection.value("SELECT count(*) FROM source") == 1
    retention.prune(store, NOW + DAY + 1)
    assert store.connection.value("SELECT count(*) FROM source") == 0
    assert store.connection.value("SELECT count(*) FROM entry") == 0
    assert reads.status(store.connection).total == 0


@pytest.mark.anyio
async def test_through_the_door(tmp_path):
    async with open_library(tmp_path) as library:
        (handbook,) = library.sources()
        await library.keep_for(handbook.id, count=3)
        assert library.prunable().outlived == handbook.total - 3
        assert (await library.prune()).outlived == handbook.total - 3
        assert library.count() == 3


def kept_ids(store, ids):
    """A saved, a tagged, a noted, a queued and a highlighted entry, none of which was ever opened."""
    marks.save(store.connection, [ids[2]], True, NOW)
    marks.tag(store.connection, ids[3], ["work"])
    marks.note(store.connection, ids[4], "Ask")
    url = reads.entries(store.connection, [ids[5]])[0].url
    store.entries.entry_for(url, queued=True, now=NOW)
    highlights.make(store.connection, ids[6], TextRange("A word of it.", 2, 6), NOW)
    return ids[2:7]


def test_what_is_kept_outlives_its_source_and_every_limit(store, ids):
    kept = kept_ids(store, ids)
    assert reads.kept_of(store.connection, 1) == 5
    retention.keep_for(store.connection, 1, None, 0)
    assert retention.prune(store, NOW).outlived == 35
    step = marks.remove_source(store.connection, 1, NOW)
    retention.prune(store, NOW + 2 * DAY)
    entries = reads.entries(store.connection, kept)
    assert [(entry.id, entry.source) for entry in entries] == [(entry_id, "The Paper") for entry_id in kept]
    assert reads.article(store.connection, entries[0]).text
    assert reads.sources(store.connection) == []
    assert step.revert(store.connection)
    assert reads.sources(store.connection)[0].total == 5


def test_what_is_kept_goes_only_when_asked_to(store, ids):
    kept_ids(store, ids)
    marks.remove_source(store.connection, 1, NOW, with_kept=True)
    assert store.connection.value("SELECT count(*) FROM shelf") == 0
    retention.prune(store, NOW + 2 * DAY)
    assert store.connection.value("SELECT count(*) FROM entry") == 0


def test_what_stayed_without_its_source_goes_once_it_is_kept_no_longer(store, ids):
    marks.save(store.connection, ids[:1], True, NOW)
    marks.remove_source(store.connection, 1, NOW)
    retention.prune(store, NOW + 2 * DAY)
    marks.save(store.connection, ids[:1], False, NOW)
    assert retention.preview(store.connection, NOW + 2 * DAY).outlived == 1
    retention.prune(store, NOW + 2 * DAY)
    assert store.connection.value("SELECT count(*) FROM entry") == 0
    assert store.connection.value("SELECT count(*) FROM source") == 0


def test_a_source_removed_pruned_and_added_again_has_its_stories_again(store, ids, write):
    retention.keep_for(store.connection, 1, None, 30)
    retention.prune(store, NOW)
    url = reads.sources(store.connection)[0].url
    marks.remove_source(store.connection, 1, NOW)
    for days in (0.5, 2):
        retention.prune(store, NOW + days * DAY)
        source_id = store.sources.add(Source(url, "feed"))
        teasers = [Teaser(write(f"Story {number}").url, f"Story {number}") for number in range(40)]
        store.entries.store_listing(source_id, teasers, NOW)
        assert store.connection.value("SELECT count(*) FROM shelf WHERE source_id = ?", (source_id,)) == 40
        marks.remove_source(store.connection, source_id, NOW)


def test_what_another_source_lists_is_not_buried_with_the_one_removed(store, ids, write):
    other = store.sources.add(Source("https://other.example/feed", "feed"))
    marks.remove_source(store.connection, 1, NOW)
    retention.prune(store, NOW + 2 * DAY)
    assert store.entries.store_teaser(other, Teaser(write("Story 3").url, "Story 3"), NOW)


def test_what_is_kept_while_pruning_is_under_way_stays(store, ids, monkeypatch):
    """Another program saves an article after it was found to be past its time."""
    retention.keep_for(store.connection, 1, None, 0)
    planned = retention.plan

    def plan(connection, *asked):
        found = planned(connection, *asked)
        marks.save(connection, ids[-1:], True, NOW)
        return found

    monkeypatch.setattr(retention, "plan", plan)
    retention.prune(store, NOW)
    assert [row[0] for row in store.connection.rows("SELECT id FROM shelf")] == ids[-1:]


def test_removal_is_taken_back_even_after_pruning(store, ids):
    marks.save(store.connection, ids[:1], True, NOW)
    step = marks.remove_source(store.connection, 1, NOW, with_kept=True)
    retention.prune(store, NOW + 2 * DAY)
    assert step.revert(store.connection)
    assert reads.sources(store.connection)[0].title == "The Paper"
