"""Sorting reports into stories, as a news desk would: pure, on likenesses it is given.

A report joins the story it is most alike, on average over the nearer half of that story's reports, if alike enough;
two stories that have come to be as alike become one; and each report is looked at twice, the second time knowing the
rest. How alike is enough grows with the library: the more stories there are, the more alike the nearest other one is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

_CROWDED = 0.25  # how much less two reports are alike that are near to everything
_SAME = 0.28  # how alike reports of one event are in a library of `_SMALL` entries …
_SMALL = 500
_GROWS = 0.06  # … and how much more they must be for each time that e times as many stories could be meant
_LONELY = 0.07  # the least crowded a report is taken to be: where nothing is alike, little is not much
_LARGE = 20_000  # entries above which it grows no more


class Desk:
    """Reports on a desk: the stories known so far, and how alike the reports to be sorted are to others.

    `story_of` holds all reports of the stories concerned; `alike` holds each new report's likeness to its nearest,
    `crowds` how near each report is to everything.
    """

    def __init__(
        self,
        story_of: Mapping[int, int],
        alike: Mapping[int, Mapping[int, float]],
        crowds: Mapping[int, float],
        total: int,
    ) -> None:
        self._before = dict(story_of)
        self._story_of = dict(story_of)
        self._reports: defaultdict[int, set[int]] = defaultdict(set)
        for report, story in story_of.items():
            self._reports[story].add(report)
        self._alike: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for one, others in alike.items():
            for other, score in others.items():
                scaled = score / (_crowd(crowds, one) * _crowd(crowds, other)) ** _CROWDED
                self._alike[one][other] = self._alike[other][one] = scaled
        self._enough = _SAME + _GROWS * math.log(min(max(total, _SMALL), _LARGE) / _SMALL)

    def sort(self, reports: Sequence[int]) -> None:
        """Give each of these reports its story."""
        for report in reports:
            self._place(report)
            self._join_stories(self._story_of[report])
        for report in reports:
            self._leave(report)
            self._place(report)

    def beside(self, report: int) -> set[int]:
        """The other reports of a report's story."""
        return self._reports[self._story_of[report]] - {report}

    def changed(self) -> Iterator[tuple[int, int]]:
        """Each report whose story is another than before, as story and report; a story is named by its first report."""
        for reports in self._reports.values():
            story = min(reports, default=0)
            yield from ((story, report) for report in reports if self._before.get(report) != story)

    def _place(self, report: int) -> None:
        near = {self._story_of[other] for other in self._alike[report] if other in self._story_of}
        best = max(near, key=lambda story: self._likeness((report,), story), default=0)
        if not best or self._likeness((report,), best) < self._enough:
            best = self._new(report)
        self._reports[best].add(report)
        self._story_of[report] = best

    def _new(self, report: int) -> int:
        """A key for a story that is no other's: reports are counted from 1, so that below 0 is free."""
        return -report - 1

    def _leave(self, report: int) -> None:
        story = self._story_of.pop(report)
        self._reports[story].discard(report)
        if not self._reports[story]:
            del self._reports[story]

    def _join_stories(self, story: int) -> None:
        reports = self._reports[story]
        near = {
            self._story_of[other] for report in reports for other in self._alike[report] if other in self._story_of
        } - {story}
        best = max(near, key=lambda other: self._likeness(reports, other), default=0)
        if best and self._likeness(reports, best) >= self._enough:
            for report in self._reports.pop(best):
                self._story_of[report] = story
                reports.add(report)

    def _likeness(self, reports: Iterable[int], story: int) -> float:
        """How alike reports are to a story's: the average over the nearer half of the pairs."""
        scores = sorted(
            (self._alike[report].get(other, 0.0) for report in reports for other in self._reports[story]), reverse=True
        )
        half = math.ceil(len(scores) / 2)
        return sum(scores[:half]) / half if half else 0.0


def _crowd(crowds: Mapping[int, float], report: int) -> float:
    return max(_LONELY, crowds.get(report, _LONELY))
