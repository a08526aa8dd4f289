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

from cache.db import health, identity, locks
from cache.db.backup import back_up
from cache.db.connection import Connection
from cache.errors import LibraryBusy, LibraryDamaged
from cache.library import open_library, open_reading, repair_file
from cache.writes import repair
from cache.writes.store import Store
from tests.cache.db.test_connection import make
from tests.cache.killing import ROOT
from tests.cache.writes.conftest import COUNT
from tests.shares import LONG

pytestmark = pytest.mark.once

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
    told = [finding for finding in repair_file(path) if finding.name != "room"]
    assert told == [finding for finding in health.examine(path) if finding.name != "room"]
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
        newer.executescript(f"ALTER TABLE entry ADD COLUMN mood; PRAGMA user_version = {identity.VERSION + 1}")
    left_alone(path)
    assert "newer Broadsheet" in health.examine(path)[0].sentence


@pytest.mark.parametrize("version", range(1, identity.VERSION))
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


def test_a_library_that_a_link_leads_to_is_repaired_where_it_is(library: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    real = library.rename(elsewhere / "paper.db")
    library.symlink_to(real)
    assert repair_file(library)[-1].ok
    assert library.is_symlink()
    assert count(library) == COUNT
    (kept,) = elsewhere.glob("paper-damaged-*.db")
    assert kept.name in next(finding.sentence for finding in health.examine(library) if finding.name == "kept")
    assert kept.name in health.delete_kept_copies(library).sentence
    assert os.listdir(elsewhere) == ["paper.db"]


@pytest.mark.parametrize("act", ["repair", "backup"])
def test_the_new_file_is_on_the_disk_before_it_takes_its_place(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """A power cut leaves the one or the other: the new file is synced, then named, then its name is synced."""
    events, sync, name = list[tuple[str, int]](), os.fsync, os.replace

    def synced(descriptor: int) -> None:
        events.append(("synced", os.fstat(descriptor).st_ino))
        sync(descriptor)

    def named(old: Path, new: Path) -> None:
        events.append(("named", os.stat(old).st_ino))
        name(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", named)
    made = library if act == "repair" else tmp_path / "copy.db"
    made.touch()
    if act == "repair":
        assert repair_file(library)[-1].ok
    else:
        back_up(library, made)
    new, folder = made.stat().st_ino, made.parent.stat().st_ino
    at = events.index(("named", new))
    assert ("synced", new) in events[:at]
    assert ("synced", folder) in events[at:]
    assert [event for event in events if event[0] == "named"] == [("named", new)], "in one step"


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
    for _ in range(12 if LONG else 5):
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
        refused(full, r"(nothing was changed|the last change was not made)\.$")
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
