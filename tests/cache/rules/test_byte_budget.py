"""What a byte budget lets through, without any network."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from cache.rules.byte_budget import MOST_REFUSED, Budget, ByteMeter, OverBudget


class Account:
    wire = 0


def test_what_is_announced_is_kept_room_for_until_it_came_or_will_not() -> None:
    account, budget = Account(), Budget(1000)
    with ByteMeter(account, budget) as first, ByteMeter(account, budget) as second:
        first.expect(600)
        with pytest.raises(OverBudget):
            second.expect(600)
        first.spend(600)
        second.expect(400)
        second.spend(100)
    with ByteMeter(account, budget) as third:
        third.expect(300)  # that the second answer broke off gave its room back
        third.spend(300)
    assert budget.spent == account.wire == 1000
    assert budget.used_up


def test_an_answer_counts_for_every_budget_it_is_weighed_against() -> None:
    account, whole, own = Account(), Budget(None), Budget(500)
    with ByteMeter(account, own, whole) as meter, pytest.raises(OverBudget):
        meter.spend(501)
    assert (own.spent, whole.spent) == (501, 0)


def test_after_a_few_that_are_too_heavy_no_more_are_asked_for() -> None:
    budget = Budget(1000)
    with ExitStack() as stack:
        for _ in range(MOST_REFUSED):
            assert not budget.used_up
            with pytest.raises(OverBudget):
                stack.enter_context(ByteMeter(Account(), budget)).expect(2000)
    assert budget.used_up
