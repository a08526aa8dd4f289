"""What only repeats an earlier report is nothing new to read."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from cache.db import reads
from cache.errors import LibraryDamaged
from cache.writes import marks
from cache.writes.store import Store
from fetch.article import Teaser
from fetch.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


def test_what_only_repeats_a_report_lands_read_unless_the_reader_has_marked_it(store, write):
    text = " ".join(f"The pilots of pier {number} kept the ferry at the quay until evening." for number in range(12))
    ids = []
    for place, name in enumerate(("One", "Two", "Three", "Four")):
        source = store.sources.add(Source(f"https://{name.lower()}.example/feed", "feed", title=name))
        url = f"https://{name.lower()}.example/ferry"
        wanted = store.entries.store_teaser(
            source, Teaser(url, "Ferry kept at the quay", published=datetime(2026, 3, 1, 12, tzinfo=UTC)), NOW + place
        )
        said = text if name != "Four" else text.replace("pier 3", "pier 33")
        store.articles.store_article(
            wanted.entry_id,
            write("Ferry kept at the quay", said, url=url, published=datetime(2026, 3, 1, 12, tzinfo=UTC)),
            NOW + place,
        )
        ids.append(wanted.entry_id)
    marks.set_scroll(store.connection, ids[2], 4)
    store.stories.assign_all()
    assert [entry.read for entry in reads.entries(store.connection, ids)] == [False, True, False, False]


@pytest.mark.parametrize("table", ["related_vectors", "related_postings", "related_words", "reports"])
def test_a_damaged_library_is_told_as_such_while_stories_are_looked_for(tmp_path, write, table):
    path = tmp_path / "library.db"
    with Store(path) as store:
        for number in range(2):
            url = f"https://paper.example/{number}"
            entry_id = store.entries.entry_for(url, now=NOW)
            store.articles.store_article(entry_id, write("Ferry kept at the quay", "The pilots kept it.", url=url), NOW)
    with closing(sqlite3.connect(path)) as opened:
        (root,) = opened.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store(path) as store, pytest.raises(LibraryDamaged):
        store.stories.assign_all()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no system to ask which processors are ours")
@pytest.mark.parametrize(("processors", "is_helped"), [({3}, False), ({0, 3}, True)])
def test_a_second_process_searches_where_there_is_a_second_processor(store, monkeypatch, processors, is_helped):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: processors)
    store.stories.have_help()
    assert (store.stories._search.other_end is not None) == is_helped
