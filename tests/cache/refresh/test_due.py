"""When a failed page is asked for again: soon, later and later, and always some time."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from cache.rules.due import DAY, HOUR, MINUTE, retry_after
from cache.writes.store import open_store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, receipt, refresh, subscribe

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


@pytest.mark.anyio
async def test_what_failed_is_asked_for_again_when_its_time_has_come(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    site.put("/news/mole", status=404)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    site.put("/news/mole", page("mole"))
    await refresh(library)
    assert len(site.asked("/news/mole")) == 1
    with open_store(library) as store:
        store.run("UPDATE entry SET retry = retry - ?", (DAY,))
    await refresh(library)
    assert receipt(library)["full"] == 1
