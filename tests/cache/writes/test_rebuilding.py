"""What a repair saves where pages are lost: entries made anew, leaves read alone, losses counted and said."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cache.db import health, leaf_pages
from cache.db.connection import Connection
from cache.errors import CacheError
from cache.library import repair_file
from cache.rules import http_state
from cache.writes import marks
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span
from fetch.source import UNKNOWN, Validators
from tests.cache.writes.conftest import COUNT
from tests.cache.writes.test_repair import count, damaged_files, left_alone
from tests.tui.newsroom import edition, shelve


def lose(path: Path, table: str, *, leaves: bool = False) -> None:
    """Empties the page where a table's tree begins; or every page of the tree."""
    with closing(sqlite3.connect(path)) as opened:
        (root,) = opened.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        reached: set[int] = {root}
        if leaves:
            reached.clear()
            leaf_pages.PageFile(file).tree(root, reached)
        for page in reached:
            file.seek((page - 1) * 8192)
            file.write(bytes(8192))


@pytest.fixture
def marked(sound: Path, path: Path) -> Path:
    """A sound library with three read, one saved, one note and two tags."""
    path.parent.mkdir()
    shutil.copy(sound, path)
    with Store(path) as store:
        marks.mark_read(store.connection, [1, 2, 3], True)
        marks.save(store.connection, [5], True, 1e9)
        marks.tag(store.connection, 6, ["work", "home"])
        marks.note(store.connection, 7, "Ask Ana")
    return path


def reader_rows(path: Path) -> list[list[tuple[object, ...]]]:
    with Connection(path, reading=True) as connection:
        return [
            connection.rows("SELECT id, read, saved, note FROM mark ORDER BY id"),
            connection.rows("SELECT entry_id, name FROM tag ORDER BY 1, 2"),
            connection.rows("SELECT id, read, saved FROM shelf ORDER BY id"),
            connection.rows("SELECT id, packed FROM article ORDER BY id"),
        ]


def test_entries_whose_table_is_lost_are_made_anew_with_every_mark_and_text(marked: Path) -> None:
    before = reader_rows(marked)
    lose(marked, "entry", leaves=True)
    said = repair_file(marked)[-1]
    assert reader_rows(marked) == before
    assert not said.ok
    assert "Pages could not be read of: articles" in said.sentence
    with Connection(marked, reading=True) as connection:
        urls = connection.rows("SELECT url FROM entry ORDER BY id")
    assert urls == [(f"https://paper.example/{number}",) for number in range(COUNT)]
    assert [finding.name for finding in health.examine(marked) if not finding.ok and finding.name != "room"] == []


@pytest.mark.parametrize(
    ("table", "lost"),
    [
        ("mark", "Pages could not be read of: marks and notes"),
        ("tag", "Pages could not be read of: tags"),
        ("source", "lost 1 source"),
    ],
)
def test_what_is_lost_is_counted_and_said(marked: Path, table: str, lost: str) -> None:
    lose(marked, table)
    said = repair_file(marked)[-1]
    assert not said.ok
    assert lost in said.sentence
    assert f"{COUNT} articles, {COUNT} texts" in said.sentence
    assert count(marked) == COUNT


def test_a_repair_that_saves_all_says_so(marked: Path) -> None:
    with Store(marked) as store:
        store.connection.run("UPDATE tally SET total = total + 1")
    said = repair_file(marked)[-1]
    assert said.ok
    assert "3 read marks, 1 saved, 1 note, 2 tags and 1 source." in said.sentence
    assert "lost" not in said.sentence


@pytest.mark.parametrize(
    ("spoilt", "mended"),
    [
        ("UPDATE mark SET read = 77 WHERE id = 1", "SELECT read = 1 FROM mark WHERE id = 1"),
        ("UPDATE mark SET queued = -3 WHERE id = 1", "SELECT queued = 1 FROM mark WHERE id = 1"),
        ("UPDATE mark SET scroll = 9223372036854775807 WHERE id = 1", "SELECT scroll = 0 FROM mark WHERE id = 1"),
        ("UPDATE source SET kind = 'wat'", "SELECT kind = 'feed' FROM source"),
    ],
)
def test_a_value_beyond_its_column_is_set_right_once(marked: Path, spoilt: str, mended: str) -> None:
    with Store(marked) as store:
        store.connection.run(spoilt)
    assert "values" in [finding.name for finding in health.examine(marked) if not finding.ok]
    assert repair_file(marked)[-1].ok
    with Connection(marked, reading=True) as connection:
        assert connection.value(mended) == 1
        assert connection.value("SELECT total = ? AND unread = ? FROM tally", (COUNT, COUNT - 3)) == 1
    left_alone(marked)
    assert len(damaged_files(marked)) == 1


def test_what_a_repair_lost_is_known_as_long_as_its_damaged_file_is_there(marked: Path) -> None:
    lose(marked, "source")
    repair_file(marked)
    (said,) = health.losses(marked)
    assert "lost 1 source" in said
    health.delete_kept_copies(marked)
    assert health.losses(marked) == []


