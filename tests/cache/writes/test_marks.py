"""What the reader does is kept, and every step can be taken back, any number of them."""

import json
import random
import sqlite3

import pytest

from cache.db import reads
from cache.search import lists
from cache.writes import marks, saved_searches
from cache.writes.undo import OVER_A_RESTART, UndoTrail
from fetch.source import Source

NOW = 1_800_000_000.0

TALLY = (
    "SELECT source_id, count(*), sum(read = 0), count(saved), sum(offline = 1), sum(offline = 2), sum(queued)"
    " FROM shelf GROUP BY source_id"
)


@pytest.fixture
def ids(keep):
    return [keep(f"Story {number}", f"Text {number}.") for number in range(6)]


def state(store):
    tables = {"mark": "id, read, saved, queued, gone, scroll, note", "tag": "entry_id, name"}
    tables |= dict.fromkeys(("shelf", "saved_search", "source"), "*")
    rows = {
        table: sorted(store.connection.rows(f"SELECT {what} FROM {table}"), key=repr) for table, what in tables.items()
    }
    # A mark that says nothing is as good as none.
    rows["mark"] = [row for row in rows["mark"] if any(row[1:])]
    return rows


@pytest.fixture
def written(store):
    """The tables that are written from here on, those that triggers derive left out."""
    tables = set()

    def note(action, table, _column, _database, trigger):
        if trigger is None and action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE):
            tables.add(table)
        return sqlite3.SQLITE_OK

    store.connection.sql.set_authorizer(note)
    yield tables
    store.connection.sql.set_authorizer(None)


PUBLISHED, OF_THE_READER = {"entry", "article", "revision", "pending"}, {"mark", "tag", "withdrawn_tag", "undo"}


def test_an_act_of_the_readers_changes_nothing_that_was_published(store, ids, written):
    trail = UndoTrail()
    for act in (
        marks.mark_read(store.connection, ids, True),
        marks.save(store.connection, ids, True),
        marks.retag(store.connection, ids[0], ["harbour"], []),
        marks.retag(store.connection, ids[0], ["port"], ["harbour"]),
        marks.note(store.connection, ids[0], "Look again"),
        marks.throw_away(store.connection, ids[1:2], NOW),
        marks.remove_source(store.connection, 1, NOW),
    ):
        trail.store(store.connection, act)
    assert not written & PUBLISHED
    assert written >= OF_THE_READER


def test_an_article_that_comes_changes_nothing_that_the_reader_did(keep, ids, written):
    keep("Story 0", "It was told anew.")
    keep("Another story", "It was told.")
    assert written >= PUBLISHED - {"pending"}
    assert not written & OF_THE_READER


def test_marking_read_changes_only_what_differs(store, ids):
    marks.mark_read(store.connection, ids[:2], True)
    step = marks.mark_read(store.connection, ids[:3], True)
    assert step.sentence == "1 article is unread again"
    step.revert(store.connection)
    assert [row[0] for row in store.connection.rows("SELECT id FROM shelf WHERE read = 1 ORDER BY id")] == ids[:2]
    assert marks.mark_read(store.connection, ids[:2], True) is None


def test_the_reading_list_keeps_its_order(store, ids):
    marks.save(store.connection, [ids[2]], True, NOW)
    marks.save(store.connection, [ids[0], ids[1]], True, NOW)
    order = lambda: list(lists.reading_list(store.connection))  # noqa: E731
    assert order() == [ids[2], ids[0], ids[1]]
    step = marks.move_saved(store.connection, ids[1], -2)
    assert order() == [ids[1], ids[2], ids[0]]
    marks.move_saved(store.connection, ids[1], 9)
    assert order() == [ids[2], ids[0], ids[1]]
    step.revert(store.connection)
    assert order() == [ids[2], ids[0], ids[1]]
    assert marks.move_saved(store.connection, ids[5], 1) is None


def test_what_is_thrown_away_is_on_no_list_and_can_come_back(store, ids, keep):
    marks.mark_read(store.connection, [ids[0]], True)
    step = marks.throw_away(store.connection, ids[:2], NOW)
    assert store.connection.value("SELECT count(*) FROM shelf") == 4
    assert reads.entries(store.connection, ids[:2]) == []
    step.revert(store.connection)
    assert reads.entries(store.connection, [ids[0]])[0].read


