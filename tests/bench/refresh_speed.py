"""How fast a refresh is, beside newsboat and beside a bare loop that fetches the same addresses and keeps nothing.

    python tests/bench/refresh_speed.py [--feeds 100] [--items 50] [--rounds 1] [--json]

All three run one after the other against `shared/tools/newswire.py`, one host a feed; of several rounds the quickest
counts. Prints seconds, ratios and the memory of our processes together (the sum of their highest resident sets).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEWSWIRE = ROOT.parent / "shared" / "tools" / "newswire.py"
PORT = 8791
AT_ONCE = 16
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Figures:
    """Seconds, kilobytes and ratios of one comparison."""

    floor: float
    newsboat: float
    teasers: float
    unchanged: float
    full: float
    memory: int
    complete: str
    full_beside_floor: float
    teasers_beside_newsboat: float


@contextmanager
def newswire(feeds: int, items: int) -> Iterator[list[str]]:
    """The local news world; gives the addresses of its feeds."""
    with tempfile.TemporaryDirectory() as folder:
        urls = Path(folder) / "urls"
        process = subprocess.Popen(
            [sys.executable, str(NEWSWIRE), "--feeds", str(feeds), "--items", str(items), "--hosts", "--teasers",
             "--port", str(PORT), "--dump-urls", str(urls)]
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{PORT}/status")
            yield urls.read_text().split()
        finally:
            process.terminate()
            process.wait()


def _wait_for(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise SystemExit("newswire.py did not start")


def run(mode: str, *arguments: str) -> tuple[float, str]:
    """Runs this script in one of its inner modes, as a process of its own: seconds with start-up, what it printed."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, mode, *arguments], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return time.perf_counter() - begun, done.stdout.strip()


def floor(addresses: Path) -> None:
    """The bare loop: asyncio and httpx, sixteen at a time, everything thrown away."""
    import httpx

    left = iter(addresses.read_text().split())

    async def worker(client: httpx.AsyncClient) -> None:
        for url in left:
            (await client.get(url)).raise_for_status()

    async def fetch_all() -> None:
        async with httpx.AsyncClient() as client:
            await asyncio.gather(*(worker(client) for _ in range(AT_ONCE)))

    asyncio.run(fetch_all())


def ours(library: Path, *, teasers_only: bool) -> None:
    """One refresh of a library, as the command line runs it; prints the receipt and its memory."""
    from cache.courier import go
    from cache.course import Bounds

    async def refresh() -> str:
        notice = ""
        async for progress in go(library, Bounds(teasers_only=teasers_only)):
            notice = progress.notice
        return notice

    notice = asyncio.run(refresh())
    highest = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"complete": notice, "memory": sum(highest)}))


def newsboat(urls: list[str], folder: Path) -> float:
    """Seconds newsboat takes to reload the feeds into an empty cache, twenty at a time; 0 where it is not installed."""
    program = shutil.which("newsboat")
    if program is None:
        return 0.0
    (folder / "urls").write_text("\n".join(urls))
    (folder / "config").write_text("reload-threads 20\n")
    command = [program, "-q", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "HOME": str(folder)})
    return time.perf_counter() - begun


def compare(urls: list[str], items: int) -> Figures:
    """One round of everything."""
    from tests.newsroom import subscribe

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = [
            f"{url.partition('/feed/')[0]}/a/{number}/{place}.html"
            for place in range(items)
            for number, url in enumerate(urls)
        ]
        (folder / "addresses").write_text("\n".join([*urls, *pages]))
        for library in ("teasers.db", "full.db"):
            for url in urls:
                subscribe(folder / library, url)
        bare, _ = run("--floor", str(folder / "addresses"))
        boat = newsboat(urls, folder)
        teasers, _ = run("--teasers", str(folder / "teasers.db"))
        unchanged, _ = run("--teasers", str(folder / "teasers.db"))
        full, told = run("--full", str(folder / "full.db"))
    said = json.loads(told)
    return Figures(
        floor=bare, newsboat=boat, teasers=teasers, unchanged=unchanged, full=full,
        memory=said["memory"], complete=said["complete"], full_beside_floor=full / bare,
        teasers_beside_newsboat=teasers / boat if boat else 0.0,
    )  # fmt: skip


def main() -> None:
    """Reads the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for inner in ("--floor", "--teasers", "--full"):
        arguments.add_argument(inner, type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--feeds", type=int, default=100)
    arguments.add_argument("--items", type=int, default=50)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    if chosen.floor:
        floor(chosen.floor)
    elif chosen.teasers or chosen.full:
        ours(chosen.teasers or chosen.full, teasers_only=bool(chosen.teasers))
    else:
        with newswire(chosen.feeds, chosen.items) as urls:
            rounds = [compare(urls, chosen.items) for _ in range(chosen.rounds)]
        best = min(rounds, key=lambda figures: figures.full_beside_floor)
        show(best, as_json=chosen.json)


def show(figures: Figures, *, as_json: bool) -> None:
    """Prints the figures."""
    if as_json:
        print(json.dumps(asdict(figures)))
        return
    lines = (
        (f"floor (bare httpx loop, {AT_ONCE} at a time)", figures.floor, ""),
        ("newsboat, feeds only", figures.newsboat, ""),
        ("feeds only", figures.teasers, f"{figures.teasers_beside_newsboat:.2f} x newsboat"),
        ("again, all unchanged", figures.unchanged, ""),
        ("with full text, indexed and related", figures.full, f"{figures.full_beside_floor:.2f} x floor"),
    )
    for what, seconds, beside in lines:
        print(f"{what:40} {seconds:7.2f} s  {beside}")
    print(f"{'memory of all our processes':40} {figures.memory / 1024:7.0f} MB  {figures.complete}")


if __name__ == "__main__":
    main()
