"""What a refresh writes and what the screen reads goes on, whatever any column of a sound file holds."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from time import time

from cache.db import reads
from cache.errors import CacheError, DiskFull
from cache.library import Library, open_reading
from cache.refresh.options import RefreshOptions
from cache.refresh.storing import VisitEnd, failed, listed, page, plan
from cache.rules.http_state import NEVER
from cache.writes import marks, retention
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.listing import Listing
from tests.tui.cli.test_odd_values import columns, spoil, whole

__all__ = ["whole"]
RAISED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, sqlite3.Error, CacheError)
QUERIES = ("", "is:unread", "is:changed", "tag:work", "since:7d", "lang:en", "library", '"the library"', "reason:x")


def look(library: Library) -> None:
    """What the screen asks of a library."""
    for query in QUERIES:
        ids = library.ids(query, limit=20)
        library.count(query)
        library.entries(ids)
        library.snippets(query, ids)
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
        outcome = listed(store, Listing(teasers), VisitEnd(source.id, NEVER))
        for number, wanted in enumerate(outcome.wanted):
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
    for table, column in columns(whole):
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
