"""Keeps which entries are of the topics that the reader follows, as they land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import topics
from cache.writes.reader_rows import set_setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection

_UNFOLLOWED = 10
"""Topics that are followed no longer, the last ones, whose entries are kept and found on: undo may bring them back."""


def among(connection: Connection, landed: Sequence[int]) -> dict[int, list[int]]:
    """Of entries that have landed those of each topic; where a topic has none yet, the earlier ones of it, too."""
    chosen, known = topics.followed(connection), topics.found(connection)
    if not chosen and not known:
        return {}
    from cache.front.followed import of_all_time, of_topics

    new = {one: of_all_time(connection.sql, one) for one in chosen if one not in known}
    more = of_topics(connection.sql, {*chosen, *known}, landed)
    return {one: [*new.get(one, ()), *more.get(one, ())] for one in {*new, *more}}


def begun(connection: Connection, report: int) -> dict[int, list[int]]:
    """The entries there are of a topic that is to be followed; none where they are kept."""
    if report in topics.found(connection):
        return {}
    from cache.front.followed import of_all_time

    return {report: of_all_time(connection.sql, report)}


def keep(connection: Connection, more: Mapping[int, Sequence[int]]) -> None:
    """Keeps entries of topics beside those that are kept; called inside a transaction."""
    if not any(more.values()):
        return
    chosen, known = topics.followed(connection), topics.found(connection)
    for topic, entries in more.items():
        known[topic] = [*dict.fromkeys([*known.get(topic, ()), *entries])][-topics.MOST_OF_TOPIC :]
    past = [topic for topic in known if topic not in chosen]
    for topic in past[:-_UNFOLLOWED]:
        del known[topic]
    set_setting(connection, topics.FOUND, {str(topic): entries for topic, entries in known.items()})
