"""The library survives what programs and disks do to it: killed at any moment, shared, full, not writable."""

import os
import random
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from cache.db import health
from cache.errors import DiskFull
from cache.library import open_library, open_reading
from cache.writes.store import Store
from fetch.source import Source
from tests.cache.killing import ROOT, check, killed, killed_refresh, killed_repair, killed_together, killed_upgrade

pytestmark = pytest.mark.once

KILLS = 8
"""`tests/bench/library_kill.py` does it 300 times."""

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"), reason="mounting a disk needs root"
)


def test_a_refresh_that_is_killed_has_kept_all_that_landed(tmp_path):
    chance, said, kills = random.Random(), [], 0
    with Store(tmp_path / "library.db"):
        pass
    while kills < 2 or not any(line.startswith("fetched") for line in said):
        assert kills < 10
        said += killed_refresh(tmp_path, chance)
        check(tmp_path, said)
        kills += 1


def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path):
    """A slow start may be killed before it has done much: killing goes on until every kind of write was seen."""
    chance, said, kills = random.Random(), [], 0
    while kills < KILLS or {line.split()[0] for line in said} != {"landed", "read", "saved", "imported", "pruned"}:
        assert kills < 10 * KILLS
        said += killed(tmp_path, chance)
        check(tmp_path, said)
        kills += 1


def test_three_programs_on_one_library_lose_nothing_they_acknowledged(tmp_path):
    """`tests/bench/acts.py` has them at it for five minutes."""
    chance, said, seconds = random.Random(), [], 3.0
    while {line.split()[0] for line in said} != {"landed", "read", "saved", "imported", "pruned"}:
        said += killed_together(tmp_path, 3, seconds, chance)
        check(tmp_path, said)
        seconds *= 1.5  # where much else is at work, an import has not come to its end before


def test_killed_while_it_is_upgraded_or_repaired_a_library_is_old_or_new(tmp_path):
    chance = random.Random()
    for number in range(2):
        killed_upgrade(tmp_path / f"{number}", chance)
        killed_repair(tmp_path / f"{number}", chance)


def test_two_programs_write_to_one_library(tmp_path):
    """Each lands 60 stories; both get through, and neither hears of a lock."""
    program = (
        "import sys; from pathlib import Path; from cache.writes.store import Store; from fetch.source import Source\n"
        "from fetch.article import Teaser\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    source = store.sources.add(Source(f'https://{sys.argv[2]}.example/', 'feed'))\n"
        "    for number in range(60):\n"
        "        teaser = Teaser(f'https://{sys.argv[2]}.example/{number}', 'Story')\n"
        "        assert store.entries.store_teaser(source, teaser, 1.0)\n"
    )
    path = tmp_path / "library.db"
    command = [sys.executable, "-c", program, str(path)]
    both = [
        subprocess.Popen(
            [*command, name], cwd=ROOT, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for name in ("one", "two")
    ]
    assert [program.communicate()[1] for program in both] == [b"", b""]
    with Store(path) as store:
        assert store.connection.rows("SELECT total FROM tally") == [(60,), (60,)]
        assert store.connection.value("PRAGMA integrity_check") == "ok"


@pytest.fixture
def disk(tmp_path):
    """A disk of 24 MB, mounted for the test."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def make_read_only(disk):
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)


@as_root
def test_a_full_disk(disk, write):
    path = disk / "library.db"
    with Store(path) as store:
        store.sources.add(Source("https://paper.example/feed", "feed"))
        landed = []

        def fill():
            for number in range(5000):
                entry_id = store.entries.entry_for(f"https://paper.example/{number}", now=1)
                words = random.Random(number).randbytes(3000).hex()
                store.articles.store_article(entry_id, write(f"Story {number}", words), 1)
                landed.append(entry_id)

        with pytest.raises(DiskFull, match="is full; the last change was not made"):
            fill()
        assert store.connection.value("PRAGMA integrity_check") == "ok"
    assert len(landed) > 50
    with open_reading(disk) as library:
        assert len(library.entries(landed)) == len(landed)
        assert all(library.article(entry_id).words == 1 for entry_id in landed)
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as rest:
        while rest.write(b"\0" * 512):
            pass
    with pytest.raises(DiskFull), Store(disk / "another" / "library.db"):
        pass


@as_root
@pytest.mark.anyio
async def test_a_disk_that_cannot_be_written(disk):
    async with open_library(disk) as library:
        total = library.count()
    make_read_only(disk)
    async with open_library(disk) as library:
        assert library.count() == total
        assert library.article(library.ids(limit=1)[0])
        assert library.search("offline")
        with pytest.raises(DiskFull, match="cannot be"):
            await library.mark_read(library.ids())
    assert all(finding.ok for finding in health.examine(disk / "library.db") if finding.name != "room")


@as_root
def test_a_new_library_on_a_disk_that_cannot_be_written_is_one_sentence(disk):
    make_read_only(disk)
    with pytest.raises(DiskFull, match="cannot be"), open_reading(disk):
        pass
