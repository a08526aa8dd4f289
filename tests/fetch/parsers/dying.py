"""A parser process that bytes can kill: `python -m tests.fetch.parsers.dying`.

It is the real one; only that bytes which say so crash it, break it, never let go of it, sleep in it or take its memory,
as a fault in a parser would.
"""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from fetch.parsers import process

CRASHES = "This crashes whoever reads it."
KILLED = "Somebody kills whoever reads it."
BREAKS = "This breaks whoever reads it."
ENDLESS = "This never ends."
SLEEPS = "This lets whoever reads it sleep."
SWELLS = "This takes all memory."
LIFTED = "No system refuses it memory."
SHOUTS = "This is said aloud."
STAYS = "This is never given back."
_staying: list[bytes] = []


def deadly(body: bytes) -> None:
    """Does to this process what the bytes say."""
    if CRASHES.encode() in body:
        os.kill(os.getpid(), signal.SIGSEGV)
    if KILLED.encode() in body:
        os.kill(os.getpid(), signal.SIGKILL)
    if BREAKS.encode() in body:
        raise ZeroDivisionError("a fault in a parser")
    if SHOUTS.encode() in body:
        print("whatever a library may print")
    while ENDLESS.encode() in body:
        pass
    if STAYS.encode() in body:
        _staying.append(b"x" * 80_000_000)
    if SLEEPS.encode() in body:
        threading.Event().wait()
    if LIFTED.encode() in body:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept = []
    while SWELLS.encode() in body:
        kept.append(b"x" * 5_000_000)
        time.sleep(0.01)


def _answer_with(call: partial[Any], answer: Callable[[bytes], None], begin_anew: Callable[[], None]) -> None:
    def watched() -> Any:
        for argument in () if call.func is parts_of else (*call.args, *call.keywords.values()):
            for body in (argument, getattr(argument, "body", b"")):
                deadly(body if isinstance(body, bytes) else str(body).encode())
        return call()

    real(partial(watched), answer, begin_anew)


def parts_of(body: bytes) -> Iterator[bytes]:
    """The lines of a text, for tests of what comes in parts; deadly ones do what they say."""
    for line in body.split(b"\n"):
        if line.startswith(b"!"):
            deadly(line)
        yield line


if __name__ == "__main__":
    from tests.fetch.parsers.dying import parts_of  # as it is called

    real = process._answer_with
    process._answer_with = _answer_with
    process.main()
