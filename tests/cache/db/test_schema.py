"""What triggers derive agrees with what it is derived from."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from cache.db import schema
from cache.db.rows import OFFLINE
from cache.writes import marks

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
COUNTED = (
    "SELECT source_id, count(*), sum(read = 0), count(saved), sum(offline = 1), sum(offline = 2), sum(queued = 1)"
    " FROM shelf GROUP BY 1 ORDER BY 1"
)


def test_the_lists_are_what_the_rows_say(store, source_id, write, teasers):
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


def test_the_counts_are_what_a_count_would_say(store, source_id, write, teasers):
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
        assert store.connection.rows("SELECT * FROM tally WHERE total ORDER BY 1") == store.connection.rows(COUNTED)
        gone.revert(store.connection)


def test_version_5_tells_what_is_here_in_part(older):
    sql = older(4)
    for number, (state, has_text) in enumerate(((0, False), (0, True), (1, True), (2, False), (2, True)), 1):
        sql.execute(
            "INSERT INTO entry (id, url, source_id, headline, at, seen, offline) VALUES (?, ?, 1, 'x', 0, 0, ?)",
            (number, f"https://a.example/{number}", state),
        )
        if has_text:
            sql.execute("INSERT INTO article (id, packed) VALUES (?, x'')", (number,))
    schema.tell_parts(sql)
    told = [OFFLINE[row[0]] for row in sql.execute("SELECT offline FROM shelf ORDER BY id")]
    assert told == ["teaser", "part", "full", "failed", "part"]
    assert sql.execute("SELECT total, whole, failed FROM tally").fetchall() == [(5, 1, 1)]


def test_version_6_knows_when_a_source_last_answered(older):
    sql = older(5)
    visits = (("", 9.0, '{"whole": 5.0}'), ("timed out", 9.0, '{"whole": 5.0}'), ("gone", 9.0, "{}"), ("gone", 9.0, ""))
    for number, visit in enumerate(visits):
        sql.execute(
            "INSERT INTO source (url, kind, error, refreshed, state) VALUES (?, 'feed', ?, ?, ?)", (str(number), *visit)
        )
    schema.note_answers(sql)
    assert [row[0] for row in sql.execute("SELECT answered FROM source ORDER BY id")] == [9.0, 5.0, None, None]


def test_version_7_takes_over_what_is_known_of_the_times_of_marks(older):
    sql = older(6)
    sql.execute("INSERT INTO source (id, url, kind) VALUES (1, 'a', 'feed')")
    for entry_id in range(1, 6):
        sql.execute(
            "INSERT INTO entry (id, url, source_id, headline, at, seen) VALUES (?, ?, 1, '', 0, 0)", [entry_id] * 2
        )
    sql.execute("INSERT INTO mark (id, read, saved) VALUES (1, 1, 50.0)")
    sql.execute("INSERT INTO mark (id, gone) VALUES (2, 60.0)")
    sql.execute("INSERT INTO mark (id, read) VALUES (3, 0)")  # unread by choice
    sql.execute("INSERT INTO mark (id, scroll) VALUES (4, 12)")  # it only lay open
    sql.execute("INSERT INTO tag (entry_id, name) VALUES (1, 'work')")
    sql.execute("INSERT INTO buried (name, source_id) VALUES (1, 1), (2, 99)")
    schema.time_the_acts(sql)
    columns = "read_at, saved_at, queued_at, gone_at, note_at"
    assert sql.execute(f"SELECT {columns} FROM mark ORDER BY id").fetchall() == [
        (0, 50, 0, 0, 0),
        (0, 0, 0, 60, 0),
        (0.001, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
    ]
    assert sql.execute("SELECT at FROM tag").fetchall() == [(0,)]
    assert sql.execute("SELECT name FROM buried").fetchall() == [(1,)], "of a source that is gone, nothing stays buried"


@pytest.fixture
def older(tmp_path):
    """Makes a library file as an earlier version left it."""
    with closing(sqlite3.connect(tmp_path / "older.db")) as sql:

        def make(version):
            for step in schema.STEPS[:version]:
                step(sql)
            return sql

        yield make


@pytest.mark.parametrize("value", [77, -1, 2**63 - 1, 0.5, "often", "", b"1", None])
@pytest.mark.parametrize("column", ["read", "queued"])
def test_counts_hold_whatever_stands_in_a_mark(store, source_id, teasers, column, value):
    listed = store.entries.store_listing(source_id, teasers(6, 1), NOW)
    ids = [wanted.entry_id for wanted in listed]
    marks.mark_read(store.connection, ids[:2], True)
    for one in ids[:4]:
        store.connection.run("INSERT OR IGNORE INTO mark (id) VALUES (?)", (one,))
        for odd in (value, 1, value, 0, value):
            store.connection.run(f"UPDATE OR IGNORE mark SET {column} = ? WHERE id = ?", (odd, one))
            assert store.connection.rows("SELECT * FROM tally WHERE total ORDER BY 1") == store.connection.rows(COUNTED)
    marks.throw_away(store.connection, ids[:2], NOW)
    marks.mark_read(store.connection, ids, True)
    store.connection.run("UPDATE entry SET source_id = 99 WHERE id = ?", (ids[2],))
    assert store.connection.rows("SELECT * FROM tally WHERE total ORDER BY 1") == store.connection.rows(COUNTED)


def test_version_10_counts_anew_what_was_miscounted(older):
    sql = older(9)
    sql.execute("INSERT INTO source (id, url, kind) VALUES (7, 'https://a.example/', 'feed')")
    for number in (1, 2, 3):
        sql.execute(
            "INSERT INTO entry (id, url, source_id, headline, at, seen) VALUES (?, ?, 7, 'x', 0, 0)",
            (number, f"https://a.example/{number}"),
        )
    sql.execute("INSERT INTO mark (id, read) VALUES (1, 77)")
    assert sql.execute("SELECT unread FROM tally WHERE source_id = 7").fetchone() == (-74,)
    schema.index_what_is_asked(sql)
    assert sql.execute("SELECT total, unread FROM tally WHERE source_id = 7").fetchone() == (3, 2)
    sql.execute("UPDATE mark SET read = 0 WHERE id = 1")
    assert sql.execute("SELECT unread FROM tally WHERE source_id = 7").fetchone() == (3,)
