"""Tells which new entries are one story, and marks those read that only repeat an earlier report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.writes import marks

if TYPE_CHECKING:
    from cache.db.connection import Connection


class Stories:
    """The stories of a library open for writing."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def assign_all(self) -> None:
        """Gives all that came in since the last time its place among the stories."""
        while self.assign_some():
            pass

    def assign_some(self) -> bool:
        """The same for the next few, in one short transaction; whether more are waiting."""
        from cache.related import reports, upkeep

        with self._db.batch():
            landed = upkeep.unassigned(self._db.sql)
            more = upkeep.assign_stories(self._db.sql)
            # What repeats an earlier report is nothing new to read; what the reader has marked stays as it is.
            repeats = [one for one in reports.repeats(self._db, landed) if not self._is_marked(one)]
            marks.mark_repeats_read(self._db, repeats)
            return more

    def _is_marked(self, entry_id: int) -> bool:
        return self._db.value("SELECT 1 FROM mark WHERE id = ?", (entry_id,)) is not None
