"""When a failed page is asked for again: soon, later and later, and always some time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cache.rules.due import DAY, HOUR, MINUTE, retry_after

REASONS = ["timed out", "no such host", "blocked", "rate limited", "HTTP 503", "not found", "paywall", "unreadable"]


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
