"""The reader's own weights: queries of which they ask more or less, and the reports that these find."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.connection import Connection
    from cache.front.candidates import ReportRow

MOST_QUERIES = 16
"""Queries that are asked, of more and of less."""


_NEWEST = 4000
"""Entries that a query with words is asked for: the best and the newest of them."""


class Preferences:
    """What the reader asks more and less of; nothing is searched where nothing is asked."""

    def __init__(self, connection: Connection, more: Sequence[str], less: Sequence[str]) -> None:
        asked = [*((query, 1) for query in more[:MOST_QUERIES]), *((query, -1) for query in less[:MOST_QUERIES])]
        self._found = [(query, sign, _ids(connection, query)) for query, sign in asked if query.strip()]

    def of(self, reports: Sequence[ReportRow]) -> list[tuple[str, int]]:
        """The queries that find one of these reports, each with 1 for more or -1 for less."""
        return [(query, sign) for query, sign, ids in self._found if any(report.entry_id in ids for report in reports)]


def _ids(connection: Connection, query: str) -> frozenset[int]:
    from cache.search import lists
    from cache.search.query import parse
    from cache.search.ranking import Search

    understood = parse(query)
    if not understood.has_words:
        return frozenset(lists.listed(connection, understood.filters))
    return frozenset(Search(connection, understood).best(_NEWEST, hurried=True))
