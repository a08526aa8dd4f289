"""What the reader did in this sitting, each step with the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cache.db.connection import Connection


class Step(NamedTuple):
    """One thing the reader did: the sentence that is true once it is taken back, and how to take it back."""

    sentence: str
    back: Callable[[Connection], object]


class Trail:
    """The steps of a sitting, the last one first to go back."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def __len__(self) -> int:
        return len(self._steps)

    def add(self, step: Step | None) -> None:
        """Remembers a step; None is one that changed nothing."""
        if step:
            self._steps.append(step)

    def take_back(self, connection: Connection) -> str:
        """Takes back the last step; its sentence, or "" when there is none left."""
        if not self._steps:
            return ""
        with connection.batch():
            self._steps[-1].back(connection)
        return self._steps.pop().sentence
