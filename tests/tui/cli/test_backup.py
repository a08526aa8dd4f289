"""`backup` gives a sound copy of a library in use, and never takes a file away that is not ours."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.writes.store import Store
from fetch.handbook.bundled import edition
from tests.cache.killing import ROOT
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records

WRITES = (
    "import sys; from pathlib import Path; from itertools import count; from cache.writes.store import Store\n"
    "with Store(Path(sys.argv[1])) as store:\n"
    "    for number in count():\n"
    "        store.entries.entry_for(f'https://paper.example/{number}', now=1); print(number, flush=True)\n"
)


def test_a_copy_of_a_library_in_use_is_sound(cli: Cli, tmp_path: Path) -> None:
    """While another program writes, the copy holds all that was acknowledged before it was asked for."""
    done(cli("list"))
    library, copy = tmp_path / "home" / "library.db", tmp_path / "copy.db"
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(library)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert writing.stdout
    for _ in range(20):
        last = int(writing.stdout.readline())
    (said,) = records(done(cli("backup", str(copy), "--json")))
    writing.kill()
    writing.communicate()
    assert said["file"] == str(copy)
    assert said["articles"] >= len(edition()) + last + 1
    assert said["bytes"] == copy.stat().st_size
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.db", "home"]
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(copy, other / "library.db")
    with open_reading(other) as opened:
        assert opened.count() == said["articles"]
        assert all(finding.ok for finding in opened.doctor() if finding.name != "room")


def test_a_copy_replaces_an_earlier_one_and_says_what_it_holds(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    done(cli("list"))
    assert done(cli("backup", str(copy))).startswith(f"{len(edition())} articles copied to {copy} (")
    with Store(tmp_path / "home" / "library.db") as store:
        store.entries.entry_for("https://paper.example/1", now=1)
    assert done(cli("backup", str(copy))).startswith(f"{len(edition()) + 1} articles copied")
    (tmp_path / "empty.db").touch()
    assert done(cli("backup", str(tmp_path / "empty.db"))).startswith(f"{len(edition()) + 1} articles copied")


def test_what_is_not_a_copy_of_ours_is_never_replaced(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    letters, songs = tmp_path / "letters.txt", tmp_path / "songs.db"
    letters.write_text("Dear Ana")
    with closing(sqlite3.connect(songs)) as made:
        made.execute("CREATE TABLE songs (title)")
    before = songs.read_bytes()
    for each in (letters, songs):
        assert "is there already" in fails(cli("backup", str(each)))
    assert (letters.read_text(), songs.read_bytes()) == ("Dear Ana", before)
    assert "is a folder" in fails(cli("backup", str(tmp_path)))
    assert "the library itself" in fails(cli("backup", str(tmp_path / "home" / "library.db")))
    assert "no such file" in fails(cli("backup", str(tmp_path / "missing" / "copy.db")))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "letters.txt", "songs.db"]


def test_another_library_in_use_is_never_replaced(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    used = tmp_path / "used" / "library.db"
    with Store(used):
        assert "in use" in fails(cli("backup", str(used)))


def test_there_is_nothing_to_copy_without_a_library_or_with_a_damaged_one(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert "no library" in fails(cli("backup", str(copy)))
    done(cli("list"))
    library = tmp_path / "home" / "library.db"
    with library.open("r+b") as file:
        file.seek(3 * 8192)
        file.write(b"\xa5" * 8192 * 3)
    assert "doctor --repair" in fails(cli("backup", str(copy)))
    assert not copy.exists()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"), reason="mounting a disk needs root"
)
def test_a_full_disk_leaves_the_earlier_copy(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", disk], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        done(cli("backup", str(disk / "copy.db")))
        before = (disk / "copy.db").read_bytes()
        said = fails(cli("backup", str(disk / "copy.db")))
        assert "The disk is full" in said
        assert str(disk / "copy.db") in said
        assert ".part" not in said
        assert (disk / "copy.db").read_bytes() == before
        assert [each.name for each in disk.iterdir()] == ["copy.db"]
    finally:
        subprocess.run(["umount", disk], check=True)
