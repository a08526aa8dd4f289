"""A first sync with a server, and what later ones cost and carry, over real HTTP."""

from __future__ import annotations

import pytest

from cache.library import Library
from cache.sync.server import accounts_of, waiting_of
from fetch.source import Source
from tests.cache.sync.conftest import Syncing
from tests.fever_side import FeverSide
from tests.reading_server import ReadingServer

pytestmark = pytest.mark.anyio


def marks_of(library: Library, url: str) -> tuple[bool, bool]:
    entry = library.entry(url)
    return entry.read, entry.saved


async def test_what_a_server_has_comes_with_its_sources_and_marks(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed("https://harbour.example/feed", "Harbour & co", "Sea")
    server.item(sea, "https://harbour.example/pier", "Pier <3 opens", html="<p>All of it.</p>")
    server.item(sea, "https://harbour.example/lamp", read=True)
    server.item(sea, "https://harbour.example/boat", read=True, starred=True)
    outcome = await synced(library, server)
    assert outcome.counts["new"] == 3
    [source] = [each for each in library.sources() if each.kind == "feed"]
    assert (source.title, source.groups) == ("Harbour & co", ("Sea",))
    assert library.entry("https://harbour.example/pier").headline == "Pier <3 opens"
    assert marks_of(library, "https://harbour.example/pier") == (False, False)
    assert marks_of(library, "https://harbour.example/lamp") == (True, False)
    assert marks_of(library, "https://harbour.example/boat") == (True, True)


async def test_read_on_either_side_is_read_and_saved_on_either_side_is_saved(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed("https://harbour.example/feed")
    pier, lamp = (server.item(sea, f"https://harbour.example/{name}") for name in ("pier", "lamp"))
    lamp.read = lamp.starred = True
    for name in ("pier", "lamp"):
        await library.queue(f"https://harbour.example/{name}")
    await library.mark_read([library.entry(pier.url).id], True)
    await library.save([library.entry(pier.url).id], True)
    await synced(library, server)
    assert (pier.read, pier.starred) == (True, True)
    assert marks_of(library, lamp.url) == (True, True)


@pytest.mark.parametrize("protocol", ["Google Reader API", "Fever API"])
async def test_marks_go_both_ways_and_none_is_undone(library: Library, synced: Syncing, protocol: str) -> None:
    with ReadingServer(path="", fever=FeverSide()) if protocol == "Fever API" else ReadingServer() as server:
        await marks_go_both_ways(library, server, synced)
        [account] = await accounts_of(library)
        assert account.protocol == protocol


async def marks_go_both_ways(library: Library, server: ReadingServer, synced: Syncing) -> None:
    sea = server.feed("https://harbour.example/feed")
    made = [server.item(sea, f"https://harbour.example/{n}", read=n == 3) for n in range(4)]
    await synced(library, server)
    entry = library.entry(made[0].url)
    await library.mark_read([entry.id], True)
    await library.save([entry.id], True)
    made[1].read = made[1].starred = True
    made[3].read = False
    [account] = await accounts_of(library)
    assert await waiting_of(library, account) == 1
    await synced(library, server)
    assert await waiting_of(library, account) == 0
    assert (made[0].read, made[0].starred) == (True, True)
    assert marks_of(library, made[1].url) == (True, True)
    assert marks_of(library, made[2].url) == (False, False)
    assert marks_of(library, made[3].url) == (False, False)
    await library.mark_read([entry.id], False)
    await library.save([entry.id], False)
    await synced(library, server)
    assert (made[0].read, made[0].starred) == (False, False)


async def test_when_nothing_has_changed_four_requests_are_made_and_no_text_comes(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed("https://harbour.example/feed")
    for number in range(50):
        server.item(sea, f"https://harbour.example/{number}", read=number % 3 == 0)
    await synced(library, server)
    before = len(server.seen)
    await synced(library, server)
    asked = [each.call for each in server.seen[before:]]
    assert sorted(asked) == ["stream/items/ids", "stream/items/ids", "stream/items/ids", "subscription/list"]


async def test_what_the_server_loses_stays_as_it_is_here(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed("https://harbour.example/feed")
    made = [server.item(sea, f"https://harbour.example/{n}", starred=n == 1) for n in range(3)]
    await synced(library, server)
    for gone in made[:2]:
        del server.items[gone.number]
    await synced(library, server)
    assert marks_of(library, made[0].url) == (False, False)
    assert marks_of(library, made[1].url) == (False, True)
    [account] = await accounts_of(library)
    assert await waiting_of(library, account) == 0
    before = len(server.seen)
    await synced(library, server)
    assert len(server.seen) - before == 4, "what is lost is looked for once"


async def test_a_feed_that_is_new_here_is_kept_there_and_one_that_was_removed_goes(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    await library.write(
        lambda store: store.sources.add(Source("https://tide.example/feed", "feed", "Tide"), section="Sea")
    )
    await synced(library, server)
    [kept] = server.feeds.values()
    assert (kept.url, kept.title, kept.group) == ("https://tide.example/feed", "Tide", "Sea")
    await library.remove(library.source("https://tide.example/feed").id)
    await synced(library, server)
    assert server.feeds == {}
    await synced(library, server)
    assert server.feeds == {}


async def test_titles_and_groups_go_where_they_were_not_changed(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    one, two = server.feed("https://one.example/feed", "One", "Sea"), server.feed("https://two.example/feed", "Two")
    await synced(library, server)
    here = {each.title: each.id for each in library.sources()}
    await library.write(lambda store: store.sources.file(here["One"], "First", ["Land"]))
    two.title, two.group = "Second", "Sky"
    await synced(library, server)
    assert (one.title, one.group) == ("First", "Land")
    source = library.source(here["Two"])
    assert (source.title, source.groups) == ("Second", ("Sky",))
    await synced(library, server)
    assert (one.title, two.title) == ("First", "Second")


async def test_a_source_that_the_server_has_no_more_stays_and_is_told(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    kept = server.feed("https://one.example/feed", "One")
    server.feed("https://two.example/feed", "Two")
    await synced(library, server)
    del server.feeds[kept.number]
    outcome = await synced(library, server)
    assert "One no more" in outcome.sentence
    assert {each.title for each in library.sources() if each.kind == "feed"} == {"One", "Two"}
    assert len(server.feeds) == 1


async def test_a_source_removed_here_stays_there_while_anything_of_it_is_saved_there(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed("https://harbour.example/feed", "Harbour")
    pier = server.item(sea, "https://harbour.example/pier", starred=True)
    await synced(library, server)
    await library.remove(library.source("https://harbour.example/feed").id)
    server.item(sea, "https://harbour.example/lamp")
    outcome = await synced(library, server)
    assert "It keeps Harbour, removed here" in outcome.sentence
    assert (list(server.feeds), pier.starred) == ([1], True)
    assert marks_of(library, pier.url)[1], "what is saved is saved here, too"
    assert "https://harbour.example/lamp" not in {each.url for each in library.entries(library.ids())}
    await library.save([library.entry(pier.url).id], False)
    await synced(library, server)
    await synced(library, server)
    assert server.feeds == {}
