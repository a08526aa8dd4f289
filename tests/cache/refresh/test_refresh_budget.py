"""A refresh under a byte budget."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.refresh.options import RefreshOptions
from cache.rules.byte_budget import MOST_PROMISED, MOST_REFUSED
from cache.writes.store import open_store
from tests.loopback import Loopback, Reply
from tests.newsroom import RSS, feed, page, refresh, steps, subscribe

pytestmark = pytest.mark.anyio


async def test_pages_of_unequal_weight_stay_within_the_budget(site: Loopback, tmp_path: Path) -> None:
    slugs = [f"tide-{number}" for number in range(20)]
    site.put("/feed", feed(site.url(""), slugs), kind=RSS)
    for place, slug in enumerate(slugs):
        site.put(f"/news/{slug}", page(slug) + " " * (30_000 if place % 3 else 0))
    subscribe(tmp_path / "library.db", site.url("/feed"))
    told = await refresh(tmp_path / "library.db", RefreshOptions(max_bytes=60_000))
    assert told[-1].wire <= 60_000
    assert steps(told, "landed")
    asked = [seen for seen in site.seen if seen.path.startswith("/news/")]
    on_their_way = MOST_PROMISED - 1  # when the last of those was refused
    assert len(asked) <= len(steps(told, "landed")) + MOST_REFUSED + on_their_way


async def test_what_was_asked_for_outside_any_source_is_weighed_once(site: Loopback, tmp_path: Path) -> None:
    site.routes["/news/mole"] = Reply(page("mole").encode())
    with open_store(tmp_path / "library.db") as store:
        store.entries.entry_for(site.url("/news/mole"), queued=True, now=1.0, reach="anywhere")
    told = await refresh(tmp_path / "library.db")
    assert told[-1].wire == len(page("mole"))
