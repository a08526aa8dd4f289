"""A process of ours, started with pipes to it."""

from __future__ import annotations

import asyncio
import os
import sys
from errno import EAGAIN
from pathlib import Path

import fetch

_OURS = str(Path(fetch.__file__).resolve().parents[1])
_MOST_SAID = 8_000


async def spawn(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """Runs one of our modules as a process; raises OSError where the system will not.

    The folder we were loaded from comes first on its path and the current one not at all: a reader may well stand in
    a folder that holds something called "fetch".
    """
    path = os.pathsep.join(filter(None, (_OURS, os.environ.get("PYTHONPATH", ""))))
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", module, *arguments,
            stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, "PYTHONPATH": path}, limit=2**20,
        )  # fmt: skip
    except RuntimeError as error:  # before Python 3.12 a thread waits for each process, and the system allows none
        raise OSError(EAGAIN, str(error)) from error


async def read_stderr(process: asyncio.subprocess.Process) -> str:
    """What a process said on standard error before it ended, at most its last few thousand characters."""
    assert process.stderr is not None
    said = b""
    while part := await process.stderr.read(65_536):
        said = (said + part)[-_MOST_SAID:]
    return said.decode("utf-8", "replace").strip()


async def ended(process: asyncio.subprocess.Process) -> int:
    """Waits for the end of a process whose answers nobody wants any more; its exit code.

    What it still says is read: asyncio, before Python 3.13, takes a process for alive as long as a full buffer keeps
    its pipe from being read to the end.
    """
    assert process.stdout is not None
    while await process.stdout.read(65_536):
        pass
    return await process.wait()
