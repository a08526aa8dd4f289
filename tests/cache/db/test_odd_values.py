"""What a refresh writes and what the screen reads goes on, whatever any column of a sound file holds."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from itertools import product
from pathlib import Path
from time import time

import pytest

from cache.db import reads
from cache.db.acts import TimedAct
from cache.errors import CacheError, DiskFull
from cache.library import Library, open_reading
from cache.refresh.options import RefreshOptions
from cache.refresh.storing import failed, page, plan
from cache.writes import marks, retention, saved_searches
from cache.writes.merge import merge
from cache.writes.store import Store
from cache.writes.undo import Undo, UndoTrail
from fetch.article import Article, Paragraph, Span, Teaser
from tests.newsroom import keep_listing
from tests.shares import share
from tests.tui.cli.test_odd_values import ODD, ROWS, columns, spoil, whole

pytestmark = pytest.mark.once

__all__ = ["whole"]
RAISED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, sqlite3.Error, CacheError)
QUERIES = ("", "is:unread", "is:changed", "tag:work", "since:7d", "lang:en", "library", '"the library"', "reason:x")


def look(library: Library) -> None:
    """What the screen asks of a library."""
    for query in QUERIES:
        ids = library.ids(query, limit=20)
        library.count(query)
        library.entries(ids)
    library.snippets("library", library.ids("library", limit=20))
    for entry in library.entries(range(1, 7)):
        for ask in (library.article, library.related, library.timeline, library.changes, library.note_of):
            try:
                ask(entry.id)
            except CacheError:  # a text may be damaged
                continue
    assert library.entries(library.ids(limit=5))
    library.sources()
    library.status()
    library.searches()


def refresh(store: Store) -> None:
    """What a refresh writes: new stories, known ones, changed texts, pages that could not be had."""
    found = plan(store, RefreshOptions(force=True))
    known = [row[0] for row in store.connection.rows("SELECT url FROM entry ORDER BY id LIMIT 6")]
    for source in found.due[:1]:
        urls = [str(url) for url in known]
        urls += [*(f"http://127.0.0.1:9/{number}" for number in range(3)), f"http://new.example/{source.id}"]
        teasers = tuple(Teaser(url, f"Library {place}", key=url[-3:]) for place, url in enumerate(urls))
        for number, wanted in enumerate(keep_listing(store, source.id, teasers)):
            text = Paragraph((Span(f"The library opened again on day {number}."),))
            page(store, wanted.entry_id, Article(wanted.url, "Library", (text,)))
    for wanted in found.wanted[:4]:
        failed(store, wanted.entry_id, "not found")
    store.stories.assign_all()
    store.plan.receipt()
    ids = [row[0] for row in store.connection.rows("SELECT id FROM shelf LIMIT 6")]
    marks.toggle_read(store.connection, ids[0])
    marks.toggle_saved(store.connection, ids[1])
    marks.throw_away(store.connection, ids[2:4], 1.0)
    reads.sources(store.connection)
    retention.prune(store, time())


def test_the_screen_reads_and_a_refresh_writes_whatever_a_column_holds(whole: Path, tmp_path: Path) -> None:
    path, wrong = tmp_path / "library.db", []
    for table, column in share(columns(whole), 3, 1):
        shutil.copy(whole, path)
        for _ in spoil(path, table, column):
            for work in ("look", "refresh"):
                try:
                    if work == "look":
                        with open_reading(tmp_path) as library:
                            look(library)
                    else:
                        with Store(path) as store:
                            refresh(store)
                except RAISED as error:
                    if isinstance(error, DiskFull) and (table, column) == ("entry", "id"):  # there is no higher number
                        continue
                    wrong.append(f"{work}: {table}.{column}: {type(error).__name__} {error}"[:200])
    assert not wrong, "\n".join(wrong)


class TakenBack(Exception):
    """Nothing of what was done is to stay."""


def act(store: Store, ids: list[int]) -> None:
    """What a reader does with entries, with its way back stored, and what comes from elsewhere."""
    trail, connection = UndoTrail(), store.connection
    for entry_id in ids:
        for done in (
            marks.toggle_saved(connection, entry_id),
            marks.toggle_saved(connection, entry_id),
            marks.toggle_read(connection, entry_id),
            marks.move_saved(connection, entry_id, -1),
            marks.note(connection, entry_id, "Ask Ana."),
            marks.retag(connection, entry_id, ["new"], ["work"]),
            marks.throw_away(connection, [entry_id], time()),
        ):
            _remember(store, trail, done)
        for given in (TimedAct("read", True, 1.0), TimedAct("note", "a", 2e9), TimedAct("tag", True, 2e9, "work")):
            merge(connection, entry_id, given)
    for number in range(3):
        _remember(store, trail, saved_searches.keep(connection, f"Search {number}", "other"))
        _remember(store, trail, saved_searches.drop(connection, f"Search {number + 3}"))
    for source in reads.sources(connection):
        _remember(store, trail, marks.remove_source(connection, source.id, time()))
    while trail.undo(connection):
        continue


def _remember(store: Store, trail: UndoTrail, done: Undo | None) -> None:
    if done:
        trail.remember(trail.store(store.connection, done), done)


def test_a_reader_acts_and_takes_it_back_whatever_a_column_holds(whole: Path, tmp_path: Path) -> None:
    shutil.copy(whole, tmp_path / "library.db")
    marked = [each for each in columns(whole) if each[0] in ("mark", "tag", "withdrawn_tag", "saved_search", "source")]
    with Store(tmp_path / "library.db") as store:
        for (table, column), some in product(marked, (ODD[::2], ODD[1::2])):
            key = "entry_id" if "tag" in table else "id"
            if column == key:
                continue
            with suppress(TakenBack), store.batch():
                rows = [row[0] for row in store.connection.rows(f"SELECT DISTINCT {key} FROM {table} LIMIT {ROWS}")]
                for value, row in zip(some, rows, strict=False):
                    store.connection.run(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {key} = ?", (value, row))
                act(store, rows)
                raise TakenBack
