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
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEWSWIRE = ROOT.parent / "shared" / "tools" / "newswire.py"
AT_ONCE = 16
sys.path.insert(0, str(ROOT))


@contextmanager
def newswire(feeds: int, items: int) -> Iterator[list[str]]:
    """The local news world; gives the addresses of its feeds."""
    with tempfile.TemporaryDirectory() as folder:
        urls, port = Path(folder) / "urls", _free_port()
        process = subprocess.Popen(
            [sys.executable, str(NEWSWIRE), "--feeds", str(feeds), "--items", str(items), "--hosts", "--teasers",
             "--port", str(port), "--dump-urls", str(urls)]
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/status")
            yield urls.read_text().split()
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    """A port nobody listens at: another news world may run on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_for(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise SystemExit("newswire.py did not start")


@dataclass(frozen=True)
class Run:
    """Seconds by the clock with start-up, seconds of processor time of all its processes, and what it printed."""

    seconds: float
    processor: float
    said: str


@dataclass(frozen=True)
class Figures:
    """What one comparison ran, the memory of our processes in kilobytes, and the receipt."""

    floor: Run
    newsboat: Run
    teasers: Run
    unchanged: Run
    full: Run
    memory: int
    complete: str

    @property
    def full_beside_floor(self) -> float:
        """How much longer everything takes than fetching it alone."""
        return self.full.seconds / self.floor.seconds

    @property
    def unchanged_beside_floor(self) -> float:
        """How long a refresh without news takes, measured by fetching everything."""
        return self.unchanged.seconds / self.floor.seconds

    @property
    def teasers_beside_newsboat(self) -> float:
        """How much longer the feeds alone take than newsboat takes; 0 where it is not installed."""
        return self.teasers.seconds / self.newsboat.seconds if self.newsboat.seconds else 0.0


def quickest(rounds: Sequence[Figures]) -> Figures:
    """Each run's quickest: what else the machine was doing only ever adds."""

    def least(name: str) -> Run:
        runs: list[Run] = [getattr(figures, name) for figures in rounds]
        return min(runs, key=lambda one: one.seconds)

    return Figures(
        least("floor"), least("newsboat"), least("teasers"), least("unchanged"), least("full"),
        max(figures.memory for figures in rounds), rounds[-1].complete,
    )  # fmt: skip


def run(command: list[str], **environment: str) -> Run:
    """Runs a command to its end."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **environment}
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:3]} failed")
    return Run(time.perf_counter() - begun, used.ru_utime + used.ru_stime, said.strip())


def own(mode: str, argument: Path) -> Run:
    """Runs this script in one of its inner modes, as a process of its own."""
    return run([sys.executable, __file__, mode, str(argument)])


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
    press = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"complete": notice, "memory": _highest() + press}))


def _highest() -> int:
    """The highest resident set of this process in kilobytes; its own ru_maxrss would count whoever started it too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def newsboat(urls: list[str], folder: Path) -> Run:
    """newsboat reloads the feeds into an empty cache, twenty at a time; no time at all where it is not installed."""
    program = shutil.which("newsboat")
    if program is None:
        return Run(0.0, 0.0, "")
    (folder / "urls").write_text("\n".join(urls))
    (folder / "config").write_text("reload-threads 20\n")
    places = [f"{folder}/urls", "-c", f"{folder}/cache.db", "-C", f"{folder}/config"]
    return run([program, "-q", "-u", *places, "-x", "reload"], HOME=str(folder))


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
        bare = own("--floor", folder / "addresses")
        boat = newsboat(urls, folder)
        teasers = own("--teasers", folder / "teasers.db")
        unchanged = own("--teasers", folder / "teasers.db")
        full = own("--full", folder / "full.db")
    said = json.loads(full.said)
    return Figures(bare, boat, teasers, unchanged, full, said["memory"], said["complete"])


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
        show(quickest(rounds), as_json=chosen.json)


def show(figures: Figures, *, as_json: bool) -> None:
    """Prints the figures."""
    if as_json:
        ratios = {name: getattr(figures, name) for name in vars(Figures) if "_beside_" in name}
        print(json.dumps(asdict(figures) | ratios))
        return
    lines = (
        (f"floor (bare httpx loop, {AT_ONCE} at a time)", figures.floor, ""),
        ("newsboat, feeds only", figures.newsboat, ""),
        ("feeds only", figures.teasers, f"{figures.teasers_beside_newsboat:.2f} x newsboat"),
        ("again, all unchanged", figures.unchanged, ""),
        ("with full text, indexed and related", figures.full, f"{figures.full_beside_floor:.2f} x floor"),
    )
    for what, ran, beside in lines:
        print(f"{what:40} {ran.seconds:7.2f} s  ({ran.processor:6.2f} s of processor)  {beside}")
    print(f"{'memory of all our processes':40} {figures.memory / 1024:7.0f} MB  {figures.complete}")


if __name__ == "__main__":
    main()
