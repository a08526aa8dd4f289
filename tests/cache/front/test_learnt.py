"""What the reader reads counts on the front page where it is asked for, and explains itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cache.front.conftest import NOON
from tests.news_events import GROUPS, PAPERS

LIKED, OTHER = 1, 2
"""Papers, by number, of groups of their own."""
HOUR = 3600.0


@pytest.fixture
def today(newsroom, events):
    """A story of each paper, the other's a little newer; reports of other events, of the paper that is liked."""
    liked, other, *older = events(1, 1, 1, 1, 1, 1)
    reports = [
        replace(liked[0], paper=LIKED, at=NOON - timedelta(hours=2)),
        replace(other[0], paper=OTHER, at=NOON - timedelta(hours=1)),
    ]
    newsroom.land(reports, NOON)
    return [replace(told[0], paper=LIKED) for told in older]


def read(newsroom, reports, days, columns="read, read_at, scroll", values="1, {at}, 900"):
    """Articles of so many days ago, and what the reader did with each."""
    at = NOON - timedelta(days=days)
    for one in newsroom.land([replace(report, at=at) for report in reports], at):
        did = values.format(at=at.timestamp() + HOUR)
        newsroom.store.connection.run(f"INSERT OR REPLACE INTO mark (id, {columns}) VALUES ({one}, {did})")


def order(page, newsroom, **wishes):
    return [newsroom.events[story.central] for story in page(**wishes).stories]


def test_what_is_read_much_stands_a_little_higher_where_that_is_asked_for_and_says_so(newsroom, page, today):
    read(newsroom, today, days=3)
    assert order(page, newsroom) == [1, 0], "nothing is learnt unasked"
    first, second = page(learn=True).stories
    assert (newsroom.events[first.central], newsroom.events[second.central]) == (0, 1)
    assert f"you read much of {PAPERS[LIKED]}" in first.why
    assert "what you read" in first.why
    (learnt,) = (factor.points for factor in first.factors if factor.name == "learnt")
    assert 0 < learnt < 0.5
    assert "learnt" not in {factor.name for factor in second.factors}


def test_it_counts_less_with_the_days_and_nothing_after_a_month(newsroom, page, today):
    read(newsroom, today, days=20)
    (late,) = (factor.points for factor in page(learn=True).stories[-1].factors if factor.name == "learnt")
    read(newsroom, [replace(one, event=50 + one.event) for one in today], days=2)
    story = next(one for one in page(learn=True).stories if newsroom.events[one.central] == 0)
    (soon,) = (factor.points for factor in story.factors if factor.name == "learnt")
    assert soon > late
    newsroom.store.connection.run("UPDATE mark SET read_at = read_at - ?", (32 * 24 * HOUR,))
    assert order(page, newsroom, learn=True) == [1, 0]


@pytest.mark.parametrize(
    ("articles", "columns", "values"),
    [
        (2, "read, read_at, scroll", "1, {at}, 900"),
        (4, "read, read_at", "1, {at}"),
        (4, "read, read_at, scroll", "0, 0, 9"),
    ],
)
def test_two_by_chance_and_what_was_only_marked_read_teach_nothing(newsroom, page, today, articles, columns, values):
    read(newsroom, today[:articles], 3, columns, values)
    assert order(page, newsroom, learn=True) == [1, 0]


def test_a_section_that_is_read_much_counts_for_other_papers_of_it(newsroom, page, today):
    same_group = LIKED + len(GROUPS)
    saved = [replace(one, paper=same_group) for one in today]
    read(newsroom, saved, 3, "saved, saved_at", "{at}, {at}")
    first = page(learn=True).stories[0]
    assert newsroom.events[first.central] == 0
    assert f"you read much of {GROUPS[LIKED]}" in first.why


def test_of_many_papers_one_that_is_read_much_says_little(newsroom, page, events, today):
    read(newsroom, today, days=3)
    (large,) = events(8, kind="flood", seed=31)
    newsroom.land([replace(one, event=70, paper=at) for at, one in enumerate(large)], NOON)
    stories = {newsroom.events[story.central]: story for story in page(learn=True).stories}
    of_large, alone = (
        sum(factor.points for factor in stories[event].factors if factor.name == "learnt") for event in (70, 0)
    )
    assert of_large < alone / 2
    assert page(learn=True).stories[0] == stories[70]