def test_a_removed_source_takes_its_entries_and_brings_them_back(store, ids):
    source_id = reads.sources(store.connection)[0].id
    marks.mark_read(store.connection, ids[:1], True)
    gone = marks.throw_away(store.connection, ids[1:2], NOW)
    before = state(store)
    step = marks.remove_source(store.connection, source_id, NOW + 1)
    assert reads.sources(store.connection) == []
    assert store.connection.value("SELECT count(*) FROM shelf") == 0
    step.revert(store.connection)
    assert state(store) == before
    assert marks.remove_source(store.connection, source_id + 99, NOW) is None
    gone.revert(store.connection)
    assert store.connection.value("SELECT count(*) FROM shelf") == 6


def test_a_source_added_again_has_what_is_left_of_it(store, ids):
    source = reads.sources(store.connection)[0]
    gone = marks.throw_away(store.connection, ids[:1], NOW)
    marks.remove_source(store.connection, source.id, NOW + 1)
    assert store.sources.add(Source(source.url, "feed")) == source.id
    assert store.connection.value("SELECT count(*) FROM shelf") == 5
    assert gone


def test_tags_and_notes(store, ids):
    step = marks.tag(store.connection, ids[0], ["Later ", "work", ""])
    assert reads.entries(store.connection, ids[:1])[0].tags == ("later", "work")
    assert marks.tag(store.connection, ids[0], ["work", "LATER"]) is None
    step.revert(store.connection)
    assert reads.entries(store.connection, ids[:1])[0].tags == ()
    step = marks.note(store.connection, ids[0], "Ask Ana")
    assert store.connection.value("SELECT note FROM mark WHERE id = ?", ids[:1]) == "Ask Ana"
    step.revert(store.connection)
    assert store.connection.value("SELECT note FROM mark WHERE id = ?", ids[:1]) == ""


def test_saved_searches_are_kept_by_name(store, ids):
    first = saved_searches.keep(store.connection, "Navy", "carrier")
    second = saved_searches.keep(store.connection, "Navy", "carrier is:unread")
    assert [search[1:] for search in reads.saved_searches(store.connection)] == [("Navy", "carrier is:unread")]
    second.revert(store.connection)
    assert reads.saved_searches(store.connection)[0].query == "carrier"
    dropped = saved_searches.drop(store.connection, "Navy")
    assert reads.saved_searches(store.connection) == []
    dropped.revert(store.connection)
    first.revert(store.connection)
    assert reads.saved_searches(store.connection) == []


def test_any_number_of_steps_go_back_to_where_they_began(store, ids):
    """Random steps, all taken back: after each the library is what it was before that step."""
    chance = random.Random(11)
    some = lambda: chance.sample(ids, chance.randint(1, 4))  # noqa: E731
    deeds = (
        lambda: marks.mark_read(store.connection, some(), chance.random() < 0.6),
        lambda: marks.save(store.connection, some(), chance.random() < 0.6, NOW),
        lambda: marks.throw_away(store.connection, some()[:1], NOW),
        lambda: marks.retag(store.connection, some()[0], chance.sample("abcd", 2), chance.sample("abcd", 2)),
        lambda: marks.note(store.connection, some()[0], chance.choice("xyz")),
        lambda: marks.move_saved(store.connection, some()[0], chance.choice((-2, -1, 1, 2))),
        lambda: marks.remove_source(store.connection, 1, NOW),
        lambda: saved_searches.keep(store.connection, chance.choice("ab"), chance.choice("xyz")),
    )
    trail, before = UndoTrail(), []
    for _ in range(400):
        if before and chance.random() < 0.3:
            assert trail.undo(store.connection)
            assert state(store) == before.pop()
            continue
        as_it_was = state(store)
        step = chance.choice(deeds)()
        assert store.connection.rows("SELECT * FROM tally WHERE total") == store.connection.rows(TALLY)
        if step:
            before.append(as_it_was)
            trail.remember(trail.store(store.connection, step), step)
    assert len(before) > 20
    while before:
        assert trail.undo(store.connection)
        assert state(store) == before.pop()
    assert trail.undo(store.connection) == ""


