"""A library is one file once the last program has left it, however that program went."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cache.db import locks
from cache.db.connection import Connection
from cache.library import open_library, open_reading
from cache.writes.store import Store
from fetch.source import Source
from tests.cache.killing import ROOT

READS = "import sys; from cache.library import open_reading\nwith open_reading(sys.argv[1]) as library:\n    "
WAITS = "print(library.count() > 0, flush=True); sys.stdin.read()"


def names(home: Path) -> list[str]:
    return sorted(each.name for each in home.iterdir())


def program(script: str, home: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def entries_in_the_file_alone(path: Path, tmp_path: Path) -> int:
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    with closing(sqlite3.connect(f"file:{copy}?immutable=1", uri=True)) as alone:
        return int(alone.execute("SELECT count(*) FROM entry").fetchone()[0])


@pytest.mark.anyio
async def test_after_any_program_the_library_is_one_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with open_library(home) as library:
        total = library.count()
        await library.mark_read(library.ids())
    assert names(home) == ["library.db"]
    assert entries_in_the_file_alone(home / "library.db", tmp_path) == total
    with open_reading(home) as library:
        assert library.count() == total
    assert names(home) == ["library.db"]


def test_a_writer_that_leaves_before_a_reader_leaves_all_in_the_file(path: Path, tmp_path: Path) -> None:
    with open_reading(path.parent) as library:
        total = library.count()
    reading = program(READS + WAITS, path.parent)
    assert reading.stdout
    assert reading.stdout.readline() == "True\n"
    with Store(path) as store:
        for number in range(5):
            store.entries.entry_for(f"https://paper.example/{number}", now=1)
    assert entries_in_the_file_alone(path, tmp_path) == total + 5
    assert (path.parent / "library.db-wal").exists()
    reading.communicate()
    assert names(path.parent) == ["library.db"]


def test_programs_that_leave_at_the_same_moment_leave_one_file(path: Path) -> None:
    with Store(path) as store:
        store.entries.entry_for("https://paper.example/1", now=1)
    for _ in range(3):
        several = [program(READS + WAITS, path.parent) for _ in range(4)]
        for each in several:
            assert each.stdout
            assert each.stdout.readline() == "True\n"
        for each in several:
            assert each.stdin
            each.stdin.close()
        assert [each.wait() for each in several] == [0] * 4
        for each in several:
            assert each.stdout
            each.stdout.close()
        assert names(path.parent) == ["library.db"]


def test_after_a_kill_the_next_program_leaves_one_file(path: Path, tmp_path: Path) -> None:
    write = (
        "import sys; from pathlib import Path; from cache.writes.store import Store\n"
        "store = Store(Path(sys.argv[1]) / 'library.db'); store.entries.entry_for('https://paper.example/1', now=1)\n"
        "print('written', flush=True); sys.stdin.read()"
    )
    killed = program(write, path.parent)
    assert killed.stdout
    assert killed.stdout.readline() == "written\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert len(names(path.parent)) > 2
    with Connection(path, reading=True) as connection:
        assert connection.value("SELECT count(*) FROM entry") == 1
    assert names(path.parent) == ["library.db"]
    assert entries_in_the_file_alone(path, tmp_path) == 1


def test_the_lock_of_a_program_killed_once_its_work_was_done_goes_with_the_next(path: Path) -> None:
    """Killed between its commit and the end of its lock; the next has no log to fold in, and needs no lock itself."""
    with Store(path):
        pass
    lock = path.with_name("library.db-lock")
    lock.touch()
    with Connection(path, reading=True):
        pass
    assert names(path.parent) == ["library.db"]


def test_a_lock_that_is_held_stays(path: Path) -> None:
    with Store(path):
        pass
    with locks.file_lock(path, 0) as ours:
        with Connection(path, reading=True):
            pass
        assert ours
        assert names(path.parent) == ["library.db", "library.db-lock"]


def test_what_only_reads_folds_in_what_it_could_not_write_itself(path: Path, tmp_path: Path) -> None:
    """A connection that SQLite itself holds to be read-only leaves the log; the program folds it in as it leaves."""
    with Store(path) as store:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reading:
            reading.execute("SELECT 1 FROM entry").fetchone()
            store.sources.add(Source("https://paper.example/feed", "feed"))
            store.connection.sql.close()
        assert (path.parent / "library.db-wal").exists()
    assert names(path.parent) == ["library.db"]
