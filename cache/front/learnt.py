"""What the reader reads, where they ask that it counts: the sources and sections of articles they read on in, or saved.

An article counts for less with each day since, and after a month for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cache.front import rank_weights
from cache.front.section_names import section_of
from cache.front_page import Factor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cache.db.connection import Connection
    from cache.front.candidates import ReportRow
    from cache.front.sources import KeptSources

_DAY = 24 * 3600.0
_MOST_DAYS = 30
_HALF_LIFE = 10.0
"""Days after which an article counts half."""
_FEWEST = 3
"""Articles of a source or section before it counts: one that was opened by chance says nothing."""
_HALF = 8.0
"""Articles of today that bring a source or section half of what it may bring; twice as many bring two thirds."""
_READ = """
SELECT entry.source_id, entry.section, max(mark.read_at, mark.saved_at)
FROM mark JOIN entry ON entry.id = mark.id
WHERE (mark.scroll > 0 OR mark.saved IS NOT NULL) AND max(mark.read_at, mark.saved_at) BETWEEN ? AND ?
"""


class Learnt:
    """What the reader's own reading says of stories."""

    def __init__(self, connection: Connection, kept: KeptSources, at: float) -> None:
        self._kept = kept
        by_source: defaultdict[int, list[float]] = defaultdict(list)
        by_section: defaultdict[str, list[float]] = defaultdict(list)
        for source_id, section, read_at in connection.rows(_READ, (at - _MOST_DAYS * _DAY, at)):
            counts = 0.5 ** ((at - read_at) / _DAY / _HALF_LIFE)
            by_source[source_id].append(counts)
            if name := section_of(kept.groups.get(source_id, ""), section):
                by_section[name].append(counts)
        self._sources = {one: _share(counts) for one, counts in by_source.items() if len(counts) >= _FEWEST}
        self._sections = {one: _share(counts) for one, counts in by_section.items() if len(counts) >= _FEWEST}

    def of(self, reports: Sequence[ReportRow]) -> Factor | None:
        """What it brings a story, by the mean over its reports: what one of many papers reports is not all yours."""
        by_source = self._mean(reports, lambda report: self._sources.get(report.source_id, 0.0))
        by_section = self._mean(reports, lambda report: self._sections.get(self._section(report), 0.0))
        share = max(by_source, by_section)
        if not share:
            return None
        most = max(reports, key=lambda report: self._sources.get(report.source_id, 0.0))
        name = self._kept.titles.get(most.source_id, "")
        if by_source < by_section:
            name = max(map(self._section, reports), key=lambda section: self._sections.get(section, 0.0))
        return Factor("learnt", rank_weights.LEARNT * share, f"you read much of {name}")

    def _section(self, report: ReportRow) -> str:
        return section_of(self._kept.groups.get(report.source_id, ""), report.section)

    def _mean(self, reports: Sequence[ReportRow], share: Callable[[ReportRow], float]) -> float:
        return sum(map(share, reports)) / (len(reports) or 1)


def _share(counts: Sequence[float]) -> float:
    return sum(counts) / (sum(counts) + _HALF)
