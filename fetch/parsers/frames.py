"""Messages through a pipe, each as a frame: its length, and itself pickled. Light, as every parser process loads it."""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from io import FileIO, RawIOBase
from typing import Any, Literal, TypeAlias

ReplyKind: TypeAlias = Literal["part", "last", "end", "raised"]
Reply: TypeAlias = tuple[ReplyKind, Any]
"""What a parser answers: parts of its answer, and its end with the memory it has then; the only part together with that
memory; or what was raised instead.
"""


def frame(message: Any) -> bytes:
    """A message as it goes through a pipe: its length in four bytes, and itself.

    Pickle is at home here: both ends are this very program, and the pipes are theirs alone.
    """
    body = pickle.dumps(message, protocol=5)
    return len(body).to_bytes(4, "big") + body


def frames_in(pipe: RawIOBase) -> Iterator[Any]:
    """The messages that come through a pipe, until its end."""
    while len(size := _exactly(pipe, 4)) == 4:
        yield pickle.loads(_exactly(pipe, int.from_bytes(size, "big")))


def own_pipes() -> tuple[RawIOBase, Callable[[bytes], None]]:
    """For a process of ours: the pipe its messages come through, and a way to answer.

    Whatever a library may print goes to standard error; an interrupt from the keyboard is the parent's to deal with.
    """
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def answer(messages: bytes) -> None:
        out.write(messages)
        out.flush()

    return FileIO(0), answer


def _exactly(pipe: RawIOBase, count: int) -> bytearray:
    """So many bytes, or what there is before the end."""
    parts = bytearray()
    while len(parts) < count and (part := pipe.read(count - len(parts))):
        parts += part
    return parts
