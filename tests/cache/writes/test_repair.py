"""A repair gives back the library as it was or the whole new one, alone, and never takes the damaged file away."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cache.db import health, leaf_pages, locks, schema
from cache.db.connection import Connection
from cache.errors import LibraryBusy, LibraryDamaged
from cache.library import open_library, open_reading, repair_file
from cache.writes import marks, repair
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source
from tests.cache.db.test_connection import make
from tests.cache.killing import ROOT

COUNT = 120
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"), reason="mounting a disk needs root"
)
REPAIRS = (
    "import sys; from pathlib import Path; from cache.library import repair_file\n"
    "print('begun', flush=True)\n"
    "for finding in repair_file(Path(sys.argv[1])): print(finding.name, finding.ok, finding.sentence, flush=True)"
)
HOLDS = (
    "import sys; from pathlib import Path; from cache.library import open_reading\n"
    "with open_reading(Path(sys.argv[1]).parent) as library: print(library.count(), flush=True); sys.stdin.read()"
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "library.db"
    chance = random.Random(7)
    with Store(path) as store, store.batch():
        source_id = store.sources.add(Source("https://paper.example/feed", "feed"))
        for number in range(COUNT):
            text = " ".join(f"w{chance.randrange(10**5)}" for _ in range(200))
            article = Article(f"https://paper.example/{number}", f"Story {number}", (Paragraph((Span(text),)),))
            wanted = store.entries.store_teaser(source_id, Teaser(article.url, article.headline), 1e9)
            assert wanted
            store.articles.store_article(wanted.entry_id, article, 1e9)
    return path


@pytest.fixture
def library(sound: Path, path: Path) -> Path:
    """A library whose lists disagree with it, so that it opens and must be repaired, and nothing is lost."""
    path.parent.mkdir()
    shutil.copy(sound, path)
    with Store(path) as store:
        store.connection.run("UPDATE tally SET total = total + 1")
    return path


def program(script: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def refused(path: Path, because: str) -> None:
    """The repair says why it does not begin, and not a byte is changed."""
    before, beside = path.read_bytes(), set(os.listdir(path.parent))
    last = repair_file(path)[-1]
    assert not last.ok
    assert re.search(because, last.sentence), last.sentence
    assert path.read_bytes() == before
    assert set(os.listdir(path.parent)) - {"library.db-wal", "library.db-shm"} == beside - {
        "library.db-wal",
        "library.db-shm",
    }


def left_alone(path: Path) -> None:
    before, beside = path.read_bytes(), sorted(os.listdir(path.parent))
    assert repair_file(path) == health.examine(path)
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == beside


def damaged_files(path: Path) -> list[Path]:
    return sorted(path.parent.glob("library-damaged-*.db"))


def count(path: Path) -> int:
    with Connection(path, reading=True) as connection:
        return int(connection.value("SELECT count(*) FROM entry"))


def test_a_disk_that_is_low_is_no_damage(sound: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    shutil.copy(sound, path)
    monkeypatch.setattr(health, "ROOM", 10**18)
    assert [finding.name for finding in repair_file(path) if not finding.ok] == ["room"]
    left_alone(path)


def test_a_newer_format_is_no_damage(sound: Path, path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(sound, path)
    with closing(sqlite3.connect(path)) as newer:
        newer.executescript(f"ALTER TABLE entry ADD COLUMN mood; PRAGMA user_version = {schema.VERSION + 1}")
    left_alone(path)
    assert "newer Broadsheet" in health.examine(path)[0].sentence


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_older_format_is_no_damage(path: Path, version: int) -> None:
    make(path, version)
    with closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA journal_mode = WAL")
    left_alone(path)
    assert [finding.name for finding in health.examine(path) if not finding.ok and finding.name != "room"] == ["format"]


def test_the_damaged_file_stays_until_the_reader_says_otherwise(library: Path) -> None:
    before = library.read_bytes()
    said = repair_file(library)
    (kept,) = damaged_files(library)
    assert kept.read_bytes() == before
    assert kept.name in said[-1].sentence
    assert kept.name in next(finding.sentence for finding in health.examine(library) if finding.name == "kept")
    assert kept.name in health.delete_kept_copies(library).sentence
    assert os.listdir(library.parent) == ["library.db"]
    assert count(library) == COUNT


def test_two_repairs_in_one_second_keep_both_files(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Standing(repair.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 3, 1, 12)

    monkeypatch.setattr(repair, "datetime", Standing)
    first = library.read_bytes()
    repair_file(library)
    with Store(library) as store:
        store.connection.run("UPDATE article SET packed = x'01ffff' WHERE id = 8")
    second = library.read_bytes()
    repair_file(library)
    assert sorted(each.read_bytes() for each in damaged_files(library)) == sorted([first, second])


def test_what_stands_in_the_log_of_a_killed_program_is_saved(library: Path) -> None:
    write = (
        "import sys; from pathlib import Path; from cache.writes.store import Store\n"
        "store = Store(Path(sys.argv[1])); store.entries.entry_for('https://paper.example/late', now=1)\n"
        "print('written', flush=True); sys.stdin.read()"
    )
    writing = program(write, library)
    assert writing.stdout
    assert writing.stdout.readline() == "written\n"
    writing.kill()
    writing.communicate()
    assert repair_file(library)[-1].ok
    assert count(library) == COUNT + 1


def test_a_log_that_cannot_be_read_goes_with_the_damaged_file(library: Path) -> None:
    library.write_bytes(b"\xa5" * 8192 + library.read_bytes()[8192:])
    log = library.with_name("library.db-wal")
    log.write_bytes(b"rubbish" * 9000)
    assert repair_file(library)[-1].ok
    (kept,) = damaged_files(library)
    assert kept.with_name(f"{kept.name}-wal").exists() or not log.exists()
    assert count(library) == COUNT


def test_while_another_program_has_the_library_open_repair_says_which(library: Path) -> None:
    holding = program(HOLDS, library)
    assert holding.stdout
    assert holding.stdout.readline() == f"{COUNT}\n"
    refused(library, rf"open in program {holding.pid};")
    holding.communicate()
    assert repair_file(library)[-1].ok


def test_while_a_program_without_our_locks_has_it_open_repair_leaves(library: Path) -> None:
    with closing(sqlite3.connect(library)) as other:
        other.execute("SELECT count(*) FROM entry").fetchone()
        before = library.read_bytes()
        assert "has the library open" in repair_file(library)[-1].sentence
        assert library.read_bytes() == before
        assert damaged_files(library) == []
    assert repair_file(library)[-1].ok


def test_a_killed_program_keeps_no_repair_from_beginning(library: Path) -> None:
    holding = program(HOLDS, library)
    assert holding.stdout
    holding.stdout.readline()
    holding.kill()
    holding.communicate()
    assert repair_file(library)[-1].ok
    assert len(os.listdir(library.parent)) == 2


def test_this_programs_own_opening_counts(library: Path) -> None:
    with open_reading(library.parent):
        assert "This program has the library open" in repair_file(library)[-1].sentence


def test_nobody_opens_a_library_under_repair(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the repair of another program does: it holds the lock, with its number in it."""
    number = os.getpid() + 1
    monkeypatch.setattr(os, "getpid", lambda: number)
    with locks.repair_lock(library) as ours:
        assert ours
        monkeypatch.undo()
        for reading in (True, False):
            with pytest.raises(LibraryBusy, match=f"being repaired by another program .{number}."):
                Connection(library, reading=reading)
        with pytest.raises(LibraryBusy), open_reading(library.parent):
            pass
    assert count(library) == COUNT


