"""Of a story's reports the most central one, whose headline stands for it, and the best one, which is opened first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.rows import FAILED, FULL, PART, TEASER
from cache.related import neighbours

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from cache.front.candidates import ReportRow

_LOUD = 0.5
"""What is left of a report's place in the middle where its headline shouts."""
_SHORT = 12
"""Characters of a headline that may all be capitals: "NATO" shouts at nobody."""
_COMPLETENESS = (FULL, PART, TEASER, FAILED)


def central(connection: sqlite3.Connection, reports: Sequence[ReportRow], own: Sequence[ReportRow]) -> ReportRow:
    """Of the reports that stand for themselves the one most alike to all others, copies among them, which tell what a
    story is about, too; of equal ones the first.
    """
    if len(own) == 1:
        return own[0]
    lists = neighbours.read(connection, [report.entry_id for report in reports])
    likenesses = {report.entry_id: _likeness(lists, report) for report in own}
    return max(own, key=lambda report: (likenesses[report.entry_id], -report.entry_id))


def best(reports: Sequence[ReportRow], originals: Mapping[int, int], order: Mapping[int, int]) -> ReportRow:
    """The report to open: full text before part, then the reader's order of sources, original before copy."""

    def place(report: ReportRow) -> tuple[int, int, bool, int, int]:
        offline = report.offline if report.offline in _COMPLETENESS else TEASER
        is_copy = originals.get(report.entry_id, report.entry_id) != report.entry_id
        by_source = order.get(report.source_id, len(order))
        return _COMPLETENESS.index(offline), by_source, is_copy, report.at, report.entry_id

    return min(reports, key=place)


def _likeness(lists: Mapping[int, neighbours.Likenesses], report: ReportRow) -> float:
    """How alike a report is to those others that stand on its list, together."""
    total = sum(alike for other, alike in lists.get(report.entry_id, {}).items() if other in lists)
    return total * (_LOUD if is_loud(report.headline) else 1.0)


def is_loud(headline: str) -> bool:
    """Whether a headline shouts: in capitals throughout, or with exclamation marks; or says nothing at all."""
    return "!" in headline or not headline.strip() or (len(headline) > _SHORT and headline.isupper())
