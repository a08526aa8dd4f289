"""Hooks: what a command gets, what becomes of one that fails, hangs or is not there, and what is remembered of it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import IO

import pytest

from cache.library import open_reading
from tests.tui.newsroom import PILOTS, edition, shelve
from tui.hooks import Hook, last_runs, matches, remember, run, run_all

pytestmark = pytest.mark.anyio


def program(code: str, *words: str, seconds: int = 30, query: str = "") -> Hook:
    return Hook(query, (sys.executable, "-c", code, *words), seconds)


async def ran(hook: Hook, tmp_path: Path, given: bytes = b"") -> str:
    path = tmp_path / "given"
    path.write_bytes(given)
    return await run(hook, path.open("rb"), tmp_path / "library.db")


def test_a_hook_gets_what_landed_and_its_query_finds_as_show_prints_it(tmp_path: Path) -> None:
    shelve(tmp_path, edition())
    with open_reading(tmp_path) as library:
        wanted = [*library.ids("freighter")]
        others = [entry_id for entry_id in library.ids() if entry_id not in wanted]
        found = matches(library, Hook("freighter", ("cat",)), [*wanted[1:], *others])
        assert found is not None
        with found[0] as file:
            records = [json.loads(line) for line in file]
        assert [int(record["id"]) for record in records] == sorted(wanted[1:])
        assert found[1] == len(records) > 0
        assert all(record["text"] and record["note"] == "" for record in records)
        assert matches(library, Hook("freighter", ("cat",)), others) is None


async def test_a_command_reads_what_it_is_given_and_knows_the_library(tmp_path: Path) -> None:
    code = "import os, sys; open(sys.argv[1], 'w').write(sys.stdin.read() + os.environ['BROADSHEET_HOME'])"
    assert await ran(program(code, str(tmp_path / "got")), tmp_path, b"{}\n") == ""
    assert (tmp_path / "got").read_text(encoding="utf-8") == f"{{}}\n{tmp_path}"


async def test_one_that_fails_is_told_with_what_it_said_last_and_nothing_unsafe(tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('x' * 9000 + '\\nno \\x1b]0;owned\\x07disk\\n\\n'); sys.exit(3)"
    trouble = await ran(program(code), tmp_path)
    assert trouble == f"{sys.executable} ended with 3: no ]0;owneddisk."


@pytest.mark.parametrize("command", [("no-such-program",), ("/",), ("a" * 5000,)])
async def test_one_that_cannot_be_started_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert "cannot be started: " in await ran(Hook("", command), tmp_path)


def nothing() -> IO[bytes]:
    return open(os.devnull, "rb")


LINGER = """
import os, subprocess, sys, time
pipe = os.open(sys.argv[1], os.O_WRONLY)
os.set_inheritable(pipe, True)
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", deaf], close_fds=False)
os.write(pipe, b"begun\\n")
time.sleep(600)
"""
"""Holds a pipe open as long as it, or what it has started and does not end when told to, is there."""


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


async def test_one_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path, pipe: Path) -> None:
    ends = asyncio.create_task(asyncio.to_thread(pipe.read_bytes))
    trouble = await ran(program(LINGER, str(pipe), seconds=1), tmp_path)
    assert trouble.endswith("took longer than 1 s, and was ended.")
    if not ends.done():  # on a machine that is too busy for it to begin, nobody else would open the pipe
        os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))
    assert await asyncio.wait_for(ends, 60) in (b"begun\n", b"")


async def test_whoever_stops_waiting_ends_it(tmp_path: Path, pipe: Path) -> None:
    waiting = asyncio.create_task(ran(program(LINGER, str(pipe)), tmp_path))
    with await asyncio.to_thread(pipe.open, "rb") as held:
        assert await asyncio.to_thread(held.readline) == b"begun\n"
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asyncio.wait_for(asyncio.to_thread(held.read), 60) == b""


STUBBORN = """
import os, signal, subprocess, sys, time
pipe = os.open(sys.argv[1], os.O_WRONLY)
os.set_inheritable(pipe, True)
child = "import os, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
child += "os.write(int(sys.argv[1]), b'begun' + bytes([10])); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", child, str(pipe)], close_fds=False)
time.sleep(600)
"""
"""Ends when it is told to, and leaves behind what does not."""


async def test_what_it_started_and_does_not_listen_is_ended_too(
    tmp_path: Path, pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.hooks._GRACE", 0.2)
    waiting = asyncio.create_task(ran(program(STUBBORN, str(pipe)), tmp_path))
    with await asyncio.to_thread(pipe.open, "rb") as held:
        assert await asyncio.to_thread(held.readline) == b"begun\n"
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asyncio.wait_for(asyncio.to_thread(held.read), 60) == b""


async def test_what_it_says_fills_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.hooks._MOST_SAID", 100_000)
    monkeypatch.setattr("tui.hooks._LOOK", 0.01)
    code = """
import os, sys
os.write(2, b"x" * 1_000_000)
while os.fstat(2).st_size:
    pass
os.write(2, b"done\\n")
sys.exit(3)
"""
    assert await ran(program(code), tmp_path) == f"{sys.executable} ended with 3: done."


@pytest.mark.parametrize(("number", "name"), [(9, "SIGKILL"), (15, "SIGTERM")])
async def test_one_that_a_signal_ends_is_told_by_its_name(tmp_path: Path, number: int, name: str) -> None:
    trouble = await ran(program(f"import os; os.kill(os.getpid(), {number})"), tmp_path)
    assert trouble == f"{sys.executable} was ended by {name}."


async def test_a_disk_without_room_fails_a_hook_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> IO[bytes]:
        raise OSError(28, "No space left on device")

    async def found(_: Hook) -> tuple[IO[bytes], int] | None:
        return nothing(), 3

    monkeypatch.setattr("tui.hooks.TemporaryFile", full)
    told: list[str] = []
    await run_all((Hook("", ("true",)),), tmp_path / "library.db", found, lambda _, trouble: told.append(trouble))
    assert told == ["What it finds could not be had: No space left on device"]


async def test_all_run_and_how_each_went_is_remembered(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    bad, none, good = program("raise SystemExit(2)"), program("", query="none"), program("", query="good")

    async def found(hook: Hook) -> tuple[IO[bytes], int] | None:
        return None if hook is none else (nothing(), 3)

    told: list[tuple[Hook, str]] = []
    await run_all((bad, none, good), library, found, lambda hook, trouble: told.append((hook, trouble)))
    assert [hook for hook, _ in told] == [bad]
    runs = last_runs(library)
    assert set(runs) == {bad.key, good.key}
    assert (runs[good.key].articles, runs[good.key].trouble) == (3, "")
    assert runs[bad.key].trouble.endswith("ended with 2.")
    assert (tmp_path / "hooks.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"a": 1, "b": ["x", "y", 2]}', b"\xff\x00", b"[" * 100_000])
def test_a_memory_that_is_spoilt_is_none(tmp_path: Path, content: bytes) -> None:
    library, hook = tmp_path / "library.db", Hook("", ("true",))
    (tmp_path / "hooks.json").write_bytes(content)
    assert last_runs(library) == {}
    remember(library, hook, 1, "")
    assert last_runs(library)[hook.key].articles == 1


def test_the_memory_holds_no_more_than_a_hundred(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    for number in range(103):
        remember(library, Hook(str(number), ("true",)), 1, "")
    runs = last_runs(library)
    assert len(runs) == 100
    assert Hook("102", ("true",)).key in runs
    assert PILOTS.url not in (tmp_path / "hooks.json").read_text(encoding="utf-8")
