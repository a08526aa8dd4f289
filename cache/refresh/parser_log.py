"""The log of parsers that ended by a mistake of ours, for whoever reports or mends it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from cache.paths import places_of
from fetch.secret import redacted

LARGEST_LOG = 200_000
"""Bytes of a log, after which it is begun anew; the one before is kept."""
_BEGINS = "--- "


def log_of(library: Path) -> Path:
    """Where the traces are."""
    return places_of(library).state / "parsers.log"


def log(library: Path, said: str) -> None:
    """Puts a trace into the log, without secrets; a reader whose disk is full goes without it."""
    path = log_of(library)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        with open(path, "a", encoding="utf-8", errors="replace", opener=_private) as file:
            file.write(f"{_BEGINS}{time.strftime('%Y-%m-%d %H:%M:%S')} {redacted(said)}\n\n")
    except OSError:
        pass


def sentence(library: Path) -> str:
    """What the log says, for somebody who asks how things are."""
    path = log_of(library)
    try:
        traces = sum(line.startswith(_BEGINS) for line in path.read_text("utf-8", "replace").splitlines())
    except OSError:
        return "Nothing that was read has ended its reader by a mistake of ours."
    times = "once" if traces == 1 else f"{traces} times"
    return f"What was read has ended its reader by a mistake of ours {times}; the traces are in {path}."


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
