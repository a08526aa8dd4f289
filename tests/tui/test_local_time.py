"""The reader's own time zone on both sides of a clock change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tui.local_time import LOCAL, now
from tui.typeset import wording


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-07-01T12:00", "2026-07-01T14:00+02:00"),
        ("2026-12-01T12:00", "2026-12-01T13:00+01:00"),
        ("2026-10-25T00:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T01:30", "2026-10-25T02:30+01:00"),
        ("2026-03-29T01:00", "2026-03-29T03:00+02:00"),
    ],
)
def test_each_moment_has_the_offset_that_held_at_it(moment: str, there: str) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(LOCAL)
    assert local.isoformat(timespec="minutes") == there


@pytest.mark.usefixtures("berlin")
def test_yesterday_is_the_readers_when_clocks_went_back() -> None:
    noon = datetime(2026, 10, 26, 12, tzinfo=LOCAL)
    late = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # half past midnight on the 25th, by the clock of that night
    assert wording.ago(late, noon) == "yesterday"
    assert wording.moment(late, noon) == "25 October, 00:30"
    assert wording.ago(late - timedelta(hours=1), noon) == "2 days ago"


def test_years_the_system_does_not_know_do_no_harm() -> None:
    for year in (1, 1900, 9999):
        assert datetime(year, 1, 1, tzinfo=UTC).astimezone(LOCAL).year in (year - 1, year)
    assert now().tzinfo is LOCAL
