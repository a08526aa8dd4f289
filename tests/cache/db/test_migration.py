"""Libraries of every earlier format, as the programs of their time wrote them, are brought up to date.

Each file under `formats` is the library of an earlier version of this program, packed: five pages of the handbook, two
of them read, two saved, one tagged, one noted; made by `python tests/bench/library_format.py`.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cache.db import health, identity, schema
from cache.db.connection import Connection
from cache.errors import DiskFull, LibraryBusy
from cache.library import open_reading
from cache.writes.store import Store
from fetch.handbook.bundled import edition
from tests.cache.db.test_connection import tables
from tests.cache.killing import ROOT

STEP_DIGESTS = [
    "67579d4b",
    "d6a4fcab",
    "8327a910",
    "b631eb31",
    "9ed5d9a4",
    "acfa931f",
    "b1922d3f",
    "0ba1cf32",
    "e249967b",
    "ec6f144d",
    "1e8553d3",
    "bdddd9c2",
    "33e9d9e8",
    "8f491ce0",
    "9232c801",
    "2361316a",
]
"""Of the statements of each step: a line may be added, none is ever edited."""
FORMATS = sorted((Path(__file__).parent / "formats").glob("*.db.xz"))
OPENS = (
    "import sys; from cache.library import open_reading\nprint('begun', flush=True)\n"
    "with open_reading(sys.argv[1]) as library: print(library.count('is:saved'), flush=True)"
)


def unpack(packed: Path, path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.decompress(packed.read_bytes()))
    return path


def program(path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", OPENS, str(path.parent)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def format_number(path: Path) -> int:
    with closing(sqlite3.connect(path)) as library:
        return int(library.execute("PRAGMA user_version").fetchone()[0])


def test_there_is_a_file_of_every_format() -> None:
    kept = {int(re.split(r"\D", each.name)[0]) for each in FORMATS}
    missing = set(range(1, identity.VERSION)) - kept
    assert not missing, "python tests/bench/library_format.py FOLDER keeps one, of the program in that folder"


def test_what_a_step_runs_never_changes() -> None:
    assert [digest(step) for step in schema.STEPS] == STEP_DIGESTS
    assert len(schema.STEPS) == identity.VERSION


def digest(step: Callable[[sqlite3.Connection], None]) -> str:
    statements = list[str]()

    class Noting(sqlite3.Connection):
        """Notes what a step runs; SQLite's own trace tells of virtual tables, in which versions differ."""

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            statements.append(sql)
            return super().execute(sql, *values)

    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Noting)) as library:
        for earlier in schema.STEPS[: schema.STEPS.index(step)]:
            earlier(library)
        statements.clear()
        step(library)
    return hashlib.sha256("".join(statements).encode()).hexdigest()[:8]


@pytest.mark.parametrize("packed", FORMATS, ids=lambda each: each.name)
def test_a_library_of_an_earlier_format_is_brought_up_to_date(path: Path, tmp_path: Path, packed: Path) -> None:
    unpack(packed, path)
    with open_reading(path.parent) as library:
        entries = library.entries(library.ids())
        assert len(entries) == 5
        assert [sum(getattr(entry, name) for entry in entries) for name in ("read", "saved")] == [2, 2]
        assert library.count("tag:work") == library.count("is:noted") == 1
        for entry in entries:
            article = library.article(entry.id)
            assert article is not None
            assert article.words > 100
            library.related(entry.id)
            library.timeline(entry.id)
        assert library.search("offline")
        assert [finding.name for finding in library.doctor() if not finding.ok and finding.name != "room"] == []
    with Store(path) as store:
        store.stories.assign_all()
    with Store(tmp_path / "new.db"):
        pass
    assert tables(path) == tables(tmp_path / "new.db")


@pytest.mark.parametrize("packed", FORMATS[:1], ids=lambda each: each.name)
def test_four_programs_that_start_on_an_old_library_all_succeed(path: Path, packed: Path) -> None:
    for _ in range(3):
        shutil.rmtree(path.parent, ignore_errors=True)
        unpack(packed, path)
        several = [program(path) for _ in range(4)]
        assert [each.communicate() for each in several] == [("begun\n2\n", "")] * 4
        assert sorted(os.listdir(path.parent)) == [f"library-before-{identity.VERSION}.db", "library.db"]
        assert format_number(path.with_name(f"library-before-{identity.VERSION}.db")) == 1


def test_four_programs_that_start_without_a_library_all_succeed(path: Path) -> None:
    several = [program(path) for _ in range(4)]
    assert [each.communicate() for each in several] == [("begun\n0\n", "")] * 4
    with open_reading(path.parent) as library:
        assert [source.total for source in library.sources()] == [len(edition())]
    assert os.listdir(path.parent) == ["library.db"]


def test_killed_while_it_is_brought_up_to_date_it_is_old_or_new(path: Path) -> None:
    for wait in (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1):
        shutil.rmtree(path.parent, ignore_errors=True)
        unpack(FORMATS[0], path)
        upgrading = program(path)
        assert upgrading.stdout
        upgrading.stdout.readline()
        try:
            upgrading.wait(wait)
        except subprocess.TimeoutExpired:
            upgrading.send_signal(signal.SIGKILL)
        upgrading.communicate()
        assert format_number(path) in (1, identity.VERSION)
        with open_reading(path.parent) as library:
            assert library.count("is:saved") == 2
        assert all(finding.ok for finding in health.examine(path) if finding.name != "room")
        assert sorted(os.listdir(path.parent)) == [f"library-before-{identity.VERSION}.db", "library.db"]


