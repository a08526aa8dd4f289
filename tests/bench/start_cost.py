"""What the reader's start costs until its first paint, beside a bare Textual app's: processor time, the two by turns.

    python tests/bench/start_cost.py [HOME] [--starts N]

HOME is a library to open; without, a small one that fills the list. Each start is in a terminal of its own, and counted
is the time of all its threads up to the moment at which the headline is handed to the terminal: what else the machine
does adds to it far less than to the time it takes. A paint that is not there within a minute is a mistake.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from fetch.article import Article  # noqa: E402
from tests.bench.rivals import BARE_START  # noqa: E402
from tests.tui.newsroom import NOW, PILOTS, shelve  # noqa: E402

HEADLINE = "Harbour pilots"
ROWS = 40
PATIENCE = 60.0
READER = "from tui.__main__ import main; sys.exit(main(['--home', sys.argv[2]]))"
TOLD = """
import io, os, sys, time

class Told(io.TextIOWrapper):
    def write(self, text):
        written = super().write(text)
        if sys.argv[1] in text:
            self.flush()
            os.write(int(os.environ["TOLD"]), b"%.9f" % time.process_time())
            os._exit(0)
        return written

sys.stdout = sys.__stdout__ = Told(open(1, "wb", closefd=False), encoding="utf-8")
sys.stderr = sys.__stderr__ = Told(open(2, "wb", closefd=False), encoding="utf-8")
"""
"""Runs before either program: Textual draws on standard error, the reader on standard output."""


@dataclass(frozen=True)
class StartCost:
    """Processor seconds until the first paint: the least, and the median, of the reader's starts and of the others."""

    least: float
    middle: float
    bare_least: float
    bare_middle: float

    @property
    def beside_bare(self) -> float:
        """The reader's least beside the bare app's: other work on the machine only ever adds."""
        return self.least / self.bare_least


def start(program: str, text: str, home: Path, compiled: Path) -> float:
    """Processor seconds of a program until it hands `text` to its terminal."""
    terminal, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    told, tells = os.pipe()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings = {**kept, "TERM": "xterm-256color", "PYTHONPYCACHEPREFIX": str(compiled), "TOLD": str(tells)}
    command = [sys.executable, "-c", TOLD + program, text, str(home)]
    started = subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdin=theirs, stdout=theirs, stderr=theirs, pass_fds=(tells,)
    )
    os.close(theirs)
    os.close(tells)
    seen, until = b"", time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until:
            ready, _, _ = select.select([told, terminal], [], [], 1.0)
            if told in ready:
                if taken := os.read(told, 64):
                    return float(taken)
                break
            if terminal in ready:
                seen += os.read(terminal, 1 << 16)
        raise RuntimeError(f"Nothing was painted: {seen[-2000:]!r}")
    finally:
        started.kill()
        started.wait()
        os.close(told)
        os.close(terminal)


def measure(home: Path, headline: str, starts: int) -> StartCost:
    """The cost of so many starts of each, after one that compiles what is loaded and is not counted."""
    programs = {"reader": (READER, headline), "bare": (BARE_START, "first text")}
    runs: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(prefix="broadsheet-compiled-") as compiled:
        for program, text in programs.values():
            start(program, text, home, Path(compiled))
        for _ in range(starts):
            for name, (program, text) in programs.items():
                runs[name].append(start(program, text, home, Path(compiled)))
    reader, bare = runs["reader"], runs["bare"]
    return StartCost(min(reader), median(reader), min(bare), median(bare))


def fill(home: Path) -> None:
    """A library of as many articles as fill the list."""
    shelve(home, (_story(number) for number in range(ROWS)))


def _story(number: int) -> Article:
    when = NOW - timedelta(hours=number)
    return replace(PILOTS, url=f"{PILOTS.url}-{number}", headline=f"{HEADLINE}, part {number}", published=when)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", nargs="?", type=Path)
    parser.add_argument("--headline", default=HEADLINE, help="what the first paint of HOME shows")
    parser.add_argument("--starts", type=int, default=15)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = wishes.home or Path(folder)
        if not wishes.home:
            fill(home)
        cost = measure(home, wishes.headline, wishes.starts)
    print(f"{'reader':8} least {cost.least * 1000:6.1f} ms   median {cost.middle * 1000:6.1f} ms")
    print(f"{'bare':8} least {cost.bare_least * 1000:6.1f} ms   median {cost.bare_middle * 1000:6.1f} ms")
    print(f"beside the bare app: {cost.beside_bare:.2f} ×, by the medians {cost.middle / cost.bare_middle:.2f} ×")


if __name__ == "__main__":
    main()
