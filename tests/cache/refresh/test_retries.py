"""A page that could not be had is asked for again when its time has come."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.rules.backoff import DAY
from cache.writes.store import open_store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page, receipt, refresh, subscribe


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
        store.connection.run("UPDATE entry SET retry = retry - ?", (DAY,))
    await refresh(library)
    assert receipt(library)["full"] == 1