def test_a_step_that_fails_takes_all_steps_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpack(FORMATS[0], path)

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        raise ZeroDivisionError

    before = tables(path)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS[:-1], breaks))
    with pytest.raises(ZeroDivisionError):
        Store(path)
    assert format_number(path) == 1
    assert tables(path) == before


def test_without_room_for_the_copy_nothing_changes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpack(FORMATS[0], path)
    genuine = sqlite3.connect

    class Small(sqlite3.Connection):
        """SQLite's own limit: it fails just as on a disk without room."""

        def __init__(self, name: str, **options: object) -> None:
            super().__init__(name)
            self.execute("PRAGMA page_size = 8192")
            self.execute("PRAGMA max_page_count = 3")

    monkeypatch.setattr(
        "cache.db.migration.sqlite3.connect",
        lambda name, **options: Small(name) if str(name).endswith(".part") else genuine(name, **options),
    )
    with pytest.raises(DiskFull, match="the last change was not made"):
        Store(path)
    assert format_number(path) == 1
    assert os.listdir(path.parent) == ["library.db"]


def test_a_program_that_upgrades_for_too_long_is_not_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cache.db import locks

    unpack(FORMATS[0], path)
    monkeypatch.setattr("cache.db.opening.LOCK_TIMEOUT", 0.05)
    with locks.file_lock(path, 0) as ours:
        assert ours
        with pytest.raises(LibraryBusy, match="upgrading"):
            Connection(path)
    with Connection(path):
        pass
    assert format_number(path) == identity.VERSION


DOUBLED = """
INSERT INTO source (id, url, kind) VALUES (90, 'https://harbour.example/feed', 'feed');
INSERT INTO entry (id, url, source_id, headline, published, at, seen, offline, words) VALUES
    (900, 'https://harbour.example/pier', 90, 'The pier', '2026-03-01T08:00:00+00:00', 100, 100, 0, 0),
    (901, 'https://harbour.example/pier-closed', 90, 'The pier', '2026-03-01T08:00:00+00:00', 100, 4000, 1, 300),
    (902, 'https://m.harbour.example/pier-closed', 90, 'The pier', '2026-03-01T09:00:00+00:00', 90, 300, 0, 0),
    (903, 'https://harbour.example/pier-2', 90, 'The pier', '2026-03-02T08:00:00+00:00', 100, 100, 0, 0),
    (904, 'https://harbour.example/a', 90, 'Briefing', '2026-03-01T00:00:00+00:00', 100, 100, 0, 0),
    (905, 'https://harbour.example/b', 90, 'Briefing', '2026-03-01T00:00:00+00:00', 100, 100, 0, 0),
    (906, 'https://harbour.example/s#:~:entry=1', 90, 'Lamp', '2026-03-01T08:00:00+00:00', 100, 100, 0, 0),
    (907, 'https://harbour.example/s#:~:entry=2', 90, 'Lamp', '2026-03-01T08:00:00+00:00', 100, 9000, 0, 0),
    (908, 'https://harbour.example/walk-1', 90, 'A walk', '2026-03-01T08:00:00+00:00', 100, 100, 0, 0),
    (909, 'https://harbour.example/walk-2', 90, 'A walk', '2026-03-01T08:00:00+00:00', 100, 100, 0, 0),
    (910, 'https://harbour.example/note-1', 90, 'A note', '2026-03-01T08:00:00+00:00', 100, 100, 1, 300),
    (911, 'https://harbour.example/note-2', 90, 'A note', '2026-03-01T08:00:00+00:00', 100, 9000, 1, 900);
INSERT INTO address (name, entry_id) VALUES (1, 900), (2, 901), (3, 902);
INSERT INTO mark (id, read, read_at, saved, saved_at, note, note_at) VALUES
    (900, 1, 10, NULL, 30, 'Old.', 10), (901, 0, 20, 5.0, 20, '', 0), (902, 0, 0, NULL, 0, 'New.', 40);
INSERT INTO tag (entry_id, name, at) VALUES (900, 'boats', 10), (902, 'work', 20), (902, 'boats', 10);
INSERT INTO withdrawn_tag (entry_id, name, at) VALUES (901, 'boats', 15);
INSERT INTO article (id, packed)
    SELECT value, packed FROM (SELECT packed FROM article LIMIT 1), json_each('[901,910,911]');
"""
"""A story under three addresses. Several stories: reports under one headline, briefings of one day, lamps at one page,
two walks of one visit, two notes of other lengths."""


def test_what_an_earlier_program_doubled_is_one_entry_with_all_that_was_done_with_it(path: Path) -> None:
    unpack(FORMATS[-1].with_name("7.db.xz"), path)
    with closing(sqlite3.connect(path)) as library:
        library.executescript(DOUBLED)
    with open_reading(path.parent) as library:
        entries = {entry.id: entry for entry in library.entries(library.ids("source:harbour.example"))}
        assert sorted(entries) == [901, *range(903, 912)]
        kept = entries[901]
        assert (kept.url, kept.read, kept.saved) == ("https://m.harbour.example/pier-closed", False, False)
        assert kept.tags == ("work",)
        assert library.note_of(901) == "Old.\n\nNew."
        assert [finding.name for finding in library.doctor() if not finding.ok and finding.name != "room"] == []
    with Store(path) as store:
        assert store.connection.rows("SELECT entry_id FROM address WHERE name IN (1, 2, 3)") == [(901,)] * 3
        store.stories.assign_all()
