"""A front page of a library whose columns hold what they should not: SQLite keeps any kind of value anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cache.front_page import FrontWishes
from tests.cache.front.conftest import NOON
from tests.news_events import START, World

ODD = ("'x'", "x'00ff'", "-1", "9e999", "9223372036854775807", "-9223372036854775808", "'\u202e\u001b[31m<b>'")
COLUMNS = (
    *("reports.story", "reports.nearest", "shelf.at", "entry.seen", "entry.headline"),
    *("entry.section", "entry.offline", "related_vectors.words", "related_vectors.day", "related_words.entries"),
    *("source.section", "source.title", "article.packed", "setting.value", "mark.read_at"),
)


@pytest.fixture
def library(newsroom, reader):
    reports = [report for report in World(7, seed=3).reports if report.at < NOON + timedelta(hours=18)]
    landed = newsroom.land(reports, NOON + timedelta(hours=18))
    connection = newsroom.store.connection
    connection.run(
        "INSERT INTO setting VALUES ('front.looked', '1'), ('front.followed', '[1]'), ('front.muted', '[3]')"
    )
    connection.run("INSERT OR REPLACE INTO mark (id, read, read_at) VALUES (?, 1, 5)", (landed[0],))
    return newsroom.store.connection.sql


@pytest.mark.parametrize("column", COLUMNS)
def test_a_page_is_made_of_what_can_be_read(library, reader, column):
    table, _, name = column.partition(".")
    for odd in ODD:
        library.execute("SAVEPOINT odd")
        library.execute(f"UPDATE {table} SET {name} = {odd} WHERE rowid IN (SELECT rowid FROM {table} LIMIT 5)"
                        if table != "setting" else f"UPDATE setting SET value = {odd}")  # fmt: skip
        brief = reader.brief(FrontWishes(at=NOON + timedelta(hours=18), since=START))
        assert len(brief.stories()) >= 1
        assert isinstance(reader.dossiers(brief.page), list)
        library.execute("ROLLBACK TO odd")
        library.execute("RELEASE odd")
