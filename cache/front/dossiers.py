"""Dossiers: storylines that run on for days, found from a story through the weeks about it, by the words they share.

What is nearest to a story, weeks counting for little, and what is nearest to that, is of the storyline where it is
alike to all of its middle: to the story itself and what is most like it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.values import moment
from cache.front import candidates, central
from cache.front.independence import originals
from cache.front_page import Dossier, DossierEvent
from cache.related import index, stories
from cache.related.index import Idf
from cache.related.nearest import Scope, likeness, nearest, query_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection
    from cache.front.candidates import ReportRow
    from cache.front_page import Front, FrontStory
    from cache.related.vector import Vector

_ASKED = 12
"""Stories of a page, the first, whose storylines are looked for."""
_NEAREST = 48
"""Entries that are looked at beside each of the middle."""
_MIDDLE = 5
"""Entries of the middle of a storyline: the story itself and what is most like it."""
_OF_THE_MIDDLE = 0.16
"""How alike an entry's words are to those of the story, to be of the middle."""
_ALIKE = 0.12
"""How alike an entry's words are to those of the middle on average, to be of the storyline."""
_FEWEST_EVENTS, _FEWEST_DAYS = 3, 3
"""Stories, and days from the first to the last, that make a dossier."""
_MOST_EVENTS = 60
"""Events that a dossier shows, the last."""


def dossiers(connection: Connection, page: Front) -> list[Dossier]:
    """The storylines that the first stories of a front page go on; one for those that share most of it."""
    found: list[Dossier] = []
    taken: set[int] = set()
    for story in page.stories[:_ASKED]:
        if story.number in taken:
            continue
        dossier = of_story(connection, story, page.at.timestamp())
        if dossier is not None:
            found.append(dossier)
            taken.update(event.number for event in dossier.events)
    return found


def of_entry(connection: Connection, entry_id: int, at: float) -> Dossier | None:
    """The storyline of the story that an entry tells, under its headline."""
    entries = reads.entries(connection, [entry_id])
    number = stories.story_of(connection.sql, entry_id)
    return _storyline(connection, (number, entry_id, entries[0].headline), at) if entries and number else None


def of_story(connection: Connection, story: FrontStory, at: float) -> Dossier | None:
    """The storyline of a story as of a moment; None where it runs for no days, or has no other events."""
    return _storyline(connection, (story.number, story.central, story.headline), at)


def _storyline(connection: Connection, told: tuple[int, int, str], at: float) -> Dossier | None:
    """That of a story, given by its number, its central report and its headline."""
    number, central_report, headline = told
    entries = alike(connection.sql, central_report)
    rows = connection.sql.execute(
        f"SELECT DISTINCT story FROM reports WHERE story > 0 AND entry_id IN {index.AMONG}", index.id_list(entries)
    )
    numbers = {row[0] for row in rows if isinstance(row[0], int)} | {number}
    reports = candidates.reports_of(connection, sorted(numbers), at)
    events = [_event(connection.sql, one, some) for one, some in reports.items()]
    events = sorted(events, key=lambda event: (event.first, event.number))[-_MOST_EVENTS:]
    days = (events[-1].first.date() - events[0].first.date()).days + 1 if events else 0
    if len(events) < _FEWEST_EVENTS or days < _FEWEST_DAYS:
        return None
    return Dossier(events[0].number, headline, tuple(events), days)


def alike(connection: sqlite3.Connection, entry_id: int) -> list[int]:
    """The entries of the storyline that an entry belongs to, itself among them."""
    own = index.vector(connection, entry_id)
    if own is None:
        return [entry_id]
    idf = Idf(connection)
    first = _around(connection, own, idf, entry_id)
    idf.load({word for vector in first.values() for word in vector.weights})
    beside = _likenesses(own, first, idf)
    close = [one for one in sorted(beside, key=lambda one: (-beside[one], one)) if beside[one] >= _OF_THE_MIDDLE]
    middle = {entry_id: own, **{one: first[one] for one in close[: _MIDDLE - 1]}}
    known = dict(first)
    for one, vector in [*middle.items()][1:]:
        known.update(_around(connection, vector, idf, one))
    idf.load({word for vector in known.values() for word in vector.weights})
    means: defaultdict[int, float] = defaultdict(float)
    for vector in middle.values():
        for one, found in _likenesses(vector, known, idf).items():
            means[one] += found / len(middle)
    return sorted({entry_id, *middle, *(one for one, mean in means.items() if mean >= _ALIKE)})


def _around(connection: sqlite3.Connection, vector: Vector, idf: Idf, entry_id: int) -> dict[int, Vector]:
    found = nearest(connection, vector, idf, Scope(entry_id, _NEAREST))
    return {each.entry_id: each.known for each in found}


def _likenesses(vector: Vector, others: Mapping[int, Vector], idf: Idf) -> dict[int, float]:
    query = query_for(vector, idf)
    return {one: likeness(query, other) for one, other in others.items()}


def _event(connection: sqlite3.Connection, number: int, reports: Sequence[ReportRow]) -> DossierEvent:
    first = originals(connection, reports)
    own = [report for report in reports if first[report.entry_id] == report.entry_id]
    middle = central.central(connection, reports, own)
    begun = moment(reports[0].at) or datetime.fromtimestamp(0, UTC)
    sources = len({report.source_id for report in own})
    return DossierEvent(number, begun, middle.headline, middle.entry_id, len(reports), sources)
