"""The second process of a search: it finds what one alone would, and nobody depends on it."""

from __future__ import annotations

import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cache.related import assignment, index, nearest, search_process, stories, upkeep
from cache.related.search_process import SearchProcess

COMMAND = (sys.executable, "-m", "cache.related.search_process")
ROOT = Path(search_process.__file__).resolve().parents[2]


@pytest.fixture
def waiting(connection: sqlite3.Connection, land: Callable[..., None], pour: Callable[..., None]) -> list[int]:
    """Entries that wait for their story."""
    pour(connection)
    for number in range(1, 7):
        land(connection, number, source_id=10 + number)
    upkeep.flush(connection)
    return stories.unassigned(connection, 100)


def test_it_finds_what_one_alone_finds_the_last_first(
    connection: sqlite3.Connection, waiting: list[int], tmp_path: Path
) -> None:
    asked = pickle.dumps((waiting, 0))
    told = subprocess.run([*COMMAND, tmp_path / "library.db"], input=asked, stdout=-1, cwd=ROOT, timeout=60, check=True)
    parts = []
    rest = told.stdout
    while rest:
        parts.append(pickle.loads(rest))
        rest = rest[len(pickle.dumps(parts[-1])) :]
    landed = nearest.LandedEntries(connection, index.Idf(connection), 0)
    assert [max(part) for part in parts] == sorted((max(part) for part in parts), reverse=True)
    assert {one: near for part in parts for one, near in part.items()} == nearest.similar(landed, waiting)


@pytest.mark.parametrize("broken", ["nothing", "no library"])
def test_it_ends_without_a_word_where_nothing_is_to_be_had(tmp_path: Path, broken: str) -> None:
    asked = b"" if broken == "nothing" else pickle.dumps(([1, 2], 0))
    done = subprocess.run(
        [*COMMAND, tmp_path / "none.db"], input=asked, capture_output=True, cwd=ROOT, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def test_stories_are_the_same_whoever_looked_at_what(
    connection: sqlite3.Connection, waiting: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment, "MANY_ENTRIES", 10)
    alone = assignment.prepare(connection)
    search = assignment.NeighbourSearch()
    search.other_end = SearchProcess(tmp_path / "library.db")
    while search.look(connection, seconds=0):
        pass
    helped = assignment.prepare(connection, search=search)
    assert (helped.stories, helped.lists) == (alone.stories, alone.lists)
    assert len(waiting) == len(helped.entries)


def test_one_that_cannot_be_started_or_is_ended_finds_nothing(
    waiting: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = SearchProcess(tmp_path / "library.db")
    search.begin(waiting, 0)
    search.end()
    search.end()
    assert search.found() == {}
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    search.begin(waiting, 0)
    assert search.found() == {}
    search.end()


def test_one_that_no_thread_can_listen_to_is_ended_at_once(
    waiting: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[subprocess.Popen[bytes]]()

    def popen(*arguments: Any, **more: Any) -> subprocess.Popen[bytes]:
        begun.append(real(*arguments, **more))
        return begun[0]

    def no_thread(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(Thread, "start", no_thread)
    search = SearchProcess(tmp_path / "library.db")
    search.begin(waiting, 0)
    assert begun[0].returncode is not None
    assert search.found() == {}
    search.end()


def test_it_ends_when_nobody_listens(waiting: list[int], tmp_path: Path) -> None:
    command = [*COMMAND, tmp_path / "library.db"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, cwd=ROOT) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(pickle.dumps((waiting, 0)))
        process.stdin.close()
        process.wait(60)
