"""Lists cost the same at any size: every filter is answered from an index, in order, and only as far as it is shown."""

import tomllib
from pathlib import Path
from time import thread_time

import pytest

from cache.db import reads
from cache.search import lists
from cache.search.query import parse
from cache.writes.store import Store

FLOORS = tomllib.loads((Path(__file__).parents[2] / "bench" / "floors.toml").read_text("utf-8"))["library"]


def filled(path, count):
    """A library of so many rows, put in at once: what a list sees of a hundred thousand articles."""
    with Store(path) as store:
        with store.batch():
            store.connection.run("INSERT INTO source (url, kind, title) VALUES ('https://a.example/', 'feed', 'A')")
            store.connection.run(
                "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)"
                " INSERT INTO entry (url, source_id, headline, at, seen, offline)"
                " SELECT 'https://a.example/' || n, 1 + n % 40, 'Story ' || n, n * 3600, n * 3600, n % 5 > 0"
                " FROM number",
                (count,),
            )
            store.connection.run("INSERT INTO mark (id, read) SELECT id, 1 FROM entry WHERE id % 3")
            store.connection.run("INSERT INTO mark (id, saved) SELECT id, id FROM entry WHERE id % 300 = 0")
        return path


@pytest.mark.parametrize(
    "query",
    [
        *("", "is:unread", "is:read", "is:saved", "is:full", "is:failed", "is:teaser", "is:queued", "source:1"),
        *("source:1 is:unread", "since:7d", "before:2020-01-01", "-is:unread"),
    ],
)
def test_every_filter_is_read_off_an_index_in_order(store, query):
    store.connection.run("INSERT INTO source (url, kind) VALUES ('https://a.example/', 'feed')")
    where, values = lists.conditions(store.connection, parse(query).filters)
    plan = store.connection.rows(
        f"EXPLAIN QUERY PLAN SELECT shelf.id FROM shelf WHERE {where} {lists.NEWEST} LIMIT 50", values
    )
    steps = [row[3] for row in plan]
    assert all("INDEX shelf_" in step for step in steps), steps


def first_screens(store):
    for query in ("", "is:unread", "is:saved", "is:full", "source:1"):
        reads.entries(store.connection, lists.listed(store.connection, parse(query).filters, 50))


def test_the_first_screen_is_flat(tmp_path):
    """A list of 40,000 costs the processor what one of 1,000 does, the two asked in turn."""
    small, large = (filled(tmp_path / str(count) / "library.db", count) for count in (1000, 40_000))
    least = [1e9, 1e9]
    with Store(small) as few, Store(large) as many:
        for _ in range(60):
            for place, store in enumerate((few, many)):
                began = thread_time()
                first_screens(store)
                least[place] = min(least[place], thread_time() - began)
    assert least[1] / least[0] < FLOORS["first_screen_40000_beside_1000"]
