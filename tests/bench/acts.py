"""What was acknowledged is there: `python tests/bench/acts.py [keys SECONDS | programs SECONDS]`.

`keys`: a hundred keys a second in a real terminal beside a program that lands articles, for a minute. `programs`: three
programs that refresh, mark and import on one library, for five minutes, then killed.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cache.killing import check, killed_together
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


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    if chosen in ("", "keys"):
        print(keys(seconds or 60))
    if chosen in ("", "programs"):
        print(programs(seconds or 300))
