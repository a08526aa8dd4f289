"""What reading one thing may cost, and how a process is held to it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

OUT_OF_MEMORY = 77
"""The exit status of a parser that was refused more memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one thing, or one part of a file, may cost.

    `processor` and `seconds` are by the processor's clock and by the one on the wall; `memory` is bytes beside what the
    process has anyway.
    """

    processor: float = 5.0
    seconds: float = 20.0
    memory: int = 160_000_000


@contextmanager
def held_to(limits: Limits) -> Iterator[Callable[[], None]]:
    """Ends this process where what is done inside takes too long, and refuses it more memory; gives what begins anew.

    Linux refuses memory; elsewhere, and beside it, the parent looks on (`fetch.parsers.parser`), as it does at the
    clock on the wall. Windows has no clock of this kind either.
    """
    begin_anew = _hold_time(limits.processor)
    begin_anew()
    _hold_memory(limits.memory)
    try:
        yield begin_anew
    finally:
        _hold_time(0.0)()
        _hold_memory(0)


def dump_no_core() -> None:
    """What a stranger's page crashes leaves no image of its memory behind."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _hold_time(seconds: float) -> Callable[[], None]:
    if sys.platform == "win32":
        return lambda: None
    return lambda: (signal.setitimer(signal.ITIMER_PROF, seconds), None)[1]  # its signal ends the process


def _hold_memory(more: int) -> None:
    """Lets the process have so much more memory than it has now; 0: as much as there is."""
    if sys.platform == "linux":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = _address_space() + more if more else hard
        resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def resident_memory(pid: int) -> int:
    """Bytes of memory that a process has now; 0 where it has ended."""
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0
    import psutil  # type: ignore[import-untyped]  # its types are a package of their own

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
