"""A local news world to measure against, and programs run in it: `shared/tools/newswire.py`, one host a feed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT.parent / "shared" / "tools"
NEWSWIRE = TOOLS / "newswire.py"


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
class WorldRun:
    """Seconds by the clock with start-up, seconds of processor time of all its processes, and what it printed."""

    seconds: float
    processor: float
    said: str


def run(command: list[str], **environment: str) -> WorldRun:
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
    return WorldRun(time.perf_counter() - begun, used.ru_utime + used.ru_stime, said.strip())
