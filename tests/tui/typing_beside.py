"""A reader who types fast beside a program that lands articles, and what must be kept of it."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cache.library import open_reading
from cache.paths import places
from tests.tui.newsroom import edition
from tests.tui.pty_reader import ROOT, PtyReader

LANDING = "import sys; from pathlib import Path; from tests.cache.killing import land; land(Path(sys.argv[1]), 1)"
APART = 0.01  # seconds between two keys


@contextmanager
def landing(home: Path) -> Iterator[None]:
    """Another program that lands articles as a refresh does, below those of the edition."""
    command = [sys.executable, "-c", LANDING, str(places(home).library)]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert program.stdout is not None
    program.stdout.readline()
    try:
        yield
    finally:
        program.stdout.close()
        program.kill()
        program.wait()


def typed(number: int, chance: random.Random) -> tuple[str, set[int], set[int]]:
    """So many keys that mark and move within the edition, and the rows that are saved and read after them."""
    keys, at, saved, read = "", 0, set[int](), set[int]()
    for _ in range(number):
        key = chance.choice("sm" + "j" * (at < len(edition()) - 1) + "k" * (at > 0))
        keys += key
        at += {"j": 1, "k": -1}.get(key, 0)
        if key in "sm":
            (saved if key == "s" else read).symmetric_difference_update({at})
    return keys, saved, read


def kept_of(home: Path, number: int, chance: random.Random) -> None:
    """Types so many keys, leaves at once, and looks that every one of them is kept."""
    keys, saved, read = typed(number, chance)
    with open_reading(home) as library:
        ids = library.ids()
    with PtyReader(home) as reader, landing(home):
        reader.type([*keys, "q"], APART)
        assert reader.left() == 0
    with open_reading(home) as library:
        entries = library.entries(ids)
    assert {at for at, entry in enumerate(entries) if entry.saved} == saved
    assert {at for at, entry in enumerate(entries) if entry.read} == read
