from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from cache.refresh.source_run import Bounds
from cache.rules.byte_budget import MOST_REFUSED, Budget, OverBudget, Tally
from cache.writes.store import open_store
from tests.loopback import Loopback, Reply
from tests.newsroom import RSS, feed, page, refresh, steps, subscribe

pytestmark = pytest.mark.anyio


class Account:
    wire = 0


def test_what_is_announced_is_kept_room_for_until_it_came_or_will_not() -> None:
    account, budget = Account(), Budget(1000)
    with Tally(account, budget) as first, Tally(account, budget) as second:
        first.expect(600)
        with pytest.raises(OverBudget):
            second.expect(600)
        first.spend(600)
        second.expect(400)
        second.spend(100)
    with Tally(account, budget) as third:
        third.expect(300)  # that the second answer broke off gave its room back
        third.spend(300)
    assert budget.spent == account.wire == 1000
    assert budget.used_up


def test_an_answer_counts_for_every_budget_it_is_weighed_against() -> None:
    account, whole, own = Account(), Budget(None), Budget(500)
    with Tally(account, own, whole) as meter, pytest.raises(OverBudget):
        meter.spend(501)
    assert (own.spent, whole.spent) == (501, 0)


def test_after_a_few_that_are_too_heavy_no_more_are_asked_for() -> None:
    budget = Budget(1000)
    with ExitStack() as stack:
        for _ in range(MOST_REFUSED):
            assert not budget.used_up
            with pytest.raises(OverBudget):
                stack.enter_context(Tally(Account(), budget)).expect(2000)
    assert budget.used_up


async def test_pages_of_unequal_weight_stay_within_the_budget(site: Loopback, tmp_path: Path) -> None:
    slugs = [f"tide-{number}" for number in range(20)]
    site.put("/feed", feed(site.url(""), slugs), kind=RSS)
    for place, slug in enumerate(slugs):
        site.put(f"/news/{slug}", page(slug) + " " * (30_000 if place % 3 else 0))
    subscribe(tmp_path / "library.db", site.url("/feed"))
    told = await refresh(tmp_path / "library.db", Bounds(max_bytes=60_000))
    assert told[-1].wire <= 60_000
    assert steps(told, "landed")
    asked = [seen for seen in site.seen if seen.path.startswith("/news/")]
    assert len(asked) <= len(steps(told, "landed")) + MOST_REFUSED + 1


async def test_what_was_asked_for_outside_any_source_is_weighed_once(site: Loopback, tmp_path: Path) -> None:
    site.routes["/news/mole"] = Reply(page("mole").encode())
    with open_store(tmp_path / "library.db") as store:
        store.entry_for(site.url("/news/mole"), queued=True, now=1.0, reach="anywhere")
    told = await refresh(tmp_path / "library.db")
    assert told[-1].wire == len(page("mole"))