def test_two_repairs_at_once_one_does_it(library: Path) -> None:
    before = library.read_bytes()
    both = [program(REPAIRS, library) for _ in range(2)]
    said = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sum("repair True" in each for each in said) == 1
    (other,) = [each for each in said if "repair True" not in each]
    assert "being repaired" in other or "is repairing" in other or "open in program" in other or "texts True" in other
    assert [each.read_bytes() for each in damaged_files(library)] == [before]
    assert count(library) == COUNT


def test_killed_at_any_moment_the_library_is_what_it_was_or_the_whole_new_one(library: Path) -> None:
    before, rng = library.read_bytes(), random.Random(3)
    begun = time.monotonic()
    program(REPAIRS, library).communicate()
    whole = time.monotonic() - begun
    for _ in range(12):
        shutil.rmtree(library.parent)
        library.parent.mkdir()
        library.write_bytes(before)
        repairing = program(REPAIRS, library)
        assert repairing.stdout
        repairing.stdout.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            repairing.wait(rng.random() * whole)
        repairing.kill()
        repairing.communicate()
        if library.read_bytes() != before:
            assert [finding.name for finding in health.examine(library) if not finding.ok] == []
            assert [each.read_bytes() for each in damaged_files(library)] == [before]
        else:
            assert repair_file(library)[-1].ok
        assert count(library) == COUNT
        beside = {each.name for each in library.parent.iterdir()}
        assert beside == {"library.db", *(each.name for each in damaged_files(library))}
        assert len(damaged_files(library)) == 1


def test_the_space_is_asked_first(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 2_000_000

    monkeypatch.setattr(repair.shutil, "disk_usage", lambda _: Usage)
    refused(library, r"needs [\d.]+ MB of disk, and 2\.0 MB are free; nothing was changed")


@as_root
@pytest.mark.parametrize("free", [0, 300_000, 700_000])
def test_on_a_full_disk_nothing_changes(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int
) -> None:
    """However the disk fills up, be it while the new file is built."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        full = Path(shutil.copy(library, disk / "library.db"))
        room = os.statvfs(disk)
        (disk / "fill").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free)))
        monkeypatch.setattr(repair, "_require_space", lambda _: None)
        refused(full, "nothing was changed")
        (disk / "fill").unlink()
        assert repair_file(full)[-1].ok
        assert count(full) == COUNT
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.anyio
async def test_a_damaged_library_that_is_open_elsewhere_is_not_repaired_at_the_start(library: Path) -> None:
    holding = program(HOLDS, library)
    assert holding.stdout
    holding.stdout.readline()
    with library.open("r+b") as file:
        file.write(b"\xa5" * 8192)
    with pytest.raises(LibraryDamaged, match=f"open in program {holding.pid}"):
        async with open_library(library.parent):
            pass
    holding.communicate()
    async with open_library(library.parent) as opened:
        assert opened.count() == COUNT


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
        ("source", "1 sources were lost"),
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
    assert "3 read marks, 1 saved, 1 notes, 2 tags and 1 sources were saved." in said.sentence
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
    assert "1 sources were lost" in said
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
