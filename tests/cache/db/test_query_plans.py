"""What is asked often is looked up: no statement walks through a table that grows with the library."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

import pytest

from cache.db import reads
from cache.db.acts import TimedAct
from cache.entry import Entry
from cache.library import Library, open_reading
from cache.refresh.options import RefreshOptions
from cache.refresh.storing import failed, plan
from cache.search.query import STATES
from cache.writes import joining, marks, merge, retention
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source
from tests.newsroom import keep_listing

GROWS = "entry mark shelf address article revision pending buried tag withdrawn_tag reports related_vectors".split()
GROWS += "related_words related_postings related_links unreadable".split()
SCAN = re.compile(rf"SCAN (?:{'|'.join(GROWS)})\b(?: USING (?:COVERING )?INDEX (\w+))?")
WALKS = {
    "SELECT offline, count(*) FROM shelf": "the receipt, once a refresh, counts what is there: one index",
    "SELECT count(*) FROM entry": "of pruning: what an entry weighs, once",
    "SELECT count(*) FROM shelf WHERE 1": "a count that a reader asks for: one index, of a filter those it finds",
}
"""Statements that walk through such a table on purpose, and why."""


class Statements:
    """The statements that a connection runs, each once, with its parameters."""

    def __init__(self) -> None:
        self.run: dict[str, str] = {}

    @contextmanager
    def of(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.set_trace_callback(self._note)
        yield
        connection.set_trace_callback(None)

    def _note(self, statement: str) -> None:
        if re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", statement):
            self.run.setdefault(re.sub(r"-?\d+|'[^']*'|[\[\]x, ?]", "", statement), statement)


def text_of(number: int) -> str:
    return " ".join(f"word{(number * 7 + place) % 90} harbour" for place in range(60))


def fill(store: Store) -> list[int]:
    """Some hundred entries of three sources, as a refresh keeps them."""
    ids: list[int] = []
    for source in range(3):
        source_id = store.sources.add(Source(f"https://paper{source}.example/feed", "feed", title=f"Paper {source}"))
        urls = [f"https://paper{source}.example/{number}" for number in range(40)]
        teasers = tuple(Teaser(url, f"Story {number}", key=f"k{number}") for number, url in enumerate(urls))
        for number, wanted in enumerate(keep_listing(store, source_id, teasers)):
            article = Article(wanted.url, f"Story {number}", (Paragraph((Span(text_of(number)),)),))
            store.articles.store_article(wanted.entry_id, article, time())
            ids.append(wanted.entry_id)
    return ids


def refresh(store: Store) -> None:
    plan(store, RefreshOptions())
    ids = fill(store)
    fill(store)
    failed(store, ids[0], "not found")
    store.articles.store_article(
        ids[1], Article("https://paper0.example/1", "New", (Paragraph((Span("New."),)),)), time()
    )
    store.stories.assign_all()
    store.plan.receipt()
    store.entries.entry_for("https://elsewhere.example/1", queued=True, now=time())


def act(store: Store) -> None:
    """What a reader does with entries and sources."""
    ids = [row[0] for row in store.connection.rows("SELECT id FROM shelf LIMIT 60")]
    marks.toggle_read(store.connection, ids[0])
    marks.mark_read(store.connection, ids[:20], True)
    marks.toggle_saved(store.connection, ids[3])
    marks.retag(store.connection, ids[4], ["work"], ["home"])
    marks.note(store.connection, ids[5], "Ask.")
    marks.set_scroll(store.connection, ids[5], 7)
    merge.merge(store.connection, ids[6], TimedAct("saved", True, 5.0))
    marks.throw_away(store.connection, ids[7:12], 1.0)
    joining.join(store.connection, store.indexing, ids[20], ids[21])
    source_id = reads.sources(store.connection)[0].id
    marks.remove_source(store.connection, source_id, 2.0)
    store.sources.add(Source("https://paper0.example/feed", "feed"))
    marks.remove_source(store.connection, reads.sources(store.connection)[-1].id, 2.0)
    retention.keep_for(store.connection, source_id, None, 5)
    retention.preview(store.connection, time())
    retention.prune(store, time())


def look(library: Library) -> None:
    """What a reader looks at."""
    queries = ["", *(f"is:{state}" for state in STATES), "tag:work", "source:paper", "since:7d", "lang:en", "reason:x"]
    for query in [*queries, "harbour", '"harbour word3"', "section:news", "headline:story -word5"]:
        found = library.ids(query, limit=20)
        library.count(query)
        entries = library.entries(found)
    shown: Entry = entries[0]
    library.article(shown.id)
    library.related(shown.id)
    library.timeline(shown.id)
    library.note_of(shown.id)
    library.sources()
    library.status()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path, statements = tmp_path_factory.mktemp("plans") / "library.db", Statements()
    with Store(path) as store:
        for work in (refresh, act, refresh):
            with statements.of(store.connection.sql):
                work(store)
    with open_reading(path.parent) as library, statements.of(library.connection.sql):
        look(library)
    return path, [*statements.run.values()]


def plan_of(connection: sqlite3.Connection, statement: str) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]


def walk_in(connection: sqlite3.Connection, statement: str) -> str:
    """The step of a statement's plan that walks through a whole table that grows, "" where none does.

    An index of some rows alone holds what is asked for; a list goes down an index as far as it is shown.
    """
    partial = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%INDEX%WHERE%'")}
    for step in plan_of(connection, statement):
        found = SCAN.search(step)
        if found and found[1] not in partial | {"tag_entry"} and not (found[1] and " LIMIT " in statement):
            return step
    return ""


def test_no_statement_walks_through_what_grows(asked: tuple[Path, list[str]]) -> None:
    path, statements = asked
    with Store(path) as store:
        walking = {each: step for each in statements if (step := walk_in(store.connection.sql, each))}
    assert {each for each in walking if not each.startswith(tuple(WALKS))} == set()
    assert len(statements) > 150


def test_the_plan_of_a_walk_is_known_as_one(tmp_path: Path) -> None:
    with Store(tmp_path / "library.db") as store:
        assert walk_in(store.connection.sql, "SELECT id FROM entry WHERE changed = 2")
        assert walk_in(store.connection.sql, "SELECT count(*) FROM entry")
        assert walk_in(store.connection.sql, "SELECT id FROM mark WHERE scroll > 5 LIMIT 1")
        assert not walk_in(store.connection.sql, "SELECT id FROM entry WHERE changed = 1")
        assert not walk_in(store.connection.sql, "SELECT changed FROM entry WHERE id = 1")
        assert not walk_in(store.connection.sql, "SELECT id FROM shelf ORDER BY at LIMIT 5")
