"""What triggers derive agrees with what it is derived from."""

from datetime import UTC, datetime, timedelta

from cache.writes import marks

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


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
        assert store.connection.rows("SELECT * FROM tally WHERE total ORDER BY 1") == store.connection.rows(
            "SELECT source_id, count(*), sum(read = 0), count(saved), sum(offline = 1), sum(offline = 2), sum(queued)"
            " FROM shelf GROUP BY 1 ORDER BY 1"
        )
        gone.revert(store.connection)
