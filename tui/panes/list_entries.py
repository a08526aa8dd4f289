"""The entries of the rows on screen, asked of the library by the screenful."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cache.entry import Entry
from cache.errors import CacheError

if TYPE_CHECKING:
    from cache.library import Library

_KEPT_ROWS = 600  # entries kept at hand: some screenfuls around where the reader is


class ListEntries:
    """What the library says of entries, until it is to be asked again; `failed` is told where one cannot be read."""

    def __init__(self, library: Library, failed: Callable[[str], object]) -> None:
        self._library = library
        self._failed = failed
        self._known: dict[int, Entry] = {}

    def forget(self, entry_id: int | None = None) -> None:
        """Ask again for an entry, for all when None."""
        if entry_id is None:
            self._known.clear()
        else:
            self._known.pop(entry_id, None)

    def get(self, entry_id: int, near: Callable[[], Sequence[int]], emptied: Callable[[], object]) -> Entry | None:
        """An entry, asked for with those `near` it; None where the library no longer has it.

        `emptied` is called where so many were known that all are forgotten.
        """
        if entry_id not in self._known:
            if len(self._known) > _KEPT_ROWS:
                self._known.clear()
                emptied()
            wanted = [each for each in near() if each not in self._known]
            try:
                found = self._library.entries(wanted)
            except CacheError:  # somewhere among them; this row may well be readable
                found = self._salvaged(entry_id)
            self._known.update((entry.id, entry) for entry in found)
        return self._known.get(entry_id)

    def _salvaged(self, entry_id: int) -> list[Entry]:
        """The entry alone, or a row in its place that says it cannot be read."""
        try:
            return self._library.entries([entry_id])
        except CacheError as error:
            self._failed(str(error))
            return [Entry(entry_id, "", "This article cannot be read.", read=True, offline="failed")]
