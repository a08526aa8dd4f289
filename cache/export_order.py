"""Which articles go out first where not all fit: those worth most to a reader, and what then stays behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.reading import LibraryReader

CLASSES = ("queued", "saved", "unread of the front page", "other")
"""What articles are worth, the most first."""


class Ranked(NamedTuple):
    """Articles by their numbers, those worth most first, with the class of each."""

    ids: Sequence[int]
    classes: Sequence[str]

    def behind(self, number: int) -> str:
        """How many stand behind the first ones, class by class, to stand in a sentence; "" for none."""
        left = Counter(self.classes[number:])
        told = [f"{left[name]:,} {name}" for name in CLASSES if left[name]]
        return f"{len(self.classes) - number:,} stayed behind ({', '.join(told)})" if told else ""


def ranked(reader: LibraryReader, entries: Iterable[Entry]) -> Ranked:
    """What is queued, saved, unread on the front page, then the rest, each in its order, whole texts before others."""
    front = {number for story in reader.front().stories for number in story.reports}
    by_worth = sorted(
        ((_worth(entry, front), entry.offline != "full", place, entry.id) for place, entry in enumerate(entries))
    )
    return Ranked([each[3] for each in by_worth], [CLASSES[each[0]] for each in by_worth])


def _worth(entry: Entry, front: set[int]) -> int:
    """The place of its class."""
    if entry.queued or entry.saved:
        return 0 if entry.queued else 1
    return 2 if entry.id in front and not entry.read else 3
