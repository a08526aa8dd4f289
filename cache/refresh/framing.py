"""Parcels through a pipe, and the end of it where the work is done: light, as every worker begins with it."""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from io import FileIO, RawIOBase
from typing import Any


def packed(parcel: Any) -> bytes:
    """A parcel as it goes through a pipe: its length in four bytes, and itself.

    Pickle is at home here: both ends are this very program, and the pipes are theirs alone.
    """
    body = pickle.dumps(parcel, protocol=5)
    return len(body).to_bytes(4, "big") + body


def parcels_in(pipe: RawIOBase) -> Iterator[Any]:
    """The parcels that come through a pipe, until its end."""
    while len(size := _exactly(pipe, 4)) == 4:
        yield pickle.loads(_exactly(pipe, int.from_bytes(size, "big")))


def at_work() -> tuple[RawIOBase, Callable[[bytes], None]]:
    """For the process itself: the pipe its parcels come through, and a way to answer; says first that it is there.

    Whatever a library may print is no answer, and an interrupt from the keyboard is the parent's to deal with.
    """
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def answer(parcels: bytes) -> None:
        out.write(parcels)
        out.flush()

    answer(packed(None))
    return FileIO(0), answer


def _exactly(pipe: RawIOBase, count: int) -> bytes:
    """So many bytes, or what there is before the end; unbuffered, as a thread must not die holding a buffer."""
    parts: list[bytes] = []
    while count and (part := pipe.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
