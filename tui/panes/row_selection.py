"""The rows that are selected in a list: from where the selection began to the highlighted one."""

from __future__ import annotations

from array import array


class RowSelection:
    """A run of rows; `begin` is the entry it began at, 0 while nothing is selected."""

    def __init__(self) -> None:
        self.begin = 0
        self.rows = range(0)

    def end(self) -> None:
        """Nothing is selected any more."""
        self.begin, self.rows = 0, range(0)

    def reach(self, ids: array[int], index: int) -> None:
        """It reaches to this row; it ends where the entry it began at is gone."""
        if not self.begin or self.begin not in ids:
            self.end()
            return
        at = ids.index(self.begin)
        self.rows = range(min(at, index), max(at, index) + 1)
