"""Numbers and times as people write them."""

from __future__ import annotations

import pytest

from tui import amounts


@pytest.mark.parametrize(
    ("text", "seconds"), [("90m", 5400), ("6h", 21_600), (" 2 D ", 172_800), ("1w", 604_800), ("30 min", 1800)]
)
def test_a_time_is_read_and_written_back(text: str, seconds: int) -> None:
    assert amounts.seconds(text) == seconds
    assert amounts.seconds(amounts.span(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "soon", "6", "0h", "-1h", "6h 5m", "9999w", "６h x", "1e3h"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time such as"):
        amounts.seconds(text)


def test_no_time_is_written_as_nothing() -> None:
    assert amounts.span(0) == amounts.span(-5) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "not a number above zero"),
        ("-1", "not a number above zero"),
        ("٣", "not a number above zero"),
        ("9" * 5000, "too large a number"),
    ],
)
def test_what_is_no_number_above_zero_or_too_large_is_said_shortly(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f" is {why}") as told:
        amounts.number(text)
    assert len(str(told.value)) < 100
