"""The order of the stories on a front page, and which factor decided it, in words."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from cache.front import rank_weights
from cache.front.span import SECONDS_AN_HOUR
from cache.front_page import Factor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cache.front.candidates import ReportRow
    from cache.front.span import FrontSpan
    from cache.front_page import FrontStory


def factors(
    originals: Sequence[ReportRow], copies: int, span: FrontSpan, own: Sequence[tuple[str, int]] = ()
) -> tuple[Factor, ...]:
    """What a story is ranked by: its reports that stand for themselves, oldest first, and how many only copy them.

    `own` are the reader's queries that find one of its reports, each with 1 for more or -1 for less.
    """
    fresh = {report.source_id for report in originals if report.at >= span.published}
    hours = max(span.length * rank_weights.GROWTH_SHARE / SECONDS_AN_HOUR, rank_weights.LEAST_HOURS)
    before = {report.source_id for report in originals if report.at < span.at - hours * SECONDS_AN_HOUR}
    joined = {report.source_id for report in originals} - before
    growth = len(joined) if before or len(joined) > 1 else 0
    half_life = max(span.length * rank_weights.HALF_LIFE_SHARE, rank_weights.LEAST_HOURS * SECONDS_AN_HOUR)
    age = max(0.0, span.at - max(report.at for report in originals))
    found = [
        Factor("sources", rank_weights.SOURCES * math.log2(max(len(fresh), 1)), _sources(len(fresh), copies)),
        Factor("growth", rank_weights.GROWTH * math.log2(1 + growth), _growth(growth, hours)),
        Factor("newness", rank_weights.NEWNESS * 0.5 ** (age / half_life), f"the last report {_ago(age)}"),
    ]
    if own:
        asked = max(-1, min(1, sum(sign for _, sign in own)))
        said = "; ".join(f"you ask for {'more' if sign > 0 else 'less'} of “{query}”" for query, sign in own)
        found.append(Factor("own", rank_weights.OWN * asked, said))
    return tuple(found)


def ranked(stories: Iterable[FrontStory]) -> list[FrontStory]:
    """The stories in their order; those of equal points by how lately they began, then by their numbers."""
    return sorted(stories, key=lambda story: (-round(story.points, 9), -story.last.timestamp(), story.number))


def told(stories: Sequence[FrontStory]) -> tuple[FrontStory, ...]:
    """The stories, each with why it stands where it does: what sets it apart from the one below it."""
    below: list[FrontStory | None] = [*stories[1:], None] if stories else []
    return tuple(replace(story, why=_why(story, other)) for story, other in zip(stories, below, strict=True))


def deciding(story: FrontStory, other: FrontStory | None) -> str:
    """The name of the factor by which a story gained most on another; without another, that of most points."""
    gained = _by_name(story)
    for name, points in (_by_name(other) if other else {}).items():
        gained[name] = gained.get(name, 0.0) - points
    return max(gained, key=lambda name: (gained[name], name))


def _by_name(story: FrontStory) -> dict[str, float]:
    found: dict[str, float] = {}
    for factor in story.factors:
        found[factor.name] = found.get(factor.name, 0.0) + factor.points
    return found


def _why(story: FrontStory, other: FrontStory | None) -> str:
    decided = deciding(story, other)
    words = "; ".join(factor.words for factor in story.factors if factor.words)
    if other is None:
        return f"{words[:1].upper()}{words[1:]}."
    above = "Above the next by"
    reason = {
        "sources": "how many report it",
        "growth": "how fast it grows",
        "newness": "how new it is",
        "own": "what you ask for",
        "learnt": "what you read",
    }[decided]
    if story.points < other.points:
        above, reason = "Above the next", "of whose topic others stand further up"
    elif _by_name(story).get(decided, 0.0) <= _by_name(other).get(decided, 0.0):
        above, reason = "Beside the next", "alike in all by which stories are ranked"
    return f"{above} {reason}: {words}."


def _sources(number: int, copies: int) -> str:
    said = "one source" if number <= 1 else f"{number} independent sources"
    if copies:
        said += f" ({copies} {'copy' if copies == 1 else 'copies'} of a report not counted)"
    return said


def _growth(joined: int, hours: float) -> str:
    if not joined:
        return ""
    span = "in the last hour" if hours < 1.5 else f"in the last {_hours(hours)}"
    return f"{joined} of them {span}"


def _hours(hours: float) -> str:
    return f"{round(hours)} hours" if hours < 48 else f"{round(hours / 24)} days"


def _ago(seconds: float) -> str:
    if seconds < 90:
        return "a minute ago"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes ago"
    return f"{_hours(max(2, seconds / SECONDS_AN_HOUR))} ago"
