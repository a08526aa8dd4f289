"""A share is the same every time and leaves no case to nobody; one test of many cases tells of each that fails."""

from __future__ import annotations

import re

import pytest

from tests import shares
from tests.shares import of_each, share


def test_shares_together_are_all_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "LONG", False)
    assert [share("abcdefg", 3, first) for first in range(4)] == [list("adg"), list("be"), list("cf"), list("adg")]


def test_a_long_run_takes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "LONG", True)
    assert share("abcdefg", 3, 2) == list("abcdefg")


def test_one_test_of_many_cases_fails_by_each_that_does() -> None:
    @of_each([1, 2, 3])
    def odd(case: int) -> None:
        assert case % 2, "is even"

    @of_each([4, 6])
    def larger(case: int) -> None:
        assert case > 5

    with pytest.raises(AssertionError, match=re.compile(r"^2: is even(?!.*[13]: )", re.DOTALL)):
        odd()
    with pytest.raises(AssertionError, match=r"^4: "):
        larger()
    assert (odd.__name__, larger.__name__) == ("odd", "larger")
