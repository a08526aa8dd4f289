"""Clustering reports into stories: pure, average linkage on the likenesses it is given.

The two stories that are most alike become one, again and again, each report being a story of its own at first. How
alike two stories are is the average over all pairs of their reports. They must be alike enough, and, so that two
events of one kind stay two stories, not much less alike than the reports within the looser of them.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cache.related.neighbours import Likenesses, density, likeness_beyond

_DENSITY_POWER = 0.4  # how much less alike two entries count that are near to everything
_SAME = 0.27  # how alike reports of one event are in a library of `_SMALL` entries …
_SMALL = 500
_GROWS = 0.06  # … and how much more they must be for each time that e times as many stories could be meant
_LARGE = 20_000  # entries above which it grows no more
_LEAST_DENSITY = 0.1  # the least crowded a report is taken to be: where nothing is alike, little is not much
_UNKNOWN = (0.0, 0)  # what is known of two stories that stand on no list of one another's
_COHERENT = 0.65  # of the likeness within a story, what another must have to be the same;
_FEW = 6  # where no day keeps two events of a kind apart, of two stories with so many reports together …
_UNDATED_FEW = 0.75  # … more, and of larger ones, which are told in more ways,
_UNDATED_MANY = 0.6  # less


def threshold(entries: int) -> float:
    """How alike the reports of one event are in a library of so many entries."""
    return _SAME + _GROWS * math.log(min(max(entries, _SMALL), _LARGE) / _SMALL)


def cluster(
    lists: Mapping[int, Likenesses],
    entries: int,
    together: Iterable[Sequence[int]] = (),
    undated: Container[int] = frozenset(),
) -> list[list[int]]:
    """The stories that reports tell, each as its reports; `lists` holds each report's nearest, of whatever story.

    The reports of each of `together` are one story whatever their likenesses; `undated` are those that name no day.
    """
    return _Clustering(lists, threshold(entries), together, undated).cluster()


def might_join(lists: Mapping[int, Likenesses], reports: Iterable[int], entries: int) -> list[int]:
    """Those on the lists of some reports that are alike enough to one of them to be one story, most alike first."""
    least = threshold(entries)
    scale = {one: _scale(near) for one, near in lists.items()}
    found: dict[int, float] = {}
    for one in reports:
        for other, likeness in lists[one].items():
            if other in scale and (alike := likeness * scale[one] * scale[other]) >= least:
                found[other] = max(alike, found.get(other, 0.0))
    return sorted(found, key=found.__getitem__, reverse=True)


def _scale(near: Likenesses) -> float:
    """What a report's likenesses count, by how crowded it is around it."""
    return float(max(_LEAST_DENSITY, density(near)) ** -_DENSITY_POWER)


@dataclass(slots=True)
class _Cluster:
    """A story so far: its reports, the sum of the likenesses within it, and that of what is taken for unknown."""

    reports: list[int]
    unknown: float
    undated: bool
    within: float = 0.0
    beside: dict[int, tuple[float, int]] = field(default_factory=dict)
    """By story: the sum of the likenesses known between their reports, and how many."""

    def coherence(self) -> float:
        """How alike its reports are, on average; 0 for a single report."""
        pairs = len(self.reports) * (len(self.reports) - 1) / 2
        return self.within / pairs if pairs else 0.0

    def likeness(self, other: _Cluster, key: int) -> float:
        """How alike the reports of two stories are, on average; `key` is the other's."""
        known, count = self.beside[key]
        pairs = len(self.reports) * len(other.reports)
        unknown = min(self.unknown / len(self.reports), other.unknown / len(other.reports))
        return (known + (pairs - count) * unknown) / pairs


class _Clustering:
    def __init__(
        self,
        lists: Mapping[int, Likenesses],
        threshold: float,
        together: Iterable[Sequence[int]],
        undated: Container[int],
    ) -> None:
        self._threshold = threshold
        scale = {one: _scale(near) for one, near in lists.items()}
        self._clusters = {
            one: _Cluster([one], likeness_beyond(near) * scale[one] ** 2, one in undated) for one, near in lists.items()
        }
        for one, near in lists.items():
            for other in near.keys() & lists.keys():
                alike = (near[other] * scale[one] * scale[other], 1)
                self._clusters[one].beside[other] = self._clusters[other].beside[one] = alike
        self._next = max(lists, default=0)
        self._queued: list[tuple[float, int, int]] = []
        for reports in together:
            self._put_together(reports)

    def _put_together(self, reports: Sequence[int]) -> None:
        whole = reports[0]
        for one in reports[1:]:
            for first, second in ((whole, one), (one, whole)):
                self._clusters[first].beside.setdefault(second, (0.0, 0))
            whole = self._join(whole, one)

    def cluster(self) -> list[list[int]]:
        for one, each in self._clusters.items():
            self._queue(one, [other for other in each.beside if other > one])
        while self._queued:
            _, one, other = heapq.heappop(self._queued)
            if one in self._clusters and other in self._clusters:
                self._merge(one, other)
        return [each.reports for each in self._clusters.values()]

    def _queue(self, key: int, others: list[int]) -> None:
        """Queue the stories that one might be the same as, most alike first."""
        first, clusters = self._clusters[key], self._clusters
        size, coherence = len(first.reports), first.coherence()
        unknown = first.unknown / size
        for other in others:
            second = clusters[other]
            known, count = first.beside[other]
            pairs = size * len(second.reports)
            rest = (pairs - count) * min(unknown, second.unknown / len(second.reports)) if pairs > count else 0.0
            likeness = (known + rest) / pairs
            share = _COHERENT
            if first.undated or second.undated:
                share = _UNDATED_FEW if size + len(second.reports) <= _FEW else _UNDATED_MANY
            if likeness >= self._threshold and likeness >= share * min(coherence, second.coherence()):
                heapq.heappush(self._queued, (-likeness, key, other))

    def _merge(self, one: int, other: int) -> None:
        """Make two stories one, and queue what it might be the same as."""
        merged = self._join(one, other)
        self._queue(merged, list(self._clusters[merged].beside))

    def _join(self, one: int, other: int) -> int:
        """Make two stories one, under a new key, so that what is queued for either is void."""
        first, second = self._clusters.pop(one), self._clusters.pop(other)
        pairs = len(first.reports) * len(second.reports)
        within = first.within + second.within + first.likeness(second, other) * pairs
        self._next += 1
        undated = first.undated or second.undated
        merged = _Cluster(first.reports + second.reports, first.unknown + second.unknown, undated, within)
        for key in (first.beside.keys() | second.beside.keys()) - {one, other}:
            known, count = first.beside.get(key, _UNKNOWN)
            also, more = second.beside.get(key, _UNKNOWN)
            beside = self._clusters[key].beside
            beside.pop(one, None)
            beside.pop(other, None)
            beside[self._next] = merged.beside[key] = (known + also, count + more)
        self._clusters[self._next] = merged
        return self._next
