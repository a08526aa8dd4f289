"""A real terminal: a program on a pty of its own session, and every byte that it writes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
READER = (sys.executable, "-m", "tui")
PATIENCE = 10.0  # seconds until what is waited for should have come


class Terminal:
    """A program in a terminal of 120 by 40, its controlling one; killed at the end, if it still runs."""

    def __init__(self, home: Path, command: Sequence[str] = READER, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.settings = termios.tcgetattr(theirs)
        self.written = b""
        self._beyond = b""
        """What came together with the last mark, behind it; it may hold the next one, as long as nothing is typed."""
        self.program = subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **os.environ,
                "BROADSHEET_HOME": str(home),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                **environment,
            },
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 – one system call
        )
        self._theirs = theirs

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGKILL)
        self.program.wait()
        for descriptor in (self._ours, self._theirs):
            if descriptor >= 0:
                os.close(descriptor)

    def type(self, keys: bytes) -> None:
        self._beyond = b""
        os.write(self._ours, keys)

    def see(self, mark: bytes, seconds: float = PATIENCE) -> bytes:
        """What is written from here on until `mark` has come; without a mark, until the time is over."""
        seen, beyond, end = b"", self._beyond, time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not (mark and mark in beyond + seen):
            if not select.select([self._ours], [], [], left)[0]:
                break
            try:
                seen += os.read(self._ours, 1 << 16)
            except OSError:  # Linux says so when the other side of a pty is gone
                break
        self.written += seen
        assert not mark or mark in beyond + seen, f"{mark!r} did not come, but {seen[-2000:]!r}"
        self._beyond = (beyond + seen).partition(mark)[2] if mark else b""
        return seen if mark in seen else beyond + seen

    def rest(self, quiet: float = 0.3) -> bytes:
        """What comes until nothing has come for a while."""
        seen = b""
        while select.select([self._ours], [], [], quiet)[0]:
            try:
                seen += os.read(self._ours, 1 << 16)
            except OSError:
                break
        self.written += seen
        return seen

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does."""
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = self._theirs = -1

    def settings_now(self) -> list[object]:
        return termios.tcgetattr(self._theirs)

    def modes(self) -> set[str]:
        """The private modes that have been set by what was written, and not reset."""
        import re

        on: set[str] = {"25"}  # the cursor is shown
        for numbers, letter in re.findall(rb"\x1b\[\?([\d;]+)([hl])", self.written):
            change = set(numbers.decode().split(";"))
            on = on | change if letter == b"h" else on - change
        return on - {"7"}
