"""How fast a refresh is, beside newsboat and beside a bare loop that fetches the same addresses and keeps nothing.

    python tests/bench/refresh_speed.py [--feeds 100] [--items 50] [--rounds 1] [--json]

They run one after the other against `shared/tools/newswire.py`, one host a feed; of several rounds the quickest counts.
The bare loop goes host by host and keeps its connections, as nothing quicker can.
Prints the whole table: seconds and ratios, with and without the sorting into stories that goes on behind the reader's
back, the memory of our processes together (the sum of their highest resident sets), what a host that never answers
costs nine others, and how soon the reader answers a key meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.newsworld import ROOT, TOOLS, WorldRun, newswire, run

AT_ONCE = 16
TYPED = "quartzvexingjumpsbold"
"""What is typed into the search of a reader that refreshes: no word of it is in the news."""


@dataclass(frozen=True)
class Figures:
    """What one comparison ran, the memory of our processes in kilobytes, and the receipt.

    `told` is when the reader was told that all had come; `full` ends with what the command line then does of telling
    entries apart into stories, `rest` is what is left of that for another time.
    """

    floor: WorldRun
    newsboat: WorldRun
    teasers: WorldRun
    unchanged: WorldRun
    full: WorldRun
    rest: WorldRun
    told: float
    memory: int
    complete: str

    @property
    def full_beside_floor(self) -> float:
        """How much longer everything takes than fetching it alone."""
        return self.full.seconds / self.floor.seconds

    @property
    def told_beside_floor(self) -> float:
        """The same until the reader is told that all has come."""
        return self.told / self.floor.seconds

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

    def least(name: str) -> WorldRun:
        runs: list[WorldRun] = [getattr(figures, name) for figures in rounds]
        return min(runs, key=lambda one: one.seconds)

    return Figures(
        least("floor"), least("newsboat"), least("teasers"), least("unchanged"), least("full"), least("rest"),
        min(figures.told for figures in rounds), max(figures.memory for figures in rounds), rounds[-1].complete,
    )  # fmt: skip


def own(mode: str, argument: Path) -> WorldRun:
    """Runs this script in one of its inner modes, as a process of its own."""
    return run([sys.executable, __file__, mode, str(argument)])


def floor(addresses: Path) -> None:
    """The bare loop: asyncio and httpx, sixteen hosts at a time, each by one connection; everything is thrown away."""
    import httpx

    hosts = iter(addresses.read_text().splitlines())

    async def worker(client: httpx.AsyncClient) -> None:
        for urls in hosts:
            for url in urls.split():
                (await client.get(url)).raise_for_status()

    async def fetch_all() -> None:
        async with httpx.AsyncClient() as client:
            await asyncio.gather(*(worker(client) for _ in range(AT_ONCE)))

    asyncio.run(fetch_all())


def ours(library: Path, *, teasers_only: bool) -> None:
    """One refresh of a library to its very end, as the command line runs it; prints what `Figures` needs."""
    from cache.refresh.options import RefreshOptions
    from cache.refresh.process import run_here

    async def refresh() -> dict[str, object]:
        finished: dict[str, object] = {}
        async with aclosing(run_here(library, RefreshOptions(teasers_only=teasers_only))) as steps:
            async for progress in steps:
                if progress.step == "finished":
                    finished = {"complete": progress.notice, "memory": _highest(), "at": time.time()}
        return finished | {"after": time.time() - float(str(finished["at"]))}

    print(json.dumps(asyncio.run(refresh())))


def nine(library: Path) -> None:
    """A refresh until nine sources are done; prints how many seconds that took."""
    from cache.refresh.options import RefreshOptions
    from cache.refresh.process import run_here

    async def refresh() -> float:
        begun, left = time.perf_counter(), 9
        async with aclosing(run_here(library, RefreshOptions())) as steps:
            async for progress in steps:
                left -= progress.step == "closed"
                if not left:
                    break
        return time.perf_counter() - begun

    print(asyncio.run(refresh()))


def rest(library: Path) -> None:
    """Tells apart into stories what a refresh has left of it."""
    from cache.writes.store import open_store

    with open_store(library) as store:
        store.stories.assign_all()


def _highest() -> int:
    """The highest resident sets of this process and of those it started, added up, in kilobytes."""
    found = 0
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            status = dict(line.split(":", 1) for line in path.read_text().splitlines())
        except OSError:  # it has ended
            continue
        if str(os.getpid()) in (status["Pid"].strip(), status["PPid"].strip()):
            found += int(status.get("VmHWM", "0").split()[0])
    return found


def newsboat(urls: list[str], folder: Path) -> WorldRun:
    """newsboat reloads the feeds into an empty cache, twenty at a time; no time at all where it is not installed."""
    program = shutil.which("newsboat")
    if program is None:
        return WorldRun(0.0, 0.0, "")
    (folder / "urls").write_text("\n".join(urls))
    (folder / "config").write_text("reload-threads 20\n")
    places = [f"{folder}/urls", "-c", f"{folder}/cache.db", "-C", f"{folder}/config"]
    return run([program, "-q", "-u", *places, "-x", "reload"], HOME=str(folder))


def pages_of(feed: str, number: int, items: int) -> list[str]:
    """A feed's address and those of its pages; all are on one host."""
    return [feed, *(f"{feed.partition('/feed/')[0]}/a/{number}/{place}.html" for place in range(items))]