def acted(store, trail, act):
    if act:
        trail.remember(trail.store(store.connection, act), act)


def test_a_toggle_pressed_twice_is_as_it_was(store, ids):
    for _ in range(2):
        marks.toggle_read(store.connection, ids[0])
        marks.toggle_saved(store.connection, ids[0])
    (entry,) = reads.entries(store.connection, ids[:1])
    assert (entry.read, entry.saved) == (False, False)
    assert marks.toggle_read(store.connection, 424242) is None


def test_a_tag_added_elsewhere_stays(store, ids):
    marks.tag(store.connection, ids[0], ["old"])
    step = marks.retag(store.connection, ids[0], ["new"], ["old", "never"])
    marks.tag(store.connection, ids[0], ["elsewhere"])
    assert reads.entries(store.connection, ids[:1])[0].tags == ("elsewhere", "new")
    step.revert(store.connection)
    assert reads.entries(store.connection, ids[:1])[0].tags == ("elsewhere", "old")


def test_the_last_twenty_acts_can_be_taken_back_after_a_restart(store, ids):
    trail = UndoTrail()
    for number in range(OVER_A_RESTART + 5):
        acted(store, trail, marks.note(store.connection, ids[0], f"note {number}"))
    later = UndoTrail()
    undone = [later.undo(store.connection) for _ in range(OVER_A_RESTART)]
    assert undone == ["The note is as before"] * OVER_A_RESTART
    assert later.undo(store.connection) == ""
    assert reads.note(store.connection, ids[0]) == "note 4"
    for _ in range(5):  # those of the sitting itself have no end
        trail.undo(store.connection)


def test_undo_takes_back_what_this_program_did_not_what_another_did_meanwhile(store, ids):
    here, there = UndoTrail(), UndoTrail()
    acted(store, here, marks.save(store.connection, ids[:1], True, NOW))
    acted(store, there, marks.note(store.connection, ids[1], "from a shell"))
    assert here.undo(store.connection) == "1 article is no longer saved"
    assert here.undo(store.connection) == ""
    assert reads.note(store.connection, ids[1]) == "from a shell"


def test_an_act_whose_entries_are_gone_for_good_is_passed_by(store, ids):
    trail = UndoTrail()
    acted(store, trail, marks.save(store.connection, ids[:1], True, NOW))
    acted(store, trail, marks.throw_away(store.connection, ids[1:2], NOW))
    store.entries.delete(ids[1:2])
    assert trail.undo(store.connection) == "1 article is no longer saved"


def test_a_row_of_rubbish_on_the_trail_is_passed_by(store, ids):
    wrong = (
        ["marks", "read = 1, note", [[1, ids]]],
        ["marks", "read", [[1, ["x"]]]],
        ["marks", "read", [[1, 2]]],
        ["marks", "note", [[[], ids]]],
        ["marks", "note", [["\ud800", ids]]],
        ["places", [[ids[0], "x"]]],
        ["places", [[10**30, 1]]],
        ["tags", ids[0], [1], []],
        ["tags", ids[0], ["a"]],
        ["search", 1, "a"],
        ["source", ids[0], "https://paper.example/"],
        ["sources", [["url", "https://other.example/", [1]]]],
        ["sources", [["paused = 1, url", 0, [1]]]],
        ["sources", [["kind", "bundled", [1]]]],
        ["sources", [["paused", 2, [1]]]],
        ["sources", [["title", None, [1]]]],
        ["sources", [["every", "x", [1]]]],
        ["sources", [["every", 5, 1]]],
        ["sources", 5],
    )
    changes = [json.dumps([change]) for change in wrong]
    for rubbish in ("", "{", "[[]]", '[["unheard of", 1]]', "5", "[" * 99_999, b"\xff", *changes):
        store.connection.run("INSERT INTO undo (at, sentence, changes) VALUES (0, 'x', ?)", (rubbish,))
    assert UndoTrail().undo(store.connection) == ""


