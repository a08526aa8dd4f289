"""What was acknowledged is there: `python tests/bench/acts.py [keys SECONDS | programs SECONDS | marks ARTICLES]`.

`keys`: a hundred keys a second in a real terminal beside a program that lands articles, for a minute. `programs`: three
programs that refresh, mark and import on one library, for five minutes, then killed. `marks`: how long the marks of
another program wait while 3,000 articles are taken in, with what an empty transaction costs here by itself.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cache.killing import check, killed_together
from tests.cache.test_long_work_beside_others import seconds_beside, taken_in, written
from tests.tui.newsroom import shelve
from tests.tui.typing_beside import APART, kept_of


def keys(seconds: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        shelve(Path(folder))
        number = round(seconds / APART)
        kept_of(Path(folder), number, random.Random())
    return f"{number:,} keys in {seconds:,.0f} s beside a program that writes: all kept"


def programs(seconds: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        said = killed_together(Path(folder), 3, seconds, random.Random())
        check(Path(folder), said)
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(Counter(line.split()[0] for line in said).items()))
    return f"three programs for {seconds:,.0f} s, then killed: the library is sound, nothing lost of {told}"


def marks(number: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder, "home"), written(Path(folder), number)
        waits = seconds_beside(home, lambda: asyncio.run(taken_in(home, file)))
        bare = seconds_bare(Path(folder, "bare.db"))
    return f"{len(waits):,} marks beside an import of {number:,}: {spread(waits)}; an empty transaction: {spread(bare)}"


def seconds_bare(path: Path) -> list[float]:
    """How long a transaction takes that changes one value and waits for the disk, in order of length."""
    seconds = []
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE one (value)")
        for value in range(300):
            begun = monotonic()
            sql.execute("BEGIN IMMEDIATE")
            sql.execute("REPLACE INTO one (rowid, value) VALUES (1, ?)", (value,))
            sql.execute("COMMIT")
            seconds.append(monotonic() - begun)
    return sorted(seconds)


def spread(seconds: list[float]) -> str:
    """Of times in order, in ms, the middle one, the one that 95 of 100 do not pass, and the longest."""
    at = (seconds[int(len(seconds) * share)] * 1000 for share in (0.5, 0.95))
    return "p50 {:.1f} ms, p95 {:.1f} ms, most {:.0f} ms".format(*at, seconds[-1] * 1000)


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    if chosen in ("", "keys"):
        print(keys(seconds or 60))
    if chosen in ("", "programs"):
        print(programs(seconds or 300))
    if chosen in ("", "marks"):
        print(marks(round(seconds) or 3000))