def compare(urls: list[str], items: int) -> Figures:
    """One round of everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "addresses").write_text(
            "\n".join(" ".join(pages_of(url, place, items)) for place, url in enumerate(urls))
        )
        _subscribe(folder / "teasers.db", urls)
        _subscribe(folder / "full.db", urls)
        bare = own("--floor", folder / "addresses")
        boat = newsboat(urls, folder)
        teasers = own("--teasers", folder / "teasers.db")
        unchanged = own("--teasers", folder / "teasers.db")
        full = own("--full", folder / "full.db")
        rest = own("--rest", folder / "full.db")
    said = json.loads(full.said)
    told = full.seconds - said["after"]
    return Figures(bare, boat, teasers, unchanged, full, rest, told, said["memory"], said["complete"])


def beside_a_silent_host(urls: list[str]) -> tuple[float, float]:
    """Seconds that nine feeds with their pages take alone, and beside a host that accepts and never answers."""
    silent = urls[9].replace("/feed/", "/hang/")
    with tempfile.TemporaryDirectory() as name:
        alone, beside = Path(name) / "alone.db", Path(name) / "beside.db"
        _subscribe(alone, urls[:9])
        _subscribe(beside, [silent, *urls[:9]])
        return float(own("--nine", alone).said), float(own("--nine", beside).said)


def keys(urls: list[str]) -> list[float]:
    """Milliseconds until the reader, in a terminal and at its refresh, shows each letter typed into the search."""
    with tempfile.TemporaryDirectory() as name:
        home, told = Path(name) / "home", Path(name) / "told.json"
        run([sys.executable, "-m", "tui", "--home", str(home), "sources"])
        _subscribe(home / "library.db", urls)
        steps = ["settle|sleep:800|stable:300|20", "refresh|r|change|20", "wait|sleep:700|change|20", "ask|/|Search|20"]
        steps += [f"key {place}|lit:{letter}|{TYPED[: place + 1]}|20" for place, letter in enumerate(TYPED)]
        timer = [sys.executable, str(TOOLS / "tui_time.py"), "--wait", "alt:5", "--keep-going", "--json", str(told)]
        wishes = [argument for step in steps for argument in ("--step", step)]
        command = f"{sys.executable} -m tui --home {home}"
        subprocess.run([*timer, "--cwd", str(ROOT), "--cmd", command, *wishes], check=False, stdout=subprocess.DEVNULL)
        (ran,) = json.loads(told.read_text())["runs"]
    return [step["ms"] for step in ran if step["step"].startswith("key ")]


def _subscribe(library: Path, urls: list[str]) -> None:
    from tests.newsroom import subscribe

    for url in urls:
        subscribe(library, url)


def main() -> None:
    """Reads the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for inner in ("--floor", "--teasers", "--full", "--rest", "--nine"):
        arguments.add_argument(inner, type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--feeds", type=int, default=100)
    arguments.add_argument("--items", type=int, default=50)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    if chosen.floor:
        floor(chosen.floor)
    elif chosen.rest:
        rest(chosen.rest)
    elif chosen.nine:
        nine(chosen.nine)
    elif chosen.teasers or chosen.full:
        ours(chosen.teasers or chosen.full, teasers_only=bool(chosen.teasers))
    else:
        with newswire(chosen.feeds, chosen.items) as urls:
            figures = quickest([compare(urls, chosen.items) for _ in range(chosen.rounds)])
            show(figures, beside_a_silent_host(urls), keys(urls), as_json=chosen.json)


def show(figures: Figures, silent: tuple[float, float], keyed: list[float], *, as_json: bool) -> None:
    """Prints the figures."""
    p95 = sorted(keyed)[round(len(keyed) * 0.95) - 1]
    if as_json:
        ratios = {name: getattr(figures, name) for name in vars(Figures) if "_beside_" in name}
        print(json.dumps(asdict(figures) | ratios | {"silent": silent, "key_p95": p95}))
        return
    lines = (
        (f"floor (bare httpx loop, {AT_ONCE} at a time)", figures.floor, ""),
        ("newsboat, feeds only", figures.newsboat, ""),
        ("feeds only", figures.teasers, f"{figures.teasers_beside_newsboat:.2f} x newsboat"),
        ("again, all unchanged", figures.unchanged, ""),
        ("with full text, indexed and related", figures.full, f"{figures.full_beside_floor:.2f} x floor"),
        ("  sorting left for another time", figures.rest, ""),
    )
    for what, ran, beside in lines:
        print(f"{what:40} {ran.seconds:7.2f} s  ({ran.processor:6.2f} s of processor)  {beside}")
    print(f"{'  until the reader is told':40} {figures.told:7.2f} s  {figures.told_beside_floor:.2f} x floor")
    print(f"{'memory of all our processes':40} {figures.memory / 1024:7.0f} MB  {figures.complete}")
    print(f"{'nine feeds; beside a silent host':40} {silent[0]:7.2f} s  {silent[1]:.2f} s")
    print(f"{'a key while it refreshes: median, p95':40} {statistics.median(keyed):7.0f} ms  {p95:.0f} ms")


if __name__ == "__main__":
    main()
