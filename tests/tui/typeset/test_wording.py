"""What is said of times, authors and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cache.source_entry import SourceEntry
from tests.tui.newsroom import NOW
from tui.typeset import wording


@pytest.mark.parametrize(
    ("before", "said", "briefly"),
    [
        (timedelta(seconds=20), "just now", "now"),
        (timedelta(minutes=1), "1 minute ago", "1 min"),
        (timedelta(minutes=59), "59 minutes ago", "59 min"),
        (timedelta(hours=3), "3 hours ago", "3 h"),
        (timedelta(days=1), "yesterday", "1 d"),
        (timedelta(days=6), "6 days ago", "6 d"),
        (timedelta(days=24), "29 October", "29 Oct"),
        (timedelta(days=754), "29 October 2024", "29 Oct 2024"),
        (-timedelta(days=2), "24 November", "24 Nov"),
    ],
)
def test_how_long_ago(before: timedelta, said: str, briefly: str) -> None:
    assert wording.ago(NOW - before, NOW) == said
    assert wording.briefly_ago(NOW - before, NOW) == briefly


def test_a_day_without_a_time_is_never_hours_ago() -> None:
    assert wording.ago(date(2026, 11, 22), NOW) == "today"
    assert wording.briefly_ago(date(2026, 11, 22), NOW) == "today"
    assert wording.moment(date(2024, 10, 29), NOW) == "29 October 2024"
    assert wording.ago(None, NOW) == ""


def test_a_page_touched_while_it_was_being_published_is_not_updated() -> None:
    assert not wording.is_notably_later(NOW + timedelta(minutes=2), NOW)
    assert not wording.is_notably_later(NOW - timedelta(hours=2), NOW)
    assert not wording.is_notably_later(NOW.date(), NOW)
    assert wording.is_notably_later(NOW + timedelta(hours=2), NOW)
    assert wording.is_notably_later(date(2026, 11, 23), NOW)


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ((), ""),
        (("Ines Varga",), "By Ines Varga"),
        (("Ines Varga", "Piet Hansom"), "By Ines Varga and Piet Hansom"),
        (("A", "B", "C"), "By A, B and C"),
        (("By the desk",), "By the desk"),
    ],
)
def test_bylines(authors: tuple[str, ...], said: str) -> None:
    assert wording.byline(authors) == said


def test_numbers_and_sizes() -> None:
    assert wording.stories(1) == "1 story"
    assert wording.stories(1204) == "1,204 stories"
    assert [wording.size(number) for number in (812, 34_100, 1_240_000)] == ["812 B", "34 kB", "1.2 MB"]
    assert wording.reading_time(0) == ""
    assert wording.reading_time(1000) == "4 min read"


@pytest.mark.parametrize(("hour", "name"), [(4, "Late"), (8, "Morning"), (12, "Midday"), (18, "Evening"), (23, "Late")])
def test_the_edition_goes_by_the_hour(hour: int, name: str) -> None:
    assert wording.edition(NOW.replace(hour=hour)) == f"{name} edition"


def test_a_source_says_when_it_last_answered_and_what_went_wrong_since() -> None:
    hours = NOW - timedelta(hours=3)
    source = SourceEntry(1, "https://a.example/feed", "feed", "A")
    assert wording.last_answer(source, NOW) == "not asked yet"
    assert wording.last_answer(replace(source, refreshed=hours), NOW) == "answered 3 hours ago"
    assert wording.last_answer(replace(source, error="It timed out."), NOW) == "It timed out · never answered"
    failed = replace(source, refreshed=hours, error=f"{source.url} did not answer in time.")
    assert wording.last_answer(failed, NOW) == "did not answer in time · last answered 3 hours ago"
    assert wording.last_answer(replace(failed, kind="bundled"), NOW) == ""
