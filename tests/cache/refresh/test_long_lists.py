"""What is long is written in many short transactions, between which a key of another program has its turn."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from cache.db import connection, pace
from cache.library import open_reading
from cache.refresh import storing
from cache.refresh.options import RefreshOptions
from cache.rules.http_state import NEVER
from cache.writes.entry_names import Listed
from cache.writes.store import Store, open_store
from fetch.article import Teaser
from fetch.listing import Listing
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, headline, publish, refresh, subscribe

SLUGS = [f"tide-{number}" for number in range(25)]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One of each transaction that is begun; each is full as soon as anything is in it."""
    found, begin = list[object](), connection.transaction

    def counted(*arguments: Any) -> AbstractContextManager[None]:
        found.append(arguments)
        return begin(*arguments)

    monkeypatch.setattr(connection, "transaction", counted)
    monkeypatch.setattr(pace.Pace, "is_over", lambda _: True)
    return found


async def test_a_long_list_takes_several_transactions(site: Loopback, library: Path, begun: list[object]) -> None:
    site.put("/feed", feed(site.url(""), SLUGS), kind=RSS)
    subscribe(library, site.url("/feed"))
    before = len(begun)
    await refresh(library, RefreshOptions(teasers_only=True))
    assert len(begun) - before >= len(SLUGS)
    with open_reading(library.parent) as opened:
        entries = opened.entries(opened.ids("source:harbour"))
        assert [entry.headline for entry in entries] == [headline(slug) for slug in SLUGS]


async def test_texts_that_a_feed_carried_take_several_transactions(
    site: Loopback, library: Path, begun: list[object]
) -> None:
    notices = "".join(
        f"<item><title>Lamp {number}</title><guid isPermaLink='false'>{number}</guid>"
        f"<description>Lamp {number} has been out since noon.</description></item>"
        for number in range(25)
    )
    site.put("/feed", f"<rss version='2.0'><channel><title>Lamps</title>{notices}</channel></rss>", kind=RSS)
    subscribe(library, site.url("/feed"))
    before = len(begun)
    await refresh(library)
    assert len(begun) - before >= 2 * 25
    with open_reading(library.parent) as opened:
        entries = opened.entries(opened.ids("source:lamps"))
        assert [entry.offline for entry in entries] == ["full"] * 25
        for entry in entries:
            assert opened.article(entry.id).source == "Lamps"
            assert opened.article(entry.id).text == f"{entry.headline} has been out since noon."


async def test_a_list_that_was_broken_off_is_asked_for_again_and_stands_in_its_order(
    site: Loopback, library: Path, begun: list[object]
) -> None:
    publish(site, *SLUGS)
    source_id = subscribe(library, site.url("/feed"))
    teasers = tuple(Teaser(site.url(f"/news/{slug}"), headline(slug)) for slug in SLUGS)
    with open_store(library) as store:
        kept = storing.listed(store, Listing(teasers), storing.VisitEnd(source_id, NEVER), Listed(source_id, teasers))
        assert [wanted.url for wanted in kept if wanted] == [teasers[-1].url]
        assert visited(store) is None
    await refresh(library)
    with open_store(library) as store:
        assert visited(store)
    with open_reading(library.parent) as opened:
        entries = opened.entries(opened.ids("source:harbour"))
        assert [entry.headline for entry in entries] == [headline(slug) for slug in SLUGS]
        assert {entry.offline for entry in entries} == {"full"}


def visited(store: Store) -> object:
    """When the feed was last asked, None where it never was."""
    return store.connection.value("SELECT refreshed FROM source WHERE kind = 'feed'")
