"""Tells which new entries are one story, and marks those read that only repeat an earlier report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.writes import marks

if TYPE_CHECKING:
    from cache.db.connection import Connection

_FEW = 4
"""Entries that are given their stories inside a transaction, where others write at the same time."""


class Stories:
    """The stories of a library open for writing."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def assign_all(self) -> None:
        """Gives all that came in since the last time its place among the stories."""
        while self.assign_some():
            pass

    def assign_some(self) -> bool:
        """The same for the next few, in short transactions; whether more are waiting."""
        from cache.related import assignment, reports, upkeep

        connection = self._db.sql
        with self._db.batch():
            upkeep.flush(connection)
            if upkeep.renew_norms(connection):
                return True
        found = assignment.prepare(connection)
        repeats = reports.repeating(self._db, found.copies)
        with self._db.batch():
            if not assignment.apply(connection, found):  # another program has changed what it was found by
                found = assignment.prepare(connection, _FEW)
                assignment.apply(connection, found)
                repeats = reports.repeating(self._db, found.copies)
            # What repeats an earlier report is nothing new to read; what the reader has marked stays as it is.
            marks.mark_repeats_read(self._db, [one for one in repeats if not self._is_marked(one)])
        return bool(upkeep.unassigned(connection, limit=1))

    def _is_marked(self, entry_id: int) -> bool:
        return self._db.value("SELECT 1 FROM mark WHERE id = ?", (entry_id,)) is not None
