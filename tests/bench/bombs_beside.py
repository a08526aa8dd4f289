"""What strange pages and feeds cost the good ones beside them, and whoever opens or adds one. Linux only.

    python tests/bench/bombs_beside.py [--json]

Fifteen good articles are fetched alone, and beside three bombs at a time of `tests/bombs.py`: printed are the seconds
until the last good one has landed and until all is done, and the most memory of all processes at a moment (PSS). Then
each is opened and added as the reader does it: seconds until that is answered, and by how much the loop that the
screen runs on was late meanwhile, 95 times of 100 and at most.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bombs import BOMBS
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, publish, subscribe

GOOD = [f"tide-{number}" for number in range(15)]
GROUPS = {
    "long feeds": (
        "feed of 400,000 entries",
        "gzipped feed of 2,800,000 empty items",
        "ill-formed feed of 300,000 entries",
    ),
    "long pages": ("<a> four million times", "<p> 2,600,000 times", "section of 150,000 links"),
    "what never ends": ("'<script ' in a feed", "'<!--' in a feed", "'<a href=\"' in a feed"),
}
TICK = 0.005


@dataclass(frozen=True)
class Beside:
    """Seconds until the good ones are there, and all is done; the most megabytes of all processes together."""

    good: float
    done: float
    memory: float


@dataclass(frozen=True)
class Asked:
    """Seconds until something was answered, milliseconds by which the loop was late meanwhile, and what was said."""

    seconds: float
    late: float
    latest: float
    said: str


def put(site: Loopback, name: str, place: int) -> str:
    """Puts a bomb on a site; the address of the source that has it."""
    kind, make = BOMBS[name]
    at = f"/bomb-{place}"
    if kind == "feed":
        site.put(at, make(), kind=RSS)
        return site.url(at)
    if kind == "section":
        site.put(at, make())
        return site.url(at)
    site.put(f"/news/bomb-{place}", make())
    site.put(at, feed(site.url(""), [f"bomb-{place}"]), kind=RSS)
    return site.url(at)


def refreshed(library: Path) -> Beside:
    """A refresh as the command line runs it, in a process of its own, watched."""
    process = subprocess.Popen([sys.executable, __file__, "--refresh", str(library)], stdout=subprocess.PIPE, text=True)
    most = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(0.05):
            most = max(most, sum(map(memory_of, tree_of(process.pid))))

    watching = threading.Thread(target=watch)
    watching.start()
    said = process.communicate()[0]
    ended.set()
    watching.join()
    told = json.loads(said.splitlines()[-1])
    return Beside(told["good"], told["done"], most / 1e6)


def tree_of(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from tree_of(int(child))


def memory_of(pid: int) -> int:
    """Bytes of a process, what it shares with others counted in part; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


async def refresh(library: Path) -> None:
    """One refresh; prints when the last good article landed, and when all was done."""
    from cache.refresh.options import RefreshOptions
    from cache.refresh.process import run_here

    begun = time.monotonic()
    good = done = 0.0
    async for progress in run_here(library, RefreshOptions()):
        done = time.monotonic() - begun
        if progress.step == "landed" and "/news/tide-" in progress.url:
            good = done
    print(json.dumps({"good": good, "done": done}))


async def late_while(asked: Awaitable[str]) -> Asked:
    """How late a loop is that is asked something meanwhile."""
    late: list[float] = []
    task = asyncio.ensure_future(asked)
    begun = time.monotonic()
    while not task.done():
        before = time.monotonic()
        await asyncio.sleep(TICK)
        late.append((time.monotonic() - before - TICK) * 1000)
    seconds = time.monotonic() - begun
    late.sort()
    return Asked(seconds, late[int(len(late) * 0.95)], late[-1], await task)


async def ask(home: Path, url: str) -> tuple[Asked, Asked]:
    """Opens an address, and looks for the source there, as the reader does."""
    from cache.library import open_library
    from fetch.errors import NewsError

    async with open_library(home) as library:

        async def opened() -> str:
            reading = await library.read(url)
            return reading.notice or "read"

        async def added() -> str:
            try:
                return (await library.discover(url))[0].source.kind
            except NewsError as error:
                return str(error)

        return await late_while(opened()), await late_while(added())


def measured() -> tuple[dict[str, Beside], dict[str, tuple[Asked, Asked]]]:
    """Everything."""
    beside: dict[str, Beside] = {}
    asked: dict[str, tuple[Asked, Asked]] = {}
    with Loopback() as good, Loopback() as bad, tempfile.TemporaryDirectory() as name:
        publish(good, *GOOD)
        subscribe(Path(name) / "alone.db", good.url("/feed"))
        beside["alone"] = refreshed(Path(name) / "alone.db")
        for group, bombs in GROUPS.items():
            library = Path(name) / f"{group}.db"
            for place, bomb in enumerate(bombs):
                subscribe(library, put(bad, bomb, place), "section" if BOMBS[bomb].kind == "section" else "feed")
            subscribe(library, good.url("/feed"))
            beside[group] = refreshed(library)
            for place, bomb in enumerate(bombs):
                at = f"/news/bomb-{place}" if BOMBS[bomb].kind == "page" else f"/bomb-{place}"
                asked[bomb] = asyncio.run(ask(Path(name) / "home", bad.url(at)))
    return beside, asked


def main() -> None:
    """Reads the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--refresh", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    if chosen.refresh:
        asyncio.run(refresh(chosen.refresh))
        return
    beside, asked = measured()
    if chosen.json:
        told = {bomb: [asdict(one) for one in both] for bomb, both in asked.items()}
        print(json.dumps({"beside": {group: asdict(one) for group, one in beside.items()}, "asked": told}))
        return
    for group, one in beside.items():
        print(f"{group:42} good {one.good:5.1f} s   all {one.done:5.1f} s   {one.memory:4.0f} MB")
    for bomb, both in asked.items():
        for what, one in zip(("opened", "added"), both, strict=True):
            late = f"late {one.late:3.0f} ms, at most {one.latest:3.0f}"
            print(f"{bomb:42} {what:6} {one.seconds:5.1f} s   {late}   {one.said[-70:]}")


if __name__ == "__main__":
    main()
