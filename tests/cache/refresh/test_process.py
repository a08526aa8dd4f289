"""A refresh in this process with parsers apart, and one in a process of its own: the same steps, ended together."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cache.errors import CacheError, NotALibrary
from cache.progress import Progress
from cache.refresh import process
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_apart, run_here
from cache.writes.store import open_store
from tests.loopback import Loopback
from tests.modules import ROOT
from tests.newsroom import RSS, feed, page, publish, steps, subscribe

pytestmark = pytest.mark.anyio
READER = """
import asyncio, sys
from pathlib import Path
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_apart

async def follow():
    async for progress in run_apart(Path(sys.argv[1]), RefreshOptions()):
        print(progress.step, flush=True)

asyncio.run(follow())
"""


async def test_a_refresh_with_parsers_in_processes_apart(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    site.put("/feed", feed(site.url(""), ["mole", "tide"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    told = [progress async for progress in run_here(library, RefreshOptions())]
    assert [progress.reason for progress in steps(told, "failed")] == ["not found"]
    assert [progress.url for progress in steps(told, "landed")] == [site.url("/news/mole")]
    assert told[-1].notice == "1 of 2 complete, 1 not found"


async def test_one_in_its_own_process_reports_the_same_and_stores_it(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    subscribe(library, site.url("/feed"))
    told = [progress async for progress in run_apart(library, RefreshOptions())]
    assert [progress.step for progress in told] == ["source", "listed", "landed", "closed", "finished"]
    with open_store(library) as store:
        assert store.plan.receipt()["full"] == 1


async def test_one_in_its_own_process_raises_what_the_library_raises(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(NotALibrary):
        _ = [progress async for progress in run_apart(tmp_path / "library.db", RefreshOptions())]


async def test_closing_one_in_its_own_process_ends_its_processes(site: Loopback, library: Path) -> None:
    site.hang("/feed")
    subscribe(library, site.url("/feed"))
    steps_told = run_apart(library, RefreshOptions())
    assert (await anext(steps_told)).step == "source"
    await steps_told.aclose()
    assert not processes_with(library)
    with open_store(library) as store, store.batch():
        assert store.plan.receipt()["full"] == 0


@pytest.mark.parametrize("steps_before", [0, 1])
async def test_one_that_is_cancelled_again_and_again_ends_after_its_process(
    site: Loopback, library: Path, steps_before: int
) -> None:
    """A screen that is left ends what it runs, and so does the reader: neither may leave the process behind."""
    site.hang("/feed")
    subscribe(library, site.url("/feed"))
    told: list[Progress] = []
    following = asyncio.ensure_future(_follow(run_apart(library, RefreshOptions()), told))
    while len(told) < steps_before:  # noqa: ASYNC110 - it tells so by what it appends
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    while not following.done():
        following.cancel()
        await asyncio.sleep(0)
    assert not processes_with(library)
    assert sorted(each.name for each in library.parent.iterdir()) == [library.name]


async def _follow(steps_told: AsyncIterator[Progress], told: list[Progress]) -> None:
    async for progress in steps_told:
        told.append(progress)  # noqa: PERF401 - read meanwhile


async def test_whoever_follows_one_that_is_killed_hears_of_it_and_the_next_goes_on(
    site: Loopback, library: Path
) -> None:
    publish(site, "mole")
    site.hang("/feed/slow")
    subscribe(library, site.url("/feed/slow"))
    subscribe(library, site.url("/feed"))
    steps_told = run_apart(library, RefreshOptions())
    await _until_landed(steps_told)
    (pid,) = processes_with(library)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(CacheError, match="broke off \\(it was ended from outside\\)"):
        _ = [progress async for progress in steps_told]
    site.put("/feed/slow", feed(site.url(""), ["mole", "tide"]), kind=RSS)
    site.put("/news/tide", page("tide"))
    told = [progress async for progress in run_apart(library, RefreshOptions())]
    assert told[-1].notice == "2 of 2 complete"


async def test_parsers_end_with_the_refresh_that_is_killed(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    site.hang("/feed/slow")
    subscribe(library, site.url("/feed/slow"))
    subscribe(library, site.url("/feed"))
    steps_told = run_apart(library, RefreshOptions())
    await _until_landed(steps_told)
    (pid,) = processes_with(library)
    parsers = _children_of(pid)
    assert parsers
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(CacheError):
        _ = [progress async for progress in steps_told]
    async with asyncio.timeout(20):
        while any(_is_there(parser) for parser in parsers):  # noqa: ASYNC110 - their input has ended
            await asyncio.sleep(0)


async def test_all_processes_end_with_the_reader_that_is_killed(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    site.hang("/feed/slow")
    subscribe(library, site.url("/feed/slow"))
    subscribe(library, site.url("/feed"))
    reader = await asyncio.create_subprocess_exec(
        sys.executable, "-c", READER, str(library), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert reader.stdout is not None
    while (step := await reader.stdout.readline()) != b"landed\n":
        assert step
    below = [*_children_of(reader.pid)]
    below += [parser for child in below for parser in _children_of(child)]
    assert len(below) >= 2
    reader.kill()
    await reader.wait()
    async with asyncio.timeout(20):
        while any(_is_there(pid) for pid in below):  # noqa: ASYNC110 - their input has ended
            await asyncio.sleep(0)


async def _until_landed(told: AsyncIterator[Progress]) -> None:
    async for progress in told:
        if progress.step == "landed":
            return


def processes_with(library: Path) -> list[int]:
    """The processes that were started with a library's path."""
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if int(folder.name) != os.getpid() and str(library) in _command(folder)
    ]


def _command(folder: Path) -> str:
    try:
        return (folder / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _children_of(pid: int) -> list[int]:
    return [int(each) for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text().split()]


def _is_there(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_whoever_follows_one_hears_of_what_broke_it_and_not_of_the_group_it_was_in() -> None:
    said = run_script(
        "import sys\nfrom cache.refresh import process\nsys.excepthook = process._told_without_secrets\n"
        "raise ExceptionGroup('unhandled', [ExceptionGroup('', [ZeroDivisionError('a fault'), KeyError()])])"
    )
    assert "Traceback" in said
    assert str(process._broken_off_error(said)).startswith("The refresh broke off (ZeroDivisionError: a fault); ")


def run_script(script: str) -> str:
    """What a script says on standard error."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stderr.strip()
