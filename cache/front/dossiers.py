"""Dossiers: storylines that run on for days, with the stories within as their events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cache.db.values import moment
from cache.front import candidates, central
from cache.front.independence import originals
from cache.front.storyline import Storylines
from cache.front_page import Dossier, DossierEvent, InDossier
from cache.related import index, stories

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection
    from cache.front.candidates import ReportRow
    from cache.front_page import Front, FrontStory
    from cache.related.index import Idf

_ASKED = 12
"""Stories of a page, the first, whose storylines are looked for to be listed."""
_FEWEST_EVENTS, _FEWEST_DAYS = 3, 3
"""Stories, and days from the first to the last, that make a dossier."""
_MOST_EVENTS = 60
"""Events that a dossier shows, the last."""

_BEGUN = f"""
SELECT reports.story, min(shelf.at) FROM reports JOIN shelf ON shelf.id = reports.entry_id
WHERE reports.story IN (SELECT story FROM reports WHERE story > 0 AND entry_id IN {index.AMONG})
    AND shelf.source_id NOT IN (SELECT value FROM json_each(?)) GROUP BY reports.story
"""


class Dossiers:
    """Finds the storylines of stories, one after the other: those of one storyline are asked for once.

    It holds for a library as it stands: what lands later is unknown to it.
    """

    def __init__(self, connection: Connection, idf: Idf) -> None:
        self._connection = connection
        self._storylines = Storylines(connection.sql, idf)
        self._begun: list[tuple[int, dict[int, int]]] = []
        """Of each storyline that was found by which report, and when its stories began."""

    def listed(self, page: Front) -> list[Dossier]:
        """The storylines that the first stories of a front page go on; one for those that share most of it."""
        found: list[Dossier] = []
        taken: set[int] = set()
        for story in page.stories[:_ASKED]:
            if story.number in taken:
                continue
            events = self._events(story.number, story.central, page.at.timestamp())
            dossier = _dossier(self._connection.sql, story.headline, events)
            if dossier is not None:
                found.append(dossier)
                taken.update(event.number for event in dossier.events)
        return found

    def of_entry(self, entry_id: int, at: float, report: int = 0) -> Dossier | None:
        """The storyline of the story that an entry tells, under the story's headline, as of a moment.

        `report` is what it was found by for a row that tells of it; the central one of the story without.
        """
        number = stories.story_of(self._connection.sql, entry_id)
        reports = candidates.reports_of(self._connection, [number], at).get(number, ()) if number else ()
        if not reports:
            return None
        middle = _middle(self._connection.sql, reports)
        return _dossier(self._connection.sql, middle.headline, self._events(number, report or middle.entry_id, at))

    def place_of(self, story: FrontStory) -> InDossier | None:
        """Where a story stands in its storyline, by what is known of it; None where it goes on none."""
        report, begun = next((found for found in self._begun if story.number in found[1]), (0, {}))
        if not report:
            of_storyline = index.id_list(self._storylines.of(story.central))
            silent = f"{candidates.no_news(self._connection)}"
            report, begun = story.central, dict(self._connection.rows(_BEGUN, (*of_storyline, silent)))
            self._begun.append((report, begun))
        last = story.last.timestamp()
        before = {number: at for number, at in begun.items() if at <= last}
        first = min(before, key=lambda number: (before[number], number), default=0)
        if not first or not _is_dossier(len(before), day := _days(before[first], last)):
            return None
        return InDossier(first, day, len(before), report)

    def _events(self, number: int, report: int, at: float) -> Mapping[int, Sequence[ReportRow]]:
        """The reports of each story of a storyline, given by a story of it and its central report."""
        entries = self._storylines.of(report)
        rows = self._connection.sql.execute(
            f"SELECT DISTINCT story FROM reports WHERE story > 0 AND entry_id IN {index.AMONG}", index.id_list(entries)
        )
        numbers = {row[0] for row in rows if isinstance(row[0], int)} | {number}
        return candidates.reports_of(self._connection, sorted(numbers), at)


def _dossier(
    connection: sqlite3.Connection, headline: str, reports: Mapping[int, Sequence[ReportRow]]
) -> Dossier | None:
    """A storyline of these stories; None where it runs for no days, or has no other events."""
    last = sorted(reports, key=lambda number: (reports[number][0].at, number))[-_MOST_EVENTS:]
    days = _days(reports[last[0]][0].at, max(reports[number][-1].at for number in last)) if last else 0
    if not _is_dossier(len(last), days):
        return None
    events = tuple(_event(connection, number, reports[number]) for number in last)
    return Dossier(events[0].number, headline, events, days)


def _is_dossier(events: int, days: int) -> bool:
    return events >= _FEWEST_EVENTS and days >= _FEWEST_DAYS


def _days(first: float, last: float) -> int:
    """Days from one moment to another, both counted."""
    return (_moment(last).date() - _moment(first).date()).days + 1


def _event(connection: sqlite3.Connection, number: int, reports: Sequence[ReportRow]) -> DossierEvent:
    own = _own(connection, reports)
    middle = central.central(connection, reports, own)
    sources = len({report.source_id for report in own})
    return DossierEvent(number, _moment(reports[0].at), middle.headline, middle.entry_id, len(reports), sources)


def _middle(connection: sqlite3.Connection, reports: Sequence[ReportRow]) -> ReportRow:
    return central.central(connection, reports, _own(connection, reports))


def _own(connection: sqlite3.Connection, reports: Sequence[ReportRow]) -> list[ReportRow]:
    first = originals(connection, reports)
    return [report for report in reports if first[report.entry_id] == report.entry_id]


def _moment(seconds: float) -> datetime:
    return moment(seconds) or datetime.fromtimestamp(0, UTC)
