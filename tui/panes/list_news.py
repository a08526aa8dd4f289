"""The rows that came into a list while it was shown, until they have been on screen."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from tui.typeset.cells import cells


class ListNews:
    """Which entries are news, and in which rows they stand."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._told: frozenset[int] = frozenset()
        self._rows: list[int] = []

    @property
    def unseen(self) -> frozenset[int]:
        """What came in and has not been on screen, without what the reader was told of."""
        return frozenset(self._ids) - self._told

    def tell(self, ids: frozenset[int]) -> None:
        """The reader is told of these."""
        self._told |= ids

    def clear(self) -> None:
        """Another list is shown."""
        self._ids.clear()
        self._told = frozenset()
        self._rows.clear()

    def add(self, ids: Iterable[int]) -> None:
        """These have come in."""
        self._ids.update(ids)

    def place(self, listed: array[int]) -> None:
        """The list has other rows now."""
        if self._ids:
            self._rows = [at for at, entry_id in enumerate(listed) if entry_id in self._ids]

    def see(self, listed: array[int], first: int, last: int) -> int:
        """The rows from the first to the last are on screen; how many with news stand above them."""
        above, seen = bisect_left(self._rows, first), bisect_right(self._rows, last)
        self._ids.difference_update(listed[at] for at in self._rows[above:seen] if at < len(listed))
        del self._rows[above:seen]
        return above


def fitted(counted: str, selected: str, title: str, news: str, width: int) -> str:
    """A list's heading of those of its parts that stand whole in so many cells: what is counted and selected first,
    then the news; the title, where it is alone, is left to be cut.
    """
    said = list(filter(None, (counted, selected)))
    for part, at in ((news, len(said)), (title, len(said))):
        if part and (not said or cells(" · ".join((*said, part))) <= width):
            said.insert(at, part)
    return " · ".join(said)