def test_every_mark_and_its_withdrawal_say_when(store, ids):
    connection, entry_id = store.connection, ids[0]
    marks.mark_read(connection, [entry_id], True, NOW)
    marks.save(connection, [entry_id], True, NOW + 1)
    marks.note(connection, entry_id, "x", NOW + 2)
    marks.tag(connection, entry_id, ["a", "b"], NOW + 3)
    marks.retag(connection, entry_id, [], ["a"], NOW + 4)
    marks.throw_away(connection, [entry_id], NOW + 5)
    row = connection.row("SELECT read_at, saved_at, note_at, gone_at FROM mark WHERE id = ?", (entry_id,))
    assert row == (NOW, NOW + 1, NOW + 2, NOW + 5)
    assert connection.rows("SELECT name, at FROM tag") == [("b", NOW + 3)]
    assert connection.rows("SELECT name, at FROM withdrawn_tag") == [("a", NOW + 4)]
    store.entries.entry_for("https://other.example/1", queued=True, now=NOW + 6)
    assert connection.rows("SELECT queued_at FROM mark WHERE queued = 1") == [(NOW + 6,)]


def test_what_is_withdrawn_says_when(store, ids, write):
    connection, entry_id = store.connection, ids[0]
    thrown = marks.throw_away(connection, [entry_id], NOW)
    assert thrown.revert(connection)
    marks.mark_read(connection, [entry_id], True, NOW)
    marks.save(connection, [entry_id], True, NOW)
    marks.note(connection, entry_id, "x", NOW)
    asked = store.entries.entry_for("https://other.example/1", queued=True, now=NOW)
    marks.mark_read(connection, [entry_id], False, NOW + 1)
    marks.save(connection, [entry_id], False, NOW + 2)
    marks.note(connection, entry_id, "", NOW + 3)
    store.articles.store_article(asked, write("It came"), NOW + 4)
    asked_for = "read, read_at, saved, saved_at, note, note_at, gone, gone_at"
    row = connection.row(f"SELECT {asked_for} FROM mark WHERE id = ?", (entry_id,))
    assert row[:-1] == (0, NOW + 1, None, NOW + 2, "", NOW + 3, None)
    assert row[-1] > NOW
    assert connection.row("SELECT queued, queued_at FROM mark WHERE id = ?", (asked,)) == (0, NOW + 4)


def test_the_newest_act_is_the_newest_whatever_a_clock_says(store, ids):
    """A mark that came from a machine whose clock is ahead can still be withdrawn here."""
    marks.save(store.connection, ids[:1], True, NOW + 1000)
    marks.save(store.connection, ids[:1], False, NOW)
    assert store.connection.row("SELECT saved, saved_at > ? FROM mark WHERE id = ?", (NOW + 1000, ids[0])) == (None, 1)


def test_undo_leaves_a_note_that_another_program_wrote_since(store, ids):
    here, there = UndoTrail(), UndoTrail()
    acted(store, here, marks.note(store.connection, ids[0], "mine"))
    acted(store, there, marks.note(store.connection, ids[0], "of another shell"))
    assert here.undo(store.connection) == "What was written there since stays; nothing was taken back"
    assert reads.note(store.connection, ids[0]) == "of another shell"
    assert there.undo(store.connection) == "The note is as before"
    assert reads.note(store.connection, ids[0]) == "mine"


def test_undo_leaves_a_search_that_another_program_kept_since(store):
    here, there = UndoTrail(), UndoTrail()
    acted(store, here, saved_searches.keep(store.connection, "Harbour", "harbour"))
    acted(store, here, saved_searches.drop(store.connection, "Harbour"))
    acted(store, there, saved_searches.keep(store.connection, "Harbour", "harbour is:unread"))
    assert here.undo(store.connection) == "What was written there since stays; nothing was taken back"
    assert [search.query for search in reads.saved_searches(store.connection)] == ["harbour is:unread"]


def test_a_note_of_an_article_that_is_gone_for_good_is_passed_by(store, ids):
    trail = UndoTrail()
    acted(store, trail, marks.save(store.connection, ids[:1], True, NOW))
    acted(store, trail, marks.note(store.connection, ids[1], "mine"))
    store.entries.delete(ids[1:2])
    assert trail.undo(store.connection) == "1 article is no longer saved"
