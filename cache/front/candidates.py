"""Which stories may stand on a front page, and their reports as the rows have them; no text is read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.db.values import integer, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cache.db.connection import Connection
    from cache.front.span import FrontSpan

_LARGEST, _LATEST = 160, 80
"""Stories of several reports that are looked at: those of most reports in the span, and those that grew last."""
_FEW_SOURCES = 3
"""Sources from which on a front page has something to compare, and the handbook no place on it."""
_MOST_REPORTS = 400
"""Reports of a story that are looked at, the last ones."""

# Reports of several are met along the index of stories, which alone is read; `first` is the first entry that was
# published within the span, and what landed before it is of no story of the span.
_SEVERAL = """
WITH told AS (
    SELECT story, sum(entry_id >= :first) AS fresh, max(entry_id) AS last FROM reports
    WHERE story > 0 GROUP BY story HAVING count(*) > 1 AND last >= :first
)
SELECT story FROM (SELECT story FROM told ORDER BY fresh DESC, last DESC LIMIT :largest)
UNION SELECT story FROM (SELECT story FROM told ORDER BY last DESC LIMIT :latest)
"""
_SINGLE = """
SELECT story FROM shelf INDEXED BY shelf_all JOIN reports ON reports.entry_id = shelf.id
WHERE at >= :published AND at <= :at AND story > 0 ORDER BY at DESC, shelf.id DESC LIMIT :most
"""
_REPORTS = """
SELECT reports.story, shelf.id, shelf.at, seen, shelf.source_id, entry.offline, headline, entry.section,
    mark.read_at * (mark.read = 1)
FROM reports JOIN shelf ON shelf.id = reports.entry_id JOIN entry ON entry.id = shelf.id
LEFT JOIN mark ON mark.id = shelf.id
WHERE reports.story IN (SELECT value FROM json_each(?)) AND seen <= ?
    AND shelf.source_id NOT IN (SELECT value FROM json_each(?)) ORDER BY shelf.at, shelf.id
"""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as its row has it: when it was published and landed here, when its reader read it (0: not), in seconds
    since 1970; `offline` is what of it is on disk, as the column counts.
    """

    entry_id: int
    at: int
    seen: int
    source_id: int
    offline: int
    headline: str
    section: str
    read_at: float


def published_in(connection: Connection, span: FrontSpan, most: int) -> int:
    """How many entries were published in a span, counted to `most`."""
    within = (span.published, span.at, most)
    return int(connection.value("SELECT count(*) FROM (SELECT 1 FROM shelf WHERE at >= ? AND at <= ? LIMIT ?)", within))


def stories_in(connection: Connection, span: FrontSpan, singles: int) -> list[int]:
    """The numbers of the stories that a span may show: of several reports, and the latest `singles` of whatever."""
    values = {"published": span.published, "at": span.at, "largest": _LARGEST, "latest": _LATEST, "most": singles}
    first = connection.value("SELECT min(id) FROM shelf WHERE at >= ? AND at <= ?", (span.published, span.at))
    if first is None:
        return []
    several = connection.sql.execute(_SEVERAL, {**values, "first": first}).fetchall()
    single = connection.sql.execute(_SINGLE, values).fetchall()
    return sorted({row[0] for row in [*several, *single] if isinstance(row[0], int)})


def no_news(connection: Connection) -> list[int]:
    """The sources whose pages are no news beside others: the handbook, where so many are kept that there is some."""
    kept = connection.value("SELECT count(*) FROM source WHERE removed IS NULL AND kind <> 'bundled'")
    rows = connection.rows("SELECT id FROM source WHERE kind = 'bundled'") if kept >= _FEW_SOURCES else ()
    return [row[0] for row in rows]


def reports_of(connection: Connection, stories: Iterable[int], at: float) -> Mapping[int, Sequence[ReportRow]]:
    """The reports of stories that had landed by a moment and are on the lists, oldest first; of very many the last.
    Those of sources that are no news are left out, and a story of them alone.
    """
    found: defaultdict[int, list[ReportRow]] = defaultdict(list)
    numbers, silent = (",".join(map(str, listed)) for listed in (stories, no_news(connection)))
    for story, entry_id, *row in connection.rows(_REPORTS, (f"[{numbers}]", at, f"[{silent}]")):
        published, seen, source_id, offline = map(integer, row[:4])
        read_at = row[6] if isinstance(row[6], int | float) else 0.0
        found[story].append(
            ReportRow(entry_id, published, seen, source_id, offline, text(row[4]), text(row[5]), read_at)
        )
    return {story: reports[-_MOST_REPORTS:] for story, reports in found.items()}
