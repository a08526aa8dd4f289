"""Tells which new entries are one story, and marks those read that only repeat an earlier report."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from cache.db.connection import raising_damage
from cache.writes import marks, topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.connection import Connection
    from cache.related.assignment import NeighbourSearch

_FEW = 4
"""Entries that are given their stories inside a transaction, where others write at the same time."""


class Stories:
    """The stories of a library open for writing."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def have_help(self) -> None:
        """Has much searched for by a second process from now on, where there is a processor that has nothing to do."""
        from cache.related.search_process import SearchProcess

        if _processors() == 1:
            return
        self._search.other_end = self._search.other_end or SearchProcess(self._db.path)

    def close(self) -> None:
        """Ends a search that is under way."""
        if "_search" in self.__dict__:
            self._search.close()

    def assign_all(self) -> None:
        """Gives all that came in since the last time its place among the stories."""
        while self.assign_some():
            pass

    def assign_some(self) -> bool:
        """A step towards the same, with short transactions at most; whether more is to be done.

        What is alike to new entries is looked for first; when that is known of many, or of all, they are told apart.
        """
        with raising_damage(self._db.path):
            return self._assign_some()

    def last_waiting(self) -> int:
        """The entry that landed last of those that have no story yet; 0 where all have."""
        from cache.related import upkeep

        return upkeep.last_unassigned(self._db.sql)

    def assign_through(self, last: int) -> bool:
        """A step towards their stories for what has landed up to an entry, however much lands meanwhile; as before."""
        from cache.related import upkeep

        if self.assign_some():
            self.assign_found()
        waiting = upkeep.unassigned(self._db.sql, limit=1)
        return bool(waiting) and waiting[0] <= last

    def assign_found(self) -> None:
        """Gives those entries their stories of which it is known what is alike to them."""
        with raising_damage(self._db.path):
            self._assign_found()

    def put_together(self, waiting: Sequence[Sequence[int]]) -> int:
        """Makes the first of these groups of entries a story each, as many as a short transaction holds; how many."""
        from cache.related import stories

        with raising_damage(self._db.path):
            return len(next(self._db.in_batches(waiting, lambda ids: stories.put_together(self._db.sql, ids))))

    def _assign_some(self) -> bool:
        from cache.related import upkeep

        connection = self._db.sql
        found = upkeep.landed(connection)
        with self._db.batch():
            upkeep.flush(connection, found)
            if upkeep.renew_norms(connection):
                return True
        if self._search.look(connection):
            return True
        self._assign_found()
        return bool(upkeep.unassigned(connection, limit=1))

    def _assign_found(self) -> None:
        from cache.related import assignment, reports

        connection = self._db.sql
        found = assignment.prepare(connection, search=self._search)
        repeats = reports.repeating(self._db, found.copies)
        of_topics = topics.among(self._db, found.entries)
        with self._db.batch():
            if not assignment.apply(connection, found):  # another program has changed what it was found by
                found = assignment.prepare(connection, _FEW)
                assignment.apply(connection, found)
                repeats = reports.repeating(self._db, found.copies)
                of_topics = topics.among(self._db, found.entries)
            topics.keep(self._db, of_topics)
            # What repeats an earlier report is nothing new to read; what the reader has marked stays as it is.
            marks.mark_repeats_read(self._db, [one for one in repeats if not self._is_marked(one)])

    @cached_property
    def _search(self) -> NeighbourSearch:
        from cache.related.assignment import NeighbourSearch

        return NeighbourSearch()

    def _is_marked(self, entry_id: int) -> bool:
        return self._db.value("SELECT 1 FROM mark WHERE id = ?", (entry_id,)) is not None


def _processors() -> int:
    """How many of the machine's this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
