"""A command on a real terminal: all it writes there, and its exit code."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def on_terminal(home: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Runs a command whose output and errors go to a pty, as a person's would."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "tui", "--home", str(home), *arguments]
    process = subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = b""
    try:
        while part := _part(ours):
            written += part
    finally:
        os.close(ours)
        code = process.wait(60)
    return code, written.decode()


def _part(terminal: int) -> bytes:
    """What is there to read; nothing once the command has ended, which Linux reports as an error."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""
