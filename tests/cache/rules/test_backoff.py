"""When a failed page is asked for again: soon, later and later, and always some time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cache.rules.backoff import DAY, HOUR, MINUTE, retry_after

REASONS = [
    "timed out",
    "no such host",
    "blocked",
    "rate limited",
    "HTTP 503",
    "robots.txt unreadable",
    "not found",
    "paywall",
    "unreadable",
]


@pytest.mark.parametrize("reason", REASONS)
def test_a_page_is_never_given_up_and_never_asked_for_more_and_more_often(reason: str) -> None:
    waits = [retry_after(reason, tries) for tries in range(1, 5000)]
    assert all(before <= after for before, after in pairwise(waits))
    assert 0 < waits[-1] <= 14 * DAY


@pytest.mark.parametrize(
    ("reason", "tries", "seconds"),
    [
        ("timed out", 1, 0.0),  # the line may be back at the next refresh
        ("timed out", 2, 0.0),
        ("timed out", 3, 10 * MINUTE),
        ("HTTP 502", 1, HOUR),
        ("blocked", 2, 2 * HOUR),
        ("not found", 1, DAY),
        ("unreadable", 2, 2 * DAY),
    ],
)
def test_how_long_depends_on_what_was_wrong(reason: str, tries: int, seconds: float) -> None:
    assert retry_after(reason, tries) == seconds


@pytest.mark.parametrize(
    ("reason", "waits"),
    [
        ("timed out", [0, 0, 600, 1200, 2400]),
        ("rate limited", [3600, 7200, 14400]),
        ("HTTP 503", [3600, 7200]),
        ("paywall", [DAY, 2 * DAY, 4 * DAY]),
        ("not found", [DAY, 2 * DAY]),
    ],
)
def test_a_failed_page_waits_longer_each_time_but_is_never_given_up(reason: str, waits: list[float]) -> None:
    assert [retry_after(reason, tries) for tries in range(1, len(waits) + 1)] == waits
    assert retry_after(reason, 10_000) <= 14 * DAY
