"""Sources that a server has no more: they stay until it is decided of them, and with them what is kept."""

from __future__ import annotations

import pytest

from cache.library import Library
from cache.sync.gone import gone_sources, keep_here
from cache.sync.standing import standings
from tests.cache.sync.conftest import Syncing
from tests.reading_server import ReadingServer

pytestmark = pytest.mark.anyio
FEED, PIER = "https://harbour.example/feed", "https://harbour.example/pier"


@pytest.fixture
async def gone(library: Library, server: ReadingServer, synced: Syncing) -> int:
    """A source that went on the server, of which an article is saved; its number here."""
    server.feed("https://quay.example/feed", "Quay")
    harbour = server.feed(FEED, "Harbour")
    server.item(harbour, PIER, starred=True)
    server.item(harbour, "https://harbour.example/lamp")
    await synced(library, server)
    del server.feeds[harbour.number]
    server.items.clear()
    outcome = await synced(library, server)
    assert "It has Harbour no more" in outcome.sentence
    return library.source(FEED).id


async def test_it_is_asked_about_with_what_is_kept_of_it(library: Library, server: ReadingServer, gone: int) -> None:
    [asked] = gone_sources(library.connection)
    assert (asked.source_id, asked.name, asked.url, asked.kept) == (gone, "Harbour", FEED, 1)
    assert standings(library)[0].gone == (FEED,)
    assert {each.title for each in library.sources() if each.kind == "feed"} == {"Harbour", "Quay"}


async def test_one_that_is_kept_is_told_no_more_and_not_sent(
    library: Library, server: ReadingServer, synced: Syncing, gone: int
) -> None:
    assert await keep_here(library, gone)
    assert not await keep_here(library, gone)
    assert gone_sources(library.connection) == []
    outcome = await synced(library, server)
    assert "Harbour" not in outcome.sentence
    assert [each.title for each in server.feeds.values()] == ["Quay"]
    assert library.source(FEED).title == "Harbour"


async def test_one_that_is_removed_lets_stay_what_is_kept_and_is_told_no_more(
    library: Library, server: ReadingServer, synced: Syncing, gone: int
) -> None:
    await library.remove(gone)
    assert gone_sources(library.connection) == []
    outcome = await synced(library, server)
    assert "Harbour" not in outcome.sentence
    assert library.entry(PIER).saved
    assert PIER in {each.url for each in library.entries(library.ids())}


@pytest.mark.parametrize("was_removed_here", [False, True])
async def test_one_that_comes_back_there_is_a_source_of_both_again(
    library: Library, server: ReadingServer, synced: Syncing, gone: int, was_removed_here: bool
) -> None:
    if was_removed_here:
        await library.remove(gone)
        await synced(library, server)
    number = len(server.feeds) + 1
    server.feed(FEED, "Harbour").number = number
    await synced(library, server)
    assert gone_sources(library.connection) == []
    await synced(library, server)
    assert [each.url for each in server.feeds.values()] == ["https://quay.example/feed", FEED]
    assert FEED in {each.url for each in library.sources()}


async def test_a_list_that_came_short_decides_nothing(
    library: Library, server: ReadingServer, synced: Syncing, gone: int
) -> None:
    await keep_here(library, gone)
    quay = library.source("https://quay.example/feed").id
    await library.remove(quay)  # it goes there with the next sync, whose list comes short
    feeds = dict(server.feeds)
    server.feeds.clear()
    await synced(library, server)
    server.feeds.update(feeds)
    await synced(library, server)
    assert server.feeds == {}, "it was removed here, and goes"
    assert {each.title for each in library.sources() if each.kind == "feed"} == {"Harbour"}
