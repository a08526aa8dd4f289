"""The reader in a real terminal, with keys written to it in bursts: `PtyReader`.

`python tests/tui/pty_reader.py HOME` is the reader with a screen that is held for 200 ms again and again.
"""

from __future__ import annotations

import asyncio
import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
HELD = Path(__file__)
PATIENCE = 30.0
"""Seconds after which a test gives up waiting; on a machine that is not busy nothing takes a tenth of it."""


class PtyReader:
    """Broadsheet at `home` in a terminal of its own; killed at the end if it has not left."""

    def __init__(
        self, home: Path, *, command: tuple[str, ...] = ("-m", "tui"), size: tuple[int, int] = (120, 40)
    ) -> None:
        import fcntl
        import pty
        import termios

        self.terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        surroundings = {**os.environ, "BROADSHEET_HOME": str(home), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        self.program = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=surroundings, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self.seen = b""

    def __enter__(self) -> Self:
        self.until("Related")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the program, if it has not, and its terminal."""
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        os.close(self.terminal)

    def press(self, keys: str) -> None:
        """Writes these keys at once."""
        self.seen, left = b"", keys.encode()
        while left:  # a terminal takes in some thousand bytes at once
            left = left[os.write(self.terminal, left) :]

    def type(self, keys: Iterable[str], seconds: float) -> None:
        """Writes one key after another, so many seconds apart, and takes in what is drawn meanwhile."""
        due = time.monotonic()
        for key in keys:
            os.write(self.terminal, key.encode())
            due += seconds
            while (left := due - time.monotonic()) > 0:
                if select.select([self.terminal], [], [], left)[0]:
                    self.seen = (self.seen + self._read())[-10_000:]

    def until(self, mark: str) -> None:
        """Waits until the screen shows something it did not show before the last press."""
        end = time.monotonic() + PATIENCE
        while mark.encode() not in self.seen:
            left = end - time.monotonic()
            assert left > 0, f"{mark!r} is not on screen: {self.seen[-3000:]!r}"
            if select.select([self.terminal], [], [], left)[0]:
                self.seen += self._read()
                assert self.seen or self.program.poll() is None, "the reader has left"

    def all_of(self, pattern: bytes, least: int) -> list[tuple[bytes, ...]]:
        """Waits until so many of a pattern are on screen; their groups."""
        end = time.monotonic() + PATIENCE
        while len(found := re.findall(pattern, self.seen)) < least:
            left = end - time.monotonic()
            assert left > 0, f"only {len(found)} of {pattern!r} are on screen"
            if select.select([self.terminal], [], [], left)[0]:
                self.seen += self._read()
        return found

    def left(self) -> int:
        """Waits until the reader has left; its exit code."""
        end = time.monotonic() + PATIENCE
        while self.program.poll() is None:
            assert time.monotonic() < end, f"the reader does not leave: {self.seen[-3000:]!r}"
            if select.select([self.terminal], [], [], 0.05)[0]:
                self.seen += self._read()
        while select.select([self.terminal], [], [], 0)[0] and (rest := self._read()):
            self.seen += rest
        return self.program.returncode

    def _read(self) -> bytes:
        try:
            return os.read(self.terminal, 1 << 16)
        except OSError:  # Linux says so when the other side of a pty is gone
            return b""


async def _held() -> None:
    """Holds the loop that all keys go through, for 200 ms of every 250."""
    while True:
        time.sleep(0.2)  # noqa: ASYNC251
        await asyncio.sleep(0.05)


async def _main(home: str) -> None:
    from cache.library import open_library
    from tui.app import Broadsheet

    async with open_library(home, hurried=True) as library:
        app = Broadsheet(library)
        holding = asyncio.ensure_future(_held())
        await app.run_async()
        holding.cancel()
        await app.main_screen.put_away()


if __name__ == "__main__":
    asyncio.run(_main(os.environ["BROADSHEET_HOME"]))
