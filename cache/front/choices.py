"""What the reader chose on the front page: stories that are followed, and stories that are muted; by their reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.topics import FOLLOWED, MOST_FOLLOWED, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cache.db.connection import Connection

MUTED = "front.muted"
"""The setting that holds what is muted for good, the numbers of the reports by which it was chosen."""
SET_ASIDE = "front.set_aside"
"""The same of what is muted until something else happens, the last report of each story that was there then."""
MOST_CHOSEN = 500
"""Stories that are remembered, the last ones: what was muted a thousand stories ago comes no more."""


@dataclass(frozen=True, slots=True)
class StoryChoices:
    """The reports by which stories are followed and muted, whatever number their story has by now."""

    followed: frozenset[int] = frozenset()
    muted: frozenset[int] = frozenset()
    set_aside: frozenset[int] = frozenset()

    @classmethod
    def read(cls, connection: Connection) -> StoryChoices:
        """As they stand now."""
        return cls(*(frozenset(chosen(connection, name)) for name in (FOLLOWED, MUTED, SET_ASIDE)))


def most_chosen(name: str) -> int:
    """How many stories one of the settings holds."""
    return MOST_FOLLOWED if name == FOLLOWED else MOST_CHOSEN


def chosen(connection: Connection, name: str) -> list[int]:
    """The reports that one of the settings holds, in the order they were chosen; what is none is passed by."""
    return numbers_in(reads.setting(connection, name, []))[-most_chosen(name) :]


def turned(chosen_before: list[int], story: Iterable[int], report: int) -> list[int]:
    """The choices after a story was chosen by one of its reports, or where it was chosen, is no longer."""
    reports = set(story) | {report}
    rest = [one for one in chosen_before if one not in reports]
    return rest if len(rest) < len(chosen_before) else [*rest, report]
