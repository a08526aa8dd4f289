"""How often a source is asked when no person waits for it."""

from __future__ import annotations

import pytest

from cache.rules import http_state
from cache.rules.backoff import DAY, HOUR
from cache.rules.http_state import Visit, interval_of, time_to_ask
from fetch.source import Validators

NOW = 1_700_000_000.0
CONDITIONAL = Validators(etag='"1"')


@pytest.mark.parametrize(
    ("gap", "silent", "ttl", "interval"),
    [
        (0, 0, 0, 0),  # nothing is known
        (60, 60, 0, HOUR),  # a wire service
        (6 * HOUR, HOUR, 0, 3 * HOUR),
        (10 * DAY, DAY, 0, DAY),
        (HOUR, 40 * DAY, 0, DAY),  # it was busy once
        (60, 60, 4 * HOUR, 4 * HOUR),
        (6 * HOUR, HOUR, HOUR, 3 * HOUR),
        (0, 0, 2 * DAY, 2 * DAY),
        (0, 0, 900 * DAY, 7 * DAY),
    ],
)
def test_the_interval_follows_how_often_a_source_publishes_and_what_it_says(
    gap: float, silent: float, ttl: float, interval: float
) -> None:
    assert interval_of(gap, NOW - silent if gap else 0.0, ttl, NOW) == interval


@pytest.mark.parametrize(
    ("visit", "wait"),
    [
        (Visit(CONDITIONAL), HOUR),
        (Visit(CONDITIONAL, interval=3 * HOUR), 3 * HOUR),
        (Visit(CONDITIONAL, interval=60.0), HOUR),
        (Visit(), DAY),
        (Visit(interval=2 * DAY), 2 * DAY),
        (Visit(failures=1), HOUR),  # an error is no feed
    ],
)
def test_by_itself_no_source_is_asked_more_than_hourly_nor_daily_without_validators(visit: Visit, wait: float) -> None:
    assert time_to_ask(visit, 0.0, NOW, scheduled=True) == NOW + wait


def test_what_the_server_says_goes_before_the_interval() -> None:
    assert time_to_ask(Visit(CONDITIONAL, interval=HOUR), NOW + DAY, NOW, scheduled=True) == NOW + DAY


def test_a_reader_waits_for_no_interval() -> None:
    assert time_to_ask(Visit(CONDITIONAL, interval=DAY), 0.0, NOW) == 0.0


def test_an_interval_survives_being_kept() -> None:
    visit = Visit(CONDITIONAL, interval=3 * HOUR, empty=NOW)
    assert http_state.load(http_state.dump(visit)) == visit
