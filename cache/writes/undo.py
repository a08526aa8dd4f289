"""What the reader did since the library was opened, each act with the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cache.db.connection import Connection


class Undo(NamedTuple):
    """How to take back one act: the sentence that is true afterwards, and what to do."""

    sentence: str
    revert: Callable[[Connection], object]


class UndoStack:
    """The acts that can be taken back, the last one first."""

    def __init__(self) -> None:
        self._acts: list[Undo] = []

    def __len__(self) -> int:
        return len(self._acts)

    def push(self, act: Undo | None) -> None:
        """Remembers an act; None is one that changed nothing."""
        if act:
            self._acts.append(act)

    def undo(self, connection: Connection) -> str:
        """Takes back the last act; its sentence, or "" when there is none left."""
        if not self._acts:
            return ""
        with connection.batch():
            self._acts[-1].revert(connection)
        return self._acts.pop().sentence
