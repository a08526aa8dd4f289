"""Makes a front page: its stories found, counted, ranked and kept from filling it with one topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cache.db.values import moment
from cache.front import candidates, central, ranking, variety
from cache.front.choices import StoryChoices
from cache.front.followed import followed, of_topics
from cache.front.independence import originals
from cache.front.learnt import Learnt
from cache.front.preferences import Preferences
from cache.front.section_names import most_told, section_of
from cache.front.set_aside import happened_since, last_known, only_repeats
from cache.front.sources import KeptSources
from cache.front.span import span_of
from cache.front_page import Factor, Front, FrontStory
from cache.related import stories

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cache.db.connection import Connection
    from cache.front.candidates import ReportRow
    from cache.front.span import FrontSpan
    from cache.front_page import FrontWishes


_GOES_ON = "new, of the topic of a story you muted"
"""What is said of another event in what was muted."""
_SINCE = "since you muted it: "
"""What stands before the sentence that brings one back."""
_UNKNOWN = datetime.fromtimestamp(0, UTC)
"""What is shown for a moment that is none: a column may hold any number."""


def front(connection: Connection, wishes: FrontWishes, now: float) -> Front:
    """The front page that a reader wishes for, as of `now`, in seconds since 1970."""
    span = span_of(connection, wishes, now)
    page = _Page(connection, span, wishes)
    stories = page.stories()
    ranked = ranking.told(stories[: wishes.most])
    at, since, new_since = map(_moment, (span.at, span.since, span.new_since))
    return Front(at, since, new_since, ranked, page.muted, len(page.kept.order))


class _Page:
    def __init__(self, connection: Connection, span: FrontSpan, wishes: FrontWishes) -> None:
        self.muted = 0
        self.kept = KeptSources.read(connection)
        self._happened: dict[int, str] = {}
        """By story that was muted what has happened in it since, "" where nothing else has."""
        self._db = connection
        self._span = span
        self._wishes = wishes
        self._choices = StoryChoices.read(connection)
        self._own = Preferences(connection, wishes.more, wishes.less)
        self._learnt = Learnt(connection, self.kept, span.at) if wishes.learn else None

    def stories(self) -> list[FrontStory]:
        """The stories in their order."""
        numbers = candidates.stories_in(self._db, self._span, self._wishes.most * 2)
        found = candidates.reports_of(self._db, numbers, self._span.at)
        inside = {number: reports for number, reports in found.items() if self._is_inside(reports)}
        muted = stories.of_entries(self._db.sql, self._choices.muted)
        set_aside = last_known(self._db, self._choices.set_aside)
        for number in inside.keys() & set_aside.keys() - muted:
            self._happened[number] = happened_since(self._db, inside[number], set_aside[number])
        muted |= {number for number, sentence in self._happened.items() if not sentence}
        shown = {number: reports for number, reports in inside.items() if number not in muted}
        self.muted = len(inside) - len(shown)
        ranked = self._ranked(shown)
        going_on = followed(self._db.sql, self._choices.followed, ranked)
        ranked = [replace(story, followed=story.number in going_on) for story in ranked]
        ranked = self._beside_muted(ranked, inside)
        return variety.spread(self._db.sql, ranked, self._wishes.of_one_topic)

    def _beside_muted(
        self, ranked: Sequence[FrontStory], inside: Mapping[int, Sequence[ReportRow]]
    ) -> list[FrontStory]:
        """The stories with what those have to do with one that was muted before they began; without repetitions of it,
        reports that were sorted into a story of their own.
        """
        of_muted = of_topics(self._db.sql, self._choices.set_aside, [story.central for story in ranked])
        found = []
        for story in ranked:
            before = [one for one in of_muted if story.central in of_muted[one] and one < min(story.reports)]
            said = self._new_beside(inside[story.number], before) if before else ""
            if said is not None:
                found.append(replace(story, came_back=story.came_back or said))
        self.muted += len(ranked) - len(found)
        return found

    def _new_beside(self, reports: Sequence[ReportRow], before: Sequence[int]) -> str | None:
        """What is said of a story beside those that were muted, given by their last reports; None of a repetition."""
        for last in before:
            muted = candidates.reports_of(self._db, stories.of_entries(self._db.sql, [last]), self._span.at)
            earlier = [one for each in muted.values() for one in each if one.entry_id <= last]
            if only_repeats(self._db, reports, earlier):
                happened = happened_since(self._db, [*earlier, *reports], last)
                return f"{_SINCE}{happened}" if happened else None
        return _GOES_ON

    def _is_inside(self, reports: Sequence[ReportRow]) -> bool:
        return any(report.at >= self._span.published and report.seen >= self._span.since for report in reports)

    def _ranked(self, shown: dict[int, Sequence[ReportRow]]) -> list[FrontStory]:
        """The first of the stories in their order. Copies cost a story points: those are looked at closely, for copies
        among their reports, that might still stand among the first.
        """
        most = self._wishes.most + variety.FIRST
        at_best = {
            number: sum(factor.points for factor in self._factors(reports, reports))
            for number, reports in shown.items()
        }
        found: list[FrontStory] = []
        for number in sorted(at_best, key=lambda number: (-round(at_best[number], 9), number)):
            if len(found) >= most and sum(story.points > at_best[number] for story in found) >= most:
                break
            found.append(self._story(number, shown[number]))
        return ranking.ranked(found)[:most]

    def _story(self, number: int, reports: Sequence[ReportRow]) -> FrontStory:
        first = originals(self._db.sql, reports)
        own = [report for report in reports if first[report.entry_id] == report.entry_id]
        copies = len(reports) - len(own)
        new = [report for report in reports if report.seen >= self._span.new_since]
        middle = central.central(self._db.sql, reports, own)
        factors = self._factors(reports, own)
        sections = (section_of(self.kept.groups.get(report.source_id, ""), report.section) for report in reports)
        unread, came_back = self._since_read(reports, own)
        if happened := self._happened.get(number):
            came_back = f"{_SINCE}{happened}"
        return FrontStory(
            number=number,
            headline=middle.headline,
            central=middle.entry_id,
            best=central.best(reports, first, self.kept.order).entry_id,
            reports=tuple(report.entry_id for report in reports),
            originals=tuple(report.entry_id for report in own),
            sources=len({report.source_id for report in own}),
            copies=copies,
            new=tuple(report.entry_id for report in new),
            grew=0 < len(new) < len(reports),
            first=_moment(reports[0].at),
            last=_moment(reports[-1].at),
            days=len({_moment(report.at).date() for report in reports}),
            section=most_told(sections),
            read=not unread,
            came_back=came_back,
            factors=factors,
        )

    def _factors(self, reports: Sequence[ReportRow], own: Sequence[ReportRow]) -> tuple[Factor, ...]:
        """What a story is ranked by, `own` of its reports standing for themselves."""
        found = ranking.factors(own, len(reports) - len(own), self._span, self._own.of(reports))
        learnt = self._learnt.of(reports) if self._learnt else None
        return (*found, learnt) if learnt else found

    def _since_read(self, reports: Sequence[ReportRow], own: Sequence[ReportRow]) -> tuple[bool, str]:
        """Whether a story has something unread, and what came since its reader last read one of its reports."""
        last = max(report.read_at for report in reports)
        if not last:
            return True, ""
        came = [report for report in own if report.seen > last and not report.read_at]
        if not came:
            return False, ""
        names = dict.fromkeys(self.kept.titles.get(report.source_id, "") for report in came)
        said = ", ".join(name for name in [*names][:3] if name)
        more = f"{len(came)} new {'report' if len(came) == 1 else 'reports'} since you read it"
        return True, f"{more}: {said}{' and others' if len(names) > 3 else ''}" if said else more


def _moment(seconds: float) -> datetime:
    return moment(seconds) or _UNKNOWN
