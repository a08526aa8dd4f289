"""What a sync with a server on loopback costs: the first of many entries, and one where nothing has changed.

    python tests/bench/sync_cost.py [ENTRIES] [--fever]

The command line is run in a process of its own, beside the server's; its memory is what the system counts at most.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fever_side import FeverSide
from tests.reading_server import ReadingServer

ROOT = Path(__file__).parents[2]
TEXT = "<p>" + "The ferry comes at eight, and the pier is open until the tide turns. " * 12 + "</p>"


def filled(server: ReadingServer, count: int) -> None:
    """Gives a server so many entries in twenty feeds, two in three read, one in fifty starred."""
    feeds = [server.feed(f"https://paper{n}.example/feed", f"Paper {n}", f"Group {n % 4}") for n in range(20)]
    for number in range(count):
        feed = feeds[number % len(feeds)]
        words = f"Harbour council decides number {number} on pier {number * 7919 % count}"
        server.item(
            feed,
            f"https://paper{feed.number}.example/{number}",
            words,
            html=TEXT.replace("eight", str(number)),
            read=number % 3 != 0,
            starred=number % 50 == 0,
        )


def sync(home: str, *words: str) -> tuple[float, float, float, str]:
    """Runs `sync`: seconds by the clock, seconds of the processor, megabytes at most, and what it says."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "--home", home, "sync", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("harbour\n")
    process.stdin.close()
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, said
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.strip()


def main() -> None:
    """Prints the figures."""
    numbers = [each for each in sys.argv[1:] if each.isdigit()]
    count = int(numbers[0]) if numbers else 10_000
    fever = FeverSide() if "--fever" in sys.argv else None
    with ReadingServer(fever=fever) as server, tempfile.TemporaryDirectory() as home:
        filled(server, count)
        for name, words in (
            ("first", (server.origin if fever else server.base, "--user", "pat", "--yes")),
            ("idle", ()),
            ("idle", ()),
        ):
            before = len(server.seen)
            clock, processor, memory, said = sync(home, *words)
            requests = len(server.seen) - before
            print(
                f"{name}: {clock:.1f} s, processor {processor:.1f} s, {memory:.0f} MB, {requests} requests: {said}",
                flush=True,
            )


if __name__ == "__main__":
    main()
