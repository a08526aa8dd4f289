"""A refresh that ctrl+z stops has ended its transaction: others write meanwhile; called back, it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.writes.store import Store, open_store
from tests.modules import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no ctrl+z")

PROGRAM = """
import asyncio, sys
from functools import partial
from cache.refresh.batch_writer import open_writer
from cache.refresh.stopping import stopping_between_transactions
from cache.writes.store import open_store

def job(store):
    store.connection.run("INSERT INTO setting (name, value) VALUES ('job', '')")
    print("inside", flush=True)
    sys.stdin.readline()

async def main():
    async with open_writer(partial(open_store, sys.argv[1])) as writer:
        with stopping_between_transactions(writer):
            for _ in range(int(sys.argv[2])):
                await writer.write(job)
            print("done", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
    print("ended", flush=True)

asyncio.run(main())
"""


@pytest.fixture
def running(library: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that is inside a transaction until it reads a line, and then ends it and waits for another."""
    open_store(library).close()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(library), "1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, process_group=0,
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


def line(process: subprocess.Popen[str], to: str = "") -> str:
    """What the program says next, told `to` go on where that is given."""
    assert process.stdin is not None
    assert process.stdout is not None
    if to:
        process.stdin.write(to)
        process.stdin.flush()
    return process.stdout.readline().strip()


def stopped(process: subprocess.Popen[str]) -> bool:
    """Waits until the program has stopped; False where it has ended."""
    return os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1])


def test_one_that_is_stopped_lets_others_write(library: Path, running: subprocess.Popen[str]) -> None:
    assert running.stdin is not None
    assert line(running) == "inside"
    running.send_signal(signal.SIGTSTP)
    running.stdin.write("\n")
    running.stdin.flush()
    assert stopped(running)
    with Store(library) as store:
        store.connection.patience = 1.0
        with store.batch():
            store.connection.run("UPDATE setting SET value = 'seen' WHERE name = 'job'")
        assert store.connection.value("SELECT value FROM setting WHERE name = 'job'") == "seen"
    running.send_signal(signal.SIGCONT)
    assert line(running) == "done"
    running.send_signal(signal.SIGTSTP)  # and once more
    assert stopped(running)
    running.send_signal(signal.SIGCONT)
    assert line(running, "\n") == "ended"


def test_one_whose_writer_waits_for_another_program_stops_all_the_same(
    library: Path, running: subprocess.Popen[str]
) -> None:
    assert line(running) == "inside"
    running.send_signal(signal.SIGTSTP)
    assert stopped(running)  # it stays in its transaction for longer than anybody waits for
    running.send_signal(signal.SIGCONT)
    assert line(running, "\n") == "done"
    assert line(running, "\n") == "ended"