@pytest.mark.parametrize("table", ["entry", "article"])
def test_leaves_that_a_lost_root_leads_to_no_more_are_read_all_the_same(marked: Path, table: str) -> None:
    before = reader_rows(marked)
    with Connection(marked, reading=True) as connection:
        rows = connection.rows(f"SELECT * FROM {table} ORDER BY id")
    lose(marked, table)
    assert not repair_file(marked)[-1].ok
    assert reader_rows(marked) == before
    with Connection(marked, reading=True) as connection:
        assert connection.rows(f"SELECT * FROM {table} ORDER BY id") == rows


def test_rows_of_free_pages_stay_deleted(marked: Path) -> None:
    with Store(marked) as store:
        store.connection.run("DELETE FROM entry WHERE id > 20")
    lose(marked, "article")
    repair_file(marked)
    with Connection(marked, reading=True) as connection:
        assert connection.rows("SELECT max(id), count(*) FROM article") == [(20, 20)]
    assert count(marked) == 20


def test_a_lost_text_longer_than_a_page_is_read_whole(marked: Path) -> None:
    words = " ".join(f"w{random.Random(number).randrange(10**9)}" for number in range(6000))
    article = Article("https://paper.example/8", "Long", (Paragraph((Span(words),)),))
    with Store(marked) as store:
        store.articles.store_article(9, article, 1e9)
    before = reader_rows(marked)
    assert max(len(row[1]) for row in before[3] if isinstance(row[1], bytes)) > 3 * 8192
    lose(marked, "article")
    repair_file(marked)
    assert reader_rows(marked)[3] == before[3]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_else_is_broken_lost_leaves_end_no_repair(marked: Path, seed: int) -> None:
    chance = random.Random(seed)
    lose(marked, "article")
    lose(marked, "entry")
    with marked.open("r+b") as file:
        for _ in range(200):
            file.seek(chance.randrange(100, marked.stat().st_size))
            file.write(bytes([chance.randrange(256)]))
    assert repair_file(marked)[-1].name in ("repair", "lost")
    assert [finding.name for finding in health.examine(marked) if not finding.ok and finding.name != "room"] == []


def test_marks_and_tags_are_taken_from_the_lists_that_repeat_them(marked: Path) -> None:
    _, tags, listed, _ = reader_rows(marked)
    lose(marked, "mark")
    lose(marked, "tag")
    said = repair_file(marked)[-1]
    assert not said.ok
    assert "3 read marks, 1 saved, 0 notes, 2 tags" in said.sentence
    assert reader_rows(marked)[1:3] == [tags, listed]


def spoilt(whole: bytes, chance: random.Random) -> bytes:
    """The bytes of a file with bits turned, pages emptied, pages in each other's place, or its end cut off."""
    pages = len(whole) // 8192
    spoilt = bytearray(whole)
    kind = chance.randrange(4)
    for _ in range(chance.choice([1, 3, 40]) if kind < 3 else 0):
        at, other = (chance.randrange(1, pages) * 8192 for _ in range(2))
        if kind == 0:
            spoilt[chance.randrange(100, len(spoilt))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            spoilt[at : at + 8192] = bytes(8192)
        else:
            spoilt[at : at + 8192] = spoilt[other : other + 8192]
    return bytes(spoilt[: chance.randrange(8192, len(spoilt))] if kind == 3 else spoilt)


@pytest.mark.parametrize("seed", [6, 10, *range(100, 124)])
def test_whatever_is_spoilt_a_repair_ends_in_a_sentence_that_counts_no_more_than_there_was(
    tmp_path: Path, seed: int
) -> None:
    shelve(tmp_path)
    path = tmp_path / "library.db"
    path.write_bytes(spoilt(path.read_bytes(), random.Random(seed)))
    try:
        said = repair_file(path)[-1].sentence
    except CacheError as error:
        said = str(error)
    assert all(int(number.replace(",", "")) <= len(edition()) for number in re.findall(r"(?<!\w)([\d,]+) \w+", said))


def test_a_schema_whose_bytes_are_no_text_is_damage(tmp_path: Path) -> None:
    shelve(tmp_path)
    path = tmp_path / "library.db"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"    packed BLOB NOT NULL", b"    p\xf3cked BLOB NOT NULL"))
    assert "was damaged" in repair_file(path)[-1].sentence
    with Connection(path, reading=True) as connection:
        assert connection.value("SELECT count(*) FROM entry") == len(edition())


def test_what_was_lost_comes_again_with_the_next_refresh(marked: Path) -> None:
    """No name leads to an entry that is gone, and no validator says that nothing is new."""
    with Store(marked) as store:
        state = http_state.dump(http_state.Visit(Validators('"1"', "yesterday"), whole=1e9))
        store.connection.run("UPDATE source SET state = ?, due = 4e9", (state,))
        store.connection.run("UPDATE setting SET value = value")
    cut_to(marked, 0.3)
    assert not repair_file(marked)[-1].ok
    with Store(marked) as store:
        there = {row[0] for row in store.connection.rows("SELECT id FROM entry")}
        assert len(there) < COUNT
        assert {row[0] for row in store.connection.rows("SELECT entry_id FROM address")} <= there
        for state, due in store.connection.rows("SELECT state, due FROM source"):
            assert (http_state.load(state).validators, due) == (UNKNOWN, 0)


def cut_to(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part) // 8192 * 8192])
