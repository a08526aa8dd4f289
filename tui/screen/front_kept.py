"""The front page as it was shown last, kept for the next start: what its rows said, without what must be found anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cache.front_page import FrontStory, InDossier
from fetch.text import drawable
from tui.typeset.front_rows import FrontRow

_MOST = 60
"""Rows that are kept."""
_REPORTS = 400
"""Reports of a story that are kept."""
_LARGEST = 2**62
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def as_kept(rows: list[FrontRow]) -> list[list[Any]]:
    """The rows as JSON."""
    return [
        [
            row.id,
            [row.story.headline, row.counts, row.quote, row.quoted_from, row.story.section, row.story.why, row.differ],
            list(row.figures),
            [row.story.read, row.story.followed],
            list(row.story.reports[-_REPORTS:]),
            [row.dossier.number, row.dossier.day, row.dossier.events, row.dossier.report] if row.dossier else [],
        ]
        for row in rows[:_MOST]
    ]


def rows_of(kept: object) -> list[FrontRow]:
    """The rows that were kept; what is none of them, a library may hold anything there, is passed by."""
    found = [_row(one) for one in kept[:_MOST]] if isinstance(kept, list) else []
    rows = {row.id: row for row in found if row}
    return list(rows.values())


def _row(one: object) -> FrontRow | None:
    match one:
        case [int(best), [*texts], [*figures], [bool(read), bool(followed)], [*reports], *more] if len(
            texts
        ) == 7 and all(isinstance(each, str) for each in (*texts, *figures)):
            ids = tuple(each for each in reports if isinstance(each, int) and 0 < each < _LARGEST)
            if not 0 < best < _LARGEST or not ids:
                return None
            headline, counts, quote, quoted_from, section, why, differ = map(drawable, map(str, texts))
            story = FrontStory(
                number=0,
                headline=headline,
                central=best,
                best=best,
                reports=ids,
                originals=ids,
                sources=0,
                copies=0,
                new=(),
                grew=False,
                first=_LONG_AGO,
                last=_LONG_AGO,
                days=1,
                section=section,
                read=read,
                followed=followed,
                why=why,
            )
            told = (quote, quoted_from, tuple(map(drawable, map(str, figures))), differ)
            return FrontRow(best, story, counts, *told, dossier=_dossier(more))
    return None


def _dossier(kept: list[object]) -> InDossier | None:
    """A place in a dossier; a page that an earlier version kept has none."""
    match kept:
        case [[int(number), int(day), int(events), *report]]:
            known = [one for one in report if isinstance(one, int) and 0 < one < _LARGEST]
            return InDossier(number, day, events, known[0] if known else 0)
    return None
