"""Of two acts on one thing the newest wins, in whichever order they arrive."""

import itertools

import pytest

from cache.db.acts import TimedAct
from cache.writes import marks
from cache.writes.merge import merge

NOW = 1_800_000_000.0

ACTS = {
    "read": [TimedAct("read", True, NOW), TimedAct("read", False, NOW + 1), TimedAct("read", True, NOW + 2)],
    "saved": [TimedAct("saved", True, NOW), TimedAct("saved", False, NOW + 1)],
    "gone": [TimedAct("gone", True, NOW), TimedAct("gone", False, NOW + 1)],
    "queued": [TimedAct("queued", True, NOW), TimedAct("queued", False, NOW + 1)],
    "note": [TimedAct("note", "first", NOW), TimedAct("note", "second", NOW + 1), TimedAct("note", "third", NOW + 1)],
    "tag": [TimedAct("tag", True, NOW, "a"), TimedAct("tag", False, NOW + 1, "a"), TimedAct("tag", True, NOW + 1, "a")],
}


def state(connection):
    return (
        connection.rows("SELECT * FROM mark"),
        connection.rows("SELECT * FROM tag"),
        connection.rows("SELECT * FROM shelf"),
    )


@pytest.mark.parametrize("name", ACTS)
def test_the_order_of_arrival_does_not_matter(store, keep, name):
    ends = []
    for order in itertools.permutations(ACTS[name]):
        entry_id = keep(f"Story {len(ends)}")
        for act in order:
            merge(store.connection, entry_id, act)
        row = store.connection.row("SELECT * FROM mark WHERE id = ?", (entry_id,))
        tags = store.connection.rows("SELECT name, at FROM tag WHERE entry_id = ?", (entry_id,))
        ends.append((row and row[1:], tags))
        assert not merge(store.connection, entry_id, order[0]), "a second time changes nothing"
    assert all(end == ends[0] for end in ends)


def test_what_was_done_here_later_stays(store, keep):
    entry_id = keep()
    marks.save(store.connection, [entry_id], False, NOW)
    marks.mark_read(store.connection, [entry_id], True, NOW)
    marks.mark_read(store.connection, [entry_id], False, NOW)
    before = state(store.connection)
    assert not merge(store.connection, entry_id, TimedAct("read", True, NOW - 1))
    assert state(store.connection) == before
    assert merge(store.connection, entry_id, TimedAct("read", True, NOW + 1))


def test_an_act_of_unknown_time_fills_what_is_empty_and_overrides_nothing(store, keep):
    entry_id = keep()
    assert merge(store.connection, entry_id, TimedAct("note", "came in"))
    assert not merge(store.connection, entry_id, TimedAct("note", "zzz"))
    marks.mark_read(store.connection, [entry_id], True, NOW)
    marks.mark_read(store.connection, [entry_id], False, NOW)
    assert not merge(store.connection, entry_id, TimedAct("read", True))
    assert merge(store.connection, entry_id, TimedAct("saved", True))
    marks.tag(store.connection, entry_id, ["a"], NOW)
    marks.retag(store.connection, entry_id, [], ["a"], NOW + 1)
    assert not merge(store.connection, entry_id, TimedAct("tag", True, 0, "a"))
    assert merge(store.connection, entry_id, TimedAct("tag", True, NOW + 2, "a"))


def test_a_withdrawn_tag_goes_with_its_entry(store, keep):
    entry_id = keep()
    marks.tag(store.connection, entry_id, ["a"], NOW)
    marks.retag(store.connection, entry_id, [], ["a"], NOW + 1)
    store.entries.delete([entry_id])
    assert store.connection.value("SELECT count(*) FROM withdrawn_tag") == 0
    assert not merge(store.connection, entry_id, TimedAct("saved", True, NOW)), "nothing is marked that is not there"
    assert store.connection.value("SELECT count(*) FROM mark") == 0
